//! Finds the corpus of real posts and pages; tests that use it pass when it is not there.
#![allow(dead_code)]

use std::path::{Path, PathBuf};

/// A folder of the corpus, if it is there.
pub fn folder(name: &str) -> Option<PathBuf> {
    let shared = match std::env::var_os("POSTLINT_SHARED") {
        Some(shared) => PathBuf::from(shared),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
    };
    let folder = shared.join("corpus").join(name);
    folder.is_dir().then_some(folder)
}

/// The files below `folder` with one of these extensions, in a fixed order.
pub fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            let is_wanted = || path.extension().is_some_and(|ext| extensions.iter().any(|want| ext == *want));
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(kind) if kind.is_file() && is_wanted() => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}
