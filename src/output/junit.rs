//! Writes findings as the XML of JUnit, in which CI services show test results.
//!
//! There is no standard; this is what [testmoapp] collected from the services. Times are left out, so that two runs
//! write the same bytes.
//!
//! [testmoapp]: https://github.com/testmoapp/junitxml

use crate::diagnostic::Diagnostic;
use crate::engine::{FileReport, INTERNAL_ERROR};
use crate::output::{Run, RunFailure, Screen, visible, xml};
use std::io::{self, Write};

/// Writes one suite for each post, with a case for each finding. A post without findings has one case, which passes:
/// services complain about reports without cases.
pub(super) fn write(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    let about = run.about;
    let own = count(run, run.findings().map(|(_, finding)| finding));
    let tests = own.tests + about.passed.len() + about.errors.len();
    let total = Count { tests, errors: own.errors + about.errors.len(), ..own };
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"postlint\" {}>", total.attributes())?;
    if !about.errors.is_empty() {
        write_errors(&about.errors, out)?;
    }
    for file in run.files {
        write_suite(run, file, out)?;
    }
    for path in &about.passed {
        let path = xml::path(&about.repository.path(path));
        let passed = Count { tests: 1, failures: 0, errors: 0 };
        writeln!(out, "  <testsuite name=\"{path}\" {}>", passed.attributes())?;
        writeln!(out, "    <testcase name=\"postlint\" classname=\"{path}\" file=\"{path}\"/>\n  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

/// The numbers that a suite begins with.
struct Count {
    tests: usize,
    failures: usize,
    errors: usize,
}

impl Count {
    fn attributes(&self) -> String {
        format!("tests=\"{}\" failures=\"{}\" errors=\"{}\"", self.tests, self.failures, self.errors)
    }
}

fn count<'a>(run: &Run<'_>, findings: impl Iterator<Item = &'a Diagnostic>) -> Count {
    let mut count = Count { tests: 0, failures: 0, errors: 0 };
    for finding in findings {
        count.tests += 1;
        match outcome(run, finding) {
            "error" => count.errors += 1,
            "failure" => count.failures += 1,
            _ => {}
        }
    }
    count
}

/// The element in which a finding is told. Findings that do not fail the run do not fail their case either.
fn outcome(run: &Run<'_>, finding: &Diagnostic) -> &'static str {
    if &*finding.rule == INTERNAL_ERROR {
        "error"
    } else if run.about.fail_on.is_some_and(|level| finding.level >= level) {
        "failure"
    } else {
        "system-out"
    }
}

fn write_suite(run: &Run<'_>, file: &FileReport, out: &mut Screen<'_>) -> io::Result<()> {
    let path = xml::path(&run.path_of(file));
    let count = count(run, file.diagnostics.iter());
    writeln!(out, "  <testsuite name=\"{path}\" {}>", count.attributes())?;
    for finding in &file.diagnostics {
        let start = file.source.position(finding.label.span.start);
        let (rule, message) = (xml::escaped(&finding.rule), xml::escaped(&finding.message));
        let (line, column, level) = (start.line, start.column, finding.level.as_str());
        write!(out, "    <testcase name=\"{rule} ({line}:{column})\" classname=\"{path}\" file=\"{path}\" ")?;
        writeln!(out, "line=\"{line}\">")?;
        let outcome = outcome(run, finding);
        let attributes =
            if outcome == "system-out" { String::new() } else { format!(" type=\"{level}\" message=\"{message}\"") };
        let place = xml::escaped(&run.place_in_repository(file, finding.label.span));
        write!(out, "      <{outcome}{attributes}>{place}: {level}[{rule}] {message}")?;
        if let Some(help) = &finding.help {
            write!(out, "\nhelp: {}", xml::escaped(help))?;
        }
        writeln!(out, "</{outcome}>\n    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}

/// Writes the errors of the run as a suite.
fn write_errors(errors: &[RunFailure], out: &mut Screen<'_>) -> io::Result<()> {
    let count = Count { tests: errors.len(), failures: 0, errors: errors.len() };
    writeln!(out, "  <testsuite name=\"postlint\" {}>", count.attributes())?;
    for error in errors {
        let message = xml::escaped(&error.message);
        let about = xml::escaped(&visible::path(error.path.as_deref().unwrap_or("postlint")));
        writeln!(out, "    <testcase name=\"{about}\" classname=\"postlint\">")?;
        writeln!(out, "      <error type=\"error\" message=\"{message}\"/>\n    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}
