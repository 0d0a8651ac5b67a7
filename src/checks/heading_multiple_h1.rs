//! `heading-multiple-h1`: a second `<h1>` in one post.

use crate::diagnostic::Label;
use crate::document::ask::branches::Branches;
use crate::document::ask::field::Field;
use crate::document::ask::hidden::may_be_hidden;
use crate::document::{Element, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

/// By default, at least one of the two headings must be an `<h1>` tag: Markdown linters check Markdown headings.
#[derive(Deserialize)]
pub struct HeadingMultipleH1 {
    markdown: bool,
}

impl Check for HeadingMultipleH1 {
    fn wants(&self) -> Wants {
        Wants::together(&["h1"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let document = context.document;
        // In a post with a title, `heading-repeats-title-level` reports every `<h1>`.
        if document.place.is_post() && !matches!(document.field("title"), Field::Missing | Field::Null(_)) {
            return;
        }
        let headings: Vec<Element<'_>> = elements.iter().copied().filter(|element| is_visible_h1(*element)).collect();
        let [first, second, rest @ ..] = &headings[..] else { return };
        let html = |element: &Element<'_>| element.origin() == Origin::Html;
        if !self.markdown && !headings.iter().any(html) {
            return;
        }
        let branches = Branches::of(&document.tree);
        let (Some(span), Some(before)) = (second.start_tag(), first.start_tag()) else { return };
        if branches.hold(span.start) || branches.hold(before.start) {
            return;
        }
        context.report(Finding {
            message: Some(format!("{} level 1 headings", rest.len() + 2)),
            related: vec![Label { span: before, message: "first level 1 heading".to_owned() }],
            ..Finding::of_post(span)
        });
    }
}

/// Whether the element is an `<h1>` that counts. Those in an article or a section do not: HTML5 once allowed a level 1
/// heading in each of them.
fn is_visible_h1(element: Element<'_>) -> bool {
    // An `<h1>` mentioned in a sentence opens an element that is not meant as a heading: `markup-broken` reports it.
    let closed = element.origin() == Origin::Markdown || element.end_tag().is_some();
    let sectioned = |it: Element<'_>| matches!(it.name(), "article" | "section" | "aside" | "template" | "noscript");
    element.is_html() && closed && !element.ancestors().any(sectioned) && !may_be_hidden(element)
}
