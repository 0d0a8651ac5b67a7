//! Runs the checks: each element of a post is passed once to the rules that select it.

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Element};
use crate::rule::{Check, Context, Subject};
use crate::ruleset::{ActiveRule, Ruleset, Subscriber};
use crate::schema::Demands;
use crate::source::Span;

/// A hook that wraps the parsing of a post and every call of a check, to measure them.
pub trait Observer {
    /// Parses a post: calls `parse` once.
    fn read<T>(&mut self, parse: impl FnOnce() -> T) -> T;

    /// Calls `check` once.
    fn call(&mut self, rule: &ActiveRule, check: impl FnOnce());
}

/// Does not measure anything, at no cost.
impl Observer for () {
    #[inline]
    fn read<T>(&mut self, parse: impl FnOnce() -> T) -> T {
        parse()
    }

    #[inline]
    fn call(&mut self, _: &ActiveRule, check: impl FnOnce()) {
        check();
    }
}

/// All findings of the rules in a post, unsorted, before suppression. `observer` wraps every call of a check.
pub fn check(
    document: &Document<'_>,
    rules: &Ruleset,
    demands: &Demands,
    observer: &mut impl Observer,
) -> Vec<Diagnostic> {
    let applies = rules.rules().iter().map(|rule| rule.meta.applies_to.holds(document)).collect();
    let subject = Subject::new(document, demands);
    let mut walk = Walk { subject: &subject, rules, applies, observer, found: Vec::new() };
    if document.source.not_utf8().is_some() {
        // The text is not known, and neither are spans: other rules cannot report anything.
        walk.show_document(rules.for_not_utf8());
    } else if !document.is_exercise() {
        walk.show_document(rules.for_document());
        walk.show_elements();
    }
    let mut found = walk.found;
    if !found.is_empty() && document.is_copied_readme() {
        found.retain(|it| it.label.span.start < document.body.start);
    }
    drop_yielding(rules, &mut found);
    found
}

/// Drops findings whose rule yields to another one that has a finding with the same span, or with the quotes around it. A
/// finding about two values that are the same has two spans: the other rule may report either of them.
fn drop_yielding(rules: &Ruleset, found: &mut Vec<Diagnostic>) {
    for rule in rules.rules().iter().filter(|rule| !rule.check.yields_to().is_empty()) {
        if !found.iter().any(|finding| finding.rule == rule.meta.name) {
            continue;
        }
        let others = found.iter().filter(|finding| rule.check.yields_to().contains(&&*finding.rule));
        let mut taken: Vec<Span> = others.map(|finding| finding.label.span).collect();
        taken.sort_unstable();
        let is_taken = |span: Span| {
            let quoted = Span::new(span.start.saturating_sub(1), span.end + 1);
            [span, quoted].iter().any(|span| taken.binary_search(span).is_ok())
        };
        let is_said = |it: &Diagnostic| is_taken(it.label.span) || matches!(&*it.related, [one] if is_taken(one.span));
        found.retain(|it| it.rule != rule.meta.name || !is_said(it));
    }
}

/// The state while rules check a post.
struct Walk<'w, O> {
    subject: &'w Subject<'w>,
    rules: &'w Ruleset,
    /// For each rule, whether it applies to the post.
    applies: Vec<bool>,
    observer: &'w mut O,
    found: Vec<Diagnostic>,
}

impl<O: Observer> Walk<'_, O> {
    fn show_document(&mut self, rules: &[u16]) {
        let document = self.subject.document;
        for &index in rules {
            self.call(index, |check, context| check.document(context, document));
        }
    }

    fn show_elements(&mut self) {
        let rules = self.rules;
        let mut collected: Vec<Vec<Element<'_>>> = vec![Vec::new(); rules.batches().len()];
        for element in shown_elements(self.subject.document) {
            rules.for_each_subscriber(element, |subscriber| match subscriber {
                Subscriber::Rule(index) => self.call(index, |check, context| check.element(context, element)),
                Subscriber::Batch(index) => collected[index as usize].push(element),
            });
        }
        for (batch, elements) in rules.batches().zip(&collected).filter(|(_, elements)| !elements.is_empty()) {
            for &index in batch {
                self.call(index, |check, context| check.elements(context, elements));
            }
        }
    }

    /// Calls the check of a rule if the rule applies to the post.
    fn call(&mut self, index: u16, call: impl FnOnce(&dyn Check, &mut Context<'_>)) {
        if !self.applies[index as usize] {
            return;
        }
        let rule = self.rules.rule(index);
        let context = Context::new(self.subject, &rule.meta, rule.level, &mut self.found);
        let mut context = context.with_level_set(rule.is_level_set).with_fix_limit(rule.fix_limit);
        self.observer.call(rule, || call(&*rule.check, &mut context));
    }
}

/// The elements that are passed to checks, in document order.
pub fn shown_elements<'d>(document: &'d Document<'_>) -> impl Iterator<Item = Element<'d>> {
    document.tree.elements().filter(|&element| document.shows(element))
}
