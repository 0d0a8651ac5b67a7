//! All files of a built folder, by the URLs that lead to them.

use crate::built::location::{Leads, Published, key_of_file};
use crate::built::names::{Name, Names};
use crate::built::page::{BuiltPage, ReadPage};
use crate::built::references::{Broken, Reference};
use crate::built::robots::Robots;
use crate::built::sitemap::Sitemap;
use crate::facts::rewritten::Rewritten;
use crate::place::all_files::is_picture;
use crate::url::percent_decoded;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What a URL of the site leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The page with this index.
    Page(usize),
    /// Another file.
    File,
    /// Nothing in the built folder.
    Nothing,
    /// Something that the host of the site decides.
    Unknown,
}

/// Number of posts without a page from which on a folder may be incomplete: a few may be wrongly expected.
const MIN_MISSING: usize = 5;

/// The number of a file that is not a page.
const NO_PAGE: u32 = u32::MAX;

/// A built folder.
#[derive(Debug, Default)]
pub struct BuiltSite {
    /// Where it is published.
    pub published: Published,
    /// Its pages, sorted by path.
    pub pages: Vec<BuiltPage>,
    /// The keys that pages refer to.
    pub names: Names,
    /// The fragments that pages refer to, by their fingerprints.
    pub fragments: FxHashMap<u64, Box<str>>,
    /// The sizes in bytes of its files that are not pages, by path.
    pub files: BTreeMap<String, u64>,
    /// Its sitemaps.
    pub sitemaps: Vec<Sitemap>,
    /// Its `robots.txt`.
    pub robots: Option<Robots>,
    /// The sizes in pixels of the pictures of previews, by path.
    pub pixels: FxHashMap<String, (u32, u32)>,
    /// Whether many posts have no page here, so that the folder is not all that is published.
    pub is_incomplete: bool,
    /// The keys of the pages that posts become.
    pub expected: FxHashSet<String>,
    /// The keys of the URLs that posts may have; empty if its sources are not known.
    pub of_posts: FxHashSet<String>,
    /// What hosts redirect.
    pub rewritten: Rewritten,
    /// What is broken, found when the first rule asks.
    pub(super) broken: OnceLock<Vec<Broken>>,
    /// The page of each key, or [`NO_PAGE`] for another file.
    keys: FxHashMap<String, u32>,
    /// Number of files in each folder at the top.
    tops: FxHashMap<String, u32>,
}

impl BuiltSite {
    /// An empty folder that is published there.
    pub fn new(published: Published) -> Self {
        BuiltSite { published, ..BuiltSite::default() }
    }

    /// Adds a file that is not a page.
    pub fn add_file(&mut self, path: &str, size: u64) {
        self.files.insert(path.to_owned(), size);
        self.add_key(path, NO_PAGE);
    }

    /// Adds a page.
    pub fn add_page(&mut self, read: ReadPage) {
        let ReadPage { mut page, referred, preview } = read;
        page.preview = preview.map(|(key, span)| (self.names.add(&key), span));
        let index = self.pages.len() as u32;
        self.add_key(&page.file, index);
        page.references = referred
            .into_iter()
            .map(|it| {
                if let Some(text) = it.written_fragment {
                    self.fragments.entry(it.fragment).or_insert(text);
                }
                let target = self.names.add(&it.key);
                Reference { target, fragment: it.fragment, at: it.at, kind: it.kind, by_host: it.by_host }
            })
            .collect();
        self.pages.push(page);
    }

    fn add_key(&mut self, path: &str, page: u32) {
        let top = path.split('/').next().unwrap_or(path);
        *self.tops.entry(top.to_owned()).or_default() += 1;
        let key = key_of_file(path);
        self.keys.insert(key.to_owned(), page);
        // Hosts show `boat.html` for `boat` as well, unless there is a folder of that name with a page.
        if let Some(short) = key.strip_suffix(".html") {
            self.keys.entry(short.to_owned()).or_insert(page);
        }
    }

    /// What is at a key.
    pub fn at(&self, key: &str) -> Found {
        match self.keys.get(key) {
            Some(&NO_PAGE) => Found::File,
            Some(&page) => Found::Page(page as usize),
            None if self.is_incomplete && self.expected.contains(key) => Found::Unknown,
            None if self.is_rewritten(key) => Found::Unknown,
            None => Found::Nothing,
        }
    }

    /// The page at a percent-encoded path on the host of the site.
    pub fn page_at(&self, path: &str) -> Option<&BuiltPage> {
        match self.at(&self.published.key(&percent_decoded(path))?) {
            Found::Page(page) => self.pages.get(page),
            Found::File | Found::Nothing | Found::Unknown => None,
        }
    }

    /// What is at the key of this number.
    pub fn find(&self, target: Name) -> Found {
        self.at(self.names.text(target))
    }

    /// What an absolute URL leads to; `None` if that is another site.
    pub fn find_url(&self, url: &str) -> Option<Found> {
        match self.published.resolve(url, "/") {
            Leads::Inside { key, .. } => Some(self.at(&key)),
            Leads::Here | Leads::Elsewhere => None,
        }
    }

    /// The paths of the pictures of previews.
    pub fn previews(&self) -> Vec<String> {
        let names = self.pages.iter().filter_map(|page| page.preview.map(|(name, _)| name));
        let paths: FxHashSet<&str> = names.map(|name| self.names.text(name)).collect();
        paths.into_iter().filter(|path| self.files.contains_key(*path)).map(str::to_owned).collect()
    }

    /// Says which pages posts become. Where more than a tenth of them are not there, the folder is not all that is published: links
    /// to these pages are then not broken.
    pub fn expect(&mut self, keys: FxHashSet<String>) {
        let missing = keys.iter().filter(|key| !self.keys.contains_key(*key)).count();
        self.is_incomplete = missing >= MIN_MISSING && missing * 10 > keys.len();
        self.expected = keys;
    }

    /// Whether a URL with the host of the site leads to what this folder would have: other programs may publish what
    /// is in other folders of the host.
    pub fn is_certain(&self, key: &str) -> bool {
        key.split_once('/').is_some_and(|(top, _)| self.tops.contains_key(top))
    }

    /// The path on its host of a key.
    pub fn url_of_key(&self, key: &str) -> String {
        format!("{}/{key}", self.published.base)
    }

    /// Whether the host may redirect a key. Configs mention pictures for other reasons, such as a logo.
    fn is_rewritten(&self, key: &str) -> bool {
        !is_picture(key)
            && (self.rewritten.mentions(&format!("/{key}")) || self.rewritten.mentions(&self.url_of_key(key)))
    }
}
