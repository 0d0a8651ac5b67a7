//! `alt-empty-markdown`: a Markdown image that is a separate block and has empty brackets.

use crate::document::ask::accessible_name::is_blank;
use crate::document::{Element, NodeKind, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

/// `alt=""` in HTML or in an attribute list is a decision; `![](…)` is an omission.
#[derive(Deserialize)]
pub struct AltEmptyMarkdown {}

impl Check for AltEmptyMarkdown {
    fn wants(&self) -> Wants {
        Wants::elements(&["img"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        if element.origin() != Origin::Markdown || !is_only_content(element) {
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

/// Whether the image is alone in its paragraph, and therefore not an icon in a sentence.
fn is_only_content(image: Element<'_>) -> bool {
    let Some(block) = image.parent() else { return false };
    let nothing = |kind: NodeKind, text: &str| matches!(kind, NodeKind::Text | NodeKind::Comment) && is_blank(text);
    let other = |id| id != image.node().id();
    block.name() == "p"
        && block.origin() == Origin::Markdown
        && block.children().filter(|node| other(node.id())).all(|node| nothing(node.kind(), node.text()))
}
