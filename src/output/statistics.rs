//! `--statistics`: the number of findings of each rule, most frequent first.

use crate::output::{Format, Run, Screen, is_fixable, place};
use crate::words::thousands;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The findings of one rule.
#[derive(Serialize)]
struct Row<'a> {
    rule: &'a str,
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

/// Writes a table, or JSON for machine-readable formats.
pub fn write_statistics(format: Format, run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    let rows = rows(run);
    match format {
        Format::Json | Format::JsonFlat => out.json_indented(&rows),
        Format::JsonLines => rows.iter().try_for_each(|row| {
            out.json(row)?;
            writeln!(out)
        }),
        _ if rows.is_empty() => Ok(()),
        _ => write_table(&rows, out),
    }
}

fn write_table(rows: &[Row<'_>], out: &mut Screen<'_>) -> io::Result<()> {
    let head = ["count", "rule", "posts", "fixable", "example"].map(String::from);
    let cells: Vec<[String; 5]> = std::iter::once(head).chain(rows.iter().map(cells)).collect();
    let width = |column: usize| cells.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let [count_width, rule_width, posts_width, fixable_width] = [0, 1, 2, 3].map(width);
    for [count, rule, posts, fixable, sample] in &cells {
        write!(out, "{count:>count_width$}  {rule:rule_width$}  {posts:>posts_width$}  {fixable:>fixable_width$}")?;
        writeln!(out, "  {sample}")?;
    }
    Ok(())
}

fn rows<'a>(run: &Run<'a>) -> Vec<Row<'a>> {
    let mut rows: BTreeMap<&str, Row<'_>> = BTreeMap::new();
    for (file, finding) in run.findings() {
        let row = rows.entry(&finding.rule).or_insert_with(|| Row {
            rule: &finding.rule,
            count: 0,
            posts: 0,
            fixable: 0,
            sample: place(file, finding.label.span),
            last_path: "",
        });
        row.count += 1;
        row.fixable += usize::from(is_fixable(finding));
        // Findings are sorted by file, so a rule's files can be counted without a set.
        row.posts += usize::from(std::mem::replace(&mut row.last_path, &file.path) != file.path);
    }
    let mut rows: Vec<_> = rows.into_values().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    rows
}

fn cells(row: &Row<'_>) -> [String; 5] {
    let numbers = [row.count, row.posts, row.fixable].map(thousands);
    let [count, posts, fixable] = numbers;
    [count, row.rule.to_owned(), posts, fixable, row.sample.clone()]
}
