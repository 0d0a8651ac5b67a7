//! Errors of a run for programs: with a format that programs read, standard output is a report even if the run failed.

use crate::cli;
use crate::diagnostic::Mistake;
use crate::engine::RuleInfo;
use crate::output::{self, About, Format, Run, RunFailure, Screen};
use crate::project::{BrokenFile, ConfigError};
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::invocation::Invocation;
use crate::run::outputs;
use miette::Diagnostic as _;
use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

/// Writes the report of a run that ended with `error`, if a report is the format, and returns the error.
pub fn report(
    error: RunError,
    arguments: &cli::Check,
    invocation: &Invocation,
    out: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let format = arguments.format(invocation.reader);
    // If writing failed, a part of the report is already written.
    if matches!(error, RunError::Output(_)) {
        return Err(error);
    }
    let error = error.with_paths_below(&invocation.working_directory);
    if format.is_for_programs() {
        with_run(failures(&error), invocation, |run| match arguments.statistics {
            true => output::write_statistics(format, run, out),
            false => output::write(format, run, out),
        })?;
    }
    if outputs::check(arguments).is_ok() {
        // The error of the run is told, and not those of writing it.
        let _ = with_run(failures(&error), invocation, |run| {
            outputs::write_summary(arguments, run, invocation)?;
            outputs::write_reports(arguments, run, |format| {
                // A file with a log without results would close all alerts of code scanning.
                format.is_for_programs() && format != Format::Sarif
            })
        });
    }
    Err(error)
}

/// Writes a report of these failures alone.
pub fn write(format: Format, errors: Vec<RunFailure>, invocation: &Invocation, out: &mut Screen<'_>) -> io::Result<()> {
    with_run(errors, invocation, |run| output::write(format, run, out))
}

fn with_run<T>(errors: Vec<RunFailure>, invocation: &Invocation, write: impl FnOnce(&Run<'_>) -> T) -> T {
    let about = About { errors, repository: invocation.repository(), ..About::default() };
    let looks = invocation.looks;
    let rules: BTreeMap<String, RuleInfo> = BTreeMap::new();
    write(&Run { files: &[], rules: &rules, posts: 0, elapsed: Duration::ZERO, looks, about: &about })
}

/// The failures that an error consists of: one for each mistake in a file.
pub fn failures(error: &RunError) -> Vec<RunFailure> {
    match error {
        RunError::Config(ConfigError::Broken(files) | ConfigError::BrokenRules(files)) => {
            files.iter().flat_map(in_file).collect()
        }
        error => vec![RunFailure {
            message: error.to_string(),
            help: error.help().map(|help| help.to_string()),
            path: error.path().map(|path| path.to_string_lossy().into_owned()),
            line: None,
            column: None,
        }],
    }
}

/// The mistakes of a file.
pub fn in_file(file: &BrokenFile) -> Vec<RunFailure> {
    let failure = |mistake: &Mistake| {
        let start = file.source.position(mistake.span.start);
        RunFailure {
            message: mistake.message.clone(),
            help: mistake.help.clone(),
            path: Some(file.path.to_string_lossy().into_owned()),
            line: Some(start.line),
            column: Some(start.column),
        }
    };
    file.mistakes.iter().map(failure).collect()
}
