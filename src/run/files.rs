//! The files of a run.

use crate::cache::Cache;
use crate::cli::Audited;
use crate::output::Looks;
use crate::run::changes::Snapshot;
use std::path::{Path, PathBuf};

/// The files to lint.
pub struct Files<'a> {
    /// Files and folders; if empty, the working directory.
    pub paths: &'a [PathBuf],
    /// Files that are left out: lines of a `.gitignore` file.
    pub exclude: &'a [String],
    /// The working directory.
    pub working_directory: &'a Path,
    /// Whether to skip ignored files even if they are passed by name.
    pub force_exclude: bool,
    /// Whether nothing is said about the run.
    pub quiet: bool,
    /// Whether what is wrong with configs is said even so. A run that looks at the same files again has said it.
    pub warns: bool,
    /// Whether the run writes a baseline, which need not exist yet.
    pub writes_baseline: bool,
    /// Whether the process goes on after the run, so that what the run knew must not stay in memory.
    pub goes_on: bool,
    /// The capabilities of standard error.
    pub looks: Looks,
    /// Whether to measure each rule.
    pub timing: bool,
    /// The files among those that are found to which the run is limited; without it, all of them.
    pub takes: Option<&'a dyn Fn(&Path) -> bool>,
    /// What is known from earlier runs.
    pub cache: Option<&'a Cache>,
    /// What an audit reads besides the posts.
    pub audited: Option<&'a Audited>,
    /// The temporary folder of all paths, if they are in one.
    pub snapshot: Option<&'a Snapshot>,
}

impl<'a> Files<'a> {
    /// All files of these paths in the work tree, for a run that is a part of a command: nothing is excluded, measured or cached.
    pub fn of(paths: &'a [PathBuf], working_directory: &'a Path, looks: Looks) -> Self {
        Files {
            paths,
            exclude: &[],
            working_directory,
            force_exclude: false,
            quiet: false,
            warns: true,
            writes_baseline: false,
            goes_on: true,
            looks,
            timing: false,
            takes: None,
            cache: None,
            audited: None,
            snapshot: None,
        }
    }

    /// The path outside of the snapshot, if the run is in one.
    pub fn real(&self, path: &Path) -> PathBuf {
        self.snapshot.map_or_else(|| path.to_owned(), |snapshot| snapshot.outside(path))
    }
}
