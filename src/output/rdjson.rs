//! Writes findings in the [diagnostic format of reviewdog], which comments on changes with them. Its columns are bytes of
//! UTF-8 and its ends exclusive. Paths are those from the working folder, where reviewdog is run too.
//!
//! [diagnostic format of reviewdog]: https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto

use crate::diagnostic::{Diagnostic, Elsewhere, Fix, Label, Level};
use crate::edit::Edit;
use crate::engine::FileReport;
use crate::output::{RUN_ERROR, Run, RunFailure, Screen};
use crate::source::{Position, Source, Span};
use serde::Serialize;
use std::io::{self, Write};

/// The largest text that is suggested, in bytes. A fix whose edits are farther apart would repeat much of the post, and is
/// shown by no forge.
const LONGEST_SUGGESTION: u32 = 16 * 1024;

/// The program that found it.
const SOURCE: Tool = Tool { name: env!("CARGO_PKG_NAME"), url: env!("CARGO_PKG_REPOSITORY") };

#[derive(Clone, Copy, Serialize)]
struct Tool {
    name: &'static str,
    url: &'static str,
}

#[derive(Serialize)]
struct Record<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Tool>,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<RelatedLocation<'a>>,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Place>,
}

#[derive(Serialize)]
struct Place {
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct RelatedLocation<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    message: &'a str,
    location: Location<'a>,
}

/// Writes `rdjson`: one object with all findings.
pub(super) fn write(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    out.write_all(b"{\"source\": ")?;
    out.json(&SOURCE)?;
    out.write_all(b",\n\"diagnostics\": [")?;
    let mut separator: &[u8] = b"\n";
    each_record(run, None, |record| {
        out.write_all(separator)?;
        separator = b",\n";
        out.json(&record)
    })?;
    out.write_all(if separator == b"\n" { b"]}\n" } else { b"\n]}\n" })
}

/// Writes `rdjsonl`: one object a line, each with its source.
pub(super) fn write_lines(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    each_record(run, Some(SOURCE), |record| {
        out.json(&record)?;
        out.write_all(b"\n")
    })
}

/// Calls `write` with a record for each finding, and for each error of the run.
fn each_record(
    run: &Run<'_>,
    source: Option<Tool>,
    mut write: impl FnMut(Record<'_>) -> io::Result<()>,
) -> io::Result<()> {
    for (file, finding) in run.findings() {
        let url = run.rules.get(&*finding.rule).map(|rule| rule.url.as_str()).filter(|url| !url.is_empty());
        write(Record {
            message: with_help(&finding.message, finding.help.as_deref()),
            location: location(file, finding.label.span),
            severity: severity(finding.level),
            source,
            code: Code { value: &finding.rule, url },
            suggestions: finding.fix.iter().filter_map(|fix| suggestion(&file.source, fix)).collect(),
            related_locations: related_locations(file, finding),
        })?;
    }
    run.about.errors.iter().try_for_each(|error| write(record_of_error(error, source)))
}

/// An error of the run. The format demands a path.
fn record_of_error(error: &RunFailure, source: Option<Tool>) -> Record<'_> {
    // The column of a mistake counts characters, not bytes: only the line is certain.
    let range = error.line.map(|line| Range { start: Place { line, column: None }, end: None });
    Record {
        message: with_help(&error.message, error.help.as_deref()),
        location: Location { path: error.path.as_deref().unwrap_or("."), range },
        severity: severity(Level::Error),
        source,
        code: Code { value: RUN_ERROR, url: None },
        suggestions: Vec::new(),
        related_locations: Vec::new(),
    }
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "ERROR",
        Level::Warn => "WARNING",
        Level::Info => "INFO",
    }
}

/// The text of a comment.
fn with_help(message: &str, help: Option<&str>) -> String {
    help.map_or_else(|| message.to_owned(), |help| format!("{message}\nhelp: {help}"))
}

fn location(file: &FileReport, span: Span) -> Location<'_> {
    Location { path: &file.path, range: Some(range_of(&file.source, span)) }
}

fn range_of(source: &Source, span: Span) -> Range {
    range([source.position(span.start), source.position(span.end)])
}

fn range([start, end]: [Position; 2]) -> Range {
    let place = |position: Position| Place { line: position.line, column: Some(position.column_byte) };
    Range { start: place(start), end: Some(place(end)) }
}

fn related_locations<'a>(file: &'a FileReport, finding: &'a Diagnostic) -> Vec<RelatedLocation<'a>> {
    let here = |label: &'a Label| RelatedLocation { message: &label.message, location: location(file, label.span) };
    let there = |place: &'a Elsewhere| {
        let location = Location { path: &place.path, range: Some(range(place.ends?)) };
        Some(RelatedLocation { message: &place.message, location })
    };
    finding.related.iter().map(here).chain(finding.elsewhere.iter().filter_map(there)).collect()
}

/// The fix as one replacement, because a reader accepts each suggestion for itself, while the edits of a fix belong
/// together. `None` if the replacement would be too long.
fn suggestion(source: &Source, fix: &Fix) -> Option<Suggestion> {
    let (first, last) = (fix.edits().first()?, fix.edits().last()?);
    let span = first.span.join(last.span);
    let inserted: usize = fix.edits().iter().map(|edit| edit.text.len()).sum();
    if span.len() as usize + inserted > LONGEST_SUGGESTION as usize {
        return None;
    }
    let mut text = String::new();
    let mut done = span.start;
    for Edit { span: replaced, text: new } in fix.edits() {
        text.push_str(source.slice(Span::new(done, replaced.start)));
        text.push_str(new);
        done = replaced.end;
    }
    Some(Suggestion { range: range_of(source, span), text })
}
