//! The rules that a config to start with turns off.

use crate::catalog::Catalog;
use crate::diagnostic::Level;
use crate::engine::survey::PostSurvey;
use crate::words::{counted, thousands};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A rule is turned off only if more than this share of the posts have findings, in percent.
const OFF_FROM: usize = 20;
/// Minimum number of findings for a rule to be turned off.
const OFF_FINDINGS: usize = 20;

/// The findings of a rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    pub level: Level,
    pub findings: usize,
    /// Number of those with a safe fix.
    pub fixable: usize,
    /// Number of posts.
    pub posts: usize,
}

impl Count {
    pub const NONE: Count = Count { level: Level::Info, findings: 0, fixable: 0, posts: 0 };

    pub fn add(&mut self, other: Count) {
        self.level = self.level.max(other.level);
        self.findings += other.findings;
        self.fixable += other.fixable;
        self.posts += other.posts;
    }

    /// Whether a config to start with turns the rule off: it finds so much.
    fn is_too_much(&self, posts: usize) -> bool {
        let is_often = self.findings >= OFF_FINDINGS && self.posts * 100 > posts * OFF_FROM;
        self.level < Level::Error && is_often
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {}", counted(self.findings, "finding"), counted(self.posts, "post"))?;
        if self.fixable > 0 { write!(f, ", {} with a safe fix", thousands(self.fixable)) } else { Ok(()) }
    }
}

/// The findings of each rule, and which rules to turn off.
#[derive(Debug)]
pub struct Rules {
    counts: BTreeMap<String, Count>,
    /// Those that another tool's config turns off.
    taken: BTreeSet<String>,
    /// Those that find too much.
    off: BTreeSet<String>,
    /// Those that would find more once these are off.
    grown: BTreeSet<String>,
}

impl Rules {
    /// The rules that find too much in the posts are turned off, besides those that are `taken` over.
    pub fn of<'r>(posts: &[PostSurvey], taken: impl Iterator<Item = &'r str>) -> Self {
        let counts = counts(posts);
        let taken: BTreeSet<String> = taken.map(str::to_owned).collect();
        let too_much = counts.iter().filter(|(rule, count)| !taken.contains(*rule) && count.is_too_much(posts.len()));
        let off = too_much.map(|(rule, _)| rule.clone()).collect();
        Rules { counts, taken, off, grown: BTreeSet::new() }
    }

    /// The rules that are turned off.
    pub fn off(&self) -> Vec<String> {
        [&self.taken, &self.off, &self.grown].into_iter().flatten().cloned().collect()
    }

    /// Whether rules that are on may find more without those that are off, to which they yield.
    pub fn may_grow(&self) -> bool {
        let off = self.off();
        let is_off = |rule: &str| off.iter().any(|off| off == rule);
        let on = Catalog::builtin().rules().filter(|rule| !is_off(&rule.page.meta.name));
        on.flat_map(|rule| rule.check().yields_to()).any(|stronger| is_off(stronger))
    }

    /// Turns off the rules that find more in `posts`, checked without those that are off. Returns whether there are any.
    pub fn turn_off_grown(&mut self, posts: &[PostSurvey]) -> bool {
        let before = self.grown.len();
        for (rule, count) in counts(posts) {
            if count.findings > self.counts.get(&rule).map_or(0, |before| before.findings) {
                self.counts.insert(rule.clone(), count);
                self.grown.insert(rule);
            }
        }
        self.grown.len() > before
    }

    /// The rules with findings but those that are taken over, most findings first.
    pub(super) fn rows(&self) -> Vec<(&str, Count)> {
        let mut rows: Vec<(&str, Count)> = self.counts.iter().map(|(rule, count)| (&**rule, *count)).collect();
        rows.retain(|(rule, _)| !self.taken.contains(*rule));
        rows.sort_by(|a, b| b.1.findings.cmp(&a.1.findings).then(a.0.cmp(b.0)));
        rows
    }

    /// Whether a rule finds too much.
    pub(super) fn is_off(&self, rule: &str) -> bool {
        self.off.contains(rule) || self.grown.contains(rule)
    }

    /// Why a rule is turned off.
    pub(super) fn why(&self, rule: &str, count: Count) -> String {
        let once = if self.grown.contains(rule) { ", once other rules are off" } else { "" };
        format!("{count}{once}")
    }
}

fn counts(posts: &[PostSurvey]) -> BTreeMap<String, Count> {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for (rule, count) in posts.iter().flat_map(|post| &post.found) {
        counts.entry(rule.to_string()).or_insert(Count::NONE).add(*count);
    }
    counts
}
