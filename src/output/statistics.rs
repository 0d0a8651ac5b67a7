//! `--statistics`: the number of findings of each rule, most frequent first, and the totals.

use crate::diagnostic::Level;
use crate::engine::FileReport;
use crate::output::{Format, Run, RunFailure, Screen, is_fixable};
use crate::walk;
use crate::words::{counted, thousands};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// The report of `--format json`.
#[derive(Serialize)]
struct Report<'a> {
    summary: Totals,
    rules: &'a [Row<'a>],
    errors: &'a [RunFailure],
}

/// The totals of a run.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Totals {
    findings: usize,
    /// Number of posts with a finding.
    posts_with_findings: usize,
    /// Number of posts that were checked.
    posts: usize,
    /// Number of findings with a safe fix.
    fixable: usize,
}

/// The findings of one rule.
#[derive(Serialize)]
struct Row<'a> {
    rule: &'a str,
    /// The group of the rule; empty for a rule without a page.
    group: &'a str,
    /// The worst level of its findings.
    #[serde(serialize_with = "as_word")]
    level: Level,
    /// Number of findings.
    count: usize,
    /// Number of posts with a finding.
    posts: usize,
    /// Number of findings with a safe fix.
    fixable: usize,
    /// `path:line:column` of the first finding.
    sample: String,
    #[serde(skip)]
    last_path: &'a str,
}

fn as_word<S: serde::Serializer>(level: &Level, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(level.as_str())
}

/// Writes a table, or JSON for the formats that are JSON: an object with the totals for `json`, the rows alone for the
/// others.
pub fn write_statistics(format: Format, run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    let rows = rows(run);
    match format {
        Format::Json => out.json_indented(&Report { summary: totals(run), rules: &rows, errors: &run.about.errors }),
        Format::JsonFlat => out.json_indented(&rows),
        Format::JsonLines => rows.iter().try_for_each(|row| {
            out.json(row)?;
            writeln!(out)
        }),
        _ if rows.is_empty() => Ok(()),
        _ => write_table(&rows, &totals(run), out),
    }
}

/// Writes the rows, and below them the totals. With names of rules and groups of usual length it fits into 80 columns.
fn write_table(rows: &[Row<'_>], totals: &Totals, out: &mut Screen<'_>) -> io::Result<()> {
    let head = ["count", "level", "rule", "group", "posts", "fixable"].map(String::from);
    let cells: Vec<[String; 6]> = std::iter::once(head).chain(rows.iter().map(cells)).collect();
    let widths = [0, 1, 2, 3, 4, 5].map(|column| cells.iter().map(|row| row[column].len()).max().unwrap_or(0));
    let [count_width, level_width, rule_width, group_width, posts_width, fixable_width] = widths;
    for [count, level, rule, group, posts, fixable] in &cells {
        write!(out, "{count:>count_width$}  {level:level_width$}  {rule:rule_width$}  {group:group_width$}")?;
        writeln!(out, "  {posts:>posts_width$}  {fixable:>fixable_width$}")?;
    }
    let findings = counted(totals.findings, "finding");
    let (with, posts) = (thousands(totals.posts_with_findings), counted(totals.posts, "post"));
    write!(out, "\n{findings} in {with} of {posts}")?;
    match totals.fixable {
        0 => writeln!(out),
        fixable => writeln!(out, ", up to {} fixable", thousands(fixable)),
    }
}

fn totals(run: &Run<'_>) -> Totals {
    Totals {
        findings: run.findings().count(),
        posts_with_findings: run.files.iter().filter(|file| has_findings(file)).count(),
        posts: run.posts,
        fixable: run.findings().filter(|(_, finding)| is_fixable(finding)).count(),
    }
}

/// Whether a file is a post with findings. A finding may also be in a config file.
fn has_findings(file: &FileReport) -> bool {
    !file.diagnostics.is_empty() && walk::is_post_name(Path::new(&file.path))
}

fn rows<'a>(run: &Run<'a>) -> Vec<Row<'a>> {
    let mut rows: BTreeMap<&str, Row<'_>> = BTreeMap::new();
    for (file, finding) in run.findings() {
        let row = rows.entry(&finding.rule).or_insert_with(|| Row {
            rule: &finding.rule,
            group: run.rules.get(&*finding.rule).map_or("", |rule| rule.group),
            level: finding.level,
            count: 0,
            posts: 0,
            fixable: 0,
            sample: run.place(file, finding.label.span),
            last_path: "",
        });
        row.count += 1;
        row.level = row.level.max(finding.level);
        row.fixable += usize::from(is_fixable(finding));
        // Findings are sorted by file, so a rule's files can be counted without a set.
        row.posts += usize::from(std::mem::replace(&mut row.last_path, &file.path) != file.path);
    }
    let mut rows: Vec<_> = rows.into_values().collect();
    rows.sort_by_key(|row| Reverse(row.count));
    rows
}

fn cells(row: &Row<'_>) -> [String; 6] {
    let [count, posts, fixable] = [row.count, row.posts, row.fixable].map(thousands);
    [count, row.level.as_str().to_owned(), row.rule.to_owned(), row.group.to_owned(), posts, fixable]
}
