//! Writes findings as a [Code Quality report], which GitLab shows in merge requests.
//!
//! [Code Quality report]: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format

use crate::diagnostic::{Diagnostic, Level};
use crate::engine::FileReport;
use crate::output::fingerprint::Fingerprints;
use crate::output::{Run, Screen};
use serde::Serialize;
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
    path: &'a str,
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
    out.write_all(if separator == b"[\n" { b"[]\n" } else { b"\n]\n" })
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
        location: Location { path, lines: Lines { begin, end } },
    }
}
