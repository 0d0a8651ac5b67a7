//! Writes suppressions into a post, and verifies that the page stays the same and nothing else is suppressed.

mod setting;
mod spot;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::document::suppression::{is_same_page, leave_the_page};
use crate::edit::Edit;
use crate::engine::post::{Setup, lint};
use crate::source::{Source, Span};
use rustc_hash::FxHashSet;
use spot::{Spot, spots};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A post with suppressions written into it.
#[derive(Debug)]
pub struct Silenced {
    /// Its text.
    pub source: Source,
    /// The findings that the new suppressions cover.
    pub covered: Covered,
    /// The findings for which no suppression could be written.
    pub left: Vec<Diagnostic>,
}

/// Findings that suppressions cover.
#[derive(Debug, Default)]
pub struct Covered {
    /// Number of those in single posts.
    pub single: usize,
    /// The others: rules with the values that posts share. They are the same findings in all of these posts.
    pub shared: BTreeSet<(Arc<str>, Option<String>)>,
    /// The rules of all.
    pub rules: BTreeSet<Arc<str>>,
}

impl Covered {
    fn add(&mut self, finding: &Diagnostic) {
        self.rules.insert(finding.rule.clone());
        match finding.is_shared {
            true => _ = self.shared.insert((finding.rule.clone(), finding.identity.clone())),
            false => self.single += 1,
        }
    }
}

/// Maximum number of attempts per post, each of which parses it at least once.
const MOST_ROUNDS: usize = 12;

/// Maximum number of places that are tried one by one if all of them together would change the page.
const MOST_SINGLE_TRIALS: usize = 64;

/// A finding to suppress, and the places where its suppression may be written, best first.
struct Wish<'f> {
    finding: &'f Diagnostic,
    spots: Vec<Spot>,
    tried: usize,
}

/// The places where suppressions are written, with the rules for each.
type Plan = BTreeMap<Spot, BTreeSet<Arc<str>>>;

/// Writes suppressions for `found`, with the `reason` unless it is empty. `None` if nothing can be written.
///
/// A finding in the body gets a comment above the smallest block that can have one; a finding in the front matter gets
/// a key. If neither is possible, a comment at the end of the file covers the whole file.
pub fn silence(setup: Setup<'_>, source: &Source, found: &[Diagnostic], reason: &str) -> Option<Silenced> {
    if source.not_utf8().is_some() {
        return None;
    }
    let Setup { place, rules, demands, .. } = setup;
    let document = Document::parse(source, place);
    let about_suppressions = |rule: &str| rules.for_suppressions().any(|it| &*it.meta.name == rule);
    let wanted = found.iter().filter(|finding| rules.runs(&finding.rule) && !about_suppressions(&finding.rule));
    let spots = spots(&document, wanted.clone().map(|finding| finding.label.span));
    let mut wishes: Vec<Wish<'_>> =
        wanted.zip(spots).map(|(finding, spots)| Wish { finding, spots, tried: 0 }).collect();
    let before = lint(&document, rules, demands);
    for _ in 0..MOST_ROUNDS {
        let plan = plan(&wishes);
        if plan.is_empty() {
            return None;
        }
        let Some(edits) = edits(&document, &plan, reason) else {
            // The front matter cannot have the key.
            give_up(&mut wishes, |spot| spot == Spot::Setting);
            continue;
        };
        let lint_same = |after: &Document<'_>| is_same_page(&document, after).then(|| lint(after, rules, demands));
        let (changed, told) = document.after(&edits, lint_same)?;
        let Some(told) = told else {
            give_up_what_changes_the_page(&document, &mut wishes, &plan, reason);
            continue;
        };
        let insertions = Insertions::of(&edits);
        let told_at: FxHashSet<(&str, u32)> = told.iter().map(|it| (&*it.rule, it.label.span.start)).collect();
        let is_told = |it: &Diagnostic| {
            insertions.moved(it.label.span.start).iter().any(|at| told_at.contains(&(&*it.rule, *at)))
        };
        let failed = advance(&mut wishes, |finding| is_told(finding));
        if failed {
            continue;
        }
        let known = insertions.places(&before);
        if told.iter().any(|it| !known.contains(&(&*it.rule, it.label.span.start))) {
            return None;
        }
        let mut covered = Covered::default();
        wishes.iter().filter(|wish| wish.spot().is_some()).for_each(|wish| covered.add(wish.finding));
        let asked = insertions.places(found);
        let is_left = |it: &Diagnostic| asked.contains(&(&*it.rule, it.label.span.start));
        let left = told.iter().filter(|it| is_left(it)).cloned().collect();
        return Some(Silenced { source: changed, covered, left });
    }
    None
}

