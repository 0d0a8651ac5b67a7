//! `heading-duplicated`: two headings with the same words in the same part of an article.

use crate::diagnostic::Label;
use crate::document::ask::branches::Branches;
use crate::document::ask::prose;
use crate::document::{Document, Element};
use crate::rule::repeated::Groups;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::text::{comparable, folded};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct HeadingDuplicated {}

impl Check for HeadingDuplicated {
    fn wants(&self) -> Wants {
        Wants::together(&["h1", "h2", "h3", "h4", "h5", "h6"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let document = context.document;
        // Manuals say the same of many things: "Example", "Parameters".
        if !document.is_article() {
            return;
        }
        let mut groups = Groups::default();
        // The headings above the current one, each with the place where it starts.
        let mut above: Vec<(u8, u32)> = Vec::new();
        // Headings of boxes are labels: "Hint".
        let is_in_text = |element: &&Element<'_>| {
            element.ancestors().all(|above| matches!(above.name(), "html" | "body" | "main" | "article" | "section"))
        };
        for &element in elements.iter().filter(is_in_text) {
            let (Some(level), Some(span)) = (element.heading_level(), element.span()) else { continue };
            while above.last().is_some_and(|(other, _)| *other >= level) {
                above.pop();
            }
            if let Some(words) = words(document, element, span) {
                groups.add((level, above.last().map(|(_, start)| *start), words), span);
            }
            above.push((level, span.start));
        }
        let twice = groups.into_vec().into_iter().filter_map(|((_, _, words), spans)| match spans.as_slice() {
            // More of them are a pattern of the text: questions, days, answers.
            [first, again] => Some((words, *first, *again)),
            _ => None,
        });
        let twice: Vec<(String, Span, Span)> = twice.collect();
        // Several pairs are a pattern as well: the changes of each version.
        let [(words, first, again)] = twice.as_slice() else { return };
        let branches = Branches::of(&document.tree);
        if !branches.hold(first.start) && !branches.hold(again.start) {
            context.report(Finding {
                related: vec![Label { span: *first, message: "the same words".to_owned() }],
                identity: Some(words.clone()),
                ..Finding::at(*again)
            });
        }
    }
}

/// The words of a heading; `None` if there are none, or if a template may add some.
fn words(document: &Document<'_>, element: Element<'_>, span: Span) -> Option<String> {
    let words = folded(&comparable(&prose::words(element))).into_owned();
    (!words.is_empty() && !document.tree.has_template(span)).then_some(words)
}
