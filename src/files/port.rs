//! An interface to the files around posts: those on the disk, or unsaved texts of an editor in place of them.

use crate::files::{Limit, ReadError, Stamp, read, why_unreachable};
use crate::source::Source;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::{fmt, fs};

/// The files that can be read. Paths are absolute, or relative to the working directory.
pub trait Files: fmt::Debug + Send + Sync {
    /// The bytes of a file.
    fn read(&self, path: &Path, limit: Limit) -> Result<Vec<u8>, ReadError>;

    /// The entries of a folder, in any order.
    fn list(&self, folder: &Path) -> Result<Vec<Listed>, ReadError>;

    /// The kind of file at this path, following symbolic links; `None` if it does not exist.
    fn kind(&self, path: &Path) -> Option<Kind>;

    /// What the system keeps of a regular file; `None` for another one, and for a text that is not in a file.
    fn stamp(&self, _path: &Path) -> Option<Stamp> {
        None
    }

    /// The canonical path of a file.
    fn real(&self, path: &Path) -> PathBuf;

    /// Whether this is a folder.
    fn is_folder(&self, path: &Path) -> bool {
        self.kind(path) == Some(Kind::Folder)
    }

    /// Whether the path exists. True for a dangling symbolic link, so that reading it reports the actual error.
    fn exists(&self, path: &Path) -> bool {
        self.kind(path).is_some()
    }
}

/// The text of a post. `None` if it cannot be read.
pub fn read_post(files: &dyn Files, path: &Path) -> Option<Source> {
    files.read(path, Limit::POST).ok().map(Source::from_bytes)
}

/// An entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// Its name.
    pub name: OsString,
    /// Its kind, following symbolic links.
    pub kind: Kind,
}

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A device, a pipe, a socket, or a dangling symbolic link.
    Other,
}

/// The files on the disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path, limit: Limit) -> Result<Vec<u8>, ReadError> {
        read(path, limit)
    }

    fn list(&self, folder: &Path) -> Result<Vec<Listed>, ReadError> {
        let unreadable = |error| why_unreachable(folder, error);
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let kind = match entry.file_type() {
                Ok(kind) if !kind.is_symlink() => kind_of(kind),
                _ => self.kind(&entry.path()).unwrap_or(Kind::Other),
            };
            found.push(Listed { name: entry.file_name(), kind });
        }
        Ok(found)
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        let own = fs::symlink_metadata(path).ok()?.file_type();
        if !own.is_symlink() {
            return Some(kind_of(own));
        }
        Some(fs::metadata(path).map_or(Kind::Other, |target| kind_of(target.file_type())))
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        Stamp::of(&fs::metadata(path).ok()?)
    }

    fn real(&self, path: &Path) -> PathBuf {
        path.canonicalize().unwrap_or_else(|_| path.to_owned())
    }
}

fn kind_of(kind: fs::FileType) -> Kind {
    if kind.is_dir() {
        Kind::Folder
    } else if kind.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}

/// Texts that replace or add files: the unsaved texts of an editor, or the site of a test.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    texts: BTreeMap<PathBuf, Vec<u8>>,
    /// The underlying files; `None` in tests.
    below: Option<Arc<dyn Files>>,
}

impl Overlay {
    /// Creates an overlay on `below` without texts.
    pub fn over(below: Arc<dyn Files>) -> Self {
        Overlay { texts: BTreeMap::new(), below: Some(below) }
    }

    /// Sets the text at a path. Its folders need not exist.
    pub fn insert(&mut self, path: impl Into<PathBuf>, text: impl Into<Vec<u8>>) {
        self.texts.insert(path.into(), text.into());
    }

    /// Removes the text at a path, which reveals the file below.
    pub fn remove(&mut self, path: &Path) {
        self.texts.remove(path);
    }

    /// The entries that the texts add to a folder.
    fn added(&self, folder: &Path) -> impl Iterator<Item = Listed> {
        let inside = self.texts.keys().filter_map(move |path| path.strip_prefix(folder).ok());
        inside.filter_map(|inside| {
            let mut parts = inside.components();
            let Some(Component::Normal(name)) = parts.next() else { return None };
            let kind = if parts.next().is_some() { Kind::Folder } else { Kind::File };
            Some(Listed { name: name.to_owned(), kind })
        })
    }
}

impl Files for Overlay {
    fn read(&self, path: &Path, limit: Limit) -> Result<Vec<u8>, ReadError> {
        match (self.texts.get(path), &self.below) {
            (Some(text), _) => Ok(text.clone()),
            (None, Some(below)) => below.read(path, limit),
            (None, None) if self.is_folder(path) => Err(ReadError::Folder),
            (None, None) => Err(ReadError::Missing),
        }
    }

    fn list(&self, folder: &Path) -> Result<Vec<Listed>, ReadError> {
        let below = self.below.as_ref().map_or(Err(ReadError::Missing), |below| below.list(folder));
        let mut found = self.added(folder).collect::<Vec<_>>();
        match below {
            Ok(listed) => found.extend(listed),
            Err(error) if found.is_empty() => return Err(error),
            Err(_) => {}
        }
        found.sort();
        found.dedup_by(|a, b| a.name == b.name);
        Ok(found)
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        if self.texts.contains_key(path) {
            return Some(Kind::File);
        }
        let below = self.below.as_ref().and_then(|below| below.kind(path));
        below.or_else(|| self.added(path).next().map(|_| Kind::Folder))
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        self.below.as_ref().filter(|_| !self.texts.contains_key(path))?.stamp(path)
    }

    fn real(&self, path: &Path) -> PathBuf {
        match &self.below {
            Some(below) if !self.texts.contains_key(path) => below.real(path),
            _ => path.to_owned(),
        }
    }
}
