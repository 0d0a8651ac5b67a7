//! Writes findings as [workflow commands] of GitHub Actions, which shows them next to the changed lines.
//!
//! [workflow commands]: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands

use crate::diagnostic::{Diagnostic, Level};
use crate::engine::FileReport;
use crate::output::{Run, Screen, concise, elsewhere, place};
use std::fmt::Write as _;
use std::io;

/// Writes one annotation for each finding, then all findings again as a folded group: GitHub keeps only the first 10 of
/// each level in a step (actions/toolkit, `docs/problem-matchers.md`), which is also why they are sorted by level,
/// worst first.
pub(super) fn write(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    for level in [Level::Error, Level::Warn, Level::Info] {
        for (file, finding) in run.findings().filter(|(_, finding)| finding.level == level) {
            out.command(&command(file, finding))?;
        }
    }
    if run.files.is_empty() {
        return Ok(());
    }
    out.command("::group::postlint")?;
    concise::write(run, out)?;
    out.command("::endgroup::")
}

fn command(file: &FileReport, finding: &Diagnostic) -> String {
    let word = match finding.level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Info => "notice",
    };
    let start = file.source.position(finding.label.span.start);
    let end = file.source.position(finding.label.span.end);
    let mut command = format!("::{word} file={},line={},endLine={}", property(&file.path), start.line, end.line);
    // GitHub rejects columns on an annotation of several lines.
    if start.line == end.line {
        let _ = write!(command, ",col={},endColumn={}", start.column, end.column);
    }
    let title = format!("postlint ({})", finding.rule);
    let _ = write!(command, ",title={}::{}", property(&title), data(&text(file, finding)));
    command
}

/// The text of an annotation. It repeats the position, because the raw log shows only this text.
fn text(file: &FileReport, finding: &Diagnostic) -> String {
    let mut text = format!("{}: {}", place(file, finding.label.span), finding.message);
    for label in finding.related.iter().filter(|label| !label.message.is_empty()) {
        let _ = write!(text, "\n  {}: {}", place(file, label.span), label.message);
    }
    for place in finding.elsewhere.iter().filter_map(elsewhere) {
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
