//! Finds the files to lint: those passed by name, and posts in the given folders that are not ignored.

mod globs;
pub mod ignore_files;
mod ignored;
mod missing;
mod skipped;

use crate::files::{self, ReadError, absolute, collapsed};
use crate::place::dialect::extension_of;
use globs::PathGlob;
use ignore::{DirEntry, WalkBuilder};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

pub use ignored::{Ignored, why_ignored};
pub use missing::MissingPath;
pub use skipped::{Skipped, skipped_entries};

/// File extensions of posts, ignoring case.
pub const EXTENSIONS: [&str; 10] = ["md", "markdown", "mkd", "mkdn", "mkdown", "mdown", "mdwn", "mdx", "html", "htm"];

/// Folders with built pages or third-party files, which are skipped: those that Jekyll excludes by default, and its
/// output. Others can be excluded with `.gitignore`, `.postlintignore` or the config file. Folders whose name starts
/// with a dot are always skipped.
pub const GENERATED: [&str; 6] =
    ["_site", "node_modules", "vendor/bundle", "vendor/cache", "vendor/gems", "vendor/ruby"];

/// postlint's own ignore file, in the syntax of `.gitignore`.
pub const IGNORE_FILE: &str = ".postlintignore";

/// What to search.
#[derive(Clone, Copy, Debug)]
pub struct Walk<'a> {
    /// The files and folders from the command line; if empty, the working directory.
    pub paths: &'a [PathBuf],
    /// With `force_exclude`, the folder whose ignore files apply to files passed by name.
    pub root: &'a Path,
    /// Whether to skip ignored files even if they are passed by name, as pre-commit requires.
    pub force_exclude: bool,
    /// The names of subcommands, to suggest if a path with such a name does not exist.
    pub commands: &'a [&'a str],
}

/// The result of a search.
#[derive(Debug, Default)]
pub struct Found {
    /// The files, sorted and without duplicates; relative if the searched path was relative.
    pub files: Vec<PathBuf>,
    /// Those of `files` that were passed by name.
    pub named: BTreeSet<PathBuf>,
    /// Folders and ignore files that could not be read.
    pub unreadable: Vec<WalkError>,
}

/// Why a search failed or is incomplete.
#[derive(Debug, thiserror::Error)]
pub enum WalkError {
    /// Paths that do not exist or cannot be reached.
    #[error("{}", missing::message(.0))]
    Missing(Vec<MissingPath>),
    /// A folder or an ignore file that cannot be read.
    #[error("cannot read `{}`: {error}", path.display())]
    Unreadable {
        /// Its path.
        path: PathBuf,
        /// Why.
        error: ReadError,
    },
    /// Any other error of the search.
    #[error(transparent)]
    Unsearched(ignore::Error),
}

impl miette::Diagnostic for WalkError {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        match self {
            WalkError::Missing(missing) => {
                let hints: Vec<&str> = missing.iter().filter_map(|path| path.hint.as_deref()).collect();
                (!hints.is_empty()).then(|| Box::new(hints.join("; ")) as Box<dyn std::fmt::Display>)
            }
            WalkError::Unreadable { .. } | WalkError::Unsearched(_) => None,
        }
    }
}

/// Searches for files, on one thread and without following symbolic links.
pub fn walk(walk: &Walk<'_>) -> Result<Found, WalkError> {
    check_paths(walk)?;
    let paths: Vec<PathBuf> = walk.paths.iter().map(|path| files::plain(path)).collect();
    let paths = if paths.is_empty() { vec![PathBuf::from(".")] } else { paths };
    let (globs, paths): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(|path| PathGlob::of(path).is_some());
    let (folders, files): (BTreeSet<PathBuf>, BTreeSet<PathBuf>) =
        paths.iter().cloned().partition(|path| path.is_dir());
    let mut found = search(&folders, |_| true, is_post);
    for glob in globs.iter().filter_map(|path| PathGlob::of(path)) {
        let meant = matching(&glob);
        found.files.extend(meant.files);
        found.unreadable.extend(meant.unreadable);
    }
    let named = if walk.force_exclude { not_ignored(files, walk.root, &mut found.unreadable) } else { files };
    found.named = named.iter().map(|file| without_dots(file)).collect();
    found.files.extend(named);
    found.files = sorted(found.files);
    if !globs.is_empty() || may_overlap(&paths) {
        each_once(&mut found);
    }
    Ok(found)
}

