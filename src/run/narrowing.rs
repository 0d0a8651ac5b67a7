//! Which of the files that were found are checked, and what is said of those that were asked for and are not.

use crate::files::{self, Disk};
use crate::output::Screen;
use crate::output::visible::one_line;
use crate::pattern::{add_gitignore_line, glob_cause};
use crate::place::dialect::extension_of;
use crate::project::{Post, misplaced_configs};
use crate::run::error::{RunError, post_endings};
use crate::walk::{self, EXTENSIONS};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Maximum number of files that are named.
const MAX_NAMED: usize = 5;

/// The patterns of `--exclude`.
pub struct Excluded<'a> {
    patterns: Gitignore,
    working_directory: &'a Path,
}

impl<'a> Excluded<'a> {
    /// Parses lines of a `.gitignore` file.
    pub fn of(patterns: &[String], working_directory: &'a Path) -> Result<Self, RunError> {
        let mut builder = GitignoreBuilder::new(working_directory);
        for pattern in patterns {
            add_gitignore_line(&mut builder, pattern).map_err(|cause| wrong(pattern, cause))?;
        }
        let patterns = builder.build().map_err(|error| wrong(&patterns.join(" "), glob_cause(error)))?;
        Ok(Excluded { patterns, working_directory })
    }

    /// Whether the file is left out.
    pub fn holds(&self, path: &Path) -> bool {
        if self.patterns.is_empty() {
            return false;
        }
        let path = files::absolute(path);
        let is_below = path.starts_with(self.working_directory);
        is_below && self.patterns.matched_path_or_any_parents(path, false).is_ignore()
    }
}

fn wrong(pattern: &str, cause: String) -> RunError {
    RunError::BadExclude { pattern: pattern.to_owned(), cause }
}

/// Writes paths, one a line.
pub fn list(
    mut paths: impl Iterator<Item = PathBuf>,
    working_directory: &Path,
    out: &mut Screen<'_>,
) -> io::Result<()> {
    paths.try_for_each(|path| writeln!(out, "{}", one_line(&walk::printed(&path, working_directory))))
}

/// Warns about files that look like config files and are not read.
pub fn warn_of_misplaced_configs(working_directory: &Path, err: &mut Screen<'_>) -> io::Result<()> {
    misplaced_configs(&Disk, working_directory).iter().try_for_each(|path| {
        let printed = walk::printed(path, working_directory);
        writeln!(err, "warning: `{}` is not read: the config file is `postlint.yml`", one_line(&printed))
    })
}

/// The files passed by name that are not checked, each with the reason.
pub fn left_out(paths: &[PathBuf], posts: &[Post], working_directory: &Path) -> Vec<String> {
    let named: Vec<&PathBuf> = paths.iter().filter(|path| path.is_file()).collect();
    if named.is_empty() {
        return Vec::new();
    }
    // A file that several paths lead to, such as a symbolic link and its target, is checked by one of them.
    let mut folders = FxHashMap::default();
    let mut identity = |path: &Path| files::identity(path, &mut folders);
    let checked: BTreeSet<PathBuf> = posts.iter().map(|post| identity(&post.path)).collect();
    let reason = |path: &PathBuf| {
        let printed = one_line(&walk::printed(&files::plain(path), working_directory)).into_owned();
        let extension = extension_of(&path.to_string_lossy()).unwrap_or_default();
        match EXTENSIONS.contains(&&*extension) {
            true => format!("`{printed}` is ignored"),
            false => format!("`{printed}` is not a post"),
        }
    };
    named.into_iter().filter(|path| !checked.contains(&identity(path))).map(reason).collect()
}

/// Says which files passed by name were not checked, and that there are no posts and why: with `level`, a word such as
/// `warning`.
pub fn tell(
    left_out: &[String],
    nothing: &[String],
    (posts, level): (usize, &str),
    err: &mut Screen<'_>,
) -> io::Result<()> {
    for reason in left_out.iter().take(MAX_NAMED) {
        writeln!(err, "warning: {reason}")?;
    }
    if left_out.len() > MAX_NAMED {
        writeln!(err, "warning: and {} more files were left out", left_out.len() - MAX_NAMED)?;
    }
    if posts == 0 {
        writeln!(err, "{level}: no posts found (looked for {})", post_endings())?;
        nothing.iter().try_for_each(|line| writeln!(err, "  {line}"))?;
    }
    Ok(())
}
