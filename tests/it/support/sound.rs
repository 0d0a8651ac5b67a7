//! Invariants that hold for every post.
#![allow(dead_code, clippy::unwrap_used)]

use postlint::catalog::Catalog;
use postlint::diagnostic::{Diagnostic, Level};
use postlint::document::read::front_matter::value::{Data, Mapping, Value};
use postlint::document::{Document, suppression};
use postlint::edit::Edit;
use postlint::engine::baseline::Baseline;
use postlint::engine::lint;
use postlint::place::Place;
use postlint::ruleset::{ActiveRule, Ruleset};
use postlint::schema::Demands;
use postlint::source::{Source, Span};

/// All rules, including those that are off by default.
pub fn all_rules() -> Ruleset {
    let mut set = Ruleset::empty(Catalog::builtin());
    for entry in Catalog::builtin().rules() {
        let check = entry.check().clone();
        set.add(ActiveRule::new(entry.page.meta.clone(), Level::Warn, check));
    }
    set
}

/// Parses and lints a post; panics if a span, a finding or a fix is invalid.
pub fn lint_soundly(source: &Source, place: &Place, rules: &Ruleset) -> Vec<Diagnostic> {
    let document = Document::parse(source, place);
    document_holds(&document);
    let found = lint(&document, rules, &Demands::default());
    findings_hold(source, &found);
    found
}

/// Checks that the spans of a document are on character boundaries and inside the body, that templates do not overlap,
/// and that no note is repeated.
pub fn document_holds(document: &Document<'_>) {
    let text = document.source.text();
    let holds = |span: Option<Span>, what: &str| {
        let Some(span) = span else { return };
        assert!(text.get(span.range()).is_some(), "{what} is no text: {span:?}");
        assert!(document.body.contains(span), "{what} is outside of the body: {span:?}");
    };
    for node in document.tree.root().descendants() {
        holds(node.span(), "a node");
        let Some(element) = node.as_element() else { continue };
        holds(element.span(), "an element");
        holds(element.start_tag(), "a start tag");
        holds(element.end_tag(), "an end tag");
        for attribute in element.attributes() {
            holds(attribute.span(), "an attribute");
            holds(attribute.name_span(), "the name of an attribute");
            holds(attribute.value_span(), "the value of an attribute");
        }
    }
    let templates = document.tree.templates();
    assert!(templates.windows(2).all(|pair| pair[0].end <= pair[1].start), "templates overlap");
    let notes = document.tree.notes();
    assert!(notes.windows(2).all(|notes| notes[0] != notes[1]), "a note is said twice");
    notes.iter().for_each(|note| holds(Some(note.span), "a note"));
    if let Some(block) = document.front_matter.block() {
        mapping_holds(text, &block.mapping);
        block.problem.iter().for_each(|problem| slices(text, problem.span, "a problem of the front matter"));
        block.comments.iter().for_each(|&comment| slices(text, comment, "a comment"));
    }
    for written in suppression::find(document) {
        slices(text, written.span, "a suppression");
        slices(text, written.word, "the word of a suppression");
        written.names.iter().for_each(|name| slices(text, name.span, "a name in a suppression"));
    }
}

/// Checks that the spans of keys and values are on character boundaries.
pub fn mapping_holds(text: &str, mapping: &Mapping<'_>) {
    mapping.values().for_each(|value| value_holds(text, value));
}

/// Checks that the spans of a value are on character boundaries.
pub fn value_holds(text: &str, value: &Value<'_>) {
    slices(text, value.span, "a value");
    slices(text, value.full_span, "a value with its marks");
    if let Data::Mapping(mapping) = &value.data {
        mapping.entries.iter().for_each(|entry| slices(text, entry.span(), "an entry"));
    }
}

/// Checks that findings are sorted, that their spans are valid, that their fixes can be applied, and that a baseline
/// that records them hides all of them.
pub fn findings_hold(source: &Source, found: &[Diagnostic]) {
    let text = source.text();
    let key = |finding: &Diagnostic| (finding.label.span, finding.rule.clone());
    assert!(found.windows(2).all(|pair| key(&pair[0]) <= key(&pair[1])), "findings are out of order");
    for finding in found {
        let rule = &finding.rule;
        slices(text, finding.label.span, rule);
        finding.related.iter().for_each(|label| slices(text, label.span, rule));
        if let Some(fix) = &finding.fix {
            assert!(Edit::apply(text, fix.edits()).is_some(), "the fix of {rule} cannot be made: {fix:?}");
        }
    }
    let mut baseline = Baseline::default();
    baseline.record("a", source, found, |_| true);
    let again = Baseline::parse(&baseline.to_string()).unwrap();
    assert!(baseline == again, "the baseline reads otherwise than it was written");
    let mut left = found.to_vec();
    again.hide("a", source, &mut left);
    assert!(left.is_empty(), "the baseline does not know {left:?}");
}

/// Checks that a span is on character boundaries.
pub fn slices(text: &str, span: Span, what: &str) {
    assert!(text.get(span.range()).is_some(), "{what} is no text: {span:?}");
}
