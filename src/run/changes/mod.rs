//! What a run is limited to: the posts of a list, those that were changed, or those that are staged.
//!
//! Only git and lists are read here. `run/scope.rs` applies the result to a run.

mod error;
pub mod git;
mod hunks;
mod list;
mod names;
mod repository;
mod snapshot;

use crate::cli;
use crate::files::{Disk, Mirror, canonical, identity, read_post};
use crate::walk::is_post_name;
pub use error::ChangesError;
pub use hunks::Lines;
use names::{Changed, How};
use repository::{Compared, Repository};
use rustc_hash::{FxHashMap, FxHashSet};
pub use snapshot::Snapshot;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The changes to which a run is limited.
#[derive(Debug, Default)]
pub struct Changes {
    /// The files of a list, as written.
    pub listed: Option<Vec<PathBuf>>,
    /// Number of folders in the list.
    pub listed_folders: usize,
    /// Number of paths in the list that do not exist.
    pub missing: usize,
    /// The repository, if git was asked.
    repository: Option<Repository>,
    /// The changed files that exist, as canonical paths; without it, the run is not limited to them.
    only: Option<FxHashSet<PathBuf>>,
    /// Their changed lines.
    lines: Option<BTreeMap<PathBuf, Lines>>,
    /// The commit that the work tree is compared with, if the changes may have caused findings in other posts.
    base: Option<String>,
    /// The posts that may have had another URL in that commit: they are gone, or their front matter was changed.
    pub moved: Vec<PathBuf>,
    /// Whether a file is gone, and posts without changes are checked for what that causes.
    pub has_deleted: bool,
    /// The files of the index, if they are checked.
    pub staged: Option<Snapshot>,
    /// Canonical paths of folders.
    folders: Mutex<FxHashMap<PathBuf, PathBuf>>,
}

impl Changes {
    /// Asks git, or reads the list. `None` if the run is not limited.
    pub fn of(arguments: &cli::Changes, working_directory: &Path) -> Result<Option<Self>, ChangesError> {
        if arguments.written().is_none() {
            return Ok(None);
        }
        let listed = arguments.files_from.as_deref().map(list::read).transpose()?;
        if arguments.since.is_none() && !arguments.staged && !arguments.changed_lines {
            let list::Listed { paths, folders: listed_folders, missing } = listed.unwrap_or_default();
            let only = paths.is_empty().then(FxHashSet::default);
            return Ok(Some(Changes { listed: Some(paths), listed_folders, missing, only, ..Changes::default() }));
        }
        let repository = Repository::of(working_directory)?;
        let compared = match &arguments.since {
            Some(name) => Compared::WorkTree(repository.merge_base(name)?),
            None if arguments.staged => Compared::Index,
            None => Compared::WorkTree(repository.head()?),
        };
        let changed = repository.changed(&compared)?;
        let lines = if arguments.changed_lines { Some(repository.lines(&compared, &changed)?) } else { None };
        let top = |path: &PathBuf| repository.top.join(path);
        let lines = lines.map(|lines| lines.into_iter().map(|(path, lines)| (top(&path), lines)).collect());
        let exists = |file: &&Changed| file.how != How::Deleted;
        let only: FxHashSet<PathBuf> = changed.iter().filter(exists).map(|file| top(&file.path)).collect();
        // Where no post is staged, nothing is checked, and the index need not be read.
        let is_post = |file: &Changed| is_post_name(&file.path);
        let reads_index = arguments.staged && changed.iter().filter(exists).any(is_post);
        let staged = if reads_index { Some(Snapshot::of_index(&repository)?) } else { None };
        let is_felt = |file: &Changed| file.how != How::Modified || Mirror::is_text(&file.path);
        let base = match compared {
            Compared::WorkTree(base) if arguments.since.is_some() && !arguments.changed_lines => Some(base),
            _ => None,
        };
        let base = base.filter(|_| changed.iter().any(is_felt));
        let moved = match &base {
            Some(base) => moved(&repository, base, &changed)?,
            None => Vec::new(),
        };
        Ok(Some(Changes {
            has_deleted: base.is_some() && changed.iter().any(|file| file.how == How::Deleted),
            listed: listed.map(|listed| listed.paths),
            only: Some(only),
            lines,
            base,
            moved,
            staged,
            repository: Some(repository),
            ..Self::default()
        }))
    }

