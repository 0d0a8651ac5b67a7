//! What a run checks: everything below its paths, or only what was changed. Staged posts are checked in a temporary folder,
//! whose paths are shown as those of the work tree.

use crate::cli::{self, SUBCOMMANDS};
use crate::engine::FileReport;
use crate::files::{self, Disk, absolute, collapsed, is_there};
use crate::project::Surroundings;
use crate::ruleset::Selection;
use crate::run::changes::{Changes, ChangesError, Snapshot};
use crate::run::error::RunError;
use crate::run::files::Files;
use crate::run::invocation::Invocation;
use crate::run::linted::Linted;
use crate::walk::{self, MissingPath, Walk, WalkError};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// What a run checks.
pub struct Scope {
    /// The command line, for the files that are read.
    pub arguments: cli::Check,
    /// The environment, with the working directory of the files that are read.
    pub invocation: Invocation,
    /// The changes to which the run is limited.
    pub changes: Option<Changes>,
    /// In a run on a snapshot, the paths that exist neither in the index nor in the work tree, if others do.
    missing: Vec<MissingPath>,
    /// The working directory of the process.
    here: PathBuf,
}

impl Scope {
    /// Finds out what a run checks.
    pub fn of(arguments: &cli::Check, invocation: &Invocation) -> Result<Self, RunError> {
        let here = invocation.working_directory.clone();
        let changes = Changes::of(&arguments.changes, &here)?;
        let (arguments, invocation) = (arguments.clone(), invocation.clone());
        let mut scope = Scope { arguments, invocation, changes, missing: Vec::new(), here };
        if let Some(listed) = scope.changes.as_mut().and_then(|changes| changes.listed.take()) {
            scope.arguments.paths = listed;
            scope.arguments.force_exclude = true;
        }
        if let Some(changes) = scope.changes.take() {
            if let Some(staged) = &changes.staged {
                let (arguments, invocation) = scope.in_snapshot(&changes, staged)?;
                scope.check_paths(&changes, staged)?;
                (scope.arguments, scope.invocation) = (arguments, invocation);
            }
            scope.changes = Some(changes);
        }
        Ok(scope)
    }

    /// The command line and the environment for a run on a snapshot.
    pub fn in_snapshot(&self, changes: &Changes, snapshot: &Snapshot) -> Result<(cli::Check, Invocation), RunError> {
        let mut arguments = self.arguments.clone();
        let working_directory = changes.inside(snapshot, &self.here)?;
        snapshot.add_folder(&snapshot.outside(&working_directory))?;
        let given = match &*self.arguments.paths {
            [] => std::slice::from_ref(&self.here),
            given => given,
        };
        let inside = given.iter().map(|path| changes.inside(snapshot, path));
        arguments.paths = inside.collect::<Result<Vec<PathBuf>, ChangesError>>()?;
        arguments.paths.retain(|path| walk::leads_to_files(path));
        if arguments.paths.is_empty() {
            // Nothing of what was named is there: a folder without files.
            arguments.paths.push(snapshot.folder().join(".git"));
        }
        if let Some(config) = &mut arguments.config {
            *config = collapsed(&absolute(config));
            if let Ok(inside) = changes.inside(snapshot, config) {
                snapshot.add(&snapshot.outside(&inside))?;
                if is_there(&inside) {
                    *config = inside;
                }
            }
        }
        Ok((arguments, Invocation { working_directory, ..self.invocation.clone() }))
    }

    /// Looks for paths that exist neither in the index nor in the work tree: an error if none of the paths does.
    fn check_paths(&mut self, changes: &Changes, staged: &Snapshot) -> Result<(), RunError> {
        let is_staged = |path: &PathBuf| changes.inside(staged, path).is_ok_and(|inside| walk::leads_to_files(&inside));
        let paths: Vec<PathBuf> = self.arguments.paths.iter().filter(|path| !is_staged(path)).cloned().collect();
        let walk = Walk { paths: &paths, root: &self.here, force_exclude: false, commands: &SUBCOMMANDS };
        match walk::check_paths(&walk) {
            Err(WalkError::Missing(missing)) if missing.len() < self.arguments.paths.len() => {
                self.missing = missing;
                Ok(())
            }
            checked => Ok(checked?),
        }
    }

    /// The error for paths that do not exist in a run on a snapshot, if others do.
    pub fn missing(&self) -> Option<RunError> {
        (!self.missing.is_empty()).then(|| WalkError::Missing(self.missing.clone()).into())
    }

    /// The rules that the command line selects.
    pub fn selection(&self) -> Selection {
        let cli::Check { select, extend_select, ignore, preset, .. } = &self.arguments;
        let [select, extend_select, ignore] = [select, extend_select, ignore].map(Clone::clone);
        Selection {
            select,
            extend_select,
            ignore,
            preset: *preset,
            across_only: false,
            outlines: self.arguments.audited.is_some(),
            each_place: self.arguments.add_ignore.is_some(),
        }
    }

    /// The surroundings of the posts.
    pub fn surroundings(&self) -> Result<Surroundings, RunError> {
        surroundings(&self.arguments, self.disk(), &self.invocation.working_directory, self.selection())
    }

    /// The files around posts.
    pub fn disk(&self) -> Arc<dyn files::Files> {
        self.snapshot().map_or_else(|| Arc::new(Disk) as Arc<dyn files::Files>, Snapshot::files)
    }

