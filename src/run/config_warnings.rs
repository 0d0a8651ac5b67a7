//! Warnings about config files that can be used, and notices of old names of rules.

use crate::diagnostic::Level;
use crate::engine::Checked;
use crate::files;
use crate::output::visible::one_line;
use crate::output::{RunFailure, Screen};
use crate::project::{BrokenFile, Post, Project, Surroundings};
use crate::run::failure;
use crate::run::files::Files;
use crate::run::mistakes::rendered;
use crate::run::unmatched::unmatched;
use crate::walk;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;

/// Writes the warnings about the config files of the posts that were found, and returns them.
pub fn tell(
    surroundings: &Surroundings,
    posts: &[Post],
    arguments: &Files<'_>,
    err: &mut Screen<'_>,
) -> io::Result<Vec<RunFailure>> {
    let mut files = surroundings.warnings(!arguments.writes_baseline);
    files.extend(of_globs(surroundings, posts, arguments));
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let root = arguments.real(arguments.working_directory);
    for file in &mut files {
        file.path = PathBuf::from(walk::printed(&arguments.real(&file.path), &root));
    }
    let summary = "probably a mistake in the config file";
    let warnings = files.iter().flat_map(failure::in_file).collect();
    err.painted(&rendered("config", summary, files, Level::Warn, arguments.looks)?)?;
    Ok(warnings)
}

/// The warnings about globs, for each config file all of whose files were checked.
fn of_globs(surroundings: &Surroundings, posts: &[Post], arguments: &Files<'_>) -> Vec<BrokenFile> {
    let is_narrowed = arguments.takes.is_some() || !arguments.exclude.is_empty() || arguments.snapshot.is_some();
    if is_narrowed || posts.is_empty() {
        return Vec::new();
    }
    let paths = if arguments.paths.is_empty() { &[PathBuf::from(".")][..] } else { arguments.paths };
    let searched: Vec<PathBuf> = paths.iter().map(|path| files::collapsed(&files::absolute(path))).collect();
    let is_whole = |root: &PathBuf| searched.iter().any(|path| path.is_dir() && root.starts_with(path));
    let whole = surroundings.projects().filter(|project| is_whole(&project.root));
    let of_project = |project: &Project| -> Vec<String> {
        let own = posts.iter().filter(|post| post.config_folder == project.root);
        own.map(|post| project.inside(&files::absolute(&post.path))).collect()
    };
    whole.filter_map(|project| unmatched(project, || of_project(project))).collect()
}

/// Writes once which old names of rules the command line and the posts use.
pub fn tell_old_names(surroundings: &Surroundings, read: &[(Post, Checked)], err: &mut Screen<'_>) -> io::Result<()> {
    let mut notices: BTreeSet<String> = surroundings.notices().into_iter().collect();
    for (post, checked) in read {
        let catalog = post.rules.catalog();
        if catalog.old_names().next().is_some() {
            notices.extend(checked.suppressions.words().filter_map(|word| catalog.notice(word)));
        }
    }
    notices.iter().try_for_each(|notice| writeln!(err, "warning: {}", one_line(notice)))
}
