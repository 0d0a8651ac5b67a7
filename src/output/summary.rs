//! The last lines of a run, on stderr: the number of findings and posts, the time, and what to do next.

use crate::diagnostic::{Level, Safety};
use crate::output::{Run, Screen, has_fix};
use crate::words::{counted, thousands};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

/// Writes the totals, and if there are findings, how to learn more about the most frequent rule.
pub fn write_summary(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    write_totals(run, out)?;
    match most_frequent_rule(run) {
        Some(rule) => writeln!(out, "why a rule fires and what to do: postlint explain {rule}"),
        None => Ok(()),
    }
}

/// Writes the totals in one line.
pub fn write_totals(run: &Run<'_>, out: &mut Screen<'_>) -> io::Result<()> {
    writeln!(out, "{}", totals(run))
}

fn totals(run: &Run<'_>) -> String {
    let mut parts = vec![found(run)];
    parts.extend(fixable(run));
    parts.extend(incomplete(run));
    parts.push(seconds(run.elapsed));
    parts.join(" · ")
}

/// The number of findings of each level, and of posts: `2 errors, 1 info in 6 posts`.
pub(super) fn found(run: &Run<'_>) -> String {
    counts(run.findings().map(|(_, finding)| finding.level), run.posts)
}

/// The number of findings with these levels, and of posts.
pub fn counts(levels: impl Iterator<Item = Level>, posts: usize) -> String {
    let levels: Vec<Level> = levels.collect();
    let of_level = |level| levels.iter().filter(|it| **it == level).count();
    let found: Vec<String> = [(Level::Error, "error"), (Level::Warn, "warning"), (Level::Info, "info")]
        .into_iter()
        .map(|(level, noun)| (of_level(level), noun))
        .filter(|&(n, _)| n > 0)
        .map(|(n, noun)| counted(n, noun))
        .collect();
    let found = if found.is_empty() { "no findings".to_owned() } else { found.join(", ") };
    format!("{found} in {}", counted(posts, "post"))
}

/// How many findings each option would fix, at most: fixes are proved only when they are applied.
fn fixable(run: &Run<'_>) -> Option<String> {
    let of = |safety| run.findings().filter(|(_, finding)| has_fix(finding, safety)).count();
    match (of(Safety::Safe), of(Safety::Unsafe)) {
        (0, 0) => None,
        (safe, 0) => Some(format!("up to {} fixable with --fix", thousands(safe))),
        (0, more) => Some(format!("up to {} fixable with --fix --unsafe-fixes", thousands(more))),
        (safe, more) => {
            let (safe, more) = (thousands(safe), thousands(more));
            Some(format!("up to {safe} fixable with --fix, {more} more with --unsafe-fixes"))
        }
    }
}

/// A file that was not read may have findings, so the number of findings is not the whole result.
fn incomplete(run: &Run<'_>) -> Option<String> {
    match run.about.errors.len() {
        0 => None,
        1 => Some("incomplete: see the error above".to_owned()),
        _ => Some("incomplete: see the errors above".to_owned()),
    }
}

fn seconds(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64();
    if seconds < 0.01 { "under 0.01 s".to_owned() } else { format!("{seconds:.2} s") }
}

fn most_frequent_rule<'a>(run: &Run<'a>) -> Option<&'a str> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, finding) in run.findings() {
        *times.entry(&finding.rule).or_default() += 1;
    }
    times.into_iter().rev().max_by_key(|&(_, n)| n).map(|(rule, _)| rule)
}
