//! Writes findings as a report of [Checkstyle], which many CI services and editors read.
//!
//! [Checkstyle]: https://checkstyle.org

use crate::diagnostic::Level;
use crate::output::{RUN_ERROR, Run, Screen, xml};
use std::io::{self, Write};

/// Writes one `<file>` for each post with findings.
pub(super) fn write(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")?;
    for file in run.files {
        writeln!(out, "  <file name=\"{}\">", xml::path(&run.path_of(file)))?;
        for finding in &file.diagnostics {
            let start = file.source.position(finding.label.span.start);
            let severity = match finding.level {
                Level::Error => "error",
                Level::Warn => "warning",
                Level::Info => "info",
            };
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"postlint.{}\"/>",
                start.line,
                start.column,
                xml::escaped(&finding.message),
                xml::escaped(&finding.rule)
            )?;
        }
        writeln!(out, "  </file>")?;
    }
    for error in &run.about.errors {
        // A reader without a file to show it at would drop the error.
        let path = run.path_of_error(error);
        writeln!(out, "  <file name=\"{}\">", xml::path(&path))?;
        writeln!(
            out,
            "    <error line=\"{}\" column=\"{}\" severity=\"error\" message=\"{}\" source=\"postlint.{RUN_ERROR}\"/>",
            error.line.unwrap_or(1),
            error.column.unwrap_or(1),
            xml::escaped(&error.message),
        )?;
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}
