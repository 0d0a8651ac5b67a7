//! The texts of open documents in place of their files.

use crate::files::{Disk, Files, Kind, Limit, Listed, Overlay, ReadError, Stamp};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// The files on the disk, and before them the texts of open documents. Shared by all that read files.
#[derive(Debug)]
pub struct Unsaved(RwLock<Overlay>);

impl Unsaved {
    /// Without open documents.
    pub fn new() -> Arc<Self> {
        Arc::new(Unsaved(RwLock::new(Overlay::over(Arc::new(Disk)))))
    }

    /// Sets the text of an open document.
    pub fn insert(&self, path: &Path, text: &str) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(path, text);
    }

    /// Removes the text of a document that was closed.
    pub fn remove(&self, path: &Path) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(path);
    }

    fn with<T>(&self, ask: impl FnOnce(&Overlay) -> T) -> T {
        ask(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Files for Unsaved {
    fn read(&self, path: &Path, limit: Limit) -> Result<Vec<u8>, ReadError> {
        self.with(|overlay| overlay.read(path, limit))
    }

    fn list(&self, folder: &Path) -> Result<Vec<Listed>, ReadError> {
        self.with(|overlay| overlay.list(folder))
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        self.with(|overlay| overlay.kind(path))
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        self.with(|overlay| overlay.stamp(path))
    }

    fn real(&self, path: &Path) -> PathBuf {
        self.with(|overlay| overlay.real(path))
    }
}
