//! Where the baselines of posts are on the disk, and what they know of a post.

use crate::catalog::Catalog;
use crate::engine::baseline::{BadLine, Baseline, FILE_NAME, composed};
use crate::files::{self, Disk, Limit, ReadError};
use crate::project::nearest::FromAbove;
use crate::project::{KnownIn, Post};
use rustc_hash::FxHashMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Why a baseline cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// Its file cannot be read.
    #[error("cannot read `{}`: {_1}", _0.display())]
    Unreadable(PathBuf, ReadError),
    /// A line is not valid.
    #[error("{}: {_1}", _0.display())]
    Broken(PathBuf, BadLine),
}

/// Finds the baseline of each post: the one from the command line, or else the nearest in its folder or above, or else
/// one beside the config file, or else one in the working directory.
pub struct Places<'a> {
    /// The one from the command line.
    pub named: Option<&'a Path>,
    nearest: FromAbove<Option<PathBuf>>,
    /// The folder of the last post as written, and the baseline that is nearest to it.
    last: Option<(PathBuf, Option<PathBuf>)>,
}

impl<'a> Places<'a> {
    /// `named` is the baseline from the command line.
    pub fn new(named: Option<&'a Path>) -> Self {
        Places { named, nearest: FromAbove::default(), last: None }
    }

    /// The baseline of a post, whether it exists or not.
    pub fn of(&mut self, post: &Post) -> PathBuf {
        if let (None, KnownIn::File(file)) = (self.named, &post.baseline) {
            return file.clone();
        }
        let parent = post.path.parent().unwrap_or(Path::new(""));
        // Posts of one folder follow each other.
        let known = self.last.take().filter(|(last, _)| last == parent);
        let (parent, nearest) = known.unwrap_or_else(|| {
            let folder = absolute(&post.path).parent().unwrap_or(Path::new("")).to_owned();
            (parent.to_owned(), self.nearest(&folder))
        });
        self.last = Some((parent, nearest.clone()));
        nearest.unwrap_or_else(|| post.config_folder.join(FILE_NAME))
    }

    /// The baseline of posts in `folder`, an absolute path, if there is one.
    pub fn nearest(&mut self, folder: &Path) -> Option<PathBuf> {
        if let Some(named) = self.named {
            return Some(absolute(named));
        }
        let own = |folder: &Path, above: Option<PathBuf>| {
            Some(folder.join(FILE_NAME)).filter(|file| files::is_there(file)).or(above)
        };
        self.nearest.of(&Disk, folder, own)
    }
}

/// The baseline at `file`.
pub fn read(file: &Path) -> Result<Baseline, BaselineError> {
    let unreadable = |error| BaselineError::Unreadable(file.to_owned(), error);
    let text = files::read_text(file, Limit::BASELINE).map_err(unreadable)?;
    Baseline::parse(&text).map_err(|error| BaselineError::Broken(file.to_owned(), error))
}

/// The baseline at `file`, if there is one.
pub fn load(file: &Path) -> Result<Option<Baseline>, BaselineError> {
    match read(file) {
        Ok(baseline) => Ok(Some(baseline)),
        Err(BaselineError::Unreadable(_, error)) if error.is_missing() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Replaces earlier names of rules by those that the rules have now.
pub fn use_new_names(baseline: &mut Baseline, catalog: &Catalog) {
    if catalog.old_names().next().is_some() {
        baseline.rename(|rule| catalog.renamed_to(rule));
    }
}

/// Files in the baseline that no longer exist, sorted.
pub fn gone(baseline: &Baseline, file: &Path) -> Vec<String> {
    let mut names = Names { folder: file.parent().unwrap_or(Path::new("")).to_owned(), listed: FxHashMap::default() };
    baseline.paths().filter(|path| !names.has(path)).map(str::to_owned).collect()
}

/// The files below a folder, with names in NFC: on the disk they may be decomposed.
struct Names {
    folder: PathBuf,
    listed: FxHashMap<PathBuf, FxHashMap<String, OsString>>,
}

impl Names {
    fn has(&mut self, path: &str) -> bool {
        if self.folder.join(path).exists() {
            return true;
        }
        !path.is_ascii() && path.split('/').try_fold(self.folder.clone(), |at, name| self.enter(&at, name)).is_some()
    }

    fn enter(&mut self, folder: &Path, name: &str) -> Option<PathBuf> {
        let path = folder.join(name);
        if path.exists() {
            return Some(path);
        }
        let names = self.listed.entry(folder.to_owned()).or_insert_with(|| list(folder));
        names.get(name).map(|name| folder.join(name))
    }
}

fn list(folder: &Path) -> FxHashMap<String, OsString> {
    let names = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
    names.map(|name| (composed(&name.to_string_lossy()), name)).collect()
}

/// Updates the paths of moved posts in the baseline. `posts` are the paths of those that exist. Returns the number of moved
/// posts.
pub fn follow<'p>(baseline: &mut Baseline, file: &Path, posts: impl Iterator<Item = &'p Path>) -> usize {
    let gone = gone(baseline, file);
    let here: Vec<String> = posts.map(|post| path_in(file, post)).collect();
    baseline.follow(&gone, &here)
}

/// A post's path relative to the folder of the baseline at `file`, in NFC.
pub fn path_in(file: &Path, post: &Path) -> String {
    let post = absolute(post);
    let folder = file.parent().unwrap_or(Path::new(""));
    let mut up = 0;
    let mut shared = folder;
    while !post.starts_with(shared) {
        up += 1;
        shared = shared.parent().unwrap_or(Path::new(""));
    }
    let below = post.strip_prefix(shared).unwrap_or(&post).components();
    let names = below.filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    let parts: Vec<_> = std::iter::repeat_n("..".into(), up).chain(names).collect();
    composed(&parts.join("/"))
}

/// The absolute path without `.` and `..`, computed from its text alone.
fn absolute(path: &Path) -> PathBuf {
    files::collapsed(&files::absolute(path))
}
