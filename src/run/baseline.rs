//! The baselines of a run: finds, applies and writes them.

use crate::catalog::Catalog;
use crate::engine::FileReport;
use crate::engine::baseline::Baseline;
use crate::files::{self, Writer};
use crate::output::{Screen, visible};
use crate::place::dialect::extension_of;
use crate::project::baselines::{Places, follow, gone, load, path_in, read, use_new_names};
use crate::project::{KnownIn, Surroundings};
use crate::rule::ReadsBuilt;
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::linted::Linted;
use crate::walk::is_post_name;
use crate::words::{counted, total};
use crate::{cli, walk};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

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
    /// The command that updates it.
    update: &'static str,
}

const PRUNE: &str = "postlint baseline prune";

/// A check of posts does not know what an audit finds.
const AUDIT_AGAIN: &str = "postlint audit --write-baseline";

/// Drops the known findings from `linted`, unless the command line asks for them. `audits`: whether built pages were read.
pub fn hide(
    arguments: &cli::Check,
    working_directory: &Path,
    linted: &mut [Linted],
    audits: bool,
) -> Result<Vec<Effect>, RunError> {
    if arguments.no_baseline {
        return Ok(Vec::new());
    }
    hide_known(arguments.baseline.as_deref(), working_directory, linted, audits)
}

/// Drops the known findings from `linted`: those of the baseline `named` on the command line, or else of that of each post.
pub fn hide_known(
    named: Option<&Path>,
    working_directory: &Path,
    linted: &mut [Linted],
    audits: bool,
) -> Result<Vec<Effect>, RunError> {
    let mut places = Places::new(named);
    if let Some(named) = named {
        // A baseline passed on the command line must exist.
        read(named)?;
    }
    let mut effects = Vec::new();
    for (file, posts) in group(&mut places, linted) {
        let Some(mut baseline) = load(&file)? else { continue };
        known_by_new_names(&mut baseline, linted, &posts);
        let moved = follow(&mut baseline, &file, paths(linted, &posts));
        let orphaned = total(gone_from(&baseline, &file, audits).iter().map(|path| baseline.known_in(path)));
        let update = if audits && baseline.is_of_audit { AUDIT_AGAIN } else { PRUNE };
        let path = printed(&file, working_directory);
        let mut effect = Effect { path, hidden: 0, stale: 0, orphaned, moved, update };
        for at in posts {
            let Some(linted) = linted.get_mut(at) else { continue };
            if named.is_none() && linted.post.baseline == KnownIn::Nowhere {
                continue;
            }
            let path = path_in(&file, &linted.post.path);
            let rules = &linted.post.rules;
            let runs = |rule: &str| match rules.reads_built(rule) {
                true => audits || !baseline.is_of_audit && rules.runs(rule),
                false => rules.runs(rule),
            };
            let report = &linted.report;
            let stale = baseline.stale(&path, &report.source, &report.diagnostics, runs);
            effect.stale = effect.stale.saturating_add(stale);
            effect.hidden += linted.hide_known(|report| baseline.hide(&path, &report.source, &mut report.diagnostics));
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
            writeln!(err, "{moved}: run `{}` to update it", effect.update)?;
        }
        if effect.orphaned > 0 {
            let orphaned = counted(effect.orphaned, "known finding");
            let of = if effect.orphaned == 1 { "belongs to a post that is" } else { "belong to posts that are" };
            writeln!(err, "{orphaned} in {} {of} gone or renamed: run `{}` to update it", effect.path, effect.update)?;
        }
        if effect.stale > 0 {
            let stale = counted(effect.stale, "known finding");
            let are = if effect.stale == 1 { "is" } else { "are" };
            let stale = format!("{stale} in {} {are} gone", effect.path);
            writeln!(err, "{stale}: run `{}` to update it", effect.update)?;
        }
    }
    Ok(())
}

