//! `postlint check`: finds the posts, lints them on all cores, and writes the findings sorted by path.

use crate::cli::{self, Check, SUBCOMMANDS};
use crate::engine::{Checked, FileReport, RuleInfo};
use crate::files::{self, Disk, Limit, ReadError};
use crate::output::visible::one_line;
use crate::output::{About, Run, Screen, SitePosts, site};
use crate::place::dialect::Generator;
use crate::project::{Post, Surroundings, misplaced_configs};
use crate::ruleset::Selection;
use crate::run::built::without_built;
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::invocation::Invocation;
use crate::run::linted::{Linted, keep_one_of_each_template};
use crate::run::read::check_file;
use crate::run::report::{Report, tell_failed};
use crate::run::rule_infos::rule_infos;
use crate::run::timing::Timings;
use crate::run::{across, add_ignore, baseline, failure, fix, narrowing, outputs};
use crate::source::Source;
use crate::walk::{self, Walk};
use ignore::gitignore::Gitignore;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Time after which a progress bar is shown.
const PROGRESS_AFTER: Duration = Duration::from_secs(1);

/// Number of findings above which a run without a baseline prints how to see only new ones.
const MANY: usize = 100;

/// The result of linting.
#[derive(Default)]
struct Outcome {
    linted: Vec<Linted>,
    /// The errors for files that could not be read or written.
    failed: Vec<RunError>,
    /// Number of posts that were read.
    posts: usize,
    /// The files passed by name that are not checked, each with the reason.
    left_out: Vec<String>,
    /// The effects of the baselines.
    known: Vec<baseline::Effect>,
    /// Times of the rules; empty without `--timing`.
    timings: Timings,
    /// The fixes; empty without `--fix` or a similar option.
    fixing: fix::Fixing,
    /// The post on standard input, if it is to be fixed.
    stdin: Option<Vec<u8>>,
}

/// The files to lint.
struct Files<'a> {
    paths: &'a [PathBuf],
    /// Lines of a `.gitignore` file.
    exclude: &'a [String],
    working_directory: &'a Path,
    force_exclude: bool,
    quiet: bool,
    timing: bool,
}

impl<'a> Files<'a> {
    fn asked(arguments: &'a Check, working_directory: &'a Path) -> Self {
        let Check { paths, exclude, force_exclude, quiet, timing, .. } = arguments;
        let (force_exclude, quiet, timing) = (*force_exclude, *quiet, *timing);
        Files { paths, exclude, working_directory, force_exclude, quiet, timing }
    }
}

/// The posts to check.
struct Found {
    posts: Vec<Post>,
    walked: walk::Found,
}

/// Runs the command.
pub fn check(
    arguments: &cli::Check,
    invocation: &Invocation,
    out: &mut Screen<'_>,
    err: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let start = Instant::now();
    check_use(arguments)?;
    outputs::check(&arguments.outputs)?;
    let working_directory = &invocation.working_directory;
    let mut surroundings = surroundings(arguments, working_directory)?;
    let mut outcome = if arguments.reads_stdin() {
        check_stdin(arguments, working_directory, &mut surroundings)?
    } else {
        let files = Files::asked(arguments, working_directory);
        if arguments.show_files {
            let posts = posts(&files, &mut surroundings)?.posts;
            narrowing::list(&posts, working_directory, out)?;
            let fails = posts.is_empty() && arguments.error_on_no_files;
            return Ok(if fails { Exit::Wrong } else { Exit::Clean });
        }
        check_files(&files, &mut surroundings, err)?
    };
    if arguments.write_baseline {
        tell_failed(&outcome.failed, err)?;
        let narrowed = !arguments.select.is_empty() || !arguments.ignore.is_empty();
        let exit = baseline::write(arguments.baseline.as_deref(), narrowed, working_directory, &outcome.linted, err)?;
        return Ok(if outcome.failed.is_empty() { exit } else { Exit::Wrong });
    }
    let is_across = arguments.fixes.writes() && !arguments.reads_stdin() && has_findings_across(&outcome.linted);
    outcome.known = hide_and_fix(arguments, working_directory, &mut outcome)?;
    if is_across && outcome.fixing.is_any() {
        outcome.known = check_again(arguments, &mut surroundings, working_directory, &mut outcome, err)?;
    }
    if let Some(reason) = &arguments.add_ignore {
        outcome.failed.extend(add_ignore::add(&mut outcome.linted, reason, err)?);
    }
    keep_one_of_each_template(&mut outcome.linted);
    let rules = rule_infos(surroundings.catalogs());
    report(arguments, invocation, (outcome, start), &rules, out, err)
}

