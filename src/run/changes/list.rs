//! The list of paths of `--files-from`.

use crate::files::{self, Limit};
use crate::run::changes::error::ChangesError;
use crate::run::changes::git::path_of;
use crate::run::changes::names::unquoted;
use std::io;
use std::path::{Path, PathBuf};

/// The paths in a list.
#[derive(Default)]
pub struct Listed {
    /// Those of files that exist.
    pub paths: Vec<PathBuf>,
    /// Number of folders: a list of git has them for submodules.
    pub folders: usize,
    /// Number of paths that do not exist.
    pub missing: usize,
}

/// Reads the list at `path`, or standard input for `-`.
pub fn read(path: &Path) -> Result<Listed, ChangesError> {
    let read = match path.as_os_str() == "-" {
        true => files::read_all(io::stdin().lock(), Limit::LIST),
        false => files::read(path, Limit::LIST),
    };
    let bytes = read.map_err(|error| ChangesError::List { path: path.to_owned(), error })?;
    Ok(paths(&bytes))
}

/// The paths: one a line, or separated by NUL if there is one.
fn paths(bytes: &[u8]) -> Listed {
    let mut listed = Listed::default();
    let mut add = |found: Option<PathBuf>| match found {
        Some(path) if path.is_dir() => listed.folders += 1,
        Some(path) => listed.paths.push(path),
        None => listed.missing += 1,
    };
    if bytes.contains(&0) {
        bytes.split(|byte| *byte == 0).filter(|path| !path.is_empty()).for_each(|path| add(existing(path)));
        return listed;
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let lines = bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    // Without `-z`, git writes unusual paths in quotes.
    let lines = lines.filter(|line| !line.is_empty());
    lines.for_each(|line| add(existing(line).or_else(|| existing(&unquoted(line)?))));
    listed
}

fn existing(path: &[u8]) -> Option<PathBuf> {
    let path = path_of(path);
    (path.is_file() || path.is_dir()).then_some(path)
}
