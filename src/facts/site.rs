//! The facts of all posts of a site, and of the site itself.

use crate::facts::rewritten::Rewritten;
use crate::facts::{Index, PageFacts};
use crate::place::files::Folders;
use crate::site::Site;
use crate::source::Span;
use rustc_hash::FxHashSet;
use std::sync::{Arc, OnceLock};

/// What rules across posts know of a site.
pub struct SiteFacts<'s> {
    /// Its settings.
    pub site: &'s Site,
    /// The facts of its posts, sorted by path.
    pub pages: Vec<PageFacts>,
    /// Its files.
    pub files: Arc<dyn Folders>,
    /// What redirects, according to the files of the site's hosts and servers.
    pub rewritten: Rewritten,
    /// The [keys](crate::facts::key) of URLs that pages had before the changes of which a run looks for effects.
    pub former: Arc<FxHashSet<String>>,
    index: OnceLock<Index>,
}

/// A place in one of the posts of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The index of the post in [`SiteFacts::pages`].
    pub page: usize,
    /// The bytes.
    pub span: Span,
}

impl<'s> SiteFacts<'s> {
    /// The facts of a site. `pages` are sorted by path.
    pub fn new(site: &'s Site, pages: Vec<PageFacts>, files: Arc<dyn Folders>, rewritten: Rewritten) -> Self {
        SiteFacts { site, pages, files, rewritten, former: Arc::default(), index: OnceLock::new() }
    }

    /// The same with URLs that pages had before.
    pub fn with_former(self, former: Arc<FxHashSet<String>>) -> Self {
        SiteFacts { former, ..self }
    }

    /// What is where in the site. Built when the first rule asks.
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(self))
    }
}

impl SiteFacts<'_> {
    /// The posts with their indexes that become pages that search engines may show.
    pub fn indexed(&self) -> impl Iterator<Item = (usize, &PageFacts)> {
        self.pages.iter().enumerate().filter(|(_, page)| page.is_page)
    }
}