/// Like [`walk`], but if some of the paths exist, the others are among what is unreadable.
pub fn walk_existing(walk: &Walk<'_>) -> Result<Found, WalkError> {
    let Err(missing) = check_paths(walk) else { return self::walk(walk) };
    let is_there = |path: &&PathBuf| MissingPath::at(path, walk.commands).is_none();
    let paths: Vec<PathBuf> = walk.paths.iter().filter(is_there).cloned().collect();
    if paths.is_empty() {
        return Err(missing);
    }
    let mut found = self::walk(&Walk { paths: &paths, ..*walk })?;
    found.unreadable.push(missing);
    Ok(found)
}

/// Returns an error if paths do not exist.
pub fn check_paths(walk: &Walk<'_>) -> Result<(), WalkError> {
    let missing: Vec<MissingPath> = walk.paths.iter().filter_map(|path| MissingPath::at(path, walk.commands)).collect();
    if missing.is_empty() { Ok(()) } else { Err(WalkError::Missing(missing)) }
}

/// Whether a path exists, or is a glob that matches posts.
pub fn leads_to_files(path: &Path) -> bool {
    files::is_there(path) || PathGlob::of(path).is_some_and(|glob| !matching(&glob).files.is_empty())
}

/// The posts that a glob means, of those that a search of its folder finds.
fn matching(glob: &PathGlob) -> Found {
    search(&BTreeSet::from([glob.folder.clone()]), |_| true, |entry| is_post(entry) && glob.means(entry.path()))
}

/// Whether one of the paths may be inside of another one. Looking for files with several paths takes 2% of a run on 18
/// folders.
fn may_overlap(paths: &[PathBuf]) -> bool {
    let mut folders = FxHashMap::default();
    let mut real: Vec<PathBuf> = paths.iter().map(|path| files::identity(path, &mut folders)).collect();
    real.sort_unstable();
    real.windows(2).any(|pair| matches!(pair, [one, other] if other.starts_with(one)))
}

/// Keeps the simplest of several paths of the same file. The file counts as passed by name if one of its paths was.
fn each_once(found: &mut Found) {
    let mut kept = Vec::with_capacity(found.files.len());
    for paths in files::by_file(found.files.drain(..)) {
        let is_named = paths.iter().any(|path| found.named.contains(path));
        let Some(plainest) = paths.into_iter().next() else { continue };
        if is_named {
            found.named.insert(plainest.clone());
        }
        kept.push(plainest);
    }
    found.files = sorted(kept);
}

