//! Writes findings with one line for each, in the form that terminals, editors and `grep` expect.

use crate::output::{Run, Screen, visible};
use std::io::{self, Write};

/// Writes `path:line:column: level[rule] message`.
pub(super) fn write(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    let new = run.new_findings();
    for (file, finding) in run.findings() {
        let message = visible::one_line(&finding.message);
        let place = run.place(file, finding.label.span);
        let mark = new.mark(finding);
        writeln!(out, "{place}: {}[{}]{mark} {message}", finding.level.as_str(), finding.rule)?;
    }
    Ok(())
}
