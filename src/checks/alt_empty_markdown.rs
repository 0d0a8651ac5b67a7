//! `alt-empty-markdown`: a Markdown image with empty brackets that has a line of its own.

use crate::document::ask::accessible_name::is_blank;
use crate::document::ask::plugin_alt::has_alt_of_plugin;
use crate::document::{Element, Node, NodeKind, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

/// `alt=""` in HTML or in an attribute list is a decision; `![](…)` is an omission.
#[derive(Deserialize)]
pub struct AltEmptyMarkdown {}

/// Maximum number of nodes examined on each side of an image.
const MAX_BESIDE: usize = 50;

impl Check for AltEmptyMarkdown {
    fn wants(&self) -> Wants {
        Wants::elements(&["img"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let is_filled = || has_alt_of_plugin(context.document, element);
        let has_line = || context.document.is_image_without_paragraph(element) || has_own_line(element);
        if element.origin() != Origin::Markdown || !has_line() || is_filled() {
            return;
        }
        let decided = |name: &str| element.attribute(name).is_some_and(|it| it.name_span().is_some());
        let captioned = element.attribute("title").is_some_and(|title| !is_blank(title.value()));
        let silent = ["alt", "aria-label", "aria-hidden", "role"].into_iter().any(decided) || captioned;
        let empty = element.attribute("alt").is_none_or(|alt| !alt.is_unknown() && alt.value().is_empty());
        if let Some(span) = element.start_tag().filter(|_| empty && !silent) {
            context.report(Finding::at(span));
        }
    }
}

/// Whether there are no words on the image's line of a paragraph or a list item: it is not an icon in a sentence then.
fn has_own_line(image: Element<'_>) -> bool {
    let Some(block) = image.parent() else { return false };
    let before = std::iter::successors(image.node().previous_sibling(), |node| node.previous_sibling());
    let after = std::iter::successors(image.node().next_sibling(), |node| node.next_sibling());
    let is_own = matches!(block.name(), "p" | "li" | "dd") && block.origin() == Origin::Markdown;
    is_own
        && is_end_of_line(before, |text| text.rsplit_once('\n').map(|(_, end)| end))
        && is_end_of_line(after, |text| text.split_once('\n').map(|(start, _)| start))
}

/// Whether only other images come before the next line break. `within_line` cuts a text at its line break.
fn is_end_of_line<'t>(nodes: impl Iterator<Item = Node<'t>>, within_line: impl Fn(&str) -> Option<&str>) -> bool {
    for node in nodes.take(MAX_BESIDE) {
        match node.kind() {
            NodeKind::Comment => {}
            NodeKind::Text => match within_line(node.text()) {
                Some(text) => return is_blank(text),
                None if is_blank(node.text()) => {}
                None => return false,
            },
            NodeKind::Element => match node.as_element().map(Element::name) {
                Some("img") => {}
                Some("br" | "hr" | "ul" | "ol" | "p" | "div" | "blockquote" | "pre" | "table" | "dl") => return true,
                Some("h1" | "h2" | "h3" | "h4" | "h5" | "h6") => return true,
                _ => return false,
            },
            _ => return false,
        }
    }
    true
}
