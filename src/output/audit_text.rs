//! Writes the numbers of an audit for a terminal, below its findings.

use crate::engine::audit_summary::{RuleFindings, Summary};
use crate::output::wrap::wrapped;
use crate::output::{Run, Screen, visible};
use crate::words::{counted, thousands};
use std::io::{self, Write};

/// Number of rules to begin with.
const FIRST: usize = 3;

/// Writes what an audit found in a few lines: the facts, what to begin with, and all rules with findings.
pub(super) fn write(run: &Run<'_>, audit: &Summary, out: &mut Screen<'_>) -> io::Result<()> {
    let width = run.looks.width;
    let mut line = |head: &str, text: &str, indent: &str| writeln!(out, "{}", wrapped(head, text, indent, width));
    line("", &format!("Audit of {}", visible::one_line(&audit.scope.name)), "  ")?;
    line("  ", &audit.totals.line(), "  ")?;
    if let Some(comparison) = &audit.comparison {
        line("  ", &format!("since {}: {}", visible::path(&comparison.with), comparison.line()), "    ")?;
    }
    line("  ", &format!("not checked: {}", audit.scope.not_checked.join("; ")), "    ")?;
    if !audit.fix_first.is_empty() {
        line("\n", "Fix first", "")?;
    }
    for (nth, first) in audit.fix_first.iter().take(FIRST).enumerate() {
        let (findings, files) = (counted(first.findings, "finding"), counted(first.files, "file"));
        let summary = visible::one_line(&first.summary);
        line(&format!("  {}. ", nth + 1), &format!("{summary}: {findings} in {files}"), "     ")?;
        if let Some(cause) = &first.cause {
            line("     ", &visible::one_line(cause), "     ")?;
        }
        line("     ", &visible::one_line(&first.command), "     ")?;
    }
    if !audit.rules.is_empty() {
        line("\n", "Findings by rule", "")?;
        let widest = audit.rules.iter().map(|rule| rule.rule.len()).max().unwrap_or(0);
        audit.rules.iter().try_for_each(|rule| writeln!(out, "  {}", row(rule, widest)))?;
    }
    writeln!(out)
}

fn row(rule: &RuleFindings, widest: usize) -> String {
    let RuleFindings { rule: name, level, authority, .. } = rule;
    let (findings, files) = (thousands(rule.findings), counted(rule.files, "file"));
    format!("{name:widest$}  {level:5}  {authority:10}  {findings} in {files}")
}
