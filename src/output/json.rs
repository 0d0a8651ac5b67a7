//! Writes findings for programs. The flat fields are those that editors expect (`ruleId`, `line`, `endColumn`, …);
//! `span` has both ends in every unit that editors use.

use crate::diagnostic::{Diagnostic, Elsewhere, Fix, Label, Level, Safety};
use crate::edit::Edit;
use crate::engine::fixing::Deed;
use crate::engine::{FileReport, RuleInfo};
use crate::output::fingerprint::Fingerprints;
use crate::output::screen::Json;
use crate::output::{RUN_ERROR, Run, RunFailure, Screen, has_fix};
use crate::source::{Position, Span};
use rayon::prelude::*;
use serde::Serialize;
use std::io::{self, Write};

/// The version of the report, which is in the names of its schemas. Keys are only ever added to it.
pub(super) const VERSION: u32 = 1;

/// Writes one object with everything about the run.
pub(super) fn write_report(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    let fixed = run.about.fixed.iter().flat_map(|file| file.applied.iter().map(|deed| fixed_record(&file.path, deed)));
    let fixed: Vec<FixedRecord<'_>> = fixed.collect();
    out.write_all(b"{\"version\": ")?;
    out.json(&VERSION)?;
    member("tool", &Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") }, out)?;
    member("sites", &run.about.sites, out)?;
    member("summary", &summary(run), out)?;
    out.write_all(b",\n\"findings\": ")?;
    write_array_of(run, &[], out)?;
    member("fixed", &fixed, out)?;
    member("errors", &run.about.errors, out)?;
    if let Some(audit) = &run.about.audit {
        member("audit", audit, out)?;
    }
    out.write_all(b"}\n")
}

/// Writes a further member of an object, on a line of its own.
fn member(name: &str, value: &impl Serialize, out: &mut Screen<'_>) -> io::Result<()> {
    write!(out, ",\n\"{name}\": ")?;
    out.json(value)
}

/// Writes one array, which is `[]` if there are no findings and no errors.
pub(super) fn write_array(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    write_array_of(run, &run.about.errors, out)?;
    out.write_all(b"\n")
}

fn write_array_of(run: &Run<'_>, errors: &[RunFailure], out: &mut Screen<'_>) -> io::Result<()> {
    out.write_all(b"[")?;
    let mut separator: &[u8] = b"\n";
    let mut write = |record: &Json| {
        out.write_all(separator)?;
        separator = b",\n";
        out.written_json(record)
    };
    each_record(run, &mut write)?;
    error_records(errors)?.iter().try_for_each(write)?;
    out.write_all(if separator == b"\n" { b"]" } else { b"\n]" })
}

/// Writes one object per line.
pub(super) fn write_lines(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    let mut write = |record: &Json| {
        out.written_json(record)?;
        out.write_all(b"\n")
    };
    each_record(run, &mut write)?;
    error_records(&run.about.errors)?.iter().try_for_each(write)
}

/// An error of the run among findings, in the formats that consist of these alone. Without it, a file that could not be
/// read would look like one without findings.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ErrorRecord<'a> {
    rule_id: &'static str,
    level: &'static str,
    #[serde(flatten)]
    error: &'a RunFailure,
}

fn error_records(errors: &[RunFailure]) -> io::Result<Vec<Json>> {
    let record = |error| ErrorRecord { rule_id: RUN_ERROR, level: Level::Error.as_str(), error };
    errors.iter().map(|error| Json::of(&record(error))).collect()
}

/// Number of files whose findings are kept as JSON before they are written.
const AT_ONCE: usize = 1_000;

fn each_record(run: &Run<'_>, mut write: impl FnMut(&Json) -> io::Result<()>) -> io::Result<()> {
    for files in run.files.chunks(AT_ONCE) {
        let records: Vec<Vec<Json>> = files.par_iter().map(|file| records(run, file)).collect::<io::Result<_>>()?;
        records.iter().flatten().try_for_each(&mut write)?;
    }
    Ok(())
}

fn records(run: &Run<'_>, file: &FileReport) -> io::Result<Vec<Json>> {
    let mut fingerprints = Fingerprints::default();
    // The path from the root of the repository, so that the fingerprint does not depend on the working folder.
    let path = run.path_of(file);
    let json = |finding: &Diagnostic| {
        let fingerprint = fingerprints.next(file, &path, finding);
        Json::of(&record(file, finding, run.rules.get(&*finding.rule), fingerprint))
    };
    file.diagnostics.iter().map(json).collect()
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// The totals of a run.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Summary {
    posts: usize,
    findings: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    /// Findings with a safe fix. Whether it can be applied is known only when it is.
    fixable: usize,
    unsafe_fixable: usize,
    fixed: usize,
    withheld: usize,
}

fn summary(run: &Run<'_>) -> Summary {
    let of_level = |level| run.findings().filter(|(_, finding)| finding.level == level).count();
    let with_fix = |safety| run.findings().filter(|(_, finding)| has_fix(finding, safety)).count();
    Summary {
        posts: run.posts,
        findings: run.findings().count(),
        errors: of_level(Level::Error),
        warnings: of_level(Level::Warn),
        infos: of_level(Level::Info),
        fixable: with_fix(Safety::Safe),
        unsafe_fixable: with_fix(Safety::Unsafe),
        fixed: run.about.fixed.iter().map(|file| file.applied.len()).sum(),
        withheld: run.about.fixed.iter().map(|file| file.withheld.len()).sum(),
    }
}

/// An applied fix.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FixedRecord<'a> {
    rule_id: &'a str,
    path: &'a str,
    line: u32,
    title: &'a str,
    safety: &'static str,
}

fn fixed_record<'a>(path: &'a str, deed: &'a Deed) -> FixedRecord<'a> {
    FixedRecord { rule_id: &deed.rule, path, line: deed.line, title: &deed.title, safety: deed.safety.as_str() }
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
    related_total: usize,
    fix: Option<FixRecord<'a>>,
    fingerprint: String,
    url: Option<&'a str>,
    group: Option<&'a str>,
    label: &'a str,
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
    let related = related_records(file, finding);
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
        related_total: related.len() + finding.more_elsewhere,
        related,
        fix: finding.fix.as_ref().map(|fix| fix_record(file, fix)),
        fingerprint,
        url: rule.map(|rule| rule.url.as_str()).filter(|url| !url.is_empty()),
        group: rule.map(|rule| rule.group).filter(|group| !group.is_empty()),
        label: &finding.label.message,
    }
}

fn related_records<'a>(file: &'a FileReport, finding: &'a Diagnostic) -> Vec<RelatedRecord<'a>> {
    let here = |label: &'a Label| RelatedRecord {
        message: &label.message,
        path: &file.path,
        span: span_record(file, label.span),
    };
    let there = |place: &'a Elsewhere| {
        let [start, end] = place.ends?.map(position_record);
        Some(RelatedRecord { message: &place.message, path: &place.path, span: SpanRecord { start, end } })
    };
    finding.related.iter().map(here).chain(finding.elsewhere.iter().filter_map(there)).collect()
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
