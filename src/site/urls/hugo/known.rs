//! What was found in the folders of a Hugo site: each page asks for those above it.

use crate::site::memo::Memo;
use crate::site::urls::page::Front;
use std::sync::Arc;

/// What is known of the folders of a site's content.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Folders, by their path in the content.
    pub folders: Memo<InFolder>,
    /// The front matter of `_index.md`, by path inside the site.
    pub fronts: Memo<Option<Arc<Front<'static>>>>,
    /// The front matter that may have a `cascade`, by language and folder.
    pub cascading: Memo<Option<Arc<Front<'static>>>>,
}

/// The files of a folder that matter to the pages below it.
#[derive(Clone, Debug, Default)]
pub struct InFolder {
    /// Whether there is an `index.md`.
    pub has_leaf: bool,
    /// The language and the path inside the site of each `_index.md`.
    pub sections: Arc<[(String, String)]>,
}
