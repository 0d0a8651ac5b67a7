//! `heading-faked-in-bold`: a paragraph of bold text in place of a heading.

use crate::document::ask::accessible_name::is_blank;
use crate::document::ask::prose;
use crate::document::{Element, Node, NodeKind};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;
use unicode_width::UnicodeWidthStr;

/// One bold line may be an introduction. Several are headings that are missing from the table of contents.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct HeadingFakedInBold {
    max_width: usize,
    at_least: usize,
}

impl Check for HeadingFakedInBold {
    fn wants(&self) -> Wants {
        Wants::together(&["p"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let faked: Vec<Element<'_>> = elements.iter().copied().filter(|element| self.is_faked(*element)).collect();
        if faked.len() < self.at_least {
            return;
        }
        for span in faked.into_iter().filter_map(Element::span) {
            context.report(Finding::at(span));
        }
    }
}

impl HeadingFakedInBold {
    fn is_faked(&self, paragraph: Element<'_>) -> bool {
        let is_bold = |only: &Element<'_>| matches!(only.name(), "b" | "strong");
        let Some(bold) = only_child(paragraph).and_then(Node::as_element).filter(is_bold) else { return false };
        let words = prose::words(paragraph);
        let ends =
            words.trim_end().ends_with(['.', '!', '?', ',', ':', ';', '。', '！', '？', '：', '…', ')', '"', '”']);
        let is_followed =
            paragraph.next_element().is_some_and(|next| matches!(next.name(), "p" | "ul" | "ol" | "table"));
        prose::is_top_level(paragraph)
            && !words.is_empty()
            && words.width() <= self.max_width
            && !ends
            && is_followed
            && !bold.descendant_elements().any(|inner| matches!(inner.name(), "img" | "a" | "br"))
    }
}

/// The only child of an element.
fn only_child(element: Element<'_>) -> Option<Node<'_>> {
    let is_space = |node: &Node<'_>| node.kind() == NodeKind::Text && is_blank(node.text());
    let mut inside = element.children().filter(|node| !is_space(node));
    let only = inside.next()?;
    inside.next().is_none().then_some(only)
}
