//! Writes findings to the files that the command line or GitHub Actions name.

use crate::cli::{Check, Target};
use crate::files::{self, Writer};
use crate::output::visible::one_line;
use crate::output::{self, Format, Looks, Run, Screen, report};
use crate::run::error::RunError;
use crate::run::invocation::Invocation;
use crate::walk;
use clap::ValueEnum;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The size of our part of a job's summary in bytes.
const SUMMARY: u64 = 900_000;

/// The size of all that a step writes to the summary, above which GitHub drops it.
const SUMMARY_OF_STEP: u64 = 1 << 20;

/// Returns an error for outputs that cannot be written. Checked before posts are, which may take long.
pub fn check(arguments: &Check) -> Result<(), RunError> {
    let outputs = &arguments.outputs;
    let on_screen = outputs.formats.iter().filter(|target| target.file.is_none()).map(|target| name(target.format));
    if let [first, second, ..] = &*on_screen.collect::<Vec<_>>() {
        return Err(RunError::TwoOnScreen { first: first.clone(), second: second.clone() });
    }
    let mut seen: Vec<PathBuf> = Vec::new();
    for Target { format, file } in &outputs.formats {
        let Some(file) = file else { continue };
        if file.as_os_str().is_empty() {
            return Err(RunError::NoOutputFile(name(*format)));
        }
        let path = files::absolute(file);
        if seen.contains(&path) {
            return Err(RunError::SameOutput(file.clone()));
        }
        seen.push(path);
    }
    let report = arguments.audited.as_ref().and_then(|audited| audited.report.as_ref());
    if let Some(report) = report.filter(|report| seen.contains(&files::absolute(report))) {
        return Err(RunError::SameOutput(report.clone()));
    }
    outputs
        .formats
        .iter()
        .filter_map(|target| target.file.as_ref())
        .chain(&outputs.summary_file)
        .chain(report)
        .try_for_each(|file| in_folder(file))
}

fn in_folder(file: &Path) -> Result<(), RunError> {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !files::is_there(folder) => {
            Err(RunError::NoOutputFolder { file: file.to_owned(), folder: folder.to_owned() })
        }
        _ => Ok(()),
    }
}

fn name(format: Format) -> String {
    format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// Writes the files, and returns the errors for those that could not be written.
pub fn write(
    arguments: &Check,
    run: &Run<'_>,
    invocation: &Invocation,
    err: &mut Screen<'_>,
) -> io::Result<Vec<RunError>> {
    let files = if arguments.fixes.hides_rest() { &[] } else { run.files };
    let looks = Looks { color: false, width: Looks::DEFAULT_WIDTH, ..run.looks };
    let run = &Run { files, looks, ..*run };
    let mut failed = write_reports(arguments, run, |_| true)?;
    match write_audit(arguments, run) {
        Ok(Some(file)) if !arguments.quiet => {
            let printed = walk::printed(file, &invocation.working_directory);
            writeln!(err, "wrote {}", one_line(&printed))?;
        }
        Ok(_) => {}
        Err(error) => failed.push(error),
    }
    if let Some(error) = write_summary(arguments, run, invocation)? {
        if arguments.outputs.summary_file.is_some() {
            failed.push(error);
        } else {
            // A container may have the variable without the file, and the command line did not ask for it.
            writeln!(err, "warning: there is no summary of the job: {}", one_line(&error.to_string()))?;
        }
    }
    Ok(failed)
}

/// Appends the summary of a job to the file of the command line, or to that of GitHub Actions. Returns the error if it
/// could not be written.
pub fn write_summary(arguments: &Check, run: &Run<'_>, invocation: &Invocation) -> io::Result<Option<RunError>> {
    let is_for_github = arguments.format(invocation.reader) == Format::Github && !arguments.fixes.hides_rest();
    let of_job = invocation.step_summary.as_ref().filter(|_| is_for_github);
    arguments.outputs.summary_file.as_ref().or(of_job).map_or(Ok(None), |file| append_summary(file, run))
}

/// Writes the files of the `wanted` formats, and returns the errors for those that could not be written.
pub fn write_reports(arguments: &Check, run: &Run<'_>, wanted: impl Fn(Format) -> bool) -> io::Result<Vec<RunError>> {
    let mut failed = Vec::new();
    for Target { format, file } in arguments.outputs.formats.iter().filter(|target| wanted(target.format)) {
        let Some(file) = file else { continue };
        let text = Screen::text(|out| output::write_every(*format, run, out))?;
        if let Err(error) = Writer::default().replace(file, text.as_bytes()) {
            failed.push(RunError::Unwritable { path: file.clone(), error });
        }
    }
    Ok(failed)
}

/// Writes the report of an audit, if one is asked for. Returns its file.
fn write_audit<'a>(arguments: &'a Check, run: &Run<'_>) -> Result<Option<&'a PathBuf>, RunError> {
    let file = arguments.audited.as_ref().and_then(|audited| audited.report.as_ref());
    let Some((file, audit)) = file.zip(run.about.audit.as_ref()) else { return Ok(None) };
    let html = report::html(audit).map_err(RunError::Report)?;
    let unwritable = |error| RunError::Unwritable { path: file.clone(), error };
    Writer::default().replace(file, html.as_bytes()).map_err(unwritable)?;
    Ok(Some(file))
}

fn append_summary(file: &Path, run: &Run<'_>) -> io::Result<Option<RunError>> {
    // Other commands of the step may have written to it.
    let written = fs::metadata(file).map_or(0, |metadata| metadata.len());
    let budget = SUMMARY.min(SUMMARY_OF_STEP.saturating_sub(written));
    let summary = output::step_summary(run, usize::try_from(budget).unwrap_or(usize::MAX))?;
    let appended = files::append(file, summary.as_bytes());
    Ok(appended.err().map(|error| RunError::Unwritable { path: file.to_owned(), error }))
}