/// A path as printed: relative to `working_directory` if it is inside, with `/` between the folders.
pub fn printed(path: &Path, working_directory: &Path) -> String {
    let relative = without_dots(path.strip_prefix(working_directory).unwrap_or(path));
    let text = relative.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// The files below `folders` that are `wanted`, in subfolders for which `enter` returns true. `folders` are searched
/// even if they are ignored themselves.
fn search(
    folders: &BTreeSet<PathBuf>,
    enter: impl Fn(&Path) -> bool + Send + Sync + 'static,
    wanted: impl Fn(&DirEntry) -> bool,
) -> Found {
    let mut found = Found::default();
    let mut builder = WalkBuilder::empty();
    for folder in folders {
        match ignore_files::unreadable_around(folder) {
            Some(file) => found.unreadable.push(unreadable(file)),
            None => _ = builder.add(folder),
        }
    }
    let skipped = Arc::new(Mutex::new(Vec::new()));
    let skip = skipped.clone();
    builder.require_git(false).add_custom_ignore_filename(IGNORE_FILE).filter_entry(move |entry| {
        let wrong = is_folder(entry) && (is_generated(entry.path()) || !enter(entry.path()));
        if entry.depth() == 0 || wrong {
            return entry.depth() == 0;
        }
        let unreadable = if is_folder(entry) { ignore_files::unreadable(entry.path()) } else { None };
        let is_readable = unreadable.is_none();
        skip.lock().unwrap_or_else(PoisonError::into_inner).extend(unreadable);
        is_readable
    });
    for entry in builder.build() {
        match entry {
            Ok(entry) if !is_folder(&entry) && wanted(&entry) => found.files.push(entry.into_path()),
            Ok(_) => {}
            Err(error) => found.unreadable.push(why_unsearched(error)),
        }
    }
    found.unreadable.extend(skipped.lock().unwrap_or_else(PoisonError::into_inner).drain(..).map(unreadable));
    found
}

/// Unwraps the context that the `ignore` crate adds to an error.
fn why_unsearched(error: ignore::Error) -> WalkError {
    match error {
        ignore::Error::WithDepth { err, .. } => why_unsearched(*err),
        ignore::Error::WithPath { ref path, ref err } if let Some(error) = err.io_error() => {
            unreadable((path.clone(), ReadError::Io(error.kind().into())))
        }
        _ => WalkError::Unsearched(error),
    }
}

fn unreadable((path, error): (PathBuf, ReadError)) -> WalkError {
    WalkError::Unreadable { path: without_dots(&path), error }
}

/// Returns those `files` that a search from `root` would not skip. Only their parent folders are searched, so that each
/// ignore file applies exactly as in a search. A file outside `root` is searched for in its own folder.
fn not_ignored(files: BTreeSet<PathBuf>, root: &Path, unreadable: &mut Vec<WalkError>) -> BTreeSet<PathBuf> {
    let absolute = |path: &Path| collapsed(&files::absolute(path));
    let root = absolute(root);
    let named: BTreeSet<PathBuf> = files.iter().map(|file| absolute(file)).collect();
    let outside = named.iter().filter(|file| !file.starts_with(&root)).filter_map(|file| file.parent());
    let mut folders: BTreeSet<PathBuf> = outside.map(Path::to_path_buf).collect();
    folders.insert(root);
    let leading: BTreeSet<PathBuf> =
        named.iter().flat_map(|file| file.ancestors().skip(1)).map(Path::to_path_buf).collect();
    let found = search(&folders, move |folder| leading.contains(folder), |entry| named.contains(entry.path()));
    unreadable.extend(found.unreadable);
    let kept: BTreeSet<PathBuf> = found.files.into_iter().collect();
    files.into_iter().filter(|file| kept.contains(&absolute(file))).collect()
}

/// Removes duplicates and sorts by absolute path.
fn sorted(files: Vec<PathBuf>) -> Vec<PathBuf> {
    // Making each path absolute asks for the working directory each time.
    let here = absolute(Path::new("."));
    let with_place = |file: PathBuf| {
        let file = without_dots(&file);
        (in_order(&if file.is_relative() { here.join(&file) } else { absolute(&file) }), file)
    };
    let mut by_place: Vec<(Vec<u8>, PathBuf)> = files.into_iter().map(with_place).collect();
    by_place.sort();
    by_place.dedup_by(|(one, _), (other, _)| one == other);
    by_place.into_iter().map(|(_, file)| file).collect()
}

/// The bytes of a path, in the order of which paths are sorted by their parts. Comparing the parts takes many times as long.
pub fn in_order(path: &Path) -> Vec<u8> {
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    bytes.map(|&byte| if std::path::is_separator(char::from(byte)) { 0 } else { byte }).collect()
}

/// Whether a search found a folder.
pub fn is_folder(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir())
}

fn is_post(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file()) && is_post_name(Path::new(entry.file_name()))
}

/// Whether the ignore files of a folder can be read by the `ignore` crate without harm.
pub fn has_sound_ignore_files(folder: &Path) -> bool {
    ignore_files::unreadable(folder).is_none()
}

/// Whether a file is a post according to its name.
pub fn is_post_name(path: &Path) -> bool {
    let extension = extension_of(&path.file_name().unwrap_or_default().to_string_lossy());
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
}

pub fn is_generated(folder: &Path) -> bool {
    // Comparing paths takes much longer than comparing names.
    let Some(name) = folder.file_name().and_then(OsStr::to_str) else { return false };
    GENERATED.iter().any(|generated| generated.ends_with(name) && folder.ends_with(generated))
}

fn without_dots(path: &Path) -> PathBuf {
    path.components().filter(|component| *component != Component::CurDir).collect()
}