/// The posts' surroundings, as the command line limits them.
fn surroundings(arguments: &Check, working_directory: &Path) -> Result<Surroundings, RunError> {
    let selection = Selection {
        select: arguments.select.clone(),
        extend_select: arguments.extend_select.clone(),
        ignore: arguments.ignore.clone(),
        preset: arguments.preset,
    };
    let config = arguments.config.as_deref();
    let surroundings = Surroundings::new(Arc::new(Disk), working_directory, arguments.site, config, selection)?;
    Ok(if arguments.isolated { surroundings.isolated() } else { surroundings })
}

/// Writes all that came of a run that began at `start`.
fn report(
    arguments: &Check,
    invocation: &Invocation,
    (mut outcome, start): (Outcome, Instant),
    rules: &BTreeMap<String, RuleInfo>,
    out: &mut Screen<'_>,
    err: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let about = about(arguments, invocation, &outcome);
    let linted = std::mem::take(&mut outcome.linted).into_iter();
    let files: Vec<FileReport> =
        linted.map(|linted| linted.report).filter(|report| !report.diagnostics.is_empty()).collect();
    let (elapsed, looks) = (start.elapsed(), invocation.looks);
    let run = Run { files: &files, rules, posts: outcome.posts, elapsed, looks, about: &about };
    let format = arguments.format(invocation.in_github_actions);
    outcome.failed.extend(outputs::write(arguments, &run, invocation, err)?);
    let Outcome { fixing, failed, left_out, known, .. } = &outcome;
    let report = Report { arguments, format, run: &run, fixing, failed, left_out };
    report.write(outcome.stdin.as_deref(), invocation.error_looks, out, err)?;
    if arguments.timing {
        outcome.timings.write(err)?;
    }
    report.write_rest(err)?;
    if report.is_summed_up() {
        baseline::tell(known, err)?;
        if known.is_empty() && run.findings().count() > MANY {
            writeln!(err, "to see only new findings from now on: postlint --write-baseline")?;
        }
    }
    Ok(report.exit())
}

