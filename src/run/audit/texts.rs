//! Texts of built pages, for what findings show of them.

use crate::files::{Disk, read_post};
use crate::source::Source;
use rustc_hash::FxHashMap;
use std::path::Path;

/// Texts of built pages that findings show as examples: mostly the same few.
pub struct Texts<'t> {
    folder: &'t Path,
    known: FxHashMap<String, Option<Source>>,
}

/// Maximum number of texts in memory.
const MAX_TEXTS: usize = 64;

impl<'t> Texts<'t> {
    /// No texts of the files in a folder.
    pub fn new(folder: &'t Path) -> Self {
        Texts { folder, known: FxHashMap::default() }
    }

    /// The text of a file of the folder.
    pub fn get(&mut self, file: &str) -> Option<&Source> {
        if self.known.len() >= MAX_TEXTS && !self.known.contains_key(file) {
            self.known.clear();
        }
        let read = || read_post(&Disk, &self.folder.join(file));
        self.known.entry(file.to_owned()).or_insert_with(read).as_ref()
    }
}
