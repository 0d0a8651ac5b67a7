//! The rules that ran and found nothing.

use crate::engine::RuleInfo;
use crate::engine::audit_summary::hygiene::{self, Unit};
use crate::engine::audit_summary::{AuditedFile, Scope, rulesets};
use crate::ruleset::Ruleset;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ptr;

/// A rule without findings.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleState {
    /// The rule's name.
    pub rule: String,
    /// What it finds, in one line.
    pub summary: String,
    /// The kind of source it is based on.
    pub authority: &'static str,
    /// Number of posts that it applies to.
    pub posts: usize,
    /// Number of built pages that it read.
    pub built_pages: usize,
    /// Why it applies to nothing, if it does not.
    pub why: Option<String>,
}

/// What a rule had to look at.
#[derive(Clone, Copy, Default)]
struct Reach {
    /// Number of posts that have what it looks at.
    posts: usize,
    /// Whether it applies to posts that do not.
    applies: bool,
    reads_built: bool,
}

/// A ruleset, and for each of its rules what it looks at and where.
type Reaches<'a> = (&'a Ruleset, Vec<(Option<Unit>, Reach)>);

/// The rules that ran and found nothing: those that had something to look at, and those that had not.
pub(super) fn silent(
    files: &[AuditedFile<'_>],
    infos: &BTreeMap<String, RuleInfo>,
    scope: &Scope,
) -> (Vec<RuleState>, Vec<RuleState>) {
    let mut rules = reaches(files, scope.built.is_some());
    for file in files {
        file.report.diagnostics.iter().for_each(|finding| _ = rules.remove(&*finding.rule));
        let settled = file.post.iter().flat_map(|post| post.settled.waived.iter().chain(&post.settled.known));
        settled.for_each(|rule| _ = rules.remove(&**rule));
    }
    let state = |(rule, reach): (&str, Reach)| {
        let info = infos.get(rule)?;
        let built_pages = if reach.reads_built { scope.built_pages } else { 0 };
        let is_idle = reach.posts == 0 && built_pages == 0;
        Some(RuleState {
            rule: rule.to_owned(),
            summary: info.summary.clone(),
            authority: info.authority.as_str(),
            posts: reach.posts,
            built_pages,
            why: is_idle.then(|| why(rule, reach, info)),
        })
    };
    let mut states: Vec<RuleState> = rules.into_iter().filter_map(state).collect();
    states.sort_by(|a, b| a.rule.cmp(&b.rule));
    states.into_iter().partition(|state| state.why.is_none())
}

/// What each rule that ran had to look at.
fn reaches<'a>(files: &[AuditedFile<'a>], has_built: bool) -> FxHashMap<&'a str, Reach> {
    // Many posts have the same rules.
    let mut by_ruleset: FxHashMap<*const Ruleset, Reaches<'a>> = FxHashMap::default();
    for (post, _, outline) in files.iter().filter_map(AuditedFile::outlined) {
        let units = || post.rules.names().map(|name| (hygiene::unit_of(name), Reach::default())).collect();
        let (_, reaches) = by_ruleset.entry(ptr::from_ref(post.rules)).or_insert_with(|| (post.rules, units()));
        for ((unit, reach), applies) in reaches.iter_mut().zip(&outline.applies) {
            reach.applies |= *applies;
            reach.posts += usize::from(*applies && unit.is_none_or(|unit| unit.count(outline) > 0));
        }
    }
    let mut rules: FxHashMap<&str, Reach> = FxHashMap::default();
    for (name, (_, reach)) in by_ruleset.values().flat_map(|(rules, reaches)| rules.names().zip(reaches)) {
        let all = rules.entry(name).or_default();
        all.posts += reach.posts;
        all.applies |= reach.applies;
    }
    if has_built {
        let names = rulesets(files).flat_map(Ruleset::names_for_built);
        names.for_each(|name| rules.entry(name).or_default().reads_built = true);
    }
    rules
}

/// Why a rule had nothing to look at.
fn why(rule: &str, reach: Reach, info: &RuleInfo) -> String {
    match (hygiene::unit_of(rule), &info.applies_to) {
        (Some(unit), _) if reach.applies => format!("no post has {}", unit.noun()),
        (_, Some(conditions)) => format!("only for {conditions}"),
        _ => "no post could be read".to_owned(),
    }
}