    /// The files to check; `takes` limits them.
    pub fn files<'a>(&'a self, takes: &'a dyn Fn(&Path) -> bool) -> Files<'a> {
        let cli::Check { paths, exclude, force_exclude, quiet, timing, .. } = &self.arguments;
        Files {
            paths,
            exclude,
            working_directory: &self.invocation.working_directory,
            force_exclude: *force_exclude,
            quiet: *quiet,
            warns: true,
            writes_baseline: self.arguments.write_baseline,
            goes_on: self.arguments.changes.watch,
            looks: self.invocation.error_looks,
            timing: *timing,
            takes: self.changes.as_ref().map(|_| takes),
            cache: None,
            audited: self.arguments.audited.as_ref(),
            snapshot: self.snapshot(),
        }
    }

    /// Whether the run checks this file, if it finds it.
    pub fn takes(&self, path: &Path) -> bool {
        self.changes.as_ref().is_none_or(|changes| changes.takes(path))
    }

    /// Drops findings on lines that were not changed, if the run is limited to changed lines.
    pub fn keep_changed_lines(&self, linted: &mut [Linted]) {
        let Some(changes) = &self.changes else { return };
        for Linted { post, report, .. } in linted {
            if let Some(lines) = changes.lines(&post.path) {
                lines.keep(&report.source, post.place.generator, &mut report.diagnostics);
            }
        }
    }

    /// Lets posts have their paths in the work tree, if a baseline of the command line knows them by those.
    pub fn name_posts(&self, linted: &mut [Linted]) {
        if self.arguments.baseline.is_some() {
            linted.iter_mut().for_each(|linted| linted.post.path = self.real(&linted.post.path));
        }
    }

    /// Sorts posts and other files by path.
    pub fn sort(&self, linted: &mut [Linted]) {
        let here = absolute(&self.here);
        linted.sort_by_cached_key(|linted| walk::in_order(&collapsed(&here.join(self.real(&linted.post.path)))));
    }

    /// The path in the work tree.
    pub fn real(&self, path: &Path) -> PathBuf {
        self.snapshot().map_or_else(|| path.to_owned(), |staged| staged.outside(path))
    }

    /// Whether the posts are in a temporary folder.
    pub fn is_in_snapshot(&self) -> bool {
        self.snapshot().is_some()
    }

    fn snapshot(&self) -> Option<&Snapshot> {
        self.changes.as_ref()?.staged.as_ref()
    }

    /// A printed path as it is in the work tree, seen from the working directory.
    pub fn shown(&self, printed: &mut String) {
        let path = Path::new(&*printed);
        if self.snapshot().is_some_and(|staged| path.starts_with(staged.folder())) {
            *printed = walk::printed(&seen_from(&self.here, &self.real(path)), Path::new(""));
        }
    }

    /// Lets reports have the paths of the work tree.
    pub fn name_reports<'r>(&self, files: impl Iterator<Item = &'r mut FileReport>) {
        for file in files {
            self.shown(&mut file.path);
            let elsewhere = file.diagnostics.iter_mut().flat_map(|finding| &mut finding.elsewhere);
            elsewhere.for_each(|place| self.shown(&mut place.path));
        }
    }

    /// Lets an error have the paths of the work tree.
    pub fn name_error(&self, error: RunError) -> RunError {
        error.with_paths(|path| *path = self.real(path))
    }

    /// Why a run without posts has none.
    pub fn none(&self) -> Option<String> {
        let changes = &self.arguments.changes;
        let has_deleted = self.changes.as_ref()?.has_deleted;
        let why = match (&changes.since, changes.files_from.is_some(), changes.staged) {
            (Some(since), ..) if has_deleted => {
                return Some(format!(
                    "no post was changed since `{since}`, and what was deleted causes no findings in other posts"
                ));
            }
            (Some(since), ..) => format!("no post was changed since `{since}`"),
            (None, true, _) if changes.changed_lines => "no post of the list was changed".to_owned(),
            (None, true, _) => without_posts(self.changes.as_ref()?),
            (None, _, true) => "no post is staged".to_owned(),
            _ => "no post was changed".to_owned(),
        };
        Some(format!("nothing to check: {why}"))
    }
}

/// Why a list has no post to check.
fn without_posts(changes: &Changes) -> String {
    let mut why = "the list has no post".to_owned();
    if changes.listed_folders > 0 {
        why += &format!("; folders in it, which are not searched: {} (list the files in them)", changes.listed_folders);
    }
    if changes.missing > 0 {
        why += &format!(
            "; paths in it that do not exist here: {} (in a folder of the repository, list what changed with `git diff \
             --relative`)",
            changes.missing
        );
    }
    why
}

/// The surroundings of posts, as the command line limits them.
pub fn surroundings(
    arguments: &cli::Check,
    disk: Arc<dyn files::Files>,
    working_directory: &Path,
    selection: Selection,
) -> Result<Surroundings, RunError> {
    let config = arguments.config.as_deref();
    let surroundings = Surroundings::new(disk, working_directory, arguments.site, config, selection)?;
    let surroundings = if arguments.audited.is_some() { surroundings.with_urls() } else { surroundings };
    Ok(if arguments.isolated { surroundings.isolated() } else { surroundings })
}

/// A path relative to a folder, with `..` if it is outside.
fn seen_from(folder: &Path, path: &Path) -> PathBuf {
    let mut up = PathBuf::new();
    for shared in folder.ancestors() {
        if let Ok(rest) = path.strip_prefix(shared) {
            return up.join(rest);
        }
        up.push(Component::ParentDir);
    }
    path.to_owned()
}
