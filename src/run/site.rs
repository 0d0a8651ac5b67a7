//! `postlint site`: prints the facts about the sites of a folder, and their origins.

use crate::cli::{SUBCOMMANDS, SiteFormat};
use crate::files::{self, Disk};
use crate::output::Screen;
use crate::output::site::{self, Chosen, SiteReport};
use crate::place::dialect::Generator;
use crate::place::theme::Themes;
use crate::project::{LocatedSite, Post, Project, Surroundings};
use crate::ruleset::Selection;
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::invocation::Invocation;
use crate::run::site_urls;
use crate::site::Site;
use crate::site::urls::Publication;
use crate::walk::{self, Walk};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Runs the command. The site that contains `path` comes first, followed by those below it.
pub fn site(
    path: Option<&Path>,
    urls: bool,
    format: SiteFormat,
    invocation: &Invocation,
    out: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let working_directory = &invocation.working_directory;
    let mut surroundings = Surroundings::new(Arc::new(Disk), working_directory, None, None, Selection::default())?;
    let named = path.unwrap_or(Path::new("."));
    let paths = [named.to_owned()];
    let found =
        walk::walk(&Walk { paths: &paths, root: working_directory, force_exclude: false, commands: &SUBCOMMANDS })?;
    let absolute = files::absolute(named);
    let folder = if absolute.is_dir() { absolute.as_path() } else { absolute.parent().unwrap_or(&absolute) };
    let mut posts = Vec::new();
    for file in &found.files {
        posts.extend(surroundings.post(file, false)?);
    }
    let sites = sites(surroundings.config_of(folder)?, &posts);
    if urls {
        site_urls::write(&sites, &mut surroundings, format, invocation, out)?;
        return Ok(Exit::Clean);
    }
    let mut reports = Vec::new();
    for (located, of_site) in &sites {
        let project = surroundings.project(&located.root)?;
        let themes = surroundings.themes(located, &project.theme(working_directory));
        let of_urls = surroundings.urls(located);
        let (mut pages, mut others) = (Vec::new(), 0);
        for post in of_site {
            match site_urls::url(post, &of_urls, site_urls::now())? {
                Publication::Never => others += 1,
                Publication::Unknown if post.place.has_no_page => others += 1,
                _ => pages.push(*post),
            }
        }
        let report = report(located, themes, chosen(&project, invocation), &pages, invocation);
        reports.push(SiteReport { others, ..report });
    }
    let outside: Vec<&Post> = posts.iter().filter(|post| post.site.is_none()).collect();
    if reports.is_empty() || !outside.is_empty() {
        let chosen = chosen(&*surroundings.project(folder)?, invocation);
        reports.push(plain(folder, chosen, &outside, invocation));
    }
    match format {
        SiteFormat::Text => site::write_text(&reports, out)?,
        SiteFormat::Json => site::write_json(&reports, out)?,
    }
    Ok(Exit::Clean)
}

/// A site with its posts.
type WithPosts<'p> = (Arc<LocatedSite>, Vec<&'p Post>);

/// The sites, each with its posts: `here`, the site of the folder, comes first; the others are sorted by path.
fn sites(here: Option<Arc<LocatedSite>>, posts: &[Post]) -> Vec<WithPosts<'_>> {
    let mut by_root: BTreeMap<(bool, PathBuf), WithPosts<'_>> = BTreeMap::new();
    let first = here.as_ref().map(|site| site.config_folder.clone());
    let key = |site: &LocatedSite| (first.as_deref() != Some(&site.config_folder), site.config_folder.clone());
    if let Some(here) = here {
        by_root.insert((false, here.config_folder.clone()), (here, Vec::new()));
    }
    for post in posts {
        if let Some(site) = &post.site {
            by_root.entry(key(site)).or_insert_with(|| (site.clone(), Vec::new())).1.push(post);
        }
    }
    by_root.into_values().collect()
}

fn report<'s>(
    located: &'s LocatedSite,
    themes: Arc<dyn Themes>,
    chosen: Chosen,
    posts: &[&Post],
    invocation: &Invocation,
) -> SiteReport<'s> {
    SiteReport {
        root: invocation.printed(&located.root),
        config_folder: invocation.printed(&located.config_folder),
        site: Some(&located.site),
        themes: Some(themes),
        chosen,
        posts: counts(posts, |post| section(&located.site, &post.place.path)),
        others: 0,
    }
}

/// Describes posts that are not part of a site.
fn plain(folder: &Path, chosen: Chosen, posts: &[&Post], invocation: &Invocation) -> SiteReport<'static> {
    let root = invocation.printed(folder);
    SiteReport {
        config_folder: root.clone(),
        root,
        site: None,
        themes: None,
        chosen,
        posts: counts(posts, |_| "no site".to_owned()),
        others: 0,
    }
}

/// What the config sets about its site.
fn chosen(project: &Project, invocation: &Invocation) -> Chosen {
    let said = |origin| project.describe(origin, |path| invocation.printed(path));
    let generator = project.last(|config| config.site.generator.as_ref());
    let engine = project.last(|config| config.site.engine.as_ref());
    let options = project.engine_options().map(|(name, is_on, origin)| (name, is_on, said(origin)));
    Chosen {
        generator: generator.map(|(it, origin)| (*it, said(origin))),
        engine: engine.map(|(it, origin)| (*it, said(origin))),
        options: options.collect(),
    }
}

fn counts(posts: &[&Post], name: impl Fn(&Post) -> String) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for post in posts {
        *counts.entry(name(post)).or_insert(0) += 1;
    }
    counts
}

/// The section that a post is counted in: Jekyll's collection, or the folder below the content folder.
fn section(site: &Site, path: &str) -> String {
    if site.generator == Generator::Jekyll {
        let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
        let collection = folders.split('/').find(|folder| folder.starts_with('_'));
        return collection.unwrap_or("pages").to_owned();
    }
    let inside = site.content_around(path).filter(|(content, _)| !content.is_empty());
    let inside = inside.map(|(content, rest)| match rest.split_once('/') {
        Some((folder, _)) => format!("{content}/{folder}"),
        None => content.to_owned(),
    });
    inside.max_by_key(String::len).unwrap_or_else(|| path.split_once('/').map_or(".", |(folder, _)| folder).to_owned())
}
