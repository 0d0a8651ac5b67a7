//! Writes findings as [SARIF 2.1.0], as GitHub's code scanning and editors read it.
//!
//! [SARIF 2.1.0]: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::engine::FileReport;
use crate::output::fingerprint::Fingerprints;
use crate::output::{RUN_ERROR, Run, RunFailure, Screen, sarif_rules, uri};
use crate::source::{Position, Span};
use crate::words::thousands;
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// GitHub shows 5,000 results of a run, and chooses them by level.
const MOST_RESULTS: usize = 5000;

/// A finding, and what a list of all findings in their order is needed for.
struct Found<'a> {
    file: &'a FileReport,
    finding: &'a Diagnostic,
    fingerprint: String,
}

/// Writes a log with one run.
pub(super) fn write(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    let mut found = found(run);
    let total = found.len();
    found.truncate(MOST_RESULTS);
    let mut indexes: BTreeMap<&str, usize> = found.iter().map(|found| (&*found.finding.rule, 0)).collect();
    indexes.values_mut().enumerate().for_each(|(nth, index)| *index = nth);
    let results: Vec<Value> = found.iter().map(|found| result(run, found, indexes.get(&*found.finding.rule))).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": sarif_rules::driver(run, indexes.keys().copied()) },
            "automationDetails": { "id": "postlint/" },
            "originalUriBaseIds": { uri::ROOT: { "description": { "text": "The root of the repository." } } },
            "invocations": [invocation(run, total)],
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "results": results,
        }],
    });
    out.json(&log)?;
    writeln!(out)
}

/// The findings, those of the worst level first.
fn found<'a>(run: &Run<'a>) -> Vec<Found<'a>> {
    let mut fingerprints = Fingerprints::default();
    let mut found = Vec::new();
    for file in run.files {
        let path = run.path_of(file);
        for finding in &file.diagnostics {
            found.push(Found { file, finding, fingerprint: fingerprints.next(file, &path, finding) });
        }
    }
    found.sort_by_key(|found| Reverse(found.finding.level));
    found
}

/// How the run went: its errors, and whether findings are left out.
fn invocation(run: &Run<'_>, total: usize) -> Value {
    let notification = |id: &str, level: &str, text: String| json!({ "descriptor": { "id": id }, "level": level, "message": { "text": text } });
    let error = |error: &RunFailure| {
        let text = error.help.as_ref().map_or(error.message.clone(), |help| format!("{}\n{help}", error.message));
        notification(RUN_ERROR, "error", text)
    };
    let mut notifications: Vec<Value> = run.about.errors.iter().map(error).collect();
    if total > MOST_RESULTS {
        let (shown, total) = (thousands(MOST_RESULTS), thousands(total));
        let text = format!("This log has {shown} of {total} findings, those of the worst level first.");
        notifications.push(notification("too-many-findings", "warning", text));
    }
    let is_complete = run.about.errors.is_empty() && !run.files.iter().any(FileReport::has_failed);
    json!({ "executionSuccessful": is_complete, "toolExecutionNotifications": notifications })
}

fn result(run: &Run<'_>, found: &Found<'_>, rule: Option<&usize>) -> Value {
    let Found { file, finding, fingerprint } = found;
    let region = region_of(file, finding.label.span);
    let mut result = json!({
        "ruleId": &*finding.rule,
        "ruleIndex": rule,
        "level": level(finding.level),
        "message": { "text": message(finding) },
        "locations": [{ "physicalLocation": place(&run.path_of(file), region) }],
        "partialFingerprints": { "postlint/v1": fingerprint },
    });
    let related = related(run, file, finding);
    if !related.is_empty() {
        result["relatedLocations"] = Value::from(related);
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([fix_of(run, file, fix)]);
    }
    result
}

/// The message with links to the related locations, which viewers make of `[text](id)`.
fn message(finding: &Diagnostic) -> String {
    let here = finding.related.iter().map(|label| label.message.as_str());
    let there = finding.elsewhere.iter().filter(|place| place.ends.is_some()).map(|place| place.message.as_str());
    let link = |(nth, text): (usize, &str)| {
        let text = if text.is_empty() { "see here" } else { text };
        format!("[{}]({})", text.replace('[', "\\[").replace(']', "\\]"), nth + 1)
    };
    let links: Vec<String> = here.chain(there).enumerate().map(link).collect();
    // What a post contains must not become a link, or a part of one.
    let literal = |text: &str| {
        let has_links = !links.is_empty() || text.contains("](");
        if has_links { text.replace('[', "\\[") } else { text.to_owned() }
    };
    let mut message = literal(&finding.message);
    if !links.is_empty() {
        message.push_str(&format!(": {}", links.join(", ")));
    }
    if let Some(help) = &finding.help {
        message.push_str(&format!("\nhelp: {}", literal(help)));
    }
    message
}

fn related(run: &Run<'_>, file: &FileReport, finding: &Diagnostic) -> Vec<Value> {
    let own = run.path_of(file);
    let here = finding.related.iter().map(|label| (place(&own, region_of(file, label.span)), &label.message));
    let there = finding.elsewhere.iter().filter_map(|other| {
        let [start, end] = other.ends?;
        Some((place(&run.about.repository.path(&other.path), region(start, end)), &other.message))
    });
    let location = |(nth, (place, message)): (usize, (Value, &String))| {
        let mut location = json!({ "id": nth + 1, "physicalLocation": place });
        if !message.is_empty() {
            location["message"] = json!({ "text": message });
        }
        location
    };
    here.chain(there).enumerate().map(location).collect()
}

fn fix_of(run: &Run<'_>, file: &FileReport, fix: &Fix) -> Value {
    let replacements = fix.edits().iter().map(|edit| {
        let mut replacement = json!({ "deletedRegion": region_of(file, edit.span) });
        if !edit.text.is_empty() {
            replacement["insertedContent"] = json!({ "text": edit.text });
        }
        replacement
    });
    let replacements: Vec<Value> = replacements.collect();
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{ "artifactLocation": uri::location(&run.path_of(file)), "replacements": replacements }],
        "properties": { "safety": fix.safety.as_str() },
    })
}

fn place(path: &str, region: Value) -> Value {
    json!({ "artifactLocation": uri::location(path), "region": region })
}

fn region_of(file: &FileReport, span: Span) -> Value {
    region(file.source.position(span.start), file.source.position(span.end))
}

fn region(start: Position, end: Position) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Info => "note",
    }
}
