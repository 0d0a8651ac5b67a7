//! Findings that changes cause in unchanged posts, such as a link to a page that was deleted: those of rules that look at
//! other files, if they were not there before the changes.

use crate::cli;
use crate::diagnostic::Diagnostic;
use crate::engine::FileReport;
use crate::facts::key as key_of_url;
use crate::files::{self, canonical};
use crate::output::Screen;
use crate::output::visible::one_line;
use crate::project::FormerUrls;
use crate::ruleset::Selection;
use crate::run::baseline;
use crate::run::changes::{Changes, Snapshot};
use crate::run::error::RunError;
use crate::run::files::Files;
use crate::run::invocation::Invocation;
use crate::run::lint::check_files;
use crate::run::linted::Linted;
use crate::run::read::check_file;
use crate::run::scope::{Scope, surroundings};
use crate::site::urls::PageUrl;
use crate::source::Source;
use crate::url::path_and_query;
use crate::walk::is_post_name;
use crate::words::counted;
use rustc_hash::{FxHashMap, FxHashSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is reported in changed files, and not again in others.
pub struct Reported {
    /// The values that posts share, with the rules that report them.
    shared: FxHashSet<(Arc<str>, Option<String>)>,
    /// Files that are not posts.
    files: FxHashSet<PathBuf>,
}

impl Reported {
    /// What is reported in these files.
    pub fn of(linted: &[Linted]) -> Self {
        let all = linted.iter().flat_map(|linted| &linted.report.diagnostics).filter(|finding| finding.is_shared);
        let shared = all.map(|finding| (finding.rule.clone(), finding.identity.clone())).collect();
        let others = linted.iter().filter(|linted| !linted.post.is_post());
        Reported { shared, files: others.map(|linted| linted.post.path.clone()).collect() }
    }

    /// Drops what is reported.
    fn drop(&self, linted: &mut Vec<Linted>) {
        linted.retain(|linted| !self.files.contains(&linted.post.path));
        let is_known = |it: &Diagnostic| it.is_shared && self.shared.contains(&(it.rule.clone(), it.identity.clone()));
        linted.iter_mut().for_each(|linted| linted.report.diagnostics.retain(|finding| !is_known(finding)));
    }
}

/// The unchanged posts with findings that the changes have caused, and says how many there are.
pub fn find(scope: &Scope, reported: &Reported, err: &mut Screen<'_>) -> Result<Vec<Linted>, RunError> {
    let Some(changes) = scope.changes.as_ref().filter(|changes| changes.may_affect_others()) else {
        return Ok(Vec::new());
    };
    let (arguments, invocation) = (&scope.arguments, &scope.invocation);
    let is_unchanged = |path: &Path| !changes.takes(path) || !is_post_name(path);
    // Whether a URL was that of a page is asked only if one may have lost it.
    let snapshot = if changes.moved.is_empty() { None } else { changes.before()? };
    let former = snapshot.as_ref().and_then(|snapshot| former(scope, changes, snapshot)).unwrap_or_default();
    let mut now = lint(scope, (arguments, invocation), (scope.disk(), former), &is_unchanged, err)?;
    reported.drop(&mut now);
    baseline::hide(arguments, &invocation.working_directory, &mut now, false)?;
    now.retain(|linted| !linted.report.diagnostics.is_empty());
    if now.is_empty() {
        return Ok(now);
    }
    if let Some(snapshot) = snapshot.map_or_else(|| changes.before(), |known| Ok(Some(known)))? {
        drop_old(scope, (changes, &snapshot), &mut now, err)?;
    }
    tell(&now, arguments, err)?;
    Ok(now)
}

/// The URLs that pages had before the changes, of those that may have lost them: their own, and those that redirected to them.
fn former(scope: &Scope, changes: &Changes, snapshot: &Snapshot) -> Option<FormerUrls> {
    // A path outside of the repository is an error only if there is something to compare.
    let (arguments, invocation) = scope.in_snapshot(changes, snapshot).ok()?;
    let selection = Selection { across_only: true, ..scope.selection() };
    let mut surroundings = surroundings(&arguments, snapshot.files(), &invocation.working_directory, selection).ok()?;
    let mut former: FxHashMap<PathBuf, FxHashSet<String>> = FxHashMap::default();
    // A list of pages that is generated is there without its file.
    let has_own_page = |path: &&PathBuf| path.file_stem().is_none_or(|stem| stem != "_index");
    for path in changes.moved.iter().filter(has_own_page) {
        let Some(inside) = snapshot.inside(path) else { continue };
        // With a config that was broken before, no URL is known.
        let Ok(Some(post)) = surroundings.post(&inside, true) else { continue };
        let Some(located) = post.site.as_ref().filter(|_| post.urls.is_some()) else { continue };
        let Some(facts) = check_file(&post, &mut ()).ok().and_then(|checked| checked.facts) else { continue };
        let base = located.site.base_path();
        let redirects = facts.redirects.iter().map(|redirect| path_and_query(&redirect.text));
        let redirects = redirects.filter(|path| path.starts_with('/')).map(|path| PageUrl::below(&base, path));
        let urls = facts.publication.possible().iter().cloned().chain(redirects);
        let root = canonical(&snapshot.outside(&located.root));
        former.entry(root).or_default().extend(urls.map(|url| key_of_url(url.as_str())));
    }
    Some(former.into_iter().map(|(root, keys)| (root, Arc::new(keys))).collect())
}

/// Drops findings that were there before the changes.
fn drop_old(
    scope: &Scope,
    (changes, snapshot): (&Changes, &Snapshot),
    now: &mut Vec<Linted>,
    err: &mut Screen<'_>,
) -> Result<(), RunError> {
    let (arguments, invocation) = scope.in_snapshot(changes, snapshot)?;
    let real = |path: &Path| snapshot.outside(&changes.identity(path));
    let is_unchanged = |path: &Path| !changes.takes(&real(path)) || !is_post_name(path);
    let Ok(before) =
        lint(scope, (&arguments, &invocation), (snapshot.files(), FormerUrls::default()), &is_unchanged, err)
    else {
        // The config was broken before: which findings are new is not known.
        now.clear();
        return Ok(());
    };
    let mut old: FxHashMap<Key, usize> = FxHashMap::default();
    for linted in &before {
        for finding in &linted.report.diagnostics {
            *old.entry(key(&real(&linted.post.path), &linted.report.source, finding)).or_default() += 1;
        }
    }
    for linted in now.iter_mut() {
        let path = changes.identity(&linted.post.path);
        let FileReport { diagnostics, source, .. } = &mut linted.report;
        diagnostics.retain(|finding| match old.get_mut(&key(&path, source, finding)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
    }
    now.retain(|linted| !linted.report.diagnostics.is_empty());
    Ok(())
}

/// What tells a finding from others: its text, and its place in a post that has not changed.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    rule: Arc<str>,
    /// Not of a value that posts share: it may be reported in any of them.
    place: Option<(PathBuf, u32)>,
    text: String,
}

fn key(path: &Path, source: &Source, finding: &Diagnostic) -> Key {
    let text = match &finding.identity {
        Some(identity) if finding.is_shared => identity.clone(),
        _ => source.slice(finding.label.span).to_owned(),
    };
    // In other files, such as a config, lines may have moved.
    let start = if is_post_name(path) { finding.label.span.start } else { 0 };
    let place = (!finding.is_shared).then(|| (path.to_owned(), start));
    Key { rule: finding.rule.clone(), place, text }
}

/// Lints posts with the rules that look at other files.
fn lint(
    scope: &Scope,
    (arguments, invocation): (&cli::Check, &Invocation),
    (disk, former): (Arc<dyn files::Files>, FormerUrls),
    takes: &dyn Fn(&Path) -> bool,
    err: &mut Screen<'_>,
) -> Result<Vec<Linted>, RunError> {
    let working_directory = &invocation.working_directory;
    let selection = Selection { across_only: true, each_place: false, ..scope.selection() };
    let mut surroundings = surroundings(arguments, disk, working_directory, selection)?.with_former(former);
    let cli::Check { paths, exclude, force_exclude, .. } = arguments;
    let files = Files {
        exclude,
        force_exclude: *force_exclude,
        quiet: true,
        warns: false,
        takes: Some(takes),
        ..Files::of(paths, working_directory, invocation.error_looks)
    };
    let mut linted = check_files(&files, &mut surroundings, err)?.linted;
    for Linted { post, report, .. } in &mut linted {
        report.diagnostics.retain(|finding| post.rules.looks_at_others(&finding.rule));
    }
    Ok(linted)
}

/// Says in the findings, and on standard error, what has caused them.
fn tell(now: &[Linted], arguments: &cli::Check, err: &mut Screen<'_>) -> Result<(), RunError> {
    let findings: usize = now.iter().map(|linted| linted.report.diagnostics.len()).sum();
    if findings == 0 || arguments.quiet {
        return Ok(());
    }
    let since = arguments.changes.since.as_deref().unwrap_or_default();
    let (findings, files) = (counted(findings, "finding"), now.len());
    let posts = if files == 1 { "1 unchanged post".to_owned() } else { format!("{files} unchanged posts") };
    Ok(writeln!(err, "{findings} in {posts}: caused by changes since `{}`", one_line(since))?)
}
