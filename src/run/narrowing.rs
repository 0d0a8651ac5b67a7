//! Which of the files that were found are checked, and what is said of those that were asked for and are not.

use crate::files;
use crate::output::Screen;
use crate::output::visible::one_line;
use crate::place::dialect::extension_of;
use crate::project::Post;
use crate::run::error::{RunError, post_endings};
use crate::walk::{self, EXTENSIONS};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Maximum number of files that are named.
const MAX_NAMED: usize = 5;

/// The patterns of `--exclude`.
pub fn excluded(patterns: &[String], working_directory: &Path) -> Result<Gitignore, RunError> {
    let mut builder = GitignoreBuilder::new(working_directory);
    for pattern in patterns {
        let wrong = |error: ignore::Error| {
            let cause = match error {
                ignore::Error::Glob { err, .. } => err,
                other => other.to_string(),
            };
            RunError::BadExclude { pattern: pattern.clone(), cause }
        };
        builder.add_line(None, pattern).map_err(wrong)?;
    }
    builder.build().map_err(|error| RunError::BadExclude { pattern: patterns.join(" "), cause: error.to_string() })
}

/// Writes the files of `posts`, one a line.
pub fn list(posts: &[Post], working_directory: &Path, out: &mut Screen<'_>) -> io::Result<()> {
    posts.iter().try_for_each(|post| writeln!(out, "{}", one_line(&walk::printed(&post.path, working_directory))))
}

/// The files passed by name that are not checked, each with the reason.
pub fn left_out(paths: &[PathBuf], posts: &[Post], working_directory: &Path) -> Vec<String> {
    let checked: BTreeSet<PathBuf> = posts.iter().map(|post| files::absolute(&post.path)).collect();
    let is_left_out = |path: &&PathBuf| path.is_file() && !checked.contains(&files::absolute(path));
    let reason = |path: &PathBuf| {
        let printed = one_line(&walk::printed(&files::plain(path), working_directory)).into_owned();
        let extension = extension_of(&path.to_string_lossy()).unwrap_or_default();
        match EXTENSIONS.contains(&&*extension) {
            true => format!("`{printed}` is ignored"),
            false => format!("`{printed}` is not a post"),
        }
    };
    paths.iter().filter(is_left_out).map(reason).collect()
}

/// Says which files passed by name were not checked, and that there are no posts.
pub fn tell(left_out: &[String], posts: usize, err: &mut Screen<'_>) -> io::Result<()> {
    for reason in left_out.iter().take(MAX_NAMED) {
        writeln!(err, "warning: {reason}")?;
    }
    if left_out.len() > MAX_NAMED {
        writeln!(err, "warning: and {} more files were left out", left_out.len() - MAX_NAMED)?;
    }
    if posts == 0 {
        writeln!(err, "warning: no posts found (looked for {})", post_endings())?;
    }
    Ok(())
}
