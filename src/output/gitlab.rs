//! Writes findings as a [Code Quality report], which GitLab shows in merge requests.
//!
//! [Code Quality report]: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format

use crate::diagnostic::{Diagnostic, Level};
use crate::engine::FileReport;
use crate::output::fingerprint::Fingerprints;
use crate::output::{RUN_ERROR, Run, RunFailure, Screen};
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: Cow<'a, str>,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes one array. GitLab tells new findings from known ones by their fingerprints alone, which must differ.
pub(super) fn write(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    let mut fingerprints = Fingerprints::default();
    let mut separator: &[u8] = b"[\n";
    for file in run.files {
        let path = run.path_of(file);
        for finding in &file.diagnostics {
            out.write_all(separator)?;
            separator = b",\n";
            out.json(&issue(file, &path, finding, fingerprints.next(file, &path, finding)))?;
        }
    }
    for error in &run.about.errors {
        out.write_all(separator)?;
        separator = b",\n";
        out.json(&issue_of_error(run, error))?;
    }
    out.write_all(if separator == b"[\n" { b"[]\n" } else { b"\n]\n" })
}

/// An error of the run. GitLab requires a path.
fn issue_of_error(run: &Run<'_>, error: &RunFailure) -> Issue<'static> {
    let path = run.path_of_error(error).into_owned();
    let line = error.line.unwrap_or(1);
    let fingerprint = blake3::hash(format!("{RUN_ERROR}\0{path}\0{}", error.message).as_bytes());
    Issue {
        description: format!("{RUN_ERROR}: {}", error.message),
        check_name: RUN_ERROR,
        fingerprint: fingerprint.to_hex().get(..16).unwrap_or_default().to_owned(),
        severity: "blocker",
        location: Location { path: Cow::Owned(path), lines: Lines { begin: line, end: line } },
    }
}

fn issue<'a>(file: &FileReport, path: &'a str, finding: &'a Diagnostic, fingerprint: String) -> Issue<'a> {
    let span = finding.label.span;
    let [begin, end] = [span.start, span.end.saturating_sub(1).max(span.start)].map(|at| file.source.line_of(at));
    Issue {
        description: format!("{}: {}", finding.rule, finding.message),
        check_name: &finding.rule,
        fingerprint,
        severity: match finding.level {
            Level::Error => "major",
            Level::Warn => "minor",
            Level::Info => "info",
        },
        location: Location { path: Cow::Borrowed(path), lines: Lines { begin, end } },
    }
}
