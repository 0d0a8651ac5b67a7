//! The facts of all posts of a site, and of the site itself.

use crate::facts::PageFacts;
use crate::place::files::Folders;
use crate::site::Site;
use crate::source::Span;
use std::sync::Arc;

/// What rules across posts know of a site.
pub struct SiteFacts<'s> {
    /// Its settings.
    pub site: &'s Site,
    /// The facts of its posts, sorted by path.
    pub pages: Vec<PageFacts>,
    /// Its files.
    pub files: Arc<dyn Folders>,
}

/// A place in one of the posts of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The index of the post in [`SiteFacts::pages`].
    pub page: usize,
    /// The bytes.
    pub span: Span,
}

impl SiteFacts<'_> {
    /// The posts with their indexes that become pages that search engines may show.
    pub fn indexed(&self) -> impl Iterator<Item = (usize, &PageFacts)> {
        self.pages.iter().enumerate().filter(|(_, page)| page.is_page)
    }
}
