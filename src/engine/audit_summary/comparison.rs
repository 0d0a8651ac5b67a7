//! What changed since an earlier audit: findings are the same if their fingerprints are.

use crate::catalog::Catalog;
use crate::engine::baseline::lasting_name;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Number of findings that are listed.
const MAX_SHOWN: usize = 100;

/// What distinguishes a finding from all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The rule's name.
    pub rule: String,
    /// The path of the file, as printed.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// What is wrong.
    pub message: String,
    /// The level.
    pub level: String,
    /// The fingerprint.
    pub fingerprint: String,
    /// Number of posts that share the value that it is about; 0 if it does not matter how many do.
    pub sharing: usize,
}

/// An earlier audit.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    /// Its name, as printed.
    pub name: String,
    /// The commit that it read.
    pub commit: Option<String>,
    /// Whether it read built pages.
    pub has_built: bool,
    /// The paths of its posts, as printed.
    pub posts: FxHashSet<String>,
    /// Its findings.
    pub findings: Vec<Identity>,
}

/// What an audit looked at, if it is less than the earlier one did.
pub struct Narrowed<'a> {
    /// Whether a rule ran on all that it ran on before.
    pub ran: &'a dyn Fn(&str) -> bool,
    /// Whether a file was read.
    pub looked: &'a dyn Fn(&str) -> bool,
    /// Whether a file does not exist any more.
    pub is_gone: &'a dyn Fn(&str) -> bool,
    /// The paths of the posts, as printed.
    pub posts: Vec<&'a str>,
}

/// What changed since an earlier audit. Of the earlier findings each is fixed, unchanged or not compared, of the present ones
/// each new or unchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// The earlier audit, as printed.
    pub with: String,
    /// The commit that it read.
    pub commit: Option<String>,
    /// Number of findings of the earlier audit.
    pub before: usize,
    /// Number of findings now.
    pub now: usize,
    /// Number of findings that are new.
    pub new: usize,
    /// Number of findings that are gone.
    pub fixed: usize,
    /// Number of findings of both.
    pub unchanged: usize,
    /// Number of earlier findings in files that were not read now, of rules that did not run, or about a value that more posts
    /// share now.
    pub not_compared: usize,
    /// The same for each rule with a change, the most changed first.
    pub rules: Vec<RuleChange>,
    /// The first of the new findings.
    pub new_findings: Vec<Change>,
    /// The first of those that are gone.
    pub fixed_findings: Vec<Change>,
    /// Whether each finding is new, in their order.
    #[serde(skip)]
    pub is_new: Vec<bool>,
}

/// What changed in the findings of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleChange {
    /// The rule's name.
    pub rule: String,
    /// Number of findings that are new.
    pub new: usize,
    /// Number of findings that are gone.
    pub fixed: usize,
    /// Number of findings of both.
    pub unchanged: usize,
}

/// A finding that is new or gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The rule's name.
    pub rule: String,
    /// The path of the file.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// The level.
    pub level: String,
    /// What is wrong.
    pub message: String,
}

/// Compares the findings of an audit, in order, with those of an earlier one. Earlier names of rules are known by `catalog`.
pub fn compare(earlier: &Earlier, now: &[Identity], narrowed: &Narrowed<'_>, catalog: &Catalog) -> Comparison {
    let mut matched = matched(earlier, now, narrowed, catalog);
    let grown = take_grown(earlier, now, &mut matched);
    let mut comparison = Comparison {
        with: earlier.name.clone(),
        commit: earlier.commit.clone(),
        before: earlier.findings.len(),
        now: now.len(),
        is_new: matched.iter().map(Option::is_none).collect(),
        ..Comparison::default()
    };
    let mut rules: BTreeMap<String, RuleChange> = BTreeMap::new();
    for (finding, known) in now.iter().zip(&matched) {
        let row = row(&mut rules, &finding.rule);
        match known {
            Some(_) => {
                comparison.unchanged += 1;
                row.unchanged += 1;
            }
            None => {
                comparison.new += 1;
                row.new += 1;
                push(&mut comparison.new_findings, finding);
            }
        }
    }
    let kept: FxHashSet<usize> = matched.into_iter().flatten().collect();
    for (at, finding) in earlier.findings.iter().enumerate().filter(|(at, _)| !kept.contains(at)) {
        let name = present_name(&finding.rule, catalog);
        let is_seen = (narrowed.ran)(&name) && ((narrowed.looked)(&finding.path) || (narrowed.is_gone)(&finding.path));
        if !is_seen || grown.contains(&at) {
            comparison.not_compared += 1;
            continue;
        }
        comparison.fixed += 1;
        row(&mut rules, &name).fixed += 1;
        push(&mut comparison.fixed_findings, finding);
    }
    comparison.rules = rules.into_values().filter(|row| row.new + row.fixed > 0).collect();
    comparison.rules.sort_by_key(|row| Reverse(row.new + row.fixed));
    comparison
}

