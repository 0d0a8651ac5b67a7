//! `postlint check`: finds the posts, lints them on all cores, and writes the findings sorted by path.

use crate::cli::{self, Check};
use crate::engine::rule_infos;
use crate::engine::suppress::Ran;
use crate::engine::{Checked, FileReport, RuleInfo};
use crate::files::{self, Disk, Limit};
use crate::output::visible::one_line;
use crate::output::{About, Run, RunFailure, Screen, SitePosts};
use crate::place::dialect::Generator;
use crate::project::{LocatedSite, Post, Surroundings};
use crate::ruleset::Selection;
use crate::run::earlier::{self, Looked};
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::files::Files;
use crate::run::invocation::Invocation;
use crate::run::lint::{Outcome, check_files, find_posts, know_rules};
use crate::run::linted::{Linted, keep_one_of_each_template};
use crate::run::report::{Report, tell_failed};
use crate::run::scope::Scope;
use crate::run::timing::Timings;
use crate::run::{
    across, add_ignore, baseline, cached, changes, defaults, effects, failure, fix, ignored, left_out, narrowing,
    outputs, summary, thread_pool,
};
use crate::source::Source;
use crate::walk;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// Number of findings above which a run without a baseline prints how to see only new ones.
const MANY: usize = 100;

/// Runs the command.
///
/// Sets the outputs of `arguments` to those that the config file sets, for the report of an error.
pub fn check(
    arguments: &mut cli::Check,
    invocation: &Invocation,
    out: &mut Screen<'_>,
    err: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let start = Instant::now();
    check_use(arguments)?;
    changes::check_use(arguments)?;
    outputs::check(arguments)?;
    let mut scope = Scope::of(arguments, invocation)?;
    let result = scope.surroundings().and_then(|mut surroundings| {
        scope.arguments = defaults::with_config(&scope, &mut surroundings);
        arguments.outputs.clone_from(&scope.arguments.outputs);
        check_scope(&scope, surroundings, start, out, err)
    });
    result.map_err(|error| scope.name_error(error))
}

fn check_scope(
    scope: &Scope,
    mut surroundings: Surroundings,
    start: Instant,
    out: &mut Screen<'_>,
    err: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let Scope { arguments, invocation, .. } = scope;
    let working_directory = &invocation.working_directory;
    let takes = |path: &Path| scope.takes(path);
    if arguments.show_files {
        return show_files(scope, &mut surroundings, out, err);
    }
    let earlier = earlier::of(arguments)?;
    let mut outcome = if arguments.reads_stdin() {
        check_stdin(arguments, working_directory, &mut surroundings)?
    } else {
        let cache = cached::of(scope, &surroundings);
        let files = Files { cache: cache.as_ref(), ..scope.files(&takes) };
        let outcome = check_files(&files, &mut surroundings, err)?;
        cached::save(cache.as_ref(), arguments.quiet, err)?;
        outcome
    };
    outcome.earlier = earlier;
    outcome.failed.extend(scope.missing());
    if arguments.write_baseline {
        tell_failed(&outcome.failed, err)?;
        let (named, audits) = (arguments.baseline.as_deref(), !outcome.built.is_empty());
        let narrowed = !arguments.select.is_empty() || !arguments.ignore.is_empty();
        let exit = baseline::write(named, (narrowed, audits), working_directory, &outcome.linted, err)?;
        return Ok(if outcome.failed.is_empty() { exit } else { Exit::Wrong });
    }
    let reported = effects::Reported::of(&outcome.linted);
    scope.name_posts(&mut outcome.linted);
    let is_across = arguments.fixes.writes() && !arguments.reads_stdin() && has_findings_across(&outcome.linted);
    outcome.known = hide_and_fix(arguments, working_directory, &mut outcome)?;
    if is_across && outcome.fixing.is_any() {
        outcome.known = check_again(scope, &mut surroundings, &mut outcome, err)?;
    }
    scope.keep_changed_lines(&mut outcome.linted);
    if let Some(reason) = &arguments.add_ignore {
        outcome.failed.extend(add_ignore::add(&mut outcome.linted, reason, err)?);
    }
    let affected = effects::find(scope, &reported, err)?;
    outcome.posts += affected.iter().filter(|linted| linted.post.is_post()).count();
    outcome.linted.extend(affected);
    scope.sort(&mut outcome.linted);
    keep_one_of_each_template(&mut outcome.linted);
    outcome.known.iter_mut().for_each(|effect| scope.shown(&mut effect.path));
    outcome.failed = outcome.failed.into_iter().map(|error| scope.name_error(error)).collect();
    let configs = summary::configs(scope, &surroundings);
    report(scope, (outcome, start), (&rule_infos(surroundings.catalogs()), configs), out, err)
}

