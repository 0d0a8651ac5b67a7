//! Which files have changes that git could not bring back: those that are not committed.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Variables that hooks set, and that would name another work tree than that of a file.
const OF_HOOKS: [&str; 4] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

/// Those of `paths` that have uncommitted changes in their git work tree, as git reports them. Empty where there is no
/// git, or no work tree.
pub fn uncommitted<'p>(paths: impl Iterator<Item = &'p Path>) -> BTreeSet<PathBuf> {
    let mut trees: BTreeMap<PathBuf, Vec<(&Path, PathBuf)>> = BTreeMap::new();
    for path in paths {
        // Links lead to the file that is written.
        let Ok(file) = path.canonicalize() else { continue };
        let Some(top) = file.ancestors().skip(1).find(|folder| folder.join(".git").exists()) else { continue };
        trees.entry(top.to_owned()).or_default().push((path, file.clone()));
    }
    let mut found = BTreeSet::new();
    for (top, files) in trees {
        let Some(changed) = changed(&top) else { continue };
        found.extend(files.into_iter().filter(|(_, file)| changed.contains(file)).map(|(path, _)| path.to_owned()));
    }
    found
}

/// The changed files of a work tree; `None` if git does not answer.
fn changed(top: &Path) -> Option<BTreeSet<PathBuf>> {
    let mut git = Command::new("git");
    // Neither a program from the config of the work tree is started, nor the index written.
    git.args(["--no-optional-locks", "-c", "core.fsmonitor=false", "-C"]).arg(top);
    git.args(["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignore-submodules=all"]);
    for variable in OF_HOOKS {
        git.env_remove(variable);
    }
    let done = git.stdin(Stdio::null()).stderr(Stdio::null()).output().ok().filter(|done| done.status.success())?;
    let entries = done.stdout.split(|byte| *byte == 0);
    // Two letters and a space precede each path.
    Some(entries.filter_map(|entry| Some(top.join(path_of(entry.get(3..)?)?))).collect())
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> Option<&OsStr> {
    use std::os::unix::ffi::OsStrExt;
    Some(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> Option<&OsStr> {
    std::str::from_utf8(bytes).ok().map(OsStr::new)
}
