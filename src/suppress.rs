//! Drops the findings that authors suppress, and says what came of each suppression.

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::document::suppression::{self, Kind, Name, Scope, Suppression};
use crate::rule::page::DefaultLevel;
use crate::rule::{Context, Judgement};
use crate::ruleset::Ruleset;
use crate::source::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Drops what is suppressed from `found` and adds what is wrong with the suppressions themselves.
pub fn apply(document: &Document<'_>, rules: &Ruleset, found: &mut Vec<Diagnostic>) {
    let written = suppression::find(document);
    if written.is_empty() {
        return;
    }
    let names = Names::resolve(&written, rules);
    let used = names.hide(found, |_| true);
    let judged = judge(document, &written, &names, &used, rules);
    let mut about = Vec::new();
    for rule in rules.for_suppressions() {
        let mut context = Context::new(document, &rule.meta, rule.level, &mut about);
        rule.check.suppressions(&mut context, &written, &judged);
    }
    // `all` would hide what is said about itself.
    names.hide(&mut about, |name| name.resolved.as_ref().is_some_and(|rules| rules.len() == 1));
    found.append(&mut about);
}

/// Every name of every suppression, with what it stands for.
struct Names<'w> {
    all: Vec<Resolved<'w>>,
}

struct Resolved<'w> {
    /// Index of its suppression, and its own in there.
    place: (usize, usize),
    name: &'w Name<'w>,
    /// `None`: it stands for no rule.
    resolved: Option<Arc<[Arc<str>]>>,
}

impl<'w> Names<'w> {
    fn resolve(written: &'w [Suppression<'w>], rules: &Ruleset) -> Self {
        let mut known: FxHashMap<&str, Option<Arc<[Arc<str>]>>> = FxHashMap::default();
        let mut all = Vec::new();
        for (at, suppression) in written.iter().enumerate() {
            for (index, name) in suppression.names.iter().enumerate() {
                let resolve = || rules.catalog().resolve(&name.text).map(Arc::from);
                let resolved = known.entry(&name.text).or_insert_with(resolve).clone();
                all.push(Resolved { place: (at, index), name, resolved });
            }
        }
        Names { all }
    }

    /// Drops what names that are `wanted` silence; the answer is which of all names silenced something.
    fn hide(&self, found: &mut Vec<Diagnostic>, wanted: impl Fn(&Resolved<'_>) -> bool) -> Vec<bool> {
        let mut used = vec![false; self.all.len()];
        let mut by_rule: FxHashMap<Arc<str>, (Vec<Span>, Vec<usize>)> = FxHashMap::default();
        for diagnostic in found.iter() {
            by_rule.entry(diagnostic.rule.clone()).or_default().0.push(diagnostic.label.span);
        }
        for (at, name) in self.all.iter().enumerate().filter(|(_, name)| wanted(name)) {
            for rule in name.resolved.iter().flat_map(|rules| rules.iter()) {
                if let Some((_, names)) = by_rule.get_mut(rule) {
                    names.push(at);
                }
            }
        }
        let mut silent: FxHashMap<Arc<str>, Silence> = FxHashMap::default();
        for (rule, (spans, names)) in by_rule {
            let places = Places::new(&spans);
            for &at in &names {
                used[at] |= self.all.get(at).is_some_and(|name| places.any_in(name.name.scope));
            }
            let scopes = names.iter().filter_map(|at| self.all.get(*at)).map(|name| name.name.scope);
            silent.insert(rule, Silence::new(scopes));
        }
        found.retain(|diagnostic| !silent.get(&diagnostic.rule).is_some_and(|it| it.covers(diagnostic.label.span)));
        used
    }
}

