//! The folders of a site. Each is listed at most once, and only if a post needs it.

use crate::files::{Files, Kind};
use crate::place::files::{Folders, page_name};
use crate::walk::is_generated;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The folders of a site. Each is listed on first use, and the listing is cached.
#[derive(Debug)]
pub struct SiteFolders {
    files: Arc<dyn Files>,
    root: PathBuf,
    known: Mutex<FxHashMap<String, Arc<BTreeSet<String>>>>,
    page_names: OnceLock<Arc<BTreeSet<String>>>,
}

/// Maximum number of files and folders whose names are collected.
const MAX_NAMES: usize = 100_000;

impl SiteFolders {
    /// The folders of the site at `root`.
    pub fn new(files: Arc<dyn Files>, root: PathBuf) -> Self {
        SiteFolders { files, root, known: Mutex::default(), page_names: OnceLock::new() }
    }

    fn list(&self, folder: &str) -> BTreeSet<String> {
        let listed = self.files.list(&self.root.join(folder)).unwrap_or_default();
        let files = listed.into_iter().filter(|entry| entry.kind == Kind::File);
        files.map(|entry| entry.name.to_string_lossy().into_owned()).collect()
    }

    fn all_names(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let mut folders = vec![self.root.clone()];
        let mut count = 0;
        while let Some(folder) = folders.pop() {
            for entry in self.files.list(&folder).unwrap_or_default() {
                let name = entry.name.to_string_lossy();
                let path = folder.join(&entry.name);
                count += 1;
                if name.starts_with('.') || is_generated(&path) || count > MAX_NAMES {
                    continue;
                }
                names.insert(page_name(&name));
                if entry.kind == Kind::Folder {
                    folders.push(path);
                }
            }
        }
        names
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

    fn page_names(&self) -> Arc<BTreeSet<String>> {
        self.page_names.get_or_init(|| Arc::new(self.all_names())).clone()
    }
}
