//! The list of paths of `--files-from`.

use crate::files::{self, Limit};
use crate::run::changes::error::ChangesError;
use crate::run::changes::git::path_of;
use crate::run::changes::names::unquoted;
use std::io;
use std::path::{Path, PathBuf};

/// Reads the list at `path`, or standard input for `-`. Returns the paths of files that exist.
pub fn read(path: &Path) -> Result<Vec<PathBuf>, ChangesError> {
    let read = match path.as_os_str() == "-" {
        true => files::read_all(io::stdin().lock(), Limit::LIST),
        false => files::read(path, Limit::LIST),
    };
    let bytes = read.map_err(|error| ChangesError::List { path: path.to_owned(), error })?;
    Ok(paths(&bytes))
}

/// The paths of files that exist: one a line, or separated by NUL if there is one.
fn paths(bytes: &[u8]) -> Vec<PathBuf> {
    if bytes.contains(&0) {
        return bytes.split(|byte| *byte == 0).filter_map(existing).collect();
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let lines = bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    // Without `-z`, git writes unusual paths in quotes.
    lines.filter_map(|line| existing(line).or_else(|| existing(&unquoted(line)?))).collect()
}

fn existing(path: &[u8]) -> Option<PathBuf> {
    let path = path_of(path);
    path.is_file().then_some(path)
}
