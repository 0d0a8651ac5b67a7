//! The numbers of an audit in Markdown: what comes before the table of findings in a comment for a pull request, or in the
//! summary of a job.

use crate::engine::audit_summary::{Comparison, Summary};
use crate::output::markdown::{Page, code, inline};
use crate::words::{counted, thousands};

/// Number of rules to begin with.
const FIRST: usize = 3;

/// Adds the facts, what changed, what to begin with, and a table of all rules with findings.
pub(super) fn add(page: &mut Page, audit: &Summary) {
    page.add(&format!("\n{}\n", inline(&audit.totals.line())));
    if let Some(comparison) = &audit.comparison {
        add_comparison(page, comparison);
    }
    if audit.blockers.total > 0 {
        page.add(&format!("\n**{}**\n\n", counted(audit.blockers.total, "blocker")));
        for it in audit.blockers.shown.iter().take(10) {
            let place = code(&format!("{}:{}", it.path, it.line));
            page.add(&format!("- {} {place} ({}, {})\n", inline(&it.message), inline(&it.rule), it.authority));
        }
    }
    if !audit.fix_first.is_empty() {
        page.add("\n**Fix first**\n\n");
    }
    for it in audit.fix_first.iter().take(FIRST) {
        let (findings, files) = (counted(it.findings, "finding"), counted(it.files, "file"));
        let (summary, command) = (inline(&it.summary), code(&it.command));
        let cause = it.cause.as_ref().map_or_else(String::new, |cause| format!("  \n   {}", inline(cause)));
        page.add(&format!(
            "1. {summary} ({}, {}): {findings} in {files}{cause}  \n   {command}\n",
            it.level, it.authority
        ));
    }
    if !audit.rules.is_empty()
        && page.add(
            "\n| rule | level | authority | findings | files | fixable |\n| --- | --- | --- | ---: | ---: | ---: |\n",
        )
    {
        for rule in &audit.rules {
            let [findings, files, fixable] = [rule.findings, rule.files, rule.fixable].map(thousands);
            let name = if rule.url.is_empty() {
                inline(&rule.rule)
            } else {
                format!("[{}]({})", inline(&rule.rule), rule.url)
            };
            page.add(&format!("| {name} | {} | {} | {findings} | {files} | {fixable} |\n", rule.level, rule.authority));
        }
    }
    page.add(&format!("\nNot checked: {}.\n", inline(&audit.scope.not_checked.join("; "))));
    if let (Some(median), Some(low)) = (audit.hygiene.median, audit.hygiene.low) {
        let version = audit.hygiene.version;
        page.add(&format!("\n<sub>{version}: median {median}, nine in ten posts have {low} or more</sub>\n"));
    }
}

fn add_comparison(page: &mut Page, comparison: &Comparison) {
    page.add(&format!("\nSince {}: **{}**\n", code(&comparison.with), comparison.line()));
    if comparison.rules.is_empty() {
        return;
    }
    page.add("\n| rule | new | fixed | unchanged |\n| --- | ---: | ---: | ---: |\n");
    for row in &comparison.rules {
        let [new, fixed, unchanged] = [row.new, row.fixed, row.unchanged].map(thousands);
        page.add(&format!("| {} | {new} | {fixed} | {unchanged} |\n", inline(&row.rule)));
    }
}
