//! Writes findings for coding agents: all that is needed to act on a finding in one line, and nothing else.

use crate::diagnostic::{Diagnostic, Safety};
use crate::engine::FileReport;
use crate::output::{PLACES_SHOWN, Run, Screen, visible};
use crate::words::counted;
use std::fmt::Write as _;
use std::io::{self, Write as _};

/// Writes `path:line:column: level[rule] message; note: …; help: …; fix: …`, where the message is followed only by what the
/// finding has.
pub(super) fn write(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    let new = run.new_findings();
    run.findings().try_for_each(|(file, finding)| writeln!(out, "{}", line(run, file, finding, new.mark(finding))))
}

fn line(run: &Run<'_>, file: &FileReport, finding: &Diagnostic, mark: &str) -> String {
    let place = run.place(file, finding.label.span);
    let message = visible::one_line(&finding.message);
    let mut line = format!("{place}: {}[{}]{mark} {message}", finding.level.as_str(), finding.rule);
    // What else is in this file can be read there.
    let elsewhere = || finding.elsewhere.iter().filter_map(|place| run.elsewhere(place));
    for place in elsewhere().take(PLACES_SHOWN) {
        let _ = write!(line, "; note: {place}");
    }
    let more = elsewhere().count().saturating_sub(PLACES_SHOWN) + finding.more_elsewhere;
    if more > 0 {
        let _ = write!(line, "; note: and {}", counted(more, "more place"));
    }
    if let Some(help) = &finding.help {
        let _ = write!(line, "; help: {}", visible::one_line(help));
    }
    if let Some(fix) = finding.fix.as_ref().filter(|_| run.about.marks_fixes) {
        let options = if fix.safety == Safety::Safe { "--fix" } else { "--fix --unsafe-fixes" };
        let _ = write!(line, "; fix: {} ({options})", visible::one_line(&fix.title));
    }
    line
}