    /// Whether the run checks this file, if it finds it.
    pub fn takes(&self, path: &Path) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&self.identity(path)))
    }

    /// The canonical path of a file in the work tree.
    pub fn identity(&self, path: &Path) -> PathBuf {
        let path = identity(path, &mut self.folders.lock().unwrap_or_else(PoisonError::into_inner));
        self.staged.as_ref().map_or_else(|| path.clone(), |staged| staged.outside(&path))
    }

    /// The changed lines of a file, if the run is limited to changed lines.
    pub fn lines(&self, path: &Path) -> Option<Lines> {
        let lines = self.lines.as_ref()?;
        Some(lines.get(&self.identity(path)).cloned().unwrap_or(Lines::Some(Vec::new())))
    }

    /// Whether the changes may have caused findings in unchanged posts that are to be reported.
    pub fn may_affect_others(&self) -> bool {
        self.base.is_some()
    }

    /// The files before the changes.
    pub fn before(&self) -> Result<Option<Snapshot>, ChangesError> {
        match (&self.repository, &self.base) {
            (Some(repository), Some(base)) => Snapshot::of_commit(repository, base).map(Some),
            _ => Ok(None),
        }
    }

    /// The path in a snapshot for one of the work tree, which need not exist there.
    pub fn inside(&self, snapshot: &Snapshot, path: &Path) -> Result<PathBuf, ChangesError> {
        snapshot.inside(&canonical(path)).ok_or_else(|| ChangesError::Outside(path.to_owned()))
    }
}

/// The posts that may have had another URL in this commit.
fn moved(repository: &Repository, base: &str, changed: &[Changed]) -> Result<Vec<PathBuf>, ChangesError> {
    let top = |file: &Changed| repository.top.join(&file.path);
    let gone = changed.iter().filter(|file| file.how == How::Deleted && is_post_name(&file.path));
    let mut moved: Vec<PathBuf> = gone.map(top).collect();
    let posts = || changed.iter().filter(|file| file.how == How::Modified && is_post_name(&file.path));
    if posts().next().is_some() {
        let lines = repository.lines(&Compared::WorkTree(base.to_owned()), changed)?;
        let is_moved = |file: &&Changed| {
            let source = read_post(&Disk, &top(file));
            source.zip(lines.get(&file.path)).is_some_and(|(source, lines)| lines.meet_front_matter(&source))
        };
        moved.extend(posts().filter(is_moved).map(top));
    }
    Ok(moved)
}

/// Returns an error for options that do not go together.
pub fn check_use(arguments: &cli::Check) -> Result<(), ChangesError> {
    let changes = &arguments.changes;
    let Some(one) = changes.written() else { return Ok(()) };
    let fixes = &arguments.fixes;
    let (lists, since, staged) = (changes.files_from.is_some(), changes.since.is_some(), changes.staged);
    let writes = [
        (fixes.fix, "`--fix`"),
        (fixes.fix_only, "`--fix-only`"),
        (fixes.diff, "`--diff`"),
        (fixes.show_fixes, "`--show-fixes`"),
        (arguments.write_baseline, "`--write-baseline`"),
    ];
    let writes = writes.into_iter().find(|(is_asked, _)| *is_asked).map(|(_, option)| option);
    let writes_staged = writes.or_else(|| arguments.add_ignore.is_some().then_some("`--add-ignore`"));
    let both = |one, other, help| Err(ChangesError::Together { one, other, help });
    if arguments.reads_stdin() {
        return both(one, "a post on standard input", "check the file instead, once it is saved");
    }
    if lists && !arguments.paths.is_empty() {
        return both("--files-from", "PATHS", "write all paths into the list, or pass them without --files-from");
    }
    let sources = "choose one: a list, the changes since a commit, or what is staged";
    match (lists, since, staged, writes_staged) {
        (true, true, ..) => both("--files-from", "`--since`", sources),
        (true, _, true, _) => both("--files-from", "`--staged`", sources),
        (_, true, true, _) => both("--since", "`--staged`", sources),
        (_, _, true, Some(other)) => {
            both("--staged", other, "the index is only read: run it without --staged, then stage the files again")
        }
        _ => match writes.filter(|_| changes.changed_lines) {
            Some(other) => both("--changed-lines", other, "run it without --changed-lines, for whole posts"),
            None => Ok(()),
        },
    }
}
