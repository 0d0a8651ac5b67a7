//! The walk: every element of a post is shown to the rules that want it, once.

use crate::diagnostic::Diagnostic;
use crate::document::dialect::Dialect;
use crate::document::{Document, Element, Origin};
use crate::rule::Context;
use crate::ruleset::{ActiveRule, Ruleset};
use crate::source::Span;
use crate::suppress;

/// Everything the rules have to say about a post, suppressed findings left out, in order of place.
pub fn lint(document: &Document<'_>, rules: &Ruleset) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if document.source.not_utf8().is_some() {
        // What the bytes mean is unknown, and so are their places: nothing else may be said.
        for rule in rules.for_not_utf8() {
            rule.check.document(&mut context(document, rule, &mut found), document);
        }
        return found;
    }
    for rule in rules.for_document() {
        rule.check.document(&mut context(document, rule, &mut found), document);
    }
    for element in document.tree.elements() {
        if is_written(document, element) {
            for rule in rules.for_element(element.local_name()) {
                rule.check.element(&mut context(document, rule, &mut found), element);
            }
        }
    }
    suppress::apply(document, rules, &mut found);
    found.sort_by(|a, b| (a.label.span, &a.rule).cmp(&(b.label.span, &b.rule)));
    found
}

/// Nobody wrote the others: a finding there would be a second one for the same bytes, or for none.
/// In MDX a capital letter makes a component, whatever HTML would make of `<Image>`.
fn is_written(document: &Document<'_>, element: Element<'_>) -> bool {
    let capital = |tag: Span| document.source.slice(tag).as_bytes().get(1).is_some_and(u8::is_ascii_uppercase);
    match element.origin() {
        Origin::Html => document.place.dialect != Dialect::Mdx || !element.start_tag().is_some_and(capital),
        Origin::Markdown => true,
        Origin::Implied | Origin::Clone => false,
    }
}

fn context<'c>(document: &'c Document<'c>, rule: &'c ActiveRule, found: &'c mut Vec<Diagnostic>) -> Context<'c> {
    Context::new(document, &rule.meta, rule.level, found)
}
