//! The URLs of a site's pages: its settings are read once, and the files beside its pages when a page asks.

use crate::digest::Digest;
use crate::facts::rewritten::Rewritten;
use crate::files::{Files, read_post};
use crate::place::notes::{Question, note};
use crate::place::theme::Supplied;
use crate::project::LocatedSite;
use crate::project::sites::Below;
use crate::site::folder::Folder;
use crate::site::memo::Memo;
use crate::site::pages::Published;
use crate::site::urls::{Around, Page, PageUrls, PostName, Publication, Urls};
use crate::source::Source;
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The URLs of a site.
pub struct SiteUrls {
    located: Arc<LocatedSite>,
    /// Read when the first page asks, with their digest.
    urls: OnceLock<(Urls, Digest)>,
    below: Remembered,
    published: Memo<Option<Published>>,
    former: Arc<FxHashSet<String>>,
}

impl SiteUrls {
    /// Those of a site.
    pub fn new(files: Arc<dyn Files>, located: Arc<LocatedSite>) -> Self {
        let urls = OnceLock::new();
        let below = Remembered { files, located: located.clone(), listed: Mutex::default(), read: Mutex::default() };
        SiteUrls { located, urls, below, published: Memo::default(), former: Arc::default() }
    }

    /// The same with the [keys](crate::facts::key) of URLs that pages had before.
    pub fn with_former(self, former: Arc<FxHashSet<String>>) -> Self {
        SiteUrls { former, ..self }
    }

    /// The keys of URLs that pages had before the changes of which a run looks for effects.
    pub fn former(&self) -> &Arc<FxHashSet<String>> {
        &self.former
    }

    fn urls(&self) -> &Urls {
        let (urls, digest) = self.read();
        note(|| (Question::UrlSettings, *digest));
        urls
    }

    /// The answer to a question about what URLs depend on; `None` for another question.
    pub fn answer(&self, question: &Question) -> Option<Digest> {
        match question {
            Question::UrlSettings => Some(self.read().1),
            Question::List(folder) => Some(self.below.list_of(folder)),
            Question::ListLike(folder, beginning) => Some(Digest::of_debug(&self.below.like(folder, beginning))),
            Question::Listed(folder, name) => Some(Digest::of_bool(self.below.has(folder, name))),
            Question::Text(path) => Some(Digest::of_debug(&self.below.text(path))),
            _ => None,
        }
    }

    fn read(&self) -> &(Urls, Digest) {
        self.urls.get_or_init(|| {
            let (files, located) = (&*self.below.files, &self.located);
            let (config, root) = (Below::new(files, &located.config_folder), Below::new(files, &located.root));
            let urls = Urls::read(&config, &root, &located.site);
            // Nothing that pages ask for later is in it yet.
            let digest = Digest::of_debug(&urls);
            (urls, digest)
        })
    }

    /// The site.
    pub fn site(&self) -> &Arc<LocatedSite> {
        &self.located
    }

    /// The URL of the file at `path`, inside the site and with `/`. `now`: seconds since 1970.
    pub fn of(&self, path: &str, source: &Source, now: Option<i64>) -> Publication {
        let page = Page::read(path, source, self.located.site.generator);
        self.publication(&page, now)
    }

    /// The URLs at which the file at `path` is published. `None` if it cannot be read.
    pub fn published(&self, path: &str) -> Option<Published> {
        self.published.get(path, || {
            let source = read_post(&*self.below.files, &self.located.root.join(path))?;
            let around = Around { site: &self.located.site, files: &self.below, now: None };
            Some(Published::read(path, &source, self.urls(), around))
        })
    }

