//! Writes findings for programs. The flat fields are those that editors expect (`ruleId`, `line`, `endColumn`, …);
//! `span` has both ends in every unit that editors use.

use crate::diagnostic::{Diagnostic, Fix, Label};
use crate::edit::Edit;
use crate::engine::{FileReport, RuleInfo};
use crate::output::fingerprint::Fingerprints;
use crate::output::{Run, Screen};
use crate::source::{Position, Span};
use serde::Serialize;
use std::io::{self, Write};

/// Writes one array, which is `[]` if there are no findings.
pub(super) fn write_array(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    out.write_all(b"[")?;
    let mut separator: &[u8] = b"\n";
    each_record(run, |record| {
        out.write_all(separator)?;
        separator = b",\n";
        out.json(record)
    })?;
    out.write_all(if separator == b"\n" { b"]\n" } else { b"\n]\n" })
}

/// Writes one object per line.
pub(super) fn write_lines(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    each_record(run, |record| {
        out.json(record)?;
        out.write_all(b"\n")
    })
}

fn each_record(run: &Run<'_>, mut write: impl FnMut(&Record<'_>) -> io::Result<()>) -> io::Result<()> {
    for file in run.files {
        let mut fingerprints = Fingerprints::default();
        for finding in &file.diagnostics {
            let fingerprint = fingerprints.next(file, finding);
            write(&record(file, finding, run.rules.get(&*finding.rule), fingerprint))?;
        }
    }
    Ok(())
}

/// One finding. Lines and columns count from 1, columns in characters; ends are exclusive.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    rule_id: &'a str,
    level: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    authority: &'static str,
    path: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    span: SpanRecord,
    related: Vec<RelatedRecord<'a>>,
    fix: Option<FixRecord<'a>>,
    fingerprint: String,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct SpanRecord {
    start: PositionRecord,
    end: PositionRecord,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PositionRecord {
    byte: u32,
    line: u32,
    column: u32,
    column_utf16: u32,
    column_byte: u32,
}

#[derive(Serialize)]
struct RelatedRecord<'a> {
    message: &'a str,
    path: &'a str,
    span: SpanRecord,
}

#[derive(Serialize)]
struct FixRecord<'a> {
    title: &'a str,
    safety: &'static str,
    edits: Vec<EditRecord<'a>>,
}

#[derive(Serialize)]
struct EditRecord<'a> {
    span: SpanRecord,
    text: &'a str,
}

fn record<'a>(
    file: &'a FileReport,
    finding: &'a Diagnostic,
    rule: Option<&'a RuleInfo>,
    fingerprint: String,
) -> Record<'a> {
    let span = span_record(file, finding.label.span);
    Record {
        rule_id: &finding.rule,
        level: finding.level.as_str(),
        message: &finding.message,
        help: finding.help.as_deref(),
        authority: finding.authority.as_str(),
        path: &file.path,
        line: span.start.line,
        column: span.start.column,
        end_line: span.end.line,
        end_column: span.end.column,
        span,
        related: finding.related.iter().map(|label| related_record(file, label)).collect(),
        fix: finding.fix.as_ref().map(|fix| fix_record(file, fix)),
        fingerprint,
        url: rule.map(|rule| rule.url.as_str()).filter(|url| !url.is_empty()),
    }
}

fn related_record<'a>(file: &'a FileReport, label: &'a Label) -> RelatedRecord<'a> {
    RelatedRecord { message: &label.message, path: &file.path, span: span_record(file, label.span) }
}

fn fix_record<'a>(file: &FileReport, fix: &'a Fix) -> FixRecord<'a> {
    let edit_record = |edit: &'a Edit| EditRecord { span: span_record(file, edit.span), text: &edit.text };
    FixRecord { title: &fix.title, safety: fix.safety.as_str(), edits: fix.edits().iter().map(edit_record).collect() }
}

fn span_record(file: &FileReport, span: Span) -> SpanRecord {
    SpanRecord {
        start: position_record(file.source.position(span.start)),
        end: position_record(file.source.position(span.end)),
    }
}

fn position_record(position: Position) -> PositionRecord {
    let Position { byte, line, column, column_utf16, column_byte } = position;
    PositionRecord { byte, line, column, column_utf16, column_byte }
}
