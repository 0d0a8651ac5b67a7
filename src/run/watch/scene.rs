//! The files whose changes matter to a run: all files around its paths that are not ignored.

use crate::cli::Check;
use crate::files::{absolute, collapsed, is_there};
use crate::walk::{IGNORE_FILE, has_sound_ignore_files, ignore_files, is_folder, is_generated};
use ignore::{DirEntry, WalkBuilder};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Where to look.
pub(super) struct Scene {
    /// The folders that are searched.
    roots: BTreeSet<PathBuf>,
    /// Files that count wherever they are, and even if they are ignored: those that the command line names.
    named: BTreeSet<PathBuf>,
    /// The files that a run writes.
    written: BTreeSet<PathBuf>,
    /// The files that its output is redirected to.
    redirected: Vec<FileId>,
    /// The folder of built pages that the command line names. All that is in it counts.
    built: Option<PathBuf>,
}

/// The files at one moment.
#[derive(Default)]
pub(super) struct Seen {
    files: BTreeMap<PathBuf, State>,
    /// The folders that they are in.
    pub(super) folders: BTreeSet<PathBuf>,
}

/// What differs after a file was written.
#[derive(PartialEq, Eq)]
struct State {
    modified: Option<SystemTime>,
    size: u64,
}

impl Scene {
    /// Finds out where to look: in the repository around each path, or in the folder itself if there is none.
    pub(super) fn of(arguments: &Check, working_directory: &Path) -> Self {
        let here = [working_directory.to_owned()];
        let paths = if arguments.paths.is_empty() { &here[..] } else { &arguments.paths };
        let paths: Vec<PathBuf> = paths.iter().map(|path| collapsed(&absolute(path))).collect();
        let root = |path: &PathBuf| {
            let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
            folder.ancestors().find(|ancestor| is_there(&ancestor.join(".git"))).unwrap_or(folder).to_owned()
        };
        let audited = arguments.audited.as_ref();
        let given = [&arguments.config, &arguments.baseline, &arguments.changes.files_from];
        let given = given.into_iter().flatten().chain(audited.and_then(|audited| audited.compare.as_ref()));
        let given = given.map(|path| absolute(path));
        let formats = arguments.outputs.formats.iter().filter_map(|target| target.file.as_ref());
        let report = audited.and_then(|audited| audited.report.as_ref());
        let written = formats.chain(&arguments.outputs.summary_file).chain(report);
        Scene {
            roots: paths.iter().map(root).collect(),
            named: paths.iter().filter(|path| !path.is_dir()).cloned().chain(given).collect(),
            written: written.map(|path| absolute(path)).collect(),
            redirected: redirected(),
            built: audited.and_then(|audited| audited.built.as_deref()).map(|folder| collapsed(&absolute(folder))),
        }
    }

    /// Looks at all files. What cannot be read is left out: the run reports it.
    pub(super) fn look(&self) -> Seen {
        let mut seen = Seen::default();
        let (sound, others): (Vec<&PathBuf>, Vec<&PathBuf>) =
            self.roots.iter().partition(|root| has_sound_ignore_files(root));
        // The run reports their ignore files. Once one is repaired, the folder is searched.
        for root in others {
            seen.folders.insert(root.clone());
            seen.files.extend(ignore_files_of(root));
        }
        let mut roots = sound.into_iter();
        if let Some(first) = roots.next() {
            let mut builder = WalkBuilder::new(first);
            roots.for_each(|root| _ = builder.add(root));
            // Above a repository, no ignore file counts.
            builder.parents(false).require_git(false).hidden(false).add_custom_ignore_filename(IGNORE_FILE);
            builder.filter_entry(|entry| entry.depth() == 0 || matters(entry));
            builder.build().flatten().for_each(|entry| seen.add(&entry, &self.redirected));
        }
        if let Some(built) = &self.built {
            WalkBuilder::new(built).standard_filters(false).build().flatten().for_each(|entry| seen.add(&entry, &[]));
        }
        for file in &self.named {
            seen.folders.extend(file.parent().map(Path::to_owned));
            if let Ok(metadata) = file.metadata() {
                seen.files.insert(file.clone(), State::of(&metadata));
            }
        }
        seen.files.retain(|file, _| !self.written.contains(file));
        seen
    }
}

/// Whether changes of a file or in a folder may matter: not in the repository's own files, built pages and packages, and
/// not the swap files of Vim, which change at every key, or logs: one that `tee` writes grows with every run.
fn matters(entry: &DirEntry) -> bool {
    if is_folder(entry) {
        return entry.file_name() != ".git" && !is_generated(entry.path()) && has_sound_ignore_files(entry.path());
    }
    let name = entry.file_name().to_string_lossy();
    let is_swap = name.starts_with('.') && [".swp", ".swo", ".swx"].iter().any(|ending| name.ends_with(ending));
    !is_swap && name != "log" && !name.ends_with(".log")
}

/// The ignore files of a folder.
fn ignore_files_of(folder: &Path) -> impl Iterator<Item = (PathBuf, State)> {
    let files = ignore_files::of_folder(folder);
    files.into_iter().filter_map(|file| Some((file.clone(), State::of(&file.metadata().ok()?))))
}

impl Seen {
    fn add(&mut self, entry: &DirEntry, left_out: &[FileId]) {
        if is_folder(entry) {
            self.folders.insert(entry.path().to_owned());
        } else if let Ok(metadata) = entry.metadata()
            && !FileId::of(&metadata).is_some_and(|id| left_out.contains(&id))
        {
            self.files.insert(entry.path().to_owned(), State::of(&metadata));
        }
    }

    /// The files that are new, different or gone in a later look.
    pub(super) fn changed(&self, later: &Seen) -> Vec<PathBuf> {
        let is_changed = |path: &&PathBuf| self.files.get(*path) != later.files.get(*path);
        let paths: BTreeSet<&PathBuf> = self.files.keys().chain(later.files.keys()).collect();
        paths.into_iter().filter(is_changed).cloned().collect()
    }
}

/// What distinguishes a file from all others, if the system says so.
#[derive(Clone, Copy, PartialEq, Eq)]
struct FileId(u64, u64);

impl FileId {
    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        metadata.is_file().then(|| FileId(metadata.dev(), metadata.ino()))
    }

    #[cfg(not(unix))]
    fn of(_: &Metadata) -> Option<Self> {
        None
    }
}

/// The files that standard output and standard error are redirected to: they grow with every run.
#[cfg(unix)]
fn redirected() -> Vec<FileId> {
    use std::fs::File;
    use std::io;
    use std::os::fd::{AsFd, OwnedFd};
    let streams = [io::stdout().as_fd().try_clone_to_owned(), io::stderr().as_fd().try_clone_to_owned()];
    let id = |stream: io::Result<OwnedFd>| FileId::of(&File::from(stream.ok()?).metadata().ok()?);
    streams.into_iter().filter_map(id).collect()
}

#[cfg(not(unix))]
fn redirected() -> Vec<FileId> {
    Vec::new()
}

impl State {
    fn of(metadata: &Metadata) -> Self {
        State { modified: metadata.modified().ok(), size: metadata.len() }
    }
}
