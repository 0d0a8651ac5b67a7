//! The baselines of a run: finds, applies and writes them.

use crate::engine::baseline::{Baseline, FILE_NAME, composed};
use crate::files::{self, Disk, Limit, Writer};
use crate::output::{Screen, visible};
use crate::project::{KnownIn, Post, Surroundings, up_to_repository_root};
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::linted::Linted;
use crate::words::{counted, total};
use crate::{cli, walk};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// Finds the baseline of each post: the one from the command line, or else the nearest in its folder or above, or else
/// one beside the config file, or else one in the working directory.
pub struct Places<'a> {
    named: Option<&'a Path>,
    nearest: FxHashMap<PathBuf, Option<PathBuf>>,
}

/// The effect of a baseline on a run.
#[derive(Debug)]
pub struct Effect {
    /// Its path, as printed.
    pub path: String,
    /// Number of findings that it hid.
    hidden: usize,
    /// Number of known findings that no longer occur in their posts.
    stale: usize,
    /// Number of known findings whose posts no longer exist.
    orphaned: usize,
    /// Number of posts that were found at another path.
    moved: usize,
}

/// Drops the known findings from `linted`.
pub fn hide(arguments: &cli::Check, working_directory: &Path, linted: &mut [Linted]) -> Result<Vec<Effect>, RunError> {
    if arguments.no_baseline {
        return Ok(Vec::new());
    }
    let mut places = Places::new(arguments.baseline.as_deref());
    if let Some(named) = &arguments.baseline {
        // A baseline passed on the command line must exist.
        read(named)?;
    }
    let mut effects = Vec::new();
    for (file, posts) in places.group(linted) {
        let Some(mut baseline) = load(&file)? else { continue };
        use_new_names(&mut baseline, linted, &posts);
        let moved = follow(&mut baseline, &file, linted, &posts);
        let orphaned = total(gone(&baseline, &file).iter().map(|path| baseline.known_in(path)));
        let mut effect = Effect { path: printed(&file, working_directory), hidden: 0, stale: 0, orphaned, moved };
        for at in posts {
            let Some(linted) = linted.get_mut(at) else { continue };
            if arguments.baseline.is_none() && linted.post.baseline == KnownIn::Nowhere {
                continue;
            }
            let path = path_in(&file, &linted.post.path);
            let runs = |rule: &str| linted.post.rules.runs(rule);
            let report = &mut linted.report;
            let stale = baseline.stale(&path, &report.source, &report.diagnostics, runs);
            effect.stale = effect.stale.saturating_add(stale);
            effect.hidden += baseline.hide(&path, &report.source, &mut report.diagnostics);
        }
        effects.push(effect);
    }
    Ok(effects)
}

/// Reports the effects of the baselines on stderr.
pub fn tell(effects: &[Effect], err: &mut Screen<'_>) -> io::Result<()> {
    for effect in effects {
        if effect.hidden > 0 {
            writeln!(err, "{} hidden by {}", counted(effect.hidden, "known finding"), effect.path)?;
        }
        if effect.moved > 0 {
            let have = if effect.moved == 1 { "has" } else { "have" };
            let moved = format!("{} in {} {have} moved", counted(effect.moved, "post"), effect.path);
            writeln!(err, "{moved}: run `postlint baseline prune` to update it")?;
        }
        if effect.orphaned > 0 {
            let orphaned = counted(effect.orphaned, "known finding");
            let of = if effect.orphaned == 1 { "belongs to a post that is" } else { "belong to posts that are" };
            writeln!(
                err,
                "{orphaned} in {} {of} gone or renamed: run `postlint baseline prune` to update it",
                effect.path
            )?;
        }
        if effect.stale > 0 {
            let stale = counted(effect.stale, "known finding");
            let are = if effect.stale == 1 { "is" } else { "are" };
            let stale = format!("{stale} in {} {are} gone", effect.path);
            writeln!(err, "{stale}: run `postlint baseline prune` to update it")?;
        }
    }
    Ok(())
}

/// Records the findings of `linted` in the baseline `named` on the command line, or else in the baseline of each post.
/// They replace the known findings of the same files. Known findings of files that were not read are kept if the files
/// exist. With `narrowed`, those of rules that did not run are kept as well.
pub fn write(
    named: Option<&Path>,
    narrowed: bool,
    working_directory: &Path,
    linted: &[Linted],
    err: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let mut places = Places::new(named);
    for (file, posts) in places.group(linted) {
        let _lock = lock(&file)?;
        let mut baseline = load(&file)?.unwrap_or_default();
        use_new_names(&mut baseline, linted, &posts);
        follow(&mut baseline, &file, linted, &posts);
        forget_gone(&mut baseline, &file);
        for linted in posts.into_iter().filter_map(|at| linted.get(at)) {
            let path = path_in(&file, &linted.post.path);
            let ran = |rule: &str| !narrowed || linted.post.rules.runs(rule);
            let report = &linted.report;
            // If a post could not be checked, its findings are not known.
            if !report.has_failed() {
                baseline.record(&path, &report.source, &report.diagnostics, ran);
            }
        }
        store(&file, &baseline)?;
        writeln!(err, "wrote {}: {}", printed(&file, working_directory), summary(&baseline))?;
    }
    Ok(Exit::Clean)
}

