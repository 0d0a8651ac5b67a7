//! What the URL of a page may depend on besides the page and the config.

use crate::site::Site;
use crate::site::folder::Folder;

/// What a page's URL may depend on besides the page and the config.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The site.
    pub site: &'a Site,
    /// The files below its root.
    pub files: &'a dyn Folder,
    /// Seconds since 1970, for posts that are published later; without it, none is in the future.
    pub now: Option<i64>,
}
