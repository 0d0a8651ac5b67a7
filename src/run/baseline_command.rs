//! `postlint baseline`: counts the known findings, and removes those that no longer occur.

use crate::cli::{BaselineCommand, Prune};
use crate::engine::FileReport;
use crate::files::Disk;
use crate::output::Screen;
use crate::output::visible::one_line;
use crate::project::Surroundings;
use crate::project::baselines::{Places, follow, load, path_in, read};
use crate::ruleset::Selection;
use crate::run::baseline::{
    forget_gone, group, known_by_new_names, lock, of_working_directory, paths, printed, store, summary,
};
use crate::run::check::{Posts, lint_all};
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::invocation::Invocation;
use crate::run::lint::Outcome;
use crate::run::report::tell_failed;
use crate::words::counted;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Runs `postlint baseline`.
pub fn run(
    command: &BaselineCommand,
    invocation: &Invocation,
    out: &mut Screen<'_>,
    err: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    match command {
        BaselineCommand::Show { baseline } => show(baseline.as_deref(), &invocation.working_directory, out),
        BaselineCommand::Prune(arguments) => prune(arguments, invocation, err),
    }
}

fn show(named: Option<&Path>, working_directory: &Path, out: &mut Screen<'_>) -> Result<Exit, RunError> {
    let mut places = Places::new(named);
    let mut surroundings = surroundings(working_directory, None)?;
    let file = of_working_directory(&mut places, &mut surroundings, working_directory)?;
    let file = file.ok_or(RunError::NoBaseline)?;
    let baseline = read(&file)?;
    writeln!(out, "{}: {}", printed(&file, working_directory), summary(&baseline))?;
    let rules = baseline.by_rule();
    let width = rules.keys().map(|rule| rule.len()).max().unwrap_or(0).max("rule".len());
    if !rules.is_empty() {
        writeln!(out, "\ncount  {:width$}  files", "rule")?;
    }
    let mut rows: Vec<_> = rules.into_iter().collect();
    rows.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    for (rule, (count, files)) in rows {
        writeln!(out, "{count:>5}  {:width$}  {files:>5}", one_line(rule))?;
    }
    Ok(Exit::Clean)
}

fn surroundings(working_directory: &Path, config: Option<&Path>) -> Result<Surroundings, RunError> {
    Ok(Surroundings::new(Arc::new(Disk), working_directory, None, config, Selection::default())?)
}

fn prune(arguments: &Prune, invocation: &Invocation, err: &mut Screen<'_>) -> Result<Exit, RunError> {
    let posts = Posts {
        paths: &arguments.paths,
        config: arguments.config.as_deref(),
        site: arguments.site,
        outlines: false,
        quiet: false,
    };
    let Outcome { linted, failed, .. } = lint_all(&posts, invocation, err)?;
    let mut places = Places::new(arguments.baseline.as_deref());
    let mut groups = group(&mut places, &linted);
    // Check the baseline of the working directory even if none of its posts exist anymore.
    let mut surroundings = surroundings(&invocation.working_directory, arguments.config.as_deref())?;
    if let Some(file) = of_working_directory(&mut places, &mut surroundings, &invocation.working_directory)? {
        groups.entry(file).or_default();
    }
    let mut any = false;
    for (file, posts) in groups {
        let _lock = lock(&file)?;
        let Some(mut baseline) = load(&file)? else { continue };
        any = true;
        let written = baseline.clone();
        known_by_new_names(&mut baseline, &linted, &posts);
        follow(&mut baseline, &file, paths(&linted, &posts));
        forget_gone(&mut baseline, &file, false);
        // This run reads no built pages: what an audit recorded may still be there.
        let is_of_audit = baseline.is_of_audit;
        for linted in posts.into_iter().filter_map(|at| linted.get(at)) {
            let path = path_in(&file, &linted.post.path);
            if !linted.report.has_failed() {
                let kept = |rule: &str| is_of_audit && linted.post.rules.reads_built(rule);
                baseline.prune(&path, &linted.report.source, &linted.report.diagnostics, kept);
            }
        }
        // Shared values are known to be gone only if all posts were read.
        if arguments.paths.is_empty() {
            let reports = linted.iter().map(|linted| &linted.report);
            let kept = |rule: &str| is_of_audit && linted.iter().any(|linted| linted.post.rules.reads_built(rule));
            baseline.prune_shared(reports.flat_map(FileReport::sourced), kept);
        }
        // Compare the baselines themselves: their counts may be saturated and therefore equal.
        if baseline != written {
            store(&file, &baseline)?;
        }
        let forgotten = counted(written.len() - baseline.len(), "known finding");
        writeln!(
            err,
            "{forgotten} forgotten, {}: {}",
            printed(&file, &invocation.working_directory),
            summary(&baseline)
        )?;
    }
    tell_failed(&failed, err)?;
    match (any, failed.is_empty()) {
        (false, _) => Err(RunError::NoBaseline),
        (true, true) => Ok(Exit::Clean),
        (true, false) => Ok(Exit::Wrong),
    }
}
