//! `--statistics`: how often each rule fired, the most frequent first.

use super::count::thousands;
use super::{Run, is_fixable};
use std::collections::BTreeMap;
use std::io;

#[derive(Default)]
struct Row<'a> {
    findings: usize,
    files: usize,
    fixable: usize,
    last_path: Option<&'a str>,
}

/// Writes the table: findings, rule, files with that rule, findings with a safe fix.
pub fn write_statistics(run: &Run<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let rows = rows(run);
    if rows.is_empty() {
        return Ok(());
    }
    let head = ["count", "rule", "files", "fixable"].map(String::from);
    let cells: Vec<[String; 4]> = std::iter::once(head).chain(rows.iter().map(cells)).collect();
    let width = |column: usize| cells.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let [count_width, rule_width, files_width, fixable_width] = [0, 1, 2, 3].map(width);
    for [count, rule, files, fixable] in &cells {
        writeln!(out, "{count:>count_width$}  {rule:rule_width$}  {files:>files_width$}  {fixable:>fixable_width$}")?;
    }
    Ok(())
}

fn rows<'a>(run: &Run<'a>) -> Vec<(&'a str, Row<'a>)> {
    let mut rows: BTreeMap<&str, Row<'_>> = BTreeMap::new();
    for (file, finding) in run.findings() {
        let row = rows.entry(&finding.rule).or_default();
        row.findings += 1;
        row.fixable += usize::from(is_fixable(finding));
        // Findings come file by file, so a rule's files can be counted without remembering them.
        row.files += usize::from(row.last_path.replace(&file.path) != Some(&file.path));
    }
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_key(|(_, row)| std::cmp::Reverse(row.findings));
    rows
}

fn cells((rule, row): &(&str, Row<'_>)) -> [String; 4] {
    [thousands(row.findings), (*rule).to_owned(), thousands(row.files), thousands(row.fixable)]
}
