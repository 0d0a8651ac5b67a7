//! What `--show-files` says of the files that are left out: each with the reason.

use crate::files::{self, collapsed};
use crate::output::Screen;
use crate::output::visible::one_line;
use crate::project::Surroundings;
use crate::run::error::RunError;
use crate::run::files::Files;
use crate::run::ignored::{cause, in_words};
use crate::run::lint::FoundPosts;
use crate::run::narrowing::{self, Excluded};
use crate::walk::{self, skipped_entries};
use crate::words::counted;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Maximum number of files that are named for each reason.
const MAX_NAMED: usize = 5;

/// The names of files and folders by the reason for which they are left out.
#[derive(Default)]
struct LeftOut(BTreeMap<String, BTreeSet<String>>);

/// Lists the files that the search left out. A run that is limited to changes leaves out nearly all, so nothing is said then.
pub fn tell(
    files: &Files<'_>,
    found: &FoundPosts,
    surroundings: &mut Surroundings,
    err: &mut Screen<'_>,
) -> Result<(), RunError> {
    if files.takes.is_some() {
        return Ok(());
    }
    let root = files.working_directory;
    let here = collapsed(root);
    let printed = |path: &Path| walk::printed(path, &here);
    let mut left_out = LeftOut::default();
    let checked: BTreeSet<&Path> = found.posts.iter().map(|post| post.path.as_path()).collect();
    let excluded = Excluded::of(files.exclude, root)?;
    let is_dropped = |path: &&PathBuf| !checked.contains(path.as_path()) && !path_is_named(files, path);
    for path in found.walked.files.iter().filter(is_dropped) {
        let cause = cause(path, excluded.pattern(path), true, root, surroundings);
        left_out.add(cause, printed(&collapsed(&files::absolute(path))));
    }
    let paths = if files.paths.is_empty() { &[PathBuf::from(".")][..] } else { files.paths };
    for folder in paths.iter().filter(|path| path.is_dir()) {
        for (path, why) in skipped_entries(folder) {
            let end = if path.is_dir() { "/" } else { "" };
            left_out.add(in_words(&why, &path, printed), format!("{}{end}", printed(&path)));
        }
    }
    for reason in narrowing::left_out(files, &found.posts, surroundings)? {
        writeln!(err, "warning: {reason}")?;
    }
    Ok(left_out.write(err)?)
}

/// Whether a file was passed by name, of which a warning tells.
fn path_is_named(files: &Files<'_>, path: &Path) -> bool {
    files.paths.iter().any(|named| files::plain(named) == path)
}

impl LeftOut {
    fn add(&mut self, cause: String, name: String) {
        self.0.entry(cause).or_default().insert(name);
    }

    fn write(&self, err: &mut Screen<'_>) -> std::io::Result<()> {
        for (cause, names) in &self.0 {
            for name in names.iter().take(MAX_NAMED) {
                writeln!(err, "left out: {}", one_line(&format!("`{name}` is ignored{cause}")))?;
            }
            if names.len() > MAX_NAMED {
                let more = names.len() - MAX_NAMED;
                let are = if more == 1 { "is" } else { "are" };
                writeln!(err, "left out: {} {are} ignored{}", counted(more, "more file"), one_line(cause))?;
            }
        }
        Ok(())
    }
}
