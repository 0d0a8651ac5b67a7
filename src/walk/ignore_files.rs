//! Checks ignore files before the `ignore` crate opens them.

use crate::files::{self, Limit, ReadError};
use crate::pattern::{DEEPEST_GLOB, is_deep_glob};
use crate::walk::IGNORE_FILE;
use std::path::{Path, PathBuf};

/// Where the ignore files of a folder are, if there are any.
pub fn of_folder(folder: &Path) -> [PathBuf; 3] {
    [".gitignore", ".ignore", IGNORE_FILE].map(|name| folder.join(name))
}

/// The first ignore file of `folder` that cannot be used, and why. Missing files and dangling symbolic links are
/// skipped, as in git.
pub(super) fn unreadable(folder: &Path) -> Option<(PathBuf, ReadError)> {
    of_folder(folder).into_iter().chain(of_git(folder)).find_map(|file| Some((file.clone(), look_at(&file).err()?)))
}

/// Like [`unreadable`], for `folder` and all folders above it, whose ignore files also apply to it.
pub(super) fn unreadable_around(folder: &Path) -> Option<(PathBuf, ReadError)> {
    let around = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    unreadable(folder).or_else(|| around.ancestors().skip(1).find_map(unreadable))
}

/// Whether an ignore file can be used, or is not there.
pub(super) fn look_at(file: &Path) -> Result<(), ReadError> {
    if !files::is_there(file) {
        return Ok(());
    }
    match files::read(file, Limit::SETTINGS).and_then(|bytes| no_deep_glob(&bytes)) {
        Err(error) if !error.is_missing() && !error.is_denied() && !matches!(error, ReadError::DanglingLink) => {
            Err(error)
        }
        _ => Ok(()),
    }
}

/// Rejects deeply nested braces, which the `ignore` crate parses recursively.
fn no_deep_glob(bytes: &[u8]) -> Result<(), ReadError> {
    // Most files have no nested braces.
    if bytes.iter().filter(|&&byte| byte == b'{').nth(DEEPEST_GLOB).is_none() {
        return Ok(());
    }
    let deep = bytes.split(|&byte| byte == b'\n').position(|line| is_deep_glob(&String::from_utf8_lossy(line)));
    deep.map_or(Ok(()), |line| Err(ReadError::DeepGlob(line + 1)))
}

/// The files of a repository that the `ignore` crate reads. In a linked work tree, `.git` is a file that contains the
/// path of the repository.
fn of_git(folder: &Path) -> Vec<PathBuf> {
    let git = folder.join(".git");
    if !git.is_file() {
        return if files::is_there(&git) { vec![git.join("info/exclude")] } else { Vec::new() };
    }
    let text = files::read_text(&git, Limit::SETTINGS).unwrap_or_default();
    let Some(real) = text.lines().next().and_then(|line| line.strip_prefix("gitdir: ")) else { return vec![git] };
    let common = Path::new(real).join("commondir");
    let text = files::read_text(&common, Limit::SETTINGS).unwrap_or_default();
    let shared = Path::new(real).join(text.lines().next().unwrap_or_default()).join("info/exclude");
    vec![git, common, shared]
}
