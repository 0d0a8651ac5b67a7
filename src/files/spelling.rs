//! Detects paths that refer to the same file, and chooses the simplest of them.

use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};
use std::{env, fs, path};

/// The path without `.` and `name/..`, without accessing the disk.
pub fn collapsed(path: &Path) -> PathBuf {
    let mut short = PathBuf::new();
    for part in path.components() {
        match (part, short.components().next_back()) {
            (Component::CurDir, _) | (Component::ParentDir, Some(Component::RootDir)) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => _ = short.pop(),
            (part, _) => short.push(part),
        }
    }
    short
}

/// The absolute path; symbolic links are not resolved.
pub fn absolute(path: &Path) -> PathBuf {
    path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The path of an existing file without `..`, if that is the same file: after a symbolic link it may not be.
pub fn plain(path: &Path) -> PathBuf {
    if !path.components().any(|part| part == Component::ParentDir) {
        return path.to_owned();
    }
    let short = collapsed(&absolute(path));
    let is_same = || Some(fs::canonicalize(path).ok()? == fs::canonicalize(&short).ok()?);
    if is_same() != Some(true) {
        return path.to_owned();
    }
    match env::current_dir().ok().as_ref().and_then(|here| short.strip_prefix(here).ok()) {
        _ if path.is_absolute() => short,
        Some(inside) if inside.as_os_str().is_empty() => PathBuf::from("."),
        Some(inside) => inside.to_owned(),
        None => collapsed(path),
    }
}

/// The paths of each file, the simplest first.
pub fn by_file(paths: impl IntoIterator<Item = PathBuf>) -> Vec<Vec<PathBuf>> {
    let mut folders = FxHashMap::default();
    let mut files: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for path in paths {
        files.entry(identity(&path, &mut folders)).or_default().push(path);
    }
    let sorted = |(identity, mut spelled): (PathBuf, Vec<PathBuf>)| {
        spelled.sort_by_cached_key(|path| {
            let leads_elsewhere = path::absolute(path).map_or(true, |absolute| absolute != identity);
            let has_dots = path.components().any(|part| part == Component::ParentDir);
            (leads_elsewhere, has_dots, path.is_absolute(), path.components().count(), path.clone())
        });
        spelled
    };
    files.into_iter().map(sorted).collect()
}

/// The canonical path of a file.
pub fn canonical(path: &Path) -> PathBuf {
    identity(path, &mut FxHashMap::default())
}

/// The canonical path of a file. `folders` caches the canonical paths of folders.
pub fn identity(path: &Path, folders: &mut FxHashMap<PathBuf, PathBuf>) -> PathBuf {
    let real =
        |path: &Path| fs::canonicalize(path).or_else(|_| path::absolute(path)).unwrap_or_else(|_| path.to_owned());
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return real(path) };
    if path.is_symlink() {
        return real(path);
    }
    let folder = if folder.as_os_str() == OsStr::new("") { Path::new(".") } else { folder };
    let known = folders.entry(folder.to_owned()).or_insert_with(|| real(folder));
    known.join(name)
}
