//! Writes findings with one line for each, in the form of ESLint's [unix formatter], which many editors parse.
//!
//! [unix formatter]: https://github.com/fregante/eslint-formatters/tree/main/packages/eslint-formatter-unix

use crate::output::{Run, Screen, visible};
use std::io::{self, Write};

/// Writes `path:line:column: message [level/rule]`.
pub(super) fn write(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    let new = run.new_findings();
    for (file, finding) in run.findings() {
        let message = visible::one_line(&finding.message);
        let place = run.place(file, finding.label.span);
        writeln!(out, "{place}:{} {message} [{}/{}]", new.mark(finding), finding.level.as_str(), finding.rule)?;
    }
    Ok(())
}
