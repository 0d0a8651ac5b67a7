//! What is known of posts from earlier runs, so that only those are read and checked again of which something has changed.
//!
//! What is known of a post holds as long as its bytes, its settings ([`Post::digest`]) and the answers to all that was asked of
//! the files around it (`place/notes.rs`) are the same, and no time has come that matters. Nothing here is ever needed: what is
//! missing, damaged or of another program is made again.

mod across;
mod contents;
mod folder;
mod settings;
mod shard;
mod store;
mod unit;

use crate::config;
use crate::digest::{Digest, Hasher};
use crate::files::{WriteError, Writer, absolute, is_there};
use crate::project::{Post, Surroundings};
pub use across::FoundAcross;
use rustc_hash::FxHashMap;
pub use settings::{FOLDER, HOW, How, Settings, UnknownHow};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::{env, fs, io};
pub use unit::Unit;

/// The cache of a run.
pub struct Cache {
    folder: PathBuf,
    /// Whether the user named the folder.
    is_named: bool,
    by_stamp: bool,
    /// The digest of the program and the options of the run.
    options: Digest,
    /// The units by their roots; `None` for those that are not cached.
    units: Mutex<FxHashMap<OsString, Option<Arc<Unit>>>>,
}

/// The cache cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the cache in `{}`: {error}", folder.display())]
pub struct Unwritable {
    folder: PathBuf,
    error: WriteError,
}

impl Cache {
    /// The cache for a run with these options. `None` if it is off, or there is no folder for it.
    pub fn new(settings: &Settings, surroundings: &Surroundings) -> Option<Self> {
        let mut hasher = Hasher::default();
        hasher.add_digest(program()).add_digest(surroundings.options());
        (settings.how != How::Off).then_some(())?;
        Some(Cache {
            folder: settings.folder()?,
            is_named: settings.named.is_some(),
            by_stamp: settings.how == How::ByStamp,
            options: hasher.digest(),
            units: Mutex::default(),
        })
    }

    /// The unit of the site of a post, or of its project. `None` if that is not cached.
    pub fn unit(&self, post: &Post) -> Option<Arc<Unit>> {
        let root = post.site.as_ref().map_or(&post.config_folder, |site| &site.root);
        let mut units = self.units.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = units.get(root.as_os_str()) {
            return known.clone();
        }
        let is_cached = self.is_named || post.place.has_config || is_kept(root);
        let unit = is_cached.then(|| {
            let mut hasher = Hasher::default();
            hasher.add_digest(self.options).add(absolute(root).as_os_str().as_encoded_bytes());
            let owner = hasher.digest();
            Arc::new(Unit::new(self.folder.join(owner.to_string()), root, owner, self.by_stamp))
        });
        units.insert(root.as_os_str().to_owned(), unit.clone());
        unit
    }

    /// Writes what is new.
    pub fn save(&self) -> Result<(), Unwritable> {
        let units = self.units.lock().unwrap_or_else(PoisonError::into_inner);
        let writer = Writer::default();
        for unit in units.values().flatten() {
            if !unit.has_news() {
                folder::mark_used(&self.folder, &unit.folder);
                continue;
            }
            let made = folder::make(&self.folder, &unit.folder, &writer);
            let saved = made.and_then(|()| unit.save(&writer));
            saved.map_err(|error| Unwritable { folder: self.folder.clone(), error })?;
            folder::mark_used(&self.folder, &unit.folder);
        }
        Ok(())
    }
}

/// Whether a folder is part of a repository, or has a config file of postlint in it or above: it is not one for a moment only.
fn is_kept(root: &Path) -> bool {
    let root = absolute(root);
    let names = || config::FILE_NAMES.iter().copied().chain([".git"]);
    root.ancestors().any(|folder| names().any(|name| is_there(&folder.join(name))))
}

/// The digest of the program: two builds of the same version may find different things.
fn program() -> Digest {
    let file = env::current_exe().and_then(fs::metadata);
    let file = file.and_then(|metadata| Ok((metadata.len(), metadata.modified()?))).ok();
    Digest::of_debug(&(env!("POSTLINT_VERSION"), file))
}

/// Removes all that is cached in a folder. Returns the number of bytes.
pub fn clear(folder: &Path) -> io::Result<u64> {
    folder::clear(folder)
}