/// The index of the earlier finding that each present one is; `None` for new ones.
fn matched(earlier: &Earlier, now: &[Identity], narrowed: &Narrowed<'_>, catalog: &Catalog) -> Vec<Option<usize>> {
    // The same fingerprint may occur several times, in as many sites.
    let mut before: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, finding) in earlier.findings.iter().enumerate().rev() {
        before.entry(&finding.fingerprint).or_default().push(at);
    }
    let mut matched: Vec<Option<usize>> =
        now.iter().map(|finding| before.get_mut(finding.fingerprint.as_str()).and_then(Vec::pop)).collect();
    let moves = moves(earlier, narrowed);
    if moves.is_empty() {
        return matched;
    }
    let kept: FxHashSet<usize> = matched.iter().copied().flatten().collect();
    let mut left: FxHashMap<(&str, String, &str), Vec<usize>> = FxHashMap::default();
    for (at, finding) in earlier.findings.iter().enumerate().rev().filter(|(at, _)| !kept.contains(at)) {
        let rule = present_name(&finding.rule, catalog);
        left.entry((&finding.path, rule, &finding.message)).or_default().push(at);
    }
    for (finding, known) in now.iter().zip(&mut matched).filter(|(_, known)| known.is_none()) {
        let Some(path) = moves.get(finding.path.as_str()) else { continue };
        *known = left.get_mut(&(*path, finding.rule.clone(), finding.message.as_str())).and_then(Vec::pop);
    }
    matched
}

/// Removes from `matched` the findings about a value that more posts share than before, which are new, and returns those that
/// they were.
fn take_grown(earlier: &Earlier, now: &[Identity], matched: &mut [Option<usize>]) -> FxHashSet<usize> {
    let mut grown = FxHashSet::default();
    for (finding, known) in now.iter().zip(matched) {
        let has_grown = |at: &usize| earlier.findings.get(*at).is_some_and(|before| finding.sharing > before.sharing);
        grown.extend(known.take_if(|at| has_grown(at)));
    }
    grown
}

/// The earlier path of each post that moved to another folder or date, as baselines follow them: of exactly one post that is gone and
/// one that is new with the same name.
fn moves<'e>(earlier: &'e Earlier, narrowed: &Narrowed<'e>) -> FxHashMap<&'e str, &'e str> {
    let mut same: BTreeMap<String, [Vec<&str>; 2]> = BTreeMap::new();
    for path in earlier.posts.iter().filter(|path| (narrowed.is_gone)(path)) {
        same.entry(lasting_name(path)).or_default()[0].push(path);
    }
    for path in narrowed.posts.iter().filter(|path| !earlier.posts.contains(**path)) {
        if let Some([_, to]) = same.get_mut(&lasting_name(path)) {
            to.push(path);
        }
    }
    let lone = |[from, to]: [Vec<&'e str>; 2]| match (&*from, &*to) {
        ([from], [to]) => Some((*to, *from)),
        _ => None,
    };
    same.into_values().filter_map(lone).collect()
}

/// The name that a rule has now.
fn present_name(rule: &str, catalog: &Catalog) -> String {
    match catalog.renamed_to(rule) {
        Some([name, ..]) => name.to_string(),
        _ => rule.to_owned(),
    }
}

fn row<'r>(rules: &'r mut BTreeMap<String, RuleChange>, rule: &str) -> &'r mut RuleChange {
    let new = || RuleChange { rule: rule.to_owned(), new: 0, fixed: 0, unchanged: 0 };
    rules.entry(rule.to_owned()).or_insert_with(new)
}

fn push(changes: &mut Vec<Change>, finding: &Identity) {
    if changes.len() < MAX_SHOWN {
        let Identity { rule, path, line, message, level, .. } = finding.clone();
        changes.push(Change { rule, path, line, level, message });
    }
}

impl Comparison {
    /// The changes in a line: `3 new, 5 fixed, 120 unchanged`.
    pub fn line(&self) -> String {
        let mut line = format!("{} new, {} fixed, {} unchanged", self.new, self.fixed, self.unchanged);
        if self.not_compared > 0 {
            line.push_str(&format!(", {} not compared", self.not_compared));
        }
        line
    }
}