impl<'a> Places<'a> {
    /// `named` is the baseline from the command line.
    pub fn new(named: Option<&'a Path>) -> Self {
        Places { named, nearest: FxHashMap::default() }
    }

    /// Groups the posts by baseline, whether it exists or not, as indexes into `linted`.
    pub fn group(&mut self, linted: &[Linted]) -> BTreeMap<PathBuf, Vec<usize>> {
        let mut groups: BTreeMap<PathBuf, Vec<usize>> = BTreeMap::new();
        for (at, linted) in linted.iter().enumerate() {
            groups.entry(self.of(&linted.post)).or_default().push(at);
        }
        groups
    }

    fn of(&mut self, post: &Post) -> PathBuf {
        if let (None, KnownIn::File(file)) = (self.named, &post.baseline) {
            return file.clone();
        }
        let path = absolute(&post.path);
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        self.nearest(&folder).unwrap_or_else(|| post.config_folder.join(FILE_NAME))
    }

    /// The baseline of posts in `folder`, an absolute path, if there is one.
    pub fn nearest(&mut self, folder: &Path) -> Option<PathBuf> {
        if let Some(named) = self.named {
            return Some(absolute(named));
        }
        if let Some(known) = self.nearest.get(folder) {
            return known.clone();
        }
        let candidates = up_to_repository_root(&Disk, folder).map(|ancestor| ancestor.join(FILE_NAME));
        let found = candidates.into_iter().find(|file| files::is_there(file));
        self.nearest.insert(folder.to_owned(), found.clone());
        found
    }
}

/// The baseline of the working directory: the one that its config file names, or else the nearest.
pub fn of_working_directory(
    places: &mut Places<'_>,
    surroundings: &mut Surroundings,
    working_directory: &Path,
) -> Result<Option<PathBuf>, RunError> {
    match surroundings.project(working_directory)?.known_in() {
        KnownIn::File(file) if places.named.is_none() => Ok(Some(file)),
        _ => Ok(places.nearest(working_directory)),
    }
}

/// The baseline at `file`.
pub fn read(file: &Path) -> Result<Baseline, RunError> {
    let unreadable = |error| RunError::Unreadable { path: file.to_owned(), error };
    let text = files::read_text(file, Limit::BASELINE).map_err(unreadable)?;
    Baseline::parse(&text).map_err(|error| RunError::Baseline { path: file.to_owned(), error })
}

/// The baseline at `file`, if there is one.
pub fn load(file: &Path) -> Result<Option<Baseline>, RunError> {
    match read(file) {
        Ok(baseline) => Ok(Some(baseline)),
        Err(RunError::Unreadable { error, .. }) if error.is_missing() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Replaces earlier names of rules by those that the rules have now.
pub fn use_new_names(baseline: &mut Baseline, linted: &[Linted], posts: &[usize]) {
    let Some(catalog) = posts.first().and_then(|&at| Some(linted.get(at)?.post.rules.catalog())) else { return };
    if catalog.old_names().next().is_some() {
        baseline.rename(|rule| catalog.renamed_to(rule));
    }
}

/// Writes the baseline at `file`.
pub fn store(file: &Path, baseline: &Baseline) -> Result<(), RunError> {
    let unwritable = |error| RunError::Unwritable { path: file.to_owned(), error };
    Writer::default().replace(file, baseline.to_string().as_bytes()).map_err(unwritable)
}

/// Locks the folder of a baseline while it is read and written, so that no findings of a concurrent run are lost.
pub fn lock(file: &Path) -> Result<Option<File>, RunError> {
    files::lock_folder(file).map_err(|error| RunError::Unwritable { path: file.to_owned(), error })
}

/// Files in the baseline that no longer exist, sorted.
fn gone(baseline: &Baseline, file: &Path) -> Vec<String> {
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

/// Updates the paths of moved posts in the baseline. Returns the number of these posts.
pub fn follow(baseline: &mut Baseline, file: &Path, linted: &[Linted], posts: &[usize]) -> usize {
    let gone = gone(baseline, file);
    let here: Vec<String> = posts.iter().filter_map(|&at| Some(path_in(file, &linted.get(at)?.post.path))).collect();
    baseline.follow(&gone, &here)
}

/// Removes the known findings of posts that no longer exist.
pub fn forget_gone(baseline: &mut Baseline, file: &Path) {
    let gone = gone(baseline, file);
    baseline.retain(|path| gone.binary_search_by(|it| it.as_str().cmp(path)).is_err());
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

/// The path as it is printed.
pub fn printed(file: &Path, working_directory: &Path) -> String {
    visible::path(&walk::printed(file, working_directory)).into_owned()
}

/// The numbers of known findings and of posts with them.
pub fn summary(baseline: &Baseline) -> String {
    format!("{} in {}", counted(baseline.len(), "finding"), counted(baseline.paths().count(), "post"))
}
