//! Which files a run reads: the ones named, and below the folders named, the posts that are not ignored.

mod ignore_files;
mod missing;

use crate::files::{self, ReadError};
use crate::pattern::{DEEPEST_GLOB, is_deep_glob};
use crate::place::dialect::extension_of;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{DirEntry, WalkBuilder};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

pub use missing::MissingPath;

/// Endings of the files that are taken when a folder is searched, in any case.
pub const EXTENSIONS: [&str; 10] = ["md", "markdown", "mkd", "mkdn", "mkdown", "mdown", "mdwn", "mdx", "html", "htm"];

/// Folders that hold built pages or other people's files, skipped when a folder above them is searched. The list is
/// what Jekyll excludes by default plus its output; all else is for `.gitignore`, `.postlintignore` or the config file.
/// Folders whose name starts with a dot are skipped anyway.
pub const GENERATED: [&str; 6] =
    ["_site", "node_modules", "vendor/bundle", "vendor/cache", "vendor/gems", "vendor/ruby"];

/// Our own ignore file, in the syntax of `.gitignore`.
pub const IGNORE_FILE: &str = ".postlintignore";

/// What to search.
#[derive(Clone, Copy, Debug)]
pub struct Walk<'a> {
    /// The files and folders named; none means the working directory.
    pub paths: &'a [PathBuf],
    /// The folder the globs of `ignore` are relative to: that of the config file.
    pub root: &'a Path,
    /// Globs in the syntax of `.gitignore`.
    pub ignore: &'a [String],
    /// Drop files that are named but ignored, as pre-commit wants it.
    pub force_exclude: bool,
    /// Words that are commands: one of them where there is no such path was probably meant as one.
    pub commands: &'a [&'a str],
}

/// What a search found.
#[derive(Debug, Default)]
pub struct Found {
    /// Sorted, each once; relative where the path that led to it was.
    pub files: Vec<PathBuf>,
    /// Those of them that were named, not only found in a folder.
    pub named: BTreeSet<PathBuf>,
    /// What could not be searched, and why.
    pub unreadable: Vec<String>,
}

