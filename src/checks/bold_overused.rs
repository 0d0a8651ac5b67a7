//! `bold-overused`: so much bold text that it emphasizes nothing.

use crate::diagnostic::Label;
use crate::document::{Element, Node, NodeKind};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use html5ever::local_name;
use rustc_hash::FxHashSet;
use serde::Deserialize;

/// A single bold paragraph is not reported: it is probably a notice.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct BoldOverused {
    percent: usize,
    paragraphs: usize,
    min_length: usize,
}

impl Check for BoldOverused {
    fn wants(&self) -> Wants {
        Wants::together(&["b", "strong"])
    }

    fn elements(&self, context: &mut Context<'_>, bold: &[Element<'_>]) {
        let mut seen = FxHashSet::default();
        let paragraphs = bold.iter().filter_map(|it| paragraph(*it)).filter(|it| seen.insert(it.node().id()));
        let is_bold = |paragraph: &Element<'_>| self.is_overdone(*paragraph);
        let places: Vec<Span> = paragraphs.filter(is_bold).filter_map(Element::span).collect();
        let Some((&first, rest)) = places.split_first().filter(|_| places.len() >= self.paragraphs) else { return };
        let related = rest.iter().map(|&span| Label { span, message: String::new() }).take(2).collect();
        let message = format!("{} paragraphs are more than {}% bold", places.len(), self.percent);
        context.report(Finding { message: Some(message), related, ..Finding::of_post(first) });
    }
}

impl BoldOverused {
    /// Whether more than `percent` of a paragraph is bold, but not all of it: an entirely bold paragraph is a heading
    /// or a notice.
    fn is_overdone(&self, paragraph: Element<'_>) -> bool {
        let (bold, all) = characters(paragraph);
        all >= self.min_length && bold < all && bold * 100 > all * self.percent
    }
}

fn paragraph(bold: Element<'_>) -> Option<Element<'_>> {
    bold.ancestors().find(|it| *it.local_name() == local_name!("p")).filter(|it| it.is_written())
}

/// The number of bold characters in a paragraph and the number of all its characters, both without whitespace.
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
    inside.any(|it| matches!(*it.local_name(), local_name!("b") | local_name!("strong")))
}
