//! The options of `check` that limit it to what was changed.

use clap::Args;
use std::path::PathBuf;

/// Which changes to check.
#[derive(Args, Clone, Debug, Default)]
pub struct Changes {
    /// Check the posts that a file lists, or standard input (`-`)
    ///
    /// One path a line, or NUL-separated paths, relative to the working directory. Paths that do not exist, folders and
    /// files that are not posts are skipped, and so are ignored files, as with --force-exclude. An empty list checks nothing.
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, help_heading = "Changes")]
    pub files_from: Option<PathBuf>,

    /// Check the posts that were changed since a branch, a tag or a commit
    ///
    /// Compared are the files of the work tree with the merge base of REF and HEAD: changes that are committed, staged or
    /// neither, and new files that git does not ignore. Findings that the changes cause in unchanged posts, such as a link
    /// to a deleted page, are reported too.
    #[arg(long, value_name = "REF", help_heading = "Changes")]
    pub since: Option<String>,

    /// Check the posts that are staged, as the next commit would have them
    ///
    /// All files are read from git's index, also the config, layouts and other posts: changes that are not staged count for
    /// nothing.
    #[arg(long, help_heading = "Changes")]
    pub staged: bool,

    /// Report only findings on changed lines
    ///
    /// Compared with HEAD, or with what --since or --staged compare with. What is missing in a post is reported if its front
    /// matter was changed.
    #[arg(long, help_heading = "Changes")]
    pub changed_lines: bool,

    /// Check again whenever a file changes, until Ctrl-C
    ///
    /// All files of the repository count, also the config, layouts and pictures, but not those that .gitignore names. On a
    /// terminal, the screen is cleared before each run.
    #[arg(
        long,
        conflicts_with_all = ["staged", "stdin_filename", "write_baseline", "add_ignore", "show_files"],
        help_heading = "Changes"
    )]
    pub watch: bool,
}

impl Changes {
    /// The option that limits the run, as it is written.
    pub fn written(&self) -> Option<&'static str> {
        let options = [
            (self.files_from.is_some(), "--files-from"),
            (self.since.is_some(), "--since"),
            (self.staged, "--staged"),
            (self.changed_lines, "--changed-lines"),
        ];
        options.into_iter().find(|(is_given, _)| *is_given).map(|(_, option)| option)
    }
}
