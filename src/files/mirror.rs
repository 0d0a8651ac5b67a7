//! A temporary folder with copies of files: texts with their content, others empty, so that they exist.

use crate::files::{Disk, Files, Kind, Limit, Listed, ReadError, collapsed, is_there};
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A temporary folder, which is removed when this is dropped. All paths are relative to it.
#[derive(Debug)]
pub struct Mirror {
    /// Removes the folder when dropped.
    _folder: TempDir,
    path: PathBuf,
}

/// Extensions of files whose content is never read.
const NOT_TEXT: [&str; 47] = [
    "7z", "ai", "avi", "avif", "bin", "bmp", "bz2", "class", "dmg", "doc", "docx", "dll", "eot", "exe", "flac", "gif",
    "gz", "heic", "ico", "iso", "jar", "jpeg", "jpg", "jxl", "m4a", "m4v", "mov", "mp3", "mp4", "ogg", "otf", "pdf",
    "png", "psd", "rar", "so", "tar", "tgz", "tif", "tiff", "ttf", "wav", "webm", "webp", "woff", "woff2", "zip",
];

/// Maximum number of files that are copied from one folder.
const MAX_FILES: usize = 100_000;

impl Mirror {
    /// Creates an empty folder.
    pub fn new() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("postlint-").tempdir()?;
        let path = folder.path().canonicalize()?;
        Ok(Mirror { _folder: folder, path })
    }

    /// Its canonical path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the content of a file may be read, according to its name.
    pub fn is_text(path: &Path) -> bool {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        !NOT_TEXT.contains(&extension.as_str())
    }

    /// Creates a folder.
    pub fn folder(&self, inside: &Path) -> io::Result<()> {
        fs::create_dir_all(self.path.join(inside))
    }

    /// Creates an empty file, unless there is one.
    pub fn placeholder(&self, inside: &Path) -> io::Result<()> {
        let path = self.path.join(inside);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(()),
        }
    }

    /// Copies a file, or the files of a folder except those of git, unless they are there. Symbolic links are not followed.
    pub fn copy(&self, from: &Path, inside: &Path) -> io::Result<()> {
        let mut open = vec![(from.to_owned(), inside.to_owned())];
        let mut count = 0;
        while let Some((from, inside)) = open.pop() {
            let Ok(metadata) = from.symlink_metadata() else { continue };
            count += 1;
            if count > MAX_FILES {
                break;
            }
            if metadata.is_dir() {
                self.folder(&inside)?;
                for entry in fs::read_dir(&from).into_iter().flatten().flatten() {
                    if entry.file_name() != ".git" {
                        open.push((entry.path(), inside.join(entry.file_name())));
                    }
                }
            } else if metadata.is_file() {
                self.copy_file(&from, &inside)?;
            }
        }
        Ok(())
    }

    /// Lets a symbolic link that leaves the folder lead where it does in the original at `top`.
    pub fn relink(&self, top: &Path, inside: &Path) -> io::Result<()> {
        let path = self.path.join(inside);
        let original = top.join(inside);
        let (Ok(target), Some(folder)) = (fs::read_link(&path), original.parent()) else { return Ok(()) };
        let target = collapsed(&folder.join(target));
        if target.starts_with(top) {
            return Ok(());
        }
        fs::remove_file(&path)?;
        link(&target, &path)
    }

    fn copy_file(&self, from: &Path, inside: &Path) -> io::Result<()> {
        let path = self.path.join(inside);
        if !Mirror::is_text(inside) || is_there(&path) {
            return self.placeholder(inside);
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(from, &path).map(drop)
    }
}

#[cfg(unix)]
fn link(target: &Path, path: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, path)
}

#[cfg(not(unix))]
fn link(target: &Path, path: &Path) -> io::Result<()> {
    // Creating links needs a privilege there.
    fs::copy(target, path).map(drop)
}

/// The files on the disk, where paths that lead out of a temporary folder lead out of the original folder.
#[derive(Clone, Debug)]
pub struct Mirrored {
    /// The temporary folder.
    pub mirror: PathBuf,
    /// The original folder.
    pub top: PathBuf,
}

impl Mirrored {
    fn on_disk(&self, path: &Path) -> PathBuf {
        match path.strip_prefix(&self.mirror) {
            Ok(inside) if !collapsed(path).starts_with(&self.mirror) => collapsed(&self.top.join(inside)),
            _ => path.to_owned(),
        }
    }
}

impl Files for Mirrored {
    fn read(&self, path: &Path, limit: Limit) -> Result<Vec<u8>, ReadError> {
        Disk.read(&self.on_disk(path), limit)
    }

    fn list(&self, folder: &Path) -> Result<Vec<Listed>, ReadError> {
        Disk.list(&self.on_disk(folder))
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        Disk.kind(&self.on_disk(path))
    }

    fn real(&self, path: &Path) -> PathBuf {
        Disk.real(&self.on_disk(path))
    }
}