/// What is known about the run besides its findings.
fn about(arguments: &Check, invocation: &Invocation, outcome: &Outcome) -> About {
    let passed = outcome.linted.iter().filter(|linted| linted.report.diagnostics.is_empty());
    About {
        marks_fixes: true,
        sites: sites(&outcome.linted, invocation),
        fixed: if arguments.fixes.writes() { outcome.fixing.files.clone() } else { Vec::new() },
        errors: outcome.failed.iter().flat_map(failure::failures).collect(),
        passed: passed.map(|linted| linted.report.path.clone()).collect(),
        fail_on: arguments.fail_on.lowest(),
        repository: invocation.repository(),
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
    arguments: &Check,
    surroundings: &mut Surroundings,
    working_directory: &Path,
    outcome: &mut Outcome,
    err: &mut Screen<'_>,
) -> Result<Vec<baseline::Effect>, RunError> {
    let files = Files { quiet: true, timing: false, ..Files::asked(arguments, working_directory) };
    outcome.linted = check_files(&files, surroundings, err)?.linted;
    baseline::hide(arguments, working_directory, &mut outcome.linted)
}

/// Drops the known findings, and fixes the others if asked for. Returns the effects of the baselines.
fn hide_and_fix(
    arguments: &Check,
    working_directory: &Path,
    outcome: &mut Outcome,
) -> Result<Vec<baseline::Effect>, RunError> {
    let all = arguments.fixes.applies().then(|| fix::All::of(&outcome.linted));
    let known = baseline::hide(arguments, working_directory, &mut outcome.linted)?;
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
fn sites(linted: &[Linted], invocation: &Invocation) -> Vec<SitePosts> {
    let mut sites: BTreeMap<(&Path, &'static str), usize> = BTreeMap::new();
    for site in linted.iter().filter_map(|linted| linted.post.site.as_deref()) {
        *sites.entry((&site.config_folder, site.site.generator.as_str())).or_default() += 1;
    }
    let site = |((path, generator), posts)| SitePosts { path: invocation.printed(path), generator, posts };
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
}

/// Lints posts with all rules that their config enables. Also returns errors for files that could not be read.
pub fn lint_all(
    posts: &Posts<'_>,
    invocation: &Invocation,
    err: &mut Screen<'_>,
) -> Result<(Vec<Linted>, Vec<RunError>), RunError> {
    let working_directory = &invocation.working_directory;
    let mut surroundings =
        Surroundings::new(Arc::new(Disk), working_directory, posts.site, posts.config, Selection::default())?;
    let (paths, exclude) = (posts.paths, &[]);
    let files = Files { paths, exclude, working_directory, force_exclude: false, quiet: false, timing: false };
    let outcome = check_files(&files, &mut surroundings, err)?;
    Ok((outcome.linted, outcome.failed))
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
    let post = surroundings.post(path, !arguments.force_exclude)?;
    know_rules(surroundings)?;
    let printed = walk::printed(path, working_directory);
    let mut timings = Timings::default();
    let checked = post.map(|post| {
        let checked = Checked::of(post.setup(), Source::from_bytes(bytes), &mut timings);
        (post, checked)
    });
    let mut read: Vec<(Post, Checked)> = checked.into_iter().collect();
    let asked = across::Asked { paths: std::slice::from_ref(path), files: &[], root: working_directory };
    across::check(&mut read, surroundings, &asked)?;
    let suppressed = |(post, checked)| Linted::suppressed(post, checked, printed.clone());
    let linted: Vec<Linted> = read.into_iter().map(suppressed).collect();
    Ok(Outcome { posts: linted.len(), linted, timings, stdin, ..Outcome::default() })
}

fn posts(arguments: &Files<'_>, surroundings: &mut Surroundings) -> Result<Found, RunError> {
    let Files { paths, working_directory: root, force_exclude, .. } = *arguments;
    let walked = walk::walk(&Walk { paths, root, force_exclude, commands: &SUBCOMMANDS })?;
    let excluded = narrowing::excluded(arguments.exclude, root)?;
    let mut posts = Vec::with_capacity(walked.files.len());
    for path in &walked.files {
        let is_named = walked.named.contains(path) && !force_exclude;
        let is_below = || files::absolute(path).starts_with(root);
        if !is_named && !excluded.is_empty() && is_below() && is_excluded(&excluded, path) {
            continue;
        }
        posts.extend(surroundings.post(path, is_named)?);
    }
    know_rules(surroundings)?;
    Ok(Found { posts, walked })
}

fn is_excluded(excluded: &Gitignore, path: &Path) -> bool {
    excluded.matched_path_or_any_parents(files::absolute(path), false).is_ignore()
}

fn check_files(
    arguments: &Files<'_>,
    surroundings: &mut Surroundings,
    err: &mut Screen<'_>,
) -> Result<Outcome, RunError> {
    let root = arguments.working_directory;
    let Found { posts, walked: found } = posts(arguments, surroundings)?;
    let left_out = narrowing::left_out(arguments.paths, &posts, root);
    if !arguments.quiet {
        announce_site(&posts, err)?;
        warn_of_broken_sites(&posts, root, err)?;
        warn_of_misplaced_configs(root, err)?;
    }
    let progress = Progress::new(posts.len() as u64, arguments.quiet);
    let checked: Vec<_> = posts
        .par_iter()
        .map(|post| {
            let checked = check_one(post, arguments.timing);
            progress.step();
            checked.map_err(|error| RunError::Unreadable { path: post.path.clone(), error })
        })
        .collect();
    progress.finish();
    let unsearched = found.unreadable.into_iter().map(RunError::from);
    let mut outcome = Outcome { failed: unsearched.collect(), left_out, ..Outcome::default() };
    let mut read = Vec::with_capacity(posts.len());
    for (post, checked) in posts.into_iter().zip(checked) {
        match checked {
            Ok((checked, timings)) => {
                read.push((post, checked));
                outcome.timings.add(&timings);
            }
            Err(error) => outcome.failed.push(error),
        }
    }
    let mut read = without_built(read, &found.named, root, arguments.quiet, err)?;
    let asked = across::Asked { paths: arguments.paths, files: &found.files, root };
    let across = across::check(&mut read, surroundings, &asked)?;
    if !arguments.quiet {
        across.announce(err)?;
    }
    outcome.posts = read.len();
    let suppress = |(post, checked): (Post, Checked)| {
        let printed = walk::printed(&post.path, root);
        Linted::suppressed(post, checked, printed)
    };
    outcome.linted = across.files;
    outcome.linted.par_extend(read.into_par_iter().map(suppress));
    Ok(outcome)
}

/// Checks one post, measuring each rule only if requested.
fn check_one(post: &Post, timing: bool) -> Result<(Checked, Timings), ReadError> {
    let mut timings = Timings::default();
    let checked = if timing { check_file(post, &mut timings) } else { check_file(post, &mut ()) };
    Ok((checked?, timings))
}

/// Checks the names in `--select` and `--ignore` after the posts have been found, because the known rules depend on
/// where the posts are.
fn know_rules(surroundings: &mut Surroundings) -> Result<(), RunError> {
    match surroundings.unknown_rule()? {
        Some(unknown) => Err(RunError::UnknownRule { name: unknown.name, suggestion: unknown.suggestion }),
        None => Ok(()),
    }
}

/// Warns once about each site's config that does not parse. The mistake itself is left to its generator.
fn warn_of_broken_sites(posts: &[Post], working_directory: &Path, err: &mut Screen<'_>) -> io::Result<()> {
    let broken = posts.iter().filter_map(|post| {
        let site = post.site.as_deref()?;
        Some(site.config_folder.join(&*site.site.broken.as_ref()?.file))
    });
    let broken: BTreeSet<PathBuf> = broken.collect();
    broken.iter().try_for_each(|path| {
        let printed = walk::printed(path, working_directory);
        writeln!(err, "warning: cannot parse `{}`: its settings are not known", one_line(&printed))
    })
}

/// Warns about files that look like config files and are not read.
fn warn_of_misplaced_configs(working_directory: &Path, err: &mut Screen<'_>) -> io::Result<()> {
    misplaced_configs(&Disk, working_directory).iter().try_for_each(|path| {
        let printed = walk::printed(path, working_directory);
        writeln!(err, "warning: `{}` is not read: the config file is `postlint.yml`", one_line(&printed))
    })
}

/// Prints once how the posts are parsed: `Jekyll site, 214 posts`. Prints nothing for posts without a site or from
/// several generators.
fn announce_site(posts: &[Post], err: &mut Screen<'_>) -> io::Result<()> {
    let Some(first) = posts.first() else { return Ok(()) };
    let generator = first.place.generator;
    if generator == Generator::Plain || posts.iter().any(|post| post.place.generator != generator) {
        return Ok(());
    }
    writeln!(err, "{}", site::line(generator, posts.len()))
}

/// A progress bar on stderr, for long runs in a terminal.
struct Progress {
    bar: ProgressBar,
    start: Instant,
}

impl Progress {
    fn new(posts: u64, quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(posts), ProgressDrawTarget::hidden());
        if !quiet && io::stderr().is_terminal() {
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len} posts");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        }
        Progress { bar, start: Instant::now() }
    }

    fn step(&self) {
        self.bar.inc(1);
        let overdue = self.start.elapsed() > PROGRESS_AFTER;
        if overdue && self.bar.is_hidden() && io::stderr().is_terminal() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