impl Wish<'_> {
    fn spot(&self) -> Option<Spot> {
        self.spots.get(self.tried).copied()
    }
}

fn plan(wishes: &[Wish<'_>]) -> Plan {
    let mut plan = Plan::new();
    for wish in wishes {
        if let Some(spot) = wish.spot() {
            plan.entry(spot).or_default().insert(wish.finding.rule.clone());
        }
    }
    plan
}

/// The insertions, one for each spot. `None` if the front matter cannot have the key.
fn edits(document: &Document<'_>, plan: &Plan, reason: &str) -> Option<Vec<Edit>> {
    let one = |(spot, rules): (&Spot, &BTreeSet<Arc<str>>)| {
        let names: Vec<&str> = rules.iter().map(|rule| &**rule).collect();
        spot.edit(document, &names, reason)
    };
    plan.iter().map(one).collect()
}

fn give_up(wishes: &mut [Wish<'_>], bad: impl Fn(Spot) -> bool) {
    for wish in wishes {
        while wish.spot().is_some_and(&bad) {
            wish.tried += 1;
        }
    }
}

/// Moves the findings that are still reported to their next spots. Returns whether there are any.
fn advance(wishes: &mut [Wish<'_>], is_told: impl Fn(&Diagnostic) -> bool) -> bool {
    let mut any = false;
    for wish in wishes.iter_mut().filter(|wish| wish.spot().is_some()) {
        if is_told(wish.finding) {
            wish.tried += 1;
            any = true;
        }
    }
    any
}

fn give_up_what_changes_the_page(document: &Document<'_>, wishes: &mut [Wish<'_>], plan: &Plan, reason: &str) {
    let changes = |spot: &Spot| {
        let alone = Plan::from_iter(plan.get_key_value(spot).map(|(spot, rules)| (*spot, rules.clone())));
        edits(document, &alone, reason).is_none_or(|edits| !leave_the_page(document, &edits))
    };
    let few = plan.len() <= MOST_SINGLE_TRIALS;
    let bad: BTreeSet<Spot> = plan.keys().filter(|spot| few && changes(spot)).copied().collect();
    if bad.is_empty() {
        // There are too many to try, or none changes the page by itself: only the front matter and the end of the file
        // remain.
        give_up(wishes, |spot| matches!(spot, Spot::Above { .. }));
    } else {
        give_up(wishes, |spot| bad.contains(&spot));
    }
}

/// The offsets of insertions, sorted, each with the total length of all insertions up to it.
struct Insertions(Vec<(u32, u32)>);

impl Insertions {
    fn of(edits: &[Edit]) -> Self {
        let mut made: Vec<(u32, u32)> = edits.iter().map(|edit| (edit.span.start, edit.text.len() as u32)).collect();
        made.sort_unstable();
        let mut sum = 0;
        for (_, length) in &mut made {
            sum += *length;
            *length = sum;
        }
        Insertions(made)
    }

    /// The rules and starts of findings after the insertions.
    fn places<'f>(&self, found: &'f [Diagnostic]) -> FxHashSet<(&'f str, u32)> {
        found.iter().flat_map(|it| self.moved(it.label.span.start).map(|at| (&*it.rule, at))).collect()
    }

    /// The possible positions of the text at `offset` after the insertions: after an insertion at the same offset, or
    /// before it for findings at the start of a file.
    fn moved(&self, offset: u32) -> [u32; 2] {
        let behind = |count: usize| {
            let last = count.checked_sub(1).and_then(|last| self.0.get(last));
            offset + last.map_or(0, |(_, length)| *length)
        };
        [
            behind(self.0.partition_point(|(at, _)| *at <= offset)),
            behind(self.0.partition_point(|(at, _)| *at < offset)),
        ]
    }
}

/// Creates an insertion.
fn insert(at: u32, text: String) -> Edit {
    Edit { span: Span::empty(at), text }
}