/// Lists the files that would be checked.
fn show_files(
    scope: &Scope,
    surroundings: &mut Surroundings,
    out: &mut Screen<'_>,
    err: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let takes = |path: &Path| scope.takes(path);
    let files = scope.files(&takes);
    let found = find_posts(&files, surroundings)?;
    let posts = &found.posts;
    let paths = posts.iter().map(|post| scope.real(&post.path));
    narrowing::list(paths, &scope.real(&scope.invocation.working_directory), out)?;
    let fails = posts.is_empty() && scope.arguments.error_on_no_files;
    if fails {
        narrowing::tell(&[], &[], (0, "error"), err)?;
    }
    if !files.quiet {
        left_out::tell(&files, &found, surroundings, err)?;
    }
    let unsearched = found.walked.unreadable.into_iter().map(RunError::from).chain(scope.missing());
    let failed: Vec<RunError> = unsearched.map(|error| scope.name_error(error)).collect();
    tell_failed(&failed, err)?;
    Ok(if fails || !failed.is_empty() { Exit::Wrong } else { Exit::Clean })
}

/// Writes all that came of a run that began at `start`.
fn report(
    scope: &Scope,
    (mut outcome, start): (Outcome, Instant),
    (rules, configs): (&BTreeMap<String, RuleInfo>, Vec<String>),
    out: &mut Screen<'_>,
    err: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let Scope { arguments, invocation, .. } = scope;
    scope.name_reports(outcome.linted.iter_mut().map(|linted| &mut linted.report));
    let mut about = about(scope, &outcome);
    about.errors.extend(without_posts(scope, &outcome));
    about.audit = arguments.audited.as_ref().map(|_| summary::of(scope, &outcome, &about, (rules, configs)));
    let looked = outcome.earlier.as_ref().map(|_| Looked::of(&outcome.linted, &outcome.built));
    let linted = std::mem::take(&mut outcome.linted).into_iter();
    let files: Vec<FileReport> =
        linted.map(|linted| linted.report).filter(|report| !report.diagnostics.is_empty()).collect();
    let (elapsed, looks) = (start.elapsed(), invocation.looks);
    let run = Run { files: &files, rules, posts: outcome.posts, elapsed, looks, about: &about };
    let changes =
        outcome.earlier.as_ref().zip(looked).map(|(earlier, looked)| earlier::compare(earlier, &run, scope, &looked));
    if let Some(audit) = &mut about.audit {
        audit.comparison = changes;
    }
    let run = Run { files: &files, rules, posts: outcome.posts, elapsed, looks, about: &about };
    let format = arguments.format(invocation.reader);
    outcome.failed.extend(outputs::write(arguments, &run, invocation, err)?);
    let none = scope.none();
    let Outcome { fixing, failed, left_out, nothing, known, .. } = &outcome;
    let none = none.as_deref();
    let audience = invocation.audience();
    let report = Report { arguments, format, run: &run, fixing, audience, failed, left_out, nothing, none };
    report.write(outcome.stdin.as_deref(), invocation.error_looks, out, err)?;
    if arguments.timing {
        outcome.timings.write(err)?;
    }
    report.write_rest(err)?;
    report.tell_limit(err)?;
    if report.is_summed_up() || report.has_totals() {
        baseline::tell(known, err)?;
    }
    if report.is_summed_up() && known.is_empty() && run.findings().count() > MANY {
        writeln!(err, "to see only new findings from now on: postlint --write-baseline")?;
    }
    let exit = report.exit();
    thread_pool::discard(files, arguments.changes.watch);
    Ok(exit)
}