fn judge(
    document: &Document<'_>,
    written: &[Suppression<'_>],
    names: &Names<'_>,
    used: &[bool],
    rules: &Ruleset,
) -> Vec<Judgement> {
    let mut judged = vec![Judgement::default(); written.len()];
    let ends = written.iter().flat_map(|start| &start.names).filter_map(|name| Some((name.ended_by?, &*name.text)));
    let ends: FxHashSet<(usize, &str)> = ends.collect();
    let mut ran: FxHashMap<&str, bool> = FxHashMap::default();
    let broken = document.front_matter.block().is_some_and(|block| block.problem.is_some());
    for (name, used) in names.all.iter().zip(used) {
        let (Some(suppression), Some(judgement)) = (written.get(name.place.0), judged.get_mut(name.place.0)) else {
            continue;
        };
        let can_be_judged = match suppression.kind {
            Kind::Unknown => continue,
            // Rules hold back where the front matter cannot be read.
            Kind::Setting => !broken,
            Kind::End => !ends.contains(&(name.place.0, &*name.name.text)),
            _ => true,
        };
        match &name.resolved {
            None => {
                let suggestion = rules.catalog().suggest(&name.name.text).map(str::to_owned);
                judgement.unknown.push((name.place.1, suggestion));
            }
            Some(resolved) if !used && can_be_judged => {
                if *ran.entry(&name.name.text).or_insert_with(|| all_ran(resolved, rules)) {
                    judgement.unused.push(name.place.1);
                }
            }
            Some(_) => {}
        }
    }
    judged
}

/// A name whose rules did not all run may have something to silence in another run. Rules that are off until somebody
/// asks for them do not count among the members of a group, nor do rules about suppressions.
fn all_ran(resolved: &[Arc<str>], rules: &Ruleset) -> bool {
    let about_suppressions = |name: &str| rules.for_suppressions().any(|rule| &*rule.meta.name == name);
    match resolved {
        [name] => rules.runs(name) && !about_suppressions(name),
        names => names.iter().all(|name| {
            let is_off = || {
                let entry = rules.catalog().get(name);
                entry.is_some_and(|entry| entry.page.meta.level == DefaultLevel::Off)
            };
            rules.runs(name) || is_off()
        }),
    }
}

/// Findings of one rule, to ask whether any lies in a scope.
struct Places {
    whole: Starts,
    starts: Starts,
    ends: Starts,
}

/// Starts in order, each with the first end of all that start there or later.
struct Starts(Vec<(u32, u32)>);

impl Places {
    fn new(spans: &[Span]) -> Self {
        Places {
            whole: Starts::new(spans.iter().copied()),
            starts: Starts::new(spans.iter().map(|span| Span::empty(span.start))),
            ends: Starts::new(spans.iter().map(|span| last_place(*span))),
        }
    }

    fn any_in(&self, scope: Scope) -> bool {
        match scope {
            Scope::Nothing => false,
            Scope::Inside(span) => self.whole.any_in(span),
            Scope::StartIn(span) => self.starts.any_in(span),
            Scope::Touching(span) => self.starts.any_in(span) || self.ends.any_in(span),
        }
    }
}

impl Starts {
    fn new(spans: impl Iterator<Item = Span>) -> Self {
        let mut sorted: Vec<(u32, u32)> = spans.map(|span| (span.start, span.end)).collect();
        sorted.sort_unstable();
        let mut first_end = u32::MAX;
        for (_, end) in sorted.iter_mut().rev() {
            first_end = first_end.min(*end);
            *end = first_end;
        }
        Starts(sorted)
    }

    fn any_in(&self, scope: Span) -> bool {
        let later = self.0.partition_point(|(start, _)| *start < scope.start);
        self.0.get(later).is_some_and(|(_, first_end)| *first_end <= scope.end)
    }
}

/// The scopes of one rule's names, to ask whether one of them covers a finding.
struct Silence {
    whole: Stretches,
    starts: Stretches,
    ends: Stretches,
}

/// Starts in order, each with the last end of all that start there or before.
struct Stretches(Vec<(u32, u32)>);

impl Silence {
    fn new(scopes: impl Iterator<Item = Scope>) -> Self {
        let (mut whole, mut starts, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        for scope in scopes {
            match scope {
                Scope::Nothing => {}
                Scope::Inside(span) => whole.push((span.start, span.end)),
                Scope::StartIn(span) => starts.push((span.start, span.end)),
                Scope::Touching(span) => {
                    starts.push((span.start, span.end));
                    ends.push((span.start, span.end));
                }
            }
        }
        Silence { whole: Stretches::new(whole), starts: Stretches::new(starts), ends: Stretches::new(ends) }
    }

    fn covers(&self, span: Span) -> bool {
        self.whole.covers(span) || self.starts.covers(Span::empty(span.start)) || self.ends.covers(last_place(span))
    }
}

impl Stretches {
    fn new(mut spans: Vec<(u32, u32)>) -> Self {
        spans.sort_unstable();
        let mut last_end = 0;
        for (_, end) in &mut spans {
            last_end = last_end.max(*end);
            *end = last_end;
        }
        Stretches(spans)
    }

    fn covers(&self, span: Span) -> bool {
        let before = self.0.partition_point(|(start, _)| *start <= span.start);
        before.checked_sub(1).and_then(|last| self.0.get(last)).is_some_and(|(_, last_end)| *last_end >= span.end)
    }
}

/// The place of a span's last byte.
fn last_place(span: Span) -> Span {
    Span::empty(span.end.saturating_sub(1).max(span.start))
}
