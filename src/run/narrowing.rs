//! Which of the files that were found are checked, and what is said of those that were asked for and are not.

use crate::files::{self, Disk};
use crate::output::Screen;
use crate::output::visible::one_line;
use crate::pattern::{add_gitignore_line, glob_cause, glob_that_ignores};
use crate::place::dialect::extension_of;
use crate::project::{Post, Surroundings, misplaced_configs};
use crate::run::error::{RunError, post_endings};
use crate::run::files::Files;
use crate::run::ignored::cause;
use crate::walk::{self, EXTENSIONS};
use ignore::gitignore::{Gitignore, GitignoreBuilder, Glob};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Maximum number of files that are named.
const MAX_NAMED: usize = 5;

/// How config files are named.
const NAMED: &str = "a config file is named `postlint.yml`, in this folder or in `.config/`";

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
        self.pattern(path).is_some()
    }

    /// The pattern that leaves the file out.
    pub fn pattern(&self, path: &Path) -> Option<&str> {
        if self.patterns.is_empty() {
            return None;
        }
        glob_that_ignores(&self.patterns, self.working_directory, &files::absolute(path)).map(Glob::original)
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
        writeln!(err, "warning: `{}` is not read: {NAMED}", one_line(&printed))
    })
}

/// The files passed by name that are not checked, each with the reason.
pub fn left_out(
    arguments: &Files<'_>,
    posts: &[Post],
    surroundings: &mut Surroundings,
) -> Result<Vec<String>, RunError> {
    let Files { paths, working_directory, force_exclude, .. } = *arguments;
    let named: Vec<&PathBuf> = paths.iter().filter(|path| path.is_file()).collect();
    if named.is_empty() {
        return Ok(Vec::new());
    }
    // A file that several paths lead to, such as a symbolic link and its target, is checked by one of them.
    let mut folders = FxHashMap::default();
    let mut identity = |path: &Path| files::identity(path, &mut folders);
    let checked: BTreeSet<PathBuf> = posts.iter().map(|post| identity(&post.path)).collect();
    let left_out = named.into_iter().filter(|path| !checked.contains(&identity(path)));
    let excluded = Excluded::of(arguments.exclude, working_directory)?;
    let reason = |(nth, path): (usize, &PathBuf)| {
        let printed = one_line(&walk::printed(&files::plain(path), working_directory)).into_owned();
        let extension = extension_of(&path.to_string_lossy()).unwrap_or_default();
        if !EXTENSIONS.contains(&&*extension) {
            return format!("`{printed}` is not a post");
        }
        // Of a list of all files, only the first ones are named.
        if nth >= MAX_NAMED {
            return format!("`{printed}` is ignored");
        }
        let cause = cause(path, excluded.pattern(path), force_exclude, working_directory, surroundings);
        format!("`{printed}` is ignored{}", one_line(&cause))
    };
    Ok(left_out.enumerate().map(reason).collect())
}

/// That a run found no posts.
pub fn no_posts() -> String {
    format!("no posts found (looked for {})", post_endings())
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
        writeln!(err, "{level}: {}", no_posts())?;
        nothing.iter().try_for_each(|line| writeln!(err, "  {line}"))?;
    }
    Ok(())
}
