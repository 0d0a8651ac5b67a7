//! An example of several files: a small site in memory.

use crate::diagnostic::Diagnostic;
use crate::engine::across::{Part, in_file, tasks};
use crate::engine::examples::Example;
use crate::engine::post::{Checked, Setup, facts_of};
use crate::engine::suppress::Ran;
use crate::facts::SiteFacts;
use crate::facts::rewritten::Rewritten;
use crate::place::Place;
use crate::place::files::Folders;
use crate::rule::across::Found;
use crate::ruleset::Ruleset;
use crate::site::Site;
use crate::site::detect::detect;
use crate::site::folder::Folder;
use crate::site::pages::ListedSite;
use crate::site::urls::{Around, Page, PageUrls, PostName, Publication, Urls};
use crate::source::Source;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The site of an example.
struct Small<'e> {
    files: BTreeMap<&'e str, &'e str>,
    site: Site,
    urls: Urls,
}

impl Folder for Small<'_> {
    fn list(&self, path: &str) -> Vec<(String, bool)> {
        list(&self.files, path)
    }

    fn read(&self, path: &str) -> Option<String> {
        self.files.get(path).map(|text| (*text).to_owned())
    }
}

impl PageUrls for Small<'_> {
    fn publication(&self, page: &Page<'_>, now: Option<i64>) -> Publication {
        self.urls.of(page, Around { site: &self.site, files: self, now })
    }

    fn post_name(&self, page: &Page<'_>) -> Option<PostName> {
        self.urls.post_name(page, &self.site)
    }
}

/// The files of an example before its site is known.
pub struct Files<'e>(pub &'e BTreeMap<&'e str, &'e str>);

impl Folder for Files<'_> {
    fn list(&self, path: &str) -> Vec<(String, bool)> {
        list(self.0, path)
    }

    fn read(&self, path: &str) -> Option<String> {
        self.0.get(path).map(|text| (*text).to_owned())
    }
}

fn list(files: &BTreeMap<&str, &str>, path: &str) -> Vec<(String, bool)> {
    let below = if path.is_empty() { String::new() } else { format!("{path}/") };
    let inside = files.keys().filter_map(|file| file.strip_prefix(&*below));
    let named = inside.map(|rest| rest.split_once('/').map_or((rest, false), |(folder, _)| (folder, true)));
    let names: BTreeSet<(String, bool)> = named.map(|(name, is_folder)| (name.to_owned(), is_folder)).collect();
    names.into_iter().collect()
}

/// The findings of the rules in the first file of an example of several files, which is a post or a config file.
pub fn lint(example: &Example, rules: &Ruleset) -> Vec<Diagnostic> {
    let own = (&*example.file, &*example.text);
    let others = example.others.iter().map(|(path, text)| (&**path, &**text));
    let only_named = example.files.iter().flatten().map(|path| (&**path, ""));
    let files: BTreeMap<&str, &str> = only_named.chain(others).chain([own]).collect();
    let site = detect(&Files(&files)).unwrap_or_else(|| Site::new(example.generator));
    let urls = Urls::read(&Files(&files), &Files(&files), &site);
    let paths: Vec<String> = files.keys().map(|path| (*path).to_owned()).collect();
    let folders: Arc<dyn Folders> = Arc::new(ListedSite::new(example.generator, paths));
    let small = Small { files, site, urls };
    let demands = example.demands();
    let (mut pages, mut suppressions, mut asked) = (Vec::new(), Vec::new(), None);
    for (path, text) in &small.files {
        let Some(place) = place(example, &small.site, path, &folders) else { continue };
        let setup = Setup { place: &place, rules, demands: &demands, urls: Some(&small) };
        let Some((facts, hidden)) = facts_of(setup, &Source::new(*text)) else { continue };
        asked = if *path == example.file { Some(pages.len()) } else { asked };
        pages.push(*facts);
        suppressions.push(Arc::unwrap_or_clone(hidden));
    }
    // Findings at a line of the config are asked for in any post.
    let part = |(index, suppressions)| Part { rules, suppressions, is_asked: asked.is_none_or(|it| it == index) };
    let parts: Vec<Part<'_>> = suppressions.iter().enumerate().map(part).collect();
    let facts = SiteFacts::new(&small.site, pages, folders.clone(), Rewritten::read(&[&small], &[]));
    let found: Vec<Found> = tasks(&parts).iter().flat_map(|task| task.run(&facts)).collect();
    let source = example.source(&example.text);
    let (mut in_post, mut at_lines) = (Vec::new(), Vec::new());
    for found in found {
        match found {
            Found::InPost(_, diagnostic) => in_post.push(placed(diagnostic, &small.files)),
            Found::InFile(at, diagnostic) if *at.file == *example.file => at_lines.push((at.line, diagnostic)),
            Found::InFile(..) => {}
        }
    }
    let Some(place) = place(example, &small.site, &example.file, &folders).filter(|_| asked.is_some()) else {
        return in_file(&source, at_lines, rules.catalog());
    };
    let setup = Setup { place: &place, rules, demands: &demands, urls: None };
    let mut checked = Checked::of(setup, source, &mut ());
    checked.findings.extend(in_post);
    checked.suppressed(setup, example.file.clone(), Ran::Across).diagnostics
}

/// The place of a file; `None` if it is not a post. The settings of the fence are those of its post.
fn place(example: &Example, site: &Site, path: &str, folders: &Arc<dyn Folders>) -> Option<Place> {
    let of_site = site.place(path)?;
    let of_fence = example.place();
    Some(Place {
        folders: Some(folders.clone()),
        own_hosts: of_site.own_hosts.iter().chain(&of_fence.own_hosts).cloned().collect(),
        site_title: of_site.site_title.clone().or(of_fence.site_title),
        time_zone: of_site.time_zone.clone().or(of_fence.time_zone),
        now: of_fence.now,
        ..of_site
    })
}

/// The finding with the lines of its further places.
fn placed(mut diagnostic: Diagnostic, files: &BTreeMap<&str, &str>) -> Diagnostic {
    for place in &mut diagnostic.elsewhere {
        if let Some(text) = files.get(&*place.path) {
            place.locate(&Source::new(*text));
        }
    }
    diagnostic
}
