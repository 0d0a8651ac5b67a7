//! Finds the page at a path by the name at its end, and then by the URL of each file with that name.

use crate::place::all_files::AllFiles;
use crate::place::dialect::{Generator, extension_of};
use crate::place::files::Folders;
use crate::place::is_dated;
use crate::site::Site;
use crate::site::folder::Folder;
use crate::site::urls::value::Value;
use crate::site::urls::{Around, Front, Page, PageUrl, Publication, Urls};
use crate::source::Source;
use crate::url::percent_decoded;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// The files of a site, by the names that URLs of their pages usually end with.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<String, Vec<String>>);

/// The URLs at which a file is published.
#[derive(Clone, Debug)]
pub struct Published {
    /// Its own URL.
    pub own: Publication,
    /// Other paths from which readers are sent to it.
    pub aliases: Vec<PageUrl>,
}

impl Names {
    /// Adds a file by its path inside the site.
    pub fn add(&mut self, path: &str) {
        let mut parts = path.rsplit('/');
        let Some(name) = parts.next() else { return };
        let stem = page_name(name);
        if matches!(&*stem, "index" | "_index" | "readme") {
            self.insert(page_name(parts.next().unwrap_or("")), path);
        }
        self.insert(stem, path);
    }

    fn insert(&mut self, name: String, path: &str) {
        self.0.entry(name).or_default().push(path.to_owned());
    }

    /// Whether the site is known to publish a page at `path`. `published` reads a file of the site.
    pub fn has_page_at(&self, path: &str, generator: Generator, published: impl Fn(&str) -> Option<Published>) -> bool {
        let wanted = of_folder(path);
        let last = wanted.trim_end_matches('/').rsplit('/').next().unwrap_or("");
        let is_at = |file: &String| {
            is_static(file, generator, &wanted)
                || published(file).is_some_and(|Published { own, aliases }| {
                    own.url().into_iter().chain(&aliases).any(|url| is_found(url.as_str(), &wanted))
                })
        };
        self.0.get(&page_name(&percent_decoded(last))).into_iter().flatten().any(is_at)
    }
}

/// The name of a file or a folder as a URL contains it: without the date at its start and without extensions, in lower case.
pub fn page_name(name: &str) -> String {
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    stem.get(11..).filter(|_| is_dated(stem)).unwrap_or(stem).to_lowercase()
}

/// A path without the name of the file that servers return for a folder.
fn of_folder(path: &str) -> String {
    let url = PageUrl::new(path);
    let path = url.as_str();
    path.strip_suffix("index.html").filter(|rest| rest.ends_with('/')).unwrap_or(path).to_owned()
}

/// Whether servers return the page at `url` for the path `wanted`: `/tides` is `/tides/` or `/tides.html`.
fn is_found(url: &str, wanted: &str) -> bool {
    let url = of_folder(url);
    url == wanted || matches!(url.strip_prefix(wanted), Some("/" | ".html")) && !wanted.ends_with('/')
}

/// Whether the file is copied to `wanted` as it is.
fn is_static(file: &str, generator: Generator, wanted: &str) -> bool {
    let folder = match generator {
        Generator::Hugo | Generator::Zola | Generator::Docusaurus => "static/",
        Generator::Astro | Generator::Next => "public/",
        _ => return false,
    };
    file.strip_prefix(folder).is_some_and(|path| is_found(path, wanted))
}

impl Published {
    /// Reads a file of a site.
    pub fn read(path: &str, source: &Source, urls: &Urls, around: Around<'_>) -> Published {
        let page = Page::read(path, source, around.site.generator);
        let own = match (urls.of(&page, around), &page.front) {
            // Jekyll copies files without front matter.
            (Publication::Never, Front::Missing)
                if around.site.generator == Generator::Jekyll && !is_hidden(path) && !around.site.is_excluded(path) =>
            {
                Publication::At(PageUrl::below(&around.site.base_path(), path))
            }
            (own, _) => own,
        };
        let names = ["aliases", "redirect_from", "alias"];
        let values = names.iter().filter_map(|name| page.front.get_in_any_case(name));
        let listed = values.flat_map(|value| match value {
            Value::List(items) => items.as_slice(),
            value => std::slice::from_ref(value),
        });
        let base = around.site.base_path();
        let aliases = listed.filter_map(|value| match value {
            Value::Text(path) if path.starts_with('/') => Some(PageUrl::below(&base, path)),
            _ => None,
        });
        Published { own, aliases: aliases.collect() }
    }
}

fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with(['_', '.']))
}

/// A site of which only the names of its files are known, such as that of an example: its pages have no keys that change
/// their URLs, and its config is empty.
pub struct ListedSite {
    files: Vec<String>,
    site: Site,
    urls: Urls,
}

impl ListedSite {
    /// The site with these files.
    pub fn new(generator: Generator, files: Vec<String>) -> Self {
        let site = Site::new(generator);
        let urls = Urls::read(&Listed(&files), &Listed(&files), &site);
        ListedSite { files, site, urls }
    }
}

impl fmt::Debug for ListedSite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ListedSite").field(&self.files).finish()
    }
}

impl Folders for ListedSite {
    fn files(&self, folder: &str) -> Arc<BTreeSet<String>> {
        let names = Listed(&self.files).list(folder).into_iter();
        Arc::new(names.filter(|(_, is_folder)| !is_folder).map(|(name, _)| name).collect())
    }

    fn all(&self) -> Arc<AllFiles> {
        Arc::new(AllFiles::new(self.files.iter().cloned(), true, None))
    }

    fn has_page_at(&self, path: &str) -> bool {
        let mut names = Names::default();
        self.files.iter().for_each(|file| names.add(file));
        let around = Around { site: &self.site, files: &Listed(&self.files), now: None };
        names.has_page_at(path, self.site.generator, |file| {
            let is_page = extension_of(file).is_some();
            let source = Source::new(if is_page { "---\ntitle: A page\n---\n" } else { "" });
            Some(Published::read(file, &source, &self.urls, around))
        })
    }
}

/// The files of a [`ListedSite`].
struct Listed<'f>(&'f [String]);

impl Folder for Listed<'_> {
    fn list(&self, folder: &str) -> Vec<(String, bool)> {
        let inside = |path: &String| match folder {
            "" => Some(path.clone()),
            _ => path.strip_prefix(folder)?.strip_prefix('/').map(str::to_owned),
        };
        let entry = |path: String| match path.split_once('/') {
            Some((folder, _)) => (folder.to_owned(), true),
            None => (path, false),
        };
        let entries: BTreeSet<(String, bool)> = self.0.iter().filter_map(inside).map(entry).collect();
        entries.into_iter().collect()
    }

    fn read(&self, _path: &str) -> Option<String> {
        None
    }
}
