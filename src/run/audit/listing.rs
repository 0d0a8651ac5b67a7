//! The files of a built folder.

use crate::files::{Disk, Files, Kind};
use crate::output::Screen;
use rustc_hash::FxHashSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Maximum number of files.
const MAX_FILES: usize = 500_000;
/// Maximum depth of folders.
const MAX_DEPTH: usize = 64;

/// A file of a built folder.
pub struct ListedFile {
    /// Its path in the folder, with `/`. Bytes that are not UTF-8 are replaced.
    pub inside: String,
    /// Its path on the disk.
    pub path: PathBuf,
}

/// The files of a built folder, sorted by path.
#[derive(Default)]
pub struct Listing {
    /// The files.
    pub files: Vec<ListedFile>,
    /// Number of folders that cannot be listed.
    unreadable: usize,
    /// Number of names with bytes that are not UTF-8, which no URL in a page leads to for certain.
    strange: usize,
    /// Whether some files were left out.
    is_cut: bool,
}

/// Lists a folder. A folder that several links lead to is listed once.
pub fn list(folder: &Path) -> Listing {
    let mut listing = Listing::default();
    let mut seen: FxHashSet<PathBuf> = FxHashSet::default();
    let mut folders = vec![(folder.to_owned(), String::new(), 0)];
    while let Some((folder, inside, depth)) = folders.pop() {
        if !seen.insert(Disk.real(&folder)) {
            continue;
        }
        let Ok(entries) = Disk.list(&folder) else {
            listing.unreadable += 1;
            continue;
        };
        for entry in entries {
            let name = entry.name.to_string_lossy();
            listing.strange += usize::from(entry.name.to_str().is_none());
            let path = folder.join(&entry.name);
            let below = if inside.is_empty() { name.into_owned() } else { format!("{inside}/{name}") };
            match entry.kind {
                Kind::Folder if below.starts_with(".git/") || below == ".git" => {}
                Kind::Folder if depth < MAX_DEPTH => folders.push((path, below, depth + 1)),
                Kind::File if listing.files.len() < MAX_FILES => listing.files.push(ListedFile { inside: below, path }),
                Kind::Other => {}
                Kind::Folder | Kind::File => listing.is_cut = true,
            }
        }
    }
    listing.files.sort_by(|a, b| a.inside.cmp(&b.inside));
    listing
}

impl Listing {
    /// Says what was left out.
    pub fn tell(&self, err: &mut Screen<'_>) -> io::Result<()> {
        if self.is_cut {
            writeln!(
                err,
                "warning: the built folder is too large: {MAX_FILES} files were read, {MAX_DEPTH} folders deep"
            )?;
        }
        if self.unreadable > 0 {
            writeln!(err, "warning: folders of built pages that cannot be listed: {}", self.unreadable)?;
        }
        if self.strange > 0 {
            writeln!(err, "warning: names of built files that are not UTF-8: {}", self.strange)?;
        }
        Ok(())
    }
}
