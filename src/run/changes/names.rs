//! Parses what git writes about files: lists with `-z`, and quoted paths.

use crate::run::changes::git::path_of;
use std::path::PathBuf;

/// A changed file, by its path below the top of the work tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its path; that before the change if it was deleted.
    pub path: PathBuf,
    /// What happened.
    pub how: How,
}

/// What happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It is new.
    Added,
    /// Its content changed, or how it is stored.
    Modified,
    /// It came from another path, which is deleted.
    Renamed,
    /// It is gone.
    Deleted,
}

/// Parses the output of `git diff --name-status -z`.
pub fn changed(output: &[u8]) -> Vec<Changed> {
    let mut words = output.split(|byte| *byte == 0).filter(|word| !word.is_empty());
    let mut found = Vec::new();
    while let (Some(status), Some(path)) = (words.next(), words.next()) {
        let (path, how) = match status.first() {
            Some(b'A') => (path, How::Added),
            Some(b'D') => (path, How::Deleted),
            Some(b'R') => {
                found.push(Changed { path: path_of(path), how: How::Deleted });
                (words.next().unwrap_or(path), How::Renamed)
            }
            Some(b'C') => (words.next().unwrap_or(path), How::Added),
            _ => (path, How::Modified),
        };
        found.push(Changed { path: path_of(path), how });
    }
    found
}

/// Parses paths that end in NUL.
pub fn paths(output: &[u8]) -> impl Iterator<Item = PathBuf> {
    output.split(|byte| *byte == 0).filter(|path| !path.is_empty()).map(path_of)
}

/// The paths of binary files in the output of `git diff --numstat -z`: they have `-` instead of numbers of lines.
pub fn binary(output: &[u8]) -> Vec<PathBuf> {
    let mut words = output.split(|byte| *byte == 0);
    let mut found = Vec::new();
    while let Some(word) = words.next() {
        let Some((numbers, path)) = word.iter().rposition(|byte| *byte == b'\t').map(|at| word.split_at(at)) else {
            continue;
        };
        // The paths of a rename follow.
        let path = if path == b"\t" { words.nth(1).unwrap_or_default() } else { path.get(1..).unwrap_or_default() };
        if numbers.starts_with(b"-\t") {
            found.push(path_of(path));
        }
    }
    found
}

/// The bytes of a path in quotes with escapes of C, as git writes unusual paths without `-z`; `None` if it is not one.
pub fn unquoted(written: &[u8]) -> Option<Vec<u8>> {
    let inner = written.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let mut bytes = inner.iter().copied().peekable();
    let mut found = Vec::with_capacity(inner.len());
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            found.push(byte);
            continue;
        }
        let escaped = bytes.next()?;
        found.push(match escaped {
            b'a' => 7,
            b'b' => 8,
            b't' => b'\t',
            b'n' => b'\n',
            b'v' => 11,
            b'f' => 12,
            b'r' => b'\r',
            b'0'..=b'3' => {
                let digit = |byte: u8| byte.checked_sub(b'0').filter(|digit| *digit < 8);
                let (second, third) = (digit(bytes.next()?)?, digit(bytes.next()?)?);
                digit(escaped)? * 64 + second * 8 + third
            }
            other => other,
        });
    }
    Some(found)
}