/// Why there is nothing to run on.
#[derive(Debug, thiserror::Error)]
pub enum WalkError {
    /// Paths that do not exist or cannot be reached.
    #[error("{}", missing::message(.0))]
    Missing(Vec<MissingPath>),
    /// A glob of the config file that cannot be read.
    #[error("`ignore` in the config file: cannot read the glob `{glob}`: {reason}")]
    Glob {
        /// As written.
        glob: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl miette::Diagnostic for WalkError {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        match self {
            WalkError::Missing(missing) => {
                let hints: Vec<&str> = missing.iter().filter_map(|path| path.hint.as_deref()).collect();
                (!hints.is_empty()).then(|| Box::new(hints.join("; ")) as Box<dyn std::fmt::Display>)
            }
            WalkError::Glob { .. } => Some(Box::new("write it as a line of a `.gitignore` file")),
        }
    }
}

/// Searches, serially and without following symbolic links.
pub fn walk(walk: &Walk<'_>) -> Result<Found, WalkError> {
    let globs = globs(walk)?;
    let missing: Vec<MissingPath> = walk.paths.iter().filter_map(|path| MissingPath::at(path, walk.commands)).collect();
    if !missing.is_empty() {
        return Err(WalkError::Missing(missing));
    }
    let paths: Vec<PathBuf> = walk.paths.iter().map(|path| files::plain(path)).collect();
    let paths = if paths.is_empty() { vec![PathBuf::from(".")] } else { paths };
    let (folders, files): (BTreeSet<PathBuf>, BTreeSet<PathBuf>) =
        paths.iter().cloned().partition(|path| path.is_dir());
    let mut found = search(&folders, &globs, |_| true, is_post);
    let named = if walk.force_exclude { not_ignored(files, walk.root, &globs, &mut found.unreadable) } else { files };
    found.named = named.iter().map(|file| without_dots(file)).collect();
    found.files.extend(named);
    found.files = sorted(found.files);
    if paths.len() > 1 {
        each_once(&mut found);
    }
    Ok(found)
}

/// Of several paths of a file, the plainest stays. It is named if one of them was.
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

/// A path as output shows it: relative to `working_directory` where it lies below, with `/` between the folders.
pub fn printed(path: &Path, working_directory: &Path) -> String {
    let relative = without_dots(path.strip_prefix(working_directory).unwrap_or(path));
    let text = relative.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

fn globs(walk: &Walk<'_>) -> Result<Gitignore, WalkError> {
    let unreadable = |glob: &str, error: ignore::Error| WalkError::Glob {
        glob: glob.to_owned(),
        reason: match error {
            ignore::Error::Glob { err, .. } => err,
            other => other.to_string(),
        },
    };
    let mut builder = GitignoreBuilder::new(absolute(walk.root));
    for glob in walk.ignore {
        if is_deep_glob(glob) {
            let reason = format!("more than {DEEPEST_GLOB} braces inside each other");
            return Err(WalkError::Glob { glob: glob.to_owned(), reason });
        }
        builder.add_line(None, glob).map_err(|error| unreadable(glob, error))?;
    }
    builder.build().map_err(|error| unreadable(&walk.ignore.join("`, `"), error))
}

/// The files below `folders` that `wanted` takes, in folders that `enter` lets in. The folders named are searched even
/// where they are ignored themselves.
fn search(
    folders: &BTreeSet<PathBuf>,
    globs: &Gitignore,
    enter: impl Fn(&Path) -> bool + Send + Sync + 'static,
    wanted: impl Fn(&DirEntry) -> bool,
) -> Found {
    let mut found = Found::default();
    let mut builder = WalkBuilder::empty();
    for folder in folders {
        match ignore_files::unreadable_around(folder) {
            Some(unreadable) => found.unreadable.push(told(&unreadable)),
            None => _ = builder.add(folder),
        }
    }
    let globs = globs.clone();
    let unreadable = Arc::new(Mutex::new(Vec::new()));
    let skipped = unreadable.clone();
    builder.require_git(false).add_custom_ignore_filename(IGNORE_FILE).filter_entry(move |entry| {
        let wrong = is_folder(entry) && (is_generated(entry.path()) || !enter(entry.path()));
        if entry.depth() == 0 || wrong || matches(&globs, entry) {
            return entry.depth() == 0;
        }
        let unreadable = if is_folder(entry) { ignore_files::unreadable(entry.path()) } else { None };
        let is_readable = unreadable.is_none();
        skipped.lock().unwrap_or_else(PoisonError::into_inner).extend(unreadable);
        is_readable
    });
    for entry in builder.build() {
        match entry {
            Ok(entry) if !is_folder(&entry) && wanted(&entry) => found.files.push(entry.into_path()),
            Ok(_) => {}
            Err(error) => found.unreadable.push(why_unsearched(&error)),
        }
    }
    found.unreadable.extend(unreadable.lock().unwrap_or_else(PoisonError::into_inner).iter().map(told));
    found
}

/// The library says the path twice, and the number of the error.
fn why_unsearched(error: &ignore::Error) -> String {
    match error {
        ignore::Error::WithDepth { err, .. } => why_unsearched(err),
        ignore::Error::WithPath { path, err } => match err.io_error() {
            Some(error) => format!("cannot read `{}`: {}", without_dots(path).display(), error.kind()),
            None => error.to_string(),
        },
        _ => error.to_string(),
    }
}

fn told((path, error): &(PathBuf, ReadError)) -> String {
    format!("cannot read `{}`: {error}", without_dots(path).display())
}

/// Those of `files` that a search from `root` would not skip: only the folders that lead to them are entered, so that
/// each ignore file counts exactly as it does in a search. A file outside `root` is searched for in its own folder.
fn not_ignored(
    files: BTreeSet<PathBuf>,
    root: &Path,
    globs: &Gitignore,
    unreadable: &mut Vec<String>,
) -> BTreeSet<PathBuf> {
    let root = absolute(root);
    let named: BTreeSet<PathBuf> = files.iter().map(|file| absolute(file)).collect();
    let outside = named.iter().filter(|file| !file.starts_with(&root)).filter_map(|file| file.parent());
    let mut folders: BTreeSet<PathBuf> = outside.map(Path::to_path_buf).collect();
    folders.insert(root);
    let leading: BTreeSet<PathBuf> =
        named.iter().flat_map(|file| file.ancestors().skip(1)).map(Path::to_path_buf).collect();
    let found = search(&folders, globs, move |folder| leading.contains(folder), |entry| named.contains(entry.path()));
    unreadable.extend(found.unreadable);
    let kept: BTreeSet<PathBuf> = found.files.into_iter().collect();
    files.into_iter().filter(|file| kept.contains(&absolute(file))).collect()
}

/// Each file once, in the order of their absolute paths.
fn sorted(files: Vec<PathBuf>) -> Vec<PathBuf> {
    let by_place: BTreeMap<PathBuf, PathBuf> =
        files.into_iter().rev().map(|file| (absolute(&file), without_dots(&file))).collect();
    by_place.into_values().collect()
}

fn is_folder(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir())
}

fn is_post(entry: &DirEntry) -> bool {
    let extension = || extension_of(&entry.file_name().to_string_lossy());
    entry.file_type().is_some_and(|kind| kind.is_file())
        && extension().is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
}

fn is_generated(folder: &Path) -> bool {
    GENERATED.iter().any(|generated| folder.ends_with(generated))
}

fn matches(globs: &Gitignore, entry: &DirEntry) -> bool {
    if globs.is_empty() {
        return false;
    }
    let path = absolute(entry.path());
    path.starts_with(globs.path()) && globs.matched(&path, is_folder(entry)).is_ignore()
}

/// Made absolute by its text alone: symbolic links stay.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

fn without_dots(path: &Path) -> PathBuf {
    path.components().filter(|component| *component != Component::CurDir).collect()
}