/// Records the findings of `linted` in the baseline `named` on the command line, or else in the baseline of each post.
/// They replace the known findings of the same files. Known findings of files that were not read are kept if the files
/// exist. With `narrowed`, those of rules that did not run are kept as well; without `audits`, those that an audit may have
/// recorded.
pub fn write(
    named: Option<&Path>,
    (narrowed, audits): (bool, bool),
    working_directory: &Path,
    linted: &[Linted],
    err: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let mut places = Places::new(named);
    for (file, posts) in group(&mut places, linted) {
        let _lock = lock(&file)?;
        let mut baseline = load(&file)?.unwrap_or_default();
        known_by_new_names(&mut baseline, linted, &posts);
        follow(&mut baseline, &file, paths(linted, &posts));
        forget_gone(&mut baseline, &file, audits);
        baseline.is_of_audit |= audits;
        let is_left = baseline.is_of_audit && !audits;
        for linted in posts.iter().filter_map(|&at| linted.get(at)) {
            let path = path_in(&file, &linted.post.path);
            let rules = &linted.post.rules;
            let ran = |rule: &str| (!narrowed || rules.runs(rule)) && !(is_left && rules.reads_built(rule));
            let report = &linted.report;
            // If a post could not be checked, its findings are not known.
            if !report.has_failed() {
                baseline.record(&path, &report.source, &report.diagnostics, ran);
            }
        }
        let reports = posts.iter().filter_map(|&at| linted.get(at)).map(|linted| &linted.report);
        baseline.record_shared(reports.flat_map(FileReport::sourced));
        store(&file, &baseline)?;
        writeln!(err, "wrote {}: {}", printed(&file, working_directory), summary(&baseline))?;
        if named.is_none() {
            tell_unread(linted, &posts, err)?;
        }
    }
    Ok(Exit::Clean)
}

/// Says that no run reads the baseline of these posts, if their config turns baselines off.
fn tell_unread(linted: &[Linted], posts: &[usize], err: &mut Screen<'_>) -> io::Result<()> {
    let mut known_in = posts.iter().filter_map(|&at| Some(&linted.get(at)?.post.baseline));
    if !known_in.clone().any(|it| *it == KnownIn::Nowhere) {
        return Ok(());
    }
    let whose = if known_in.all(|it| *it == KnownIn::Nowhere) { "" } else { " for some of the posts" };
    writeln!(err, "warning: no run reads it{whose}, because the config file sets `baseline: false`")
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

/// Groups the posts by baseline, whether it exists or not, as indexes into `linted`.
pub fn group(places: &mut Places<'_>, linted: &[Linted]) -> BTreeMap<PathBuf, Vec<usize>> {
    let mut groups: BTreeMap<PathBuf, Vec<usize>> = BTreeMap::new();
    for (at, linted) in linted.iter().enumerate() {
        groups.entry(places.of(&linted.post)).or_default().push(at);
    }
    groups
}

/// The paths of the posts with these indexes.
pub fn paths<'l>(linted: &'l [Linted], posts: &[usize]) -> impl Iterator<Item = &'l Path> {
    posts.iter().filter_map(|&at| Some(linted.get(at)?.post.path.as_path()))
}

/// Replaces earlier names of rules by those that the rules of these posts have now.
pub fn known_by_new_names(baseline: &mut Baseline, linted: &[Linted], posts: &[usize]) {
    if let Some(linted) = posts.first().and_then(|&at| linted.get(at)) {
        use_new_names(baseline, linted.post.rules.catalog());
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

/// The files in the baseline that no longer exist. Without `audits`, what may be built pages is not among them: they are
/// missing until the site is built.
fn gone_from(baseline: &Baseline, file: &Path, audits: bool) -> Vec<String> {
    let mut gone = gone(baseline, file);
    if baseline.is_of_audit && !audits {
        let catalog = Catalog::builtin();
        let reads_built = |rule: &str| catalog.get(rule).is_none_or(|entry| entry.page.meta.built != ReadsBuilt::No);
        let is_markup = |path: &str| !is_post_name(Path::new(path)) || is_html_name(path);
        gone.retain(|path| !is_markup(path) || !baseline.rules_in(path).all(reads_built));
    }
    gone
}

fn is_html_name(path: &str) -> bool {
    extension_of(path).is_some_and(|extension| matches!(&*extension, "html" | "htm" | "xhtml"))
}

/// Removes the known findings of posts that no longer exist.
pub fn forget_gone(baseline: &mut Baseline, file: &Path, audits: bool) {
    let gone = gone_from(baseline, file, audits);
    baseline.retain(|path| gone.binary_search_by(|it| it.as_str().cmp(path)).is_err());
}

/// The path as it is printed.
pub fn printed(file: &Path, working_directory: &Path) -> String {
    visible::path(&walk::printed(file, working_directory)).into_owned()
}

/// The numbers of known findings and of posts with them.
pub fn summary(baseline: &Baseline) -> String {
    let findings = counted(baseline.len(), "finding");
    match baseline.paths().count() {
        // All of them are about values that posts share.
        0 if !baseline.is_empty() => format!("{findings} across posts"),
        posts => format!("{findings} in {}", counted(posts, "post")),
    }
}
