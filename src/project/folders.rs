//! The folders of a site. Each is listed at most once, and only if a post needs it.

use crate::files::{Files, Kind};
use crate::place::files::Folders;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// The folders of a site. Each is listed on first use, and the listing is cached.
#[derive(Debug)]
pub struct SiteFolders {
    files: Arc<dyn Files>,
    root: PathBuf,
    known: Mutex<FxHashMap<String, Arc<BTreeSet<String>>>>,
}

impl SiteFolders {
    /// The folders of the site at `root`.
    pub fn new(files: Arc<dyn Files>, root: PathBuf) -> Self {
        SiteFolders { files, root, known: Mutex::default() }
    }

    fn list(&self, folder: &str) -> BTreeSet<String> {
        let listed = self.files.list(&self.root.join(folder)).unwrap_or_default();
        let files = listed.into_iter().filter(|entry| entry.kind == Kind::File);
        files.map(|entry| entry.name.to_string_lossy().into_owned()).collect()
    }
}

impl Folders for SiteFolders {
    fn files(&self, folder: &str) -> Arc<BTreeSet<String>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(files) = known.get(folder) {
            return files.clone();
        }
        let files = Arc::new(self.list(folder));
        known.insert(folder.to_owned(), files.clone());
        files
    }
}
