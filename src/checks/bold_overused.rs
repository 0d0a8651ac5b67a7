//! `bold-overused`: so much bold text that none of it stands out.

use crate::diagnostic::Label;
use crate::document::{Document, Element, Node, NodeKind};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

/// A single bold paragraph is a notice.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct BoldOverused {
    percent: usize,
    paragraphs: usize,
    min_length: usize,
}

impl Check for BoldOverused {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let mut places: Vec<Span> = Vec::new();
        for paragraph in document.tree.elements().filter(|element| element.name() == "p") {
            let (bold, all) = characters(paragraph);
            // All of it bold is a heading or a notice.
            if paragraph.is_written() && all >= self.min_length && bold < all && bold * 100 > all * self.percent {
                places.extend(paragraph.span());
            }
        }
        let Some((&first, rest)) = places.split_first().filter(|_| places.len() >= self.paragraphs) else { return };
        let related = rest.iter().map(|&span| Label { span, message: String::new() }).take(2).collect();
        let message = format!("{} paragraphs are more than {} % bold", places.len(), self.percent);
        context.report(Finding { message: Some(message), related, ..Finding::of_post(first) });
    }
}

/// How many characters of a paragraph are bold, and how many there are.
fn characters(paragraph: Element<'_>) -> (usize, usize) {
    let (mut bold, mut all) = (0, 0);
    for node in paragraph.descendants().filter(|node| node.kind() == NodeKind::Text) {
        let count = node.text().chars().filter(|c| !c.is_whitespace()).count();
        all += count;
        bold += if is_bold(node, paragraph) { count } else { 0 };
    }
    (bold, all)
}

fn is_bold(node: Node<'_>, paragraph: Element<'_>) -> bool {
    let mut inside = node.ancestors().take_while(|it| it.node().id() != paragraph.node().id());
    inside.any(|it| matches!(it.name(), "b" | "strong"))
}