    /// What the hosts and servers of the site redirect.
    pub fn rewritten(&self) -> Rewritten {
        let LocatedSite { root, config_folder, .. } = &*self.located;
        let mut of_site = vec![config_folder.as_path()];
        of_site.extend(Some(root.as_path()).filter(|root| root != config_folder));
        // A site in a folder of a repository may be served by what is configured at its root.
        let above = root.parent().filter(|_| !self.below.files.exists(&root.join(".git")));
        let below = |folder| Below::new(&*self.below.files, folder);
        let of_site: Vec<Below<'_>> = of_site.into_iter().map(below).collect();
        let above: Vec<Below<'_>> = above.into_iter().map(below).collect();
        Rewritten::read(&ports(&of_site), &ports(&above))
    }

    /// The value of a key that the file at `path` inherits.
    pub fn inherited(&self, path: &str, key: &str) -> Option<Supplied> {
        self.urls().inherited(path, key, Around { site: &self.located.site, files: &self.below, now: None })
    }
}

fn ports<'f>(folders: &'f [Below<'_>]) -> Vec<&'f dyn Folder> {
    folders.iter().map(|folder| folder as &dyn Folder).collect()
}

impl PageUrls for SiteUrls {
    fn publication(&self, page: &Page<'_>, now: Option<i64>) -> Publication {
        self.urls().of(page, Around { site: &self.located.site, files: &self.below, now })
    }

    fn post_name(&self, page: &Page<'_>) -> Option<PostName> {
        self.urls().post_name(page, &self.located.site)
    }
}

/// What a folder lists.
type Listed = Vec<(String, bool)>;

/// The files of a site, each listed and read once.
struct Remembered {
    files: Arc<dyn Files>,
    located: Arc<LocatedSite>,
    listed: Mutex<FxHashMap<String, Listed>>,
    read: Mutex<FxHashMap<String, Option<String>>>,
}

impl Remembered {
    fn root(&self) -> &Path {
        &self.located.root
    }

    fn with_listed<T>(&self, path: &str, ask: impl FnOnce(&Listed) -> T) -> T {
        let mut known = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        let list = || Below::new(&*self.files, self.root()).list(path);
        ask(known.entry(path.to_owned()).or_insert_with(list))
    }
}

impl Folder for Remembered {
    fn list(&self, path: &str) -> Listed {
        note(|| (Question::List(path.to_owned()), self.list_of(path)));
        self.with_listed(path, Clone::clone)
    }

    fn files_like(&self, folder: &str, beginning: &str) -> Vec<String> {
        let names = self.like(folder, beginning);
        note(|| (Question::ListLike(folder.to_owned(), beginning.to_owned()), Digest::of_debug(&names)));
        names
    }

    fn has_file(&self, folder: &str, name: &str) -> bool {
        let has = self.has(folder, name);
        note(|| (Question::Listed(folder.to_owned(), name.to_owned()), Digest::of_bool(has)));
        has
    }

    fn read(&self, path: &str) -> Option<String> {
        let text = self.text(path);
        note(|| (Question::Text(path.to_owned()), Digest::of_debug(&text)));
        text
    }
}

impl Remembered {
    fn list_of(&self, folder: &str) -> Digest {
        self.with_listed(folder, |listed| {
            let mut sorted: Vec<_> = listed.iter().collect();
            sorted.sort();
            Digest::of_debug(&sorted)
        })
    }

    fn like(&self, folder: &str, beginning: &str) -> Vec<String> {
        let mut names = self.with_listed(folder, |listed| {
            let wanted = listed.iter().filter(|(name, is_folder)| !is_folder && name.starts_with(beginning));
            wanted.map(|(name, _)| name.clone()).collect::<Vec<_>>()
        });
        names.sort();
        names
    }

    fn has(&self, folder: &str, name: &str) -> bool {
        self.with_listed(folder, |listed| listed.iter().any(|(it, is_folder)| !is_folder && it == name))
    }

    fn text(&self, path: &str) -> Option<String> {
        let mut known = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || Below::new(&*self.files, self.root()).read(path);
        known.entry(path.to_owned()).or_insert_with(read).clone()
    }
}
