//! The folders of a site on disk, each listed at most once and only if a post needs it.

use crate::place::files::Folders;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// The files below a folder.
#[derive(Debug)]
pub struct Disk {
    root: PathBuf,
    known: Mutex<FxHashMap<String, Arc<BTreeSet<String>>>>,
}

impl Disk {
    /// The files below `root`.
    pub fn new(root: PathBuf) -> Self {
        Disk { root, known: Mutex::default() }
    }

    fn list(&self, folder: &str) -> BTreeSet<String> {
        let Ok(entries) = fs::read_dir(self.root.join(folder)) else { return BTreeSet::new() };
        // A symbolic link counts as its target.
        let files = entries.flatten().filter(|entry| entry.path().is_file());
        files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }
}

impl Folders for Disk {
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
