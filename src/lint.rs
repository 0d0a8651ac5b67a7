//! The walk: every element of a post is shown to the rules that want it, once.

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Element};
use crate::rule::Context;
use crate::ruleset::{ActiveRule, Audience, Ruleset};
use crate::suppress;

/// Stands around the reading of a post and every call of a check, to measure them.
pub trait Observer {
    /// Reads a post: calls `parse`, once.
    fn read<T>(&mut self, parse: impl FnOnce() -> T) -> T;

    /// Runs `check`, once.
    fn call(&mut self, rule: &ActiveRule, check: impl FnOnce());
}

/// Observes nothing and costs nothing.
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

/// Everything the rules have to say about a post, suppressed findings left out, in order of place.
pub fn lint(document: &Document<'_>, rules: &Ruleset) -> Vec<Diagnostic> {
    lint_observed(document, rules, &mut ())
}

/// The same, with `observer` around every call of a check.
pub fn lint_observed(document: &Document<'_>, rules: &Ruleset, observer: &mut impl Observer) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if document.source.not_utf8().is_some() {
        // What the bytes mean is unknown, and so are their places: nothing else may be said.
        for rule in rules.for_not_utf8() {
            observer.call(rule, || rule.check.document(&mut context(document, rule, &mut found), document));
        }
        return found;
    }
    for rule in rules.for_document() {
        observer.call(rule, || rule.check.document(&mut context(document, rule, &mut found), document));
    }
    show_elements(document, rules, observer, &mut found);
    suppress::apply(document, rules, &mut found);
    found.sort_by(|a, b| (a.label.span, &a.rule, &a.message).cmp(&(b.label.span, &b.rule, &b.message)));
    // A link reference that is used twice makes two links of the same bytes.
    found.dedup_by(|a, b| a.label.span == b.label.span && a.rule == b.rule && a.message == b.message);
    found
}

fn show_elements(document: &Document<'_>, rules: &Ruleset, observer: &mut impl Observer, found: &mut Vec<Diagnostic>) {
    let mut gathered: Vec<Vec<Element<'_>>> = vec![Vec::new(); rules.gatherings().len()];
    for element in shown_elements(document) {
        rules.for_each_audience(element, |audience| match audience {
            Audience::Rule(index) => {
                let rule = rules.rule(index);
                observer.call(rule, || rule.check.element(&mut context(document, rule, found), element));
            }
            Audience::Gathering(index) => gathered[index as usize].push(element),
        });
    }
    for (gathering, elements) in rules.gatherings().zip(&gathered).filter(|(_, elements)| !elements.is_empty()) {
        for rule in gathering {
            observer.call(rule, || rule.check.elements(&mut context(document, rule, found), elements));
        }
    }
}

/// The elements that checks are shown, in document order.
pub fn shown_elements<'d>(document: &'d Document<'_>) -> impl Iterator<Item = Element<'d>> {
    document.tree.elements().filter(|&element| document.shows(element))
}

fn context<'c>(document: &'c Document<'c>, rule: &'c ActiveRule, found: &'c mut Vec<Diagnostic>) -> Context<'c> {
    Context::new(document, &rule.meta, rule.level, found)
}
