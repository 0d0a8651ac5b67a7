//! Removes the findings that authors suppress, and checks each suppression after all findings are known.

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, LevelOrOff};
use crate::document::Document;
use crate::document::suppression::{self, Kind, Scope, Suppression};
use crate::rule::built::ReadsBuilt;
use crate::rule::{Context, Judged, Meta, Subject};
use crate::ruleset::Ruleset;
use crate::schema::Demands;
use crate::source::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The suppressions of a post. They do not borrow from its document, so that they can be applied to findings that
/// depend on several posts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Suppressions {
    written: Vec<Suppression>,
    /// Whether the front matter does not parse, so that its suppressions are unknown.
    has_broken_front_matter: bool,
}

impl Suppressions {
    /// The suppressions of a post. A file that is not UTF-8 has none.
    pub fn of(document: &Document<'_>) -> Self {
        if document.source.not_utf8().is_some() {
            return Suppressions::default();
        }
        Suppressions {
            written: suppression::find(document),
            has_broken_front_matter: document.front_matter.block().is_some_and(|block| block.problem.is_some()),
        }
    }

    /// Whether they suppress findings of a rule at a span.
    pub fn hide(&self, rule: &str, span: Span, catalog: &Catalog) -> bool {
        let names = self.written.iter().flat_map(|suppression| &suppression.names);
        let is_meant = |word: &str| catalog.resolve(word).is_some_and(|rules| rules.iter().any(|it| **it == *rule));
        names.into_iter().any(|name| is_meant(&name.text) && Silence::new([name.scope].into_iter()).covers(span))
    }

    /// The names of rules, each with its span.
    pub fn names(&self) -> impl Iterator<Item = (&str, Span)> {
        self.written.iter().flat_map(|suppression| &suppression.names).map(|name| (&*name.text, name.span))
    }

    /// The words that name rules.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.written.iter().flat_map(|suppression| &suppression.names).map(|name| &*name.text)
    }

    /// Where they are written.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        self.written.iter().map(|suppression| suppression.span)
    }

    /// Whether there are no suppressions in the post.
    pub fn is_empty(&self) -> bool {
        self.written.is_empty()
    }
}

/// Which rules have run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ran {
    /// Those that examine a single post.
    InPost,
    /// Also those across the posts of its site.
    Across,
    /// Also those on the page that was built of it.
    Built,
}

/// The effect of a post's suppressions.
pub struct Outcome<'s> {
    words: Words<'s>,
    judged: Vec<Judged<'s>>,
}

impl<'s> Outcome<'s> {
    /// Removes the suppressed findings from `found`, which must contain all findings in the post: without those of rules
    /// across posts, unless `ran` says that these have run as well.
    pub fn of(suppressions: &'s Suppressions, rules: &Ruleset, ran: Ran, found: &mut Vec<Diagnostic>) -> Self {
        let words = Words::of(&suppressions.written, rules.catalog());
        let used = hide(words.meanings.iter(), found);
        let judged = judge(suppressions, &words, &used, (rules, ran));
        Outcome { words, judged }
    }

    /// Whether the suppressions themselves have findings.
    pub fn is_wrong(&self) -> bool {
        self.judged.iter().any(Judged::is_wrong)
    }

    /// Adds the findings about the suppressions themselves to `found`.
    pub fn report(&self, document: &Document<'_>, rules: &Ruleset, demands: &Demands, found: &mut Vec<Diagnostic>) {
        let subject = Subject::new(document, demands);
        let mut about = Vec::new();
        for rule in rules.for_suppressions().filter(|rule| rule.meta.applies_to.holds(document)) {
            let context = Context::new(&subject, &rule.meta, rule.level, &mut about);
            let mut context = context.with_level_set(rule.is_level_set).with_fix_limit(rule.fix_limit);
            rule.check.suppressions(&mut context, &self.judged);
        }
        // Names that refer to several rules do not apply: `all` would hide the findings about itself.
        hide(self.words.meanings.iter().filter(|meaning| meaning.rules.len() == 1), &mut about);
        found.append(&mut about);
    }
}

/// The index of a suppression, and of a name in it.
type Place = (usize, usize);

/// The meanings of the words in suppressions. A post may repeat a word thousands of times: each is looked up once.
struct Words<'w> {
    /// The index of a word's meaning; `None` if it does not name a rule.
    known: FxHashMap<&'w str, Option<usize>>,
    meanings: Vec<Meaning>,
}

/// A set of rules, and the suppressions that apply to it.
struct Meaning {
    rules: Vec<Arc<str>>,
    uses: Vec<(Place, Scope)>,
}

impl<'w> Words<'w> {
    fn of(written: &'w [Suppression], catalog: &Catalog) -> Self {
        let mut words = Words { known: FxHashMap::default(), meanings: Vec::new() };
        for (at, suppression) in written.iter().enumerate() {
            for (index, name) in suppression.names.iter().enumerate() {
                let meaning = *words.known.entry(&name.text).or_insert_with(|| {
                    let rules = catalog.resolve(&name.text)?;
                    let known = words.meanings.iter().position(|meaning| meaning.rules == rules);
                    Some(known.unwrap_or_else(|| {
                        words.meanings.push(Meaning { rules, uses: Vec::new() });
                        words.meanings.len() - 1
                    }))
                });
                if let Some(meaning) = meaning.and_then(|at| words.meanings.get_mut(at)) {
                    meaning.uses.push(((at, index), name.scope));
                }
            }
        }
        words
    }

    /// The rules that a word refers to.
    fn rules(&self, word: &str) -> Option<&[Arc<str>]> {
        let meaning = self.known.get(word).copied().flatten()?;
        Some(&self.meanings.get(meaning)?.rules)
    }
}

