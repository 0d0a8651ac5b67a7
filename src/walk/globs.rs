//! Globs on the command line, for where no shell expands them: in quotes, in lists of scripts, and on Windows.

use crate::pattern::is_deep_glob;
use globset::{GlobBuilder, GlobMatcher};
use std::fs;
use std::path::{Path, PathBuf};

/// A path on the command line that does not exist and is a glob.
pub(super) struct PathGlob {
    /// The folder that its beginning names.
    pub folder: PathBuf,
    /// What follows.
    rest: GlobMatcher,
}

impl PathGlob {
    /// Reads a path as a glob. `None` if a file has this name, if it is not a glob, or if there is no folder to search.
    pub fn of(path: &Path) -> Option<Self> {
        let is_glob = |part: &str| part.contains(['*', '?', '[', '{']);
        path.to_str().filter(|written| is_glob(written) && !is_deep_glob(written))?;
        if fs::symlink_metadata(path).is_ok() {
            return None;
        }
        let parts: Vec<_> = path.components().map(|part| part.as_os_str()).collect();
        let first = parts.iter().position(|part| is_glob(&part.to_string_lossy()))?;
        let (before, rest) = parts.split_at(first);
        let folder: PathBuf = before.iter().collect();
        let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
        let rest: PathBuf = rest.iter().collect();
        let rest = rest.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        let rest = GlobBuilder::new(&rest).literal_separator(true).build().ok()?.compile_matcher();
        folder.is_dir().then_some(PathGlob { folder, rest })
    }

    /// Whether it means the file at this path below its folder: the file itself, or a folder around it.
    pub fn means(&self, path: &Path) -> bool {
        let inside = path.strip_prefix(&self.folder).unwrap_or(path);
        inside.ancestors().any(|part| !part.as_os_str().is_empty() && self.rest.is_match(part))
    }
}
