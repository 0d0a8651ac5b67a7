//! Writes findings as [workflow commands] of GitHub Actions, which shows them next to the changed lines.
//!
//! [workflow commands]: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands

use crate::diagnostic::{Diagnostic, Level};
use crate::engine::FileReport;
use crate::output::{Run, RunFailure, Screen, full, summary};
use crate::words::{counted, thousands};
use std::fmt::Write as _;
use std::io::{self, Write as _};

/// The number of annotations of each level that GitHub keeps of a step (actions/toolkit, `docs/problem-matchers.md`).
const MOST_OF_A_LEVEL: usize = 10;

/// Writes annotations for the first findings of each level, worst level first, then all findings as a folded group.
pub(super) fn write(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    for error in &run.about.errors {
        out.command(&command_of_failure(run, "error", error))?;
    }
    for warning in &run.about.warnings {
        out.command(&command_of_failure(run, "warning", warning))?;
    }
    for level in [Level::Error, Level::Warn, Level::Info] {
        for (file, finding) in of_level(run, level).take(MOST_OF_A_LEVEL) {
            out.command(&command(run, file, finding))?;
        }
    }
    if run.files.is_empty() {
        return Ok(());
    }
    for level in [Level::Error, Level::Warn, Level::Info] {
        let found = of_level(run, level).count();
        if found > MOST_OF_A_LEVEL {
            let (shown, word) = (thousands(MOST_OF_A_LEVEL), word(level));
            writeln!(
                out,
                "{shown} of {} are annotations, which is GitHub's limit; all are below",
                counted(found, word)
            )?;
        }
    }
    out.command(&format!("::group::postlint: {}", summary::found(run)))?;
    full::write_every(run, out)?;
    out.command("::endgroup::")
}

fn of_level<'a>(run: &Run<'a>, level: Level) -> impl Iterator<Item = (&'a FileReport, &'a Diagnostic)> + use<'a> {
    run.findings().filter(move |(_, finding)| finding.level == level)
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Info => "notice",
    }
}

/// An error or a warning of the run, at its file if it has one.
fn command_of_failure(run: &Run<'_>, word: &str, error: &RunFailure) -> String {
    let mut command = format!("::{word} ");
    if let Some(path) = &error.path {
        let _ = write!(command, "file={},", property(&run.about.repository.path(path)));
    }
    if let Some(line) = error.line {
        let _ = write!(command, "line={line},");
    }
    let help = error.help.as_ref().map_or(String::new(), |help| format!("\n  help: {help}"));
    let _ = write!(command, "title=postlint::{}{}", data(&error.message), data(&help));
    command
}

fn command(run: &Run<'_>, file: &FileReport, finding: &Diagnostic) -> String {
    let start = file.source.position(finding.label.span.start);
    let end = file.source.position(finding.label.span.end);
    let (word, path) = (word(finding.level), run.about.repository.path(&file.path));
    let mut command = format!("::{word} file={},line={},endLine={}", property(&path), start.line, end.line);
    // GitHub rejects columns on an annotation of several lines.
    if start.line == end.line {
        let _ = write!(command, ",col={},endColumn={}", start.column, end.column);
    }
    let title = format!("postlint ({})", finding.rule);
    let _ = write!(command, ",title={}::{}", property(&title), data(&text(run, file, finding)));
    command
}

/// The text of an annotation. It repeats the position, because the raw log shows only this text.
fn text(run: &Run<'_>, file: &FileReport, finding: &Diagnostic) -> String {
    let mut text = format!("{}: {}", run.place_in_repository(file, finding.label.span), finding.message);
    for label in finding.related.iter().filter(|label| !label.message.is_empty()) {
        let _ = write!(text, "\n  {}: {}", run.place_in_repository(file, label.span), label.message);
    }
    for place in finding.elsewhere.iter().filter_map(|place| run.elsewhere_in_repository(place)) {
        let _ = write!(text, "\n  {place}");
    }
    if let Some(help) = &finding.help {
        let _ = write!(text, "\n  help: {help}");
    }
    text
}

/// Escapes a message like the toolkit's `escapeData`. [`Screen`] makes all other control characters visible.
fn data(text: &str) -> String {
    escaped(text, |_| None)
}

/// Escapes a property like the toolkit's `escapeProperty`.
fn property(text: &str) -> String {
    escaped(text, |c| match c {
        ':' => Some("%3A"),
        ',' => Some("%2C"),
        _ => None,
    })
}

fn escaped(text: &str, also: impl Fn(char) -> Option<&'static str>) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        let escape = match c {
            '%' => Some("%25"),
            '\r' => Some("%0D"),
            '\n' => Some("%0A"),
            c => also(c),
        };
        match escape {
            Some(escape) => escaped.push_str(escape),
            None => escaped.push(c),
        }
    }
    escaped
}