/// Removes the findings that `meanings` suppress. Returns the names that suppressed one.
fn hide<'m>(meanings: impl Iterator<Item = &'m Meaning>, found: &mut Vec<Diagnostic>) -> FxHashSet<Place> {
    let mut by_rule: FxHashMap<&str, Vec<(usize, Span)>> = FxHashMap::default();
    for (at, diagnostic) in found.iter().enumerate() {
        by_rule.entry(&diagnostic.rule).or_default().push((at, diagnostic.label.span));
    }
    let mut used = FxHashSet::default();
    let mut hidden = FxHashSet::default();
    for Meaning { rules, uses } in meanings {
        let about: Vec<(usize, Span)> =
            rules.iter().filter_map(|rule| by_rule.get(&**rule)).flatten().copied().collect();
        let places = Places::new(about.iter().map(|(_, span)| *span));
        used.extend(uses.iter().filter(|(_, scope)| places.any_in(*scope)).map(|(place, _)| *place));
        let silence = Silence::new(uses.iter().map(|(_, scope)| *scope));
        hidden.extend(about.iter().filter(|(_, span)| silence.covers(*span)).map(|(at, _)| *at));
    }
    let mut at = 0..;
    found.retain(|_| at.next().is_none_or(|at| !hidden.contains(&at)));
    used
}

/// Maximum number of unknown names that get a suggestion: each is compared with all known names.
const MOST_SUGGESTIONS: usize = 100;

fn judge<'s>(
    suppressions: &'s Suppressions,
    words: &Words<'_>,
    used: &FxHashSet<Place>,
    (rules, ran): (&Ruleset, Ran),
) -> Vec<Judged<'s>> {
    let written = &suppressions.written;
    let names = written.iter().flat_map(|start| &start.names);
    let ended: FxHashSet<(Span, &str)> = names.filter_map(|name| Some((name.ended_by?, &*name.text))).collect();
    let ends: FxHashSet<Span> = ended.iter().map(|(end, _)| *end).collect();
    let mut have_run: FxHashMap<&str, bool> = FxHashMap::default();
    let mut suggested: FxHashMap<&str, Option<&str>> = FxHashMap::default();
    let mut judged = Vec::with_capacity(written.len());
    for (at, suppression) in written.iter().enumerate() {
        let mut judgement = Judged::of(suppression);
        judgement.ends_nothing =
            suppression.kind == Kind::End && suppression.names.is_empty() && !ends.contains(&suppression.span);
        let names = suppression.names.iter().enumerate().filter(|_| suppression.kind != Kind::Unknown);
        for (index, name) in names {
            let text = &*name.text;
            let can_be_judged = match suppression.kind {
                Kind::Setting => !suppressions.has_broken_front_matter,
                Kind::End => !ended.contains(&(suppression.span, text)),
                _ => true,
            };
            match words.rules(text) {
                None => {
                    let few = suggested.len() < MOST_SUGGESTIONS;
                    let suggest = || few.then(|| rules.catalog().suggest(text)).flatten();
                    let suggestion = *suggested.entry(text).or_insert_with(suggest);
                    judgement.unknown.push((name.clone(), suggestion.map(str::to_owned)));
                }
                Some(resolved) if can_be_judged && !used.contains(&(at, index)) => {
                    if *have_run.entry(text).or_insert_with(|| all_ran(resolved, rules, ran)) {
                        judgement.unused.push(name.clone());
                    }
                }
                Some(_) => {}
            }
        }
        judged.push(judgement);
    }
    judged
}

/// Whether all rules of a name ran on all they read; if not, the name may suppress findings in another run. Members of a group that are
/// off by default or only read built pages need not run. False for a single rule about suppressions, whose findings do not exist yet.
fn all_ran(resolved: &[Arc<str>], rules: &Ruleset, ran: Ran) -> bool {
    let about_suppressions = |name: &str| rules.for_suppressions().any(|rule| &*rule.meta.name == name);
    let is_across = |name: &Arc<str>| rules.for_site().any(|rule| rule.meta.name == *name);
    if ran == Ran::InPost && resolved.iter().all(is_across) {
        return false;
    }
    match resolved {
        [name] if ran != Ran::Built => rules.needs_no_built(name) && !about_suppressions(name),
        [name] => rules.runs(name) && !about_suppressions(name),
        names => names.iter().all(|name| {
            let is_off = || {
                let entry = rules.catalog().get(name);
                let is_off = |meta: &Meta| meta.level == LevelOrOff::Off || meta.built == ReadsBuilt::Only;
                entry.is_some_and(|entry| is_off(&entry.page.meta))
            };
            rules.runs(name) || is_off()
        }),
    }
}

/// The positions of findings of some rules, to test whether one of them is in a scope.
struct Places {
    whole: Starts,
    starts: Starts,
    ends: Starts,
}

/// Sorted starts, each with the lowest end of all spans that start there or later.
struct Starts(Vec<(u32, u32)>);

impl Places {
    fn new(spans: impl Iterator<Item = Span> + Clone) -> Self {
        Places {
            whole: Starts::new(spans.clone()),
            starts: Starts::new(spans.clone().map(|span| Span::empty(span.start))),
            ends: Starts::new(spans.map(last_place)),
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

/// The scopes of some names, to test whether one of them covers a finding.
struct Silence {
    whole: Stretches,
    starts: Stretches,
    ends: Stretches,
}

/// Sorted starts, each with the highest end of all spans that start there or before.
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

/// The position of a span's last byte, as an empty span.
fn last_place(span: Span) -> Span {
    Span::empty(span.end.saturating_sub(1).max(span.start))
}