/// The error of a run that has no posts and has to have some.
fn without_posts(scope: &Scope, outcome: &Outcome) -> Option<RunFailure> {
    let fails = scope.arguments.error_on_no_files && outcome.posts == 0 && outcome.failed.is_empty();
    let none = || scope.none().filter(|_| outcome.linted.is_empty()).unwrap_or_else(narrowing::no_posts);
    fails.then(|| RunFailure { message: none(), help: None, path: None, line: None, column: None })
}

/// What is known about the run besides its findings.
fn about(scope: &Scope, outcome: &Outcome) -> About {
    let Scope { arguments, invocation, .. } = scope;
    let passed = outcome.linted.iter().filter(|linted| linted.report.diagnostics.is_empty());
    let shown = |linted: &Linted| {
        let mut path = linted.report.path.clone();
        scope.shown(&mut path);
        path
    };
    About {
        marks_fixes: true,
        sites: sites(&outcome.linted, scope),
        fixed: if arguments.fixes.writes() { outcome.fixing.files.clone() } else { Vec::new() },
        errors: outcome.failed.iter().flat_map(failure::failures).collect(),
        warnings: outcome.warnings.clone(),
        passed: passed.map(shown).collect(),
        fail_on: arguments.fail_on().lowest(),
        repository: invocation.repository(),
        column_unit: arguments.outputs.column_unit,
        audit: None,
    }
}

/// Whether a rule across posts found something. A fix in one post changes what is said of the others.
fn has_findings_across(linted: &[Linted]) -> bool {
    linted.iter().any(|linted| {
        let is_across = |rule: &str| linted.post.rules.for_site().any(|it| *it.meta.name == *rule);
        linted.report.diagnostics.iter().any(|finding| is_across(&finding.rule))
    })
}

/// Checks the fixed posts and all others once more. Returns the effects of the baselines.
fn check_again(
    scope: &Scope,
    surroundings: &mut Surroundings,
    outcome: &mut Outcome,
    err: &mut Screen<'_>,
) -> Result<Vec<baseline::Effect>, RunError> {
    let takes = |path: &Path| scope.takes(path);
    let files = Files { quiet: true, warns: false, timing: false, ..scope.files(&takes) };
    outcome.linted = check_files(&files, surroundings, err)?.linted;
    let audits = !outcome.built.is_empty();
    baseline::hide(&scope.arguments, &scope.invocation.working_directory, &mut outcome.linted, audits)
}

/// Drops the known findings, and fixes the others if asked for. Returns the effects of the baselines.
fn hide_and_fix(
    arguments: &Check,
    working_directory: &Path,
    outcome: &mut Outcome,
) -> Result<Vec<baseline::Effect>, RunError> {
    let all = arguments.fixes.applies().then(|| fix::All::of(&outcome.linted));
    let known = baseline::hide(arguments, working_directory, &mut outcome.linted, !outcome.built.is_empty())?;
    if let Some(all) = all {
        let writes = arguments.fixes.writes() && !arguments.reads_stdin();
        let (fixing, failed) = fix::apply(&arguments.fixes, writes, &mut outcome.linted, all);
        outcome.fixing = fixing;
        outcome.failed.extend(failed);
    }
    Ok(known)
}

/// Returns an error for options that do not go together.
fn check_use(arguments: &Check) -> Result<(), RunError> {
    let fixes = &arguments.fixes;
    let asked = [
        (fixes.fix, "--fix"),
        (fixes.fix_only, "--fix-only"),
        (fixes.diff, "--diff"),
        (fixes.show_fixes, "--show-fixes"),
    ];
    let others = [
        (arguments.write_baseline, "--write-baseline"),
        (arguments.add_ignore.is_some(), "--add-ignore"),
        (arguments.statistics, "--statistics"),
    ];
    let fix = asked.into_iter().find(|(is_asked, _)| *is_asked);
    let other = others.into_iter().find(|(is_asked, _)| *is_asked);
    match (fix, other) {
        (Some((_, fix)), Some((_, other))) => Err(RunError::FixAnd { fix, other }),
        _ => Ok(()),
    }
}

