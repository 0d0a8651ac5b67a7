//! `link-split`: two adjacent links to the same URL.

use crate::diagnostic::{Fix, Label, Safety};
use crate::document::ask::accessible_name::{is_blank, shown_text};
use crate::document::edit::element;
use crate::document::{Element, NodeKind, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct LinkSplit {}

impl Check for LinkSplit {
    fn wants(&self) -> Wants {
        Wants::elements(&["a"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(first) = link_before(element).filter(|first| is_text_link(*first) && is_text_link(element)) else {
            return;
        };
        if href(first) != href(element) || href(element).is_none_or(|href| href.is_empty() || href.starts_with('#')) {
            return;
        }
        let (Some(start), Some(end), Some(other)) = (element.start_tag(), first.end_tag(), first.start_tag()) else {
            return;
        };
        let edits = [element::delete(end), element::delete(start)];
        let are_alike = attributes(first) == attributes(element);
        let fix = are_alike.then(|| Fix::new("merge the two links", Safety::Unsafe, edits));
        let related = vec![Label { span: other, message: "the same URL".to_owned() }];
        context.report(Finding { related, fix, ..Finding::at(start) });
    }
}

/// The link that ends directly before `element`, separated only by whitespace on the same line.
fn link_before<'t>(element: Element<'t>) -> Option<Element<'t>> {
    let mut node = element.node().previous_sibling()?;
    if node.kind() == NodeKind::Text && is_blank(node.text()) && !node.text().contains('\n') {
        node = node.previous_sibling()?;
    }
    node.as_element()
}

fn href<'t>(link: Element<'t>) -> Option<&'t str> {
    link.attribute("href")?.known_value().map(str::trim)
}

fn is_text_link(element: Element<'_>) -> bool {
    element.name() == "a"
        && element.origin() == Origin::Html
        && shown_text(element).is_some_and(|text| !text.is_empty())
}

fn attributes(element: Element<'_>) -> Vec<(&str, &str)> {
    let mut all: Vec<_> = element.attributes().map(|attribute| (attribute.name(), attribute.value())).collect();
    all.sort_unstable();
    all
}
