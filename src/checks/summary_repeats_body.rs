//! `summary-repeats-body`: a summary that repeats the post's first paragraph.

use crate::diagnostic::Label;
use crate::document::{Document, Element, Field, NodeKind};
use crate::rule::{Check, Context, Finding, Wants};
use crate::text::comparable;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct SummaryRepeatsBody {
    keys: Vec<String>,
}

/// Minimum length in characters: shorter texts may be equal by chance.
const MIN_LENGTH: usize = 40;

impl Check for SummaryRepeatsBody {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let mut first: Option<(Element<'_>, String)> = None;
        for key in &self.keys {
            let Field::Text(text, entry) = document.field(key) else { continue };
            let text = comparable(&document.shown(text));
            if text.chars().count() < MIN_LENGTH {
                continue;
            }
            if first.is_none() {
                first = first_paragraph(document);
            }
            let Some((paragraph, _)) = first.as_ref().filter(|(_, body)| *body == text) else { continue };
            let related = paragraph.span().map(|span| Label { span, message: "the same text".into() });
            let message = format!("`{key}` repeats the first paragraph");
            let related = related.into_iter().collect();
            context.report(Finding { message: Some(message), related, ..Finding::at(entry.value.span) });
        }
    }
}

/// The first paragraph with words, and its text.
fn first_paragraph<'d>(document: &'d Document<'_>) -> Option<(Element<'d>, String)> {
    let paragraphs = document.tree.elements().filter(|element| element.name() == "p");
    paragraphs.map(|paragraph| (paragraph, text_of(paragraph))).find(|(_, text)| !text.is_empty())
}

fn text_of(paragraph: Element<'_>) -> String {
    let texts = paragraph.descendants().filter(|node| node.kind() == NodeKind::Text);
    comparable(&texts.map(|node| node.text()).collect::<String>())
}