/// The sites of the posts, with the number of posts in each, sorted by path.
fn sites(linted: &[Linted], scope: &Scope) -> Vec<SitePosts> {
    let mut sites: BTreeMap<(&Path, &'static str), (&LocatedSite, usize)> = BTreeMap::new();
    for site in linted.iter().filter_map(|linted| linted.post.site.as_deref()) {
        sites.entry((&site.config_folder, site.site.generator.as_str())).or_insert((site, 0)).1 += 1;
    }
    let printed = |path: &Path| match walk::printed(path, &scope.invocation.working_directory) {
        inside if Path::new(&inside).is_absolute() => scope.real(path).to_string_lossy().into_owned(),
        _ => scope.invocation.printed(path),
    };
    let site = |((path, generator), (located, posts)): ((&Path, _), (&LocatedSite, _))| {
        let [title, url] =
            [&located.site.title, &located.site.url].map(|it| it.as_ref().map(|fact| fact.value.clone()));
        SitePosts { path: printed(path), generator, posts, title, url }
    };
    sites.into_iter().map(site).collect()
}

/// The posts for which a baseline is written or pruned.
pub struct Posts<'a> {
    /// Files and folders; if empty, the working directory.
    pub paths: &'a [PathBuf],
    /// The config file from the command line.
    pub config: Option<&'a Path>,
    /// The generator from the command line.
    pub site: Option<Generator>,
    /// Whether outlines of the posts are wanted.
    pub outlines: bool,
    /// Whether nothing is said about the run.
    pub quiet: bool,
}

/// Lints posts with all rules that their config enables.
pub fn lint_all(posts: &Posts<'_>, invocation: &Invocation, err: &mut Screen<'_>) -> Result<Outcome, RunError> {
    let working_directory = &invocation.working_directory;
    let selection = Selection { outlines: posts.outlines, ..Selection::default() };
    let mut surroundings = Surroundings::new(Arc::new(Disk), working_directory, posts.site, posts.config, selection)?;
    let files = Files { quiet: posts.quiet, ..Files::of(posts.paths, working_directory, invocation.error_looks) };
    check_files(&files, &mut surroundings, err)
}

fn check_stdin(
    arguments: &cli::Check,
    working_directory: &Path,
    surroundings: &mut Surroundings,
) -> Result<Outcome, RunError> {
    let Some(path) = &arguments.stdin_filename else { return Err(RunError::StdinWithoutName) };
    if arguments.paths.len() > 1 || arguments.paths.iter().any(|path| path.as_os_str() != "-") {
        return Err(RunError::StdinAndPaths);
    }
    if arguments.write_baseline || arguments.add_ignore.is_some() {
        return Err(RunError::StdinAndWriting);
    }
    let unreadable = |error| RunError::Unreadable { path: PathBuf::from("-"), error };
    let bytes = files::read_all(io::stdin().lock(), Limit::POST).map_err(unreadable)?;
    let stdin = arguments.fixes.writes().then(|| bytes.clone());
    let is_ignored = || {
        let paths = [working_directory.join(path)];
        let named = walk::Walk { paths: &paths, root: working_directory, force_exclude: true, commands: &[] };
        Ok::<bool, RunError>(paths[0].exists() && walk::walk(&named)?.files.is_empty())
    };
    let printed = walk::printed(path, working_directory);
    if arguments.force_exclude && (is_ignored()? || surroundings.post(path, false)?.is_none()) {
        let cause = ignored::cause(path, None, true, working_directory, surroundings);
        let left_out = vec![one_line(&format!("`{printed}` is ignored{cause}")).into_owned()];
        return Ok(Outcome { left_out, stdin, ..Outcome::default() });
    }
    let post = surroundings.post(path, !arguments.force_exclude)?;
    know_rules(surroundings)?;
    let mut timings = Timings::default();
    let checked = post.map(|post| {
        let checked = Checked::of(post.setup(), Source::from_bytes(bytes), &mut timings);
        (post, checked)
    });
    let mut read: Vec<(Post, Checked)> = checked.into_iter().collect();
    let asked = across::Asked {
        cache: None,
        audits: false,
        goes_on: false,
        paths: std::slice::from_ref(path),
        files: &[],
        root: working_directory,
    };
    across::check(&mut read, surroundings, &asked)?;
    let suppressed = |(post, checked)| Linted::suppressed(post, checked, printed.clone(), Ran::Across);
    let linted: Vec<Linted> = read.into_iter().map(suppressed).collect();
    Ok(Outcome { posts: linted.len(), linted, timings, stdin, ..Outcome::default() })
}
