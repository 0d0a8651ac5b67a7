//! `links-chained`: several links in a row without words between them.

use crate::document::ask::accessible_name::shown_text;
use crate::document::{Element, Node, NodeKind};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

/// Links in lists, badges, and links with `|` between them are in a row on purpose and are not reported.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct LinksChained {
    min_links: usize,
    separators: String,
}

impl Check for LinksChained {
    fn wants(&self) -> Wants {
        Wants::elements(&["p"])
    }

    fn element(&self, context: &mut Context<'_>, paragraph: Element<'_>) {
        if paragraph.child_elements().filter(|child| child.is_link()).count() < self.min_links {
            return;
        }
        let mut row: Option<Row<'_>> = None;
        let mut longest: Option<Row<'_>> = None;
        let mut words = false;
        for node in paragraph.children() {
            match text_link(node) {
                Some(link) => {
                    row = Some(row.map_or(Row::of(link), |row| Row { last: link, count: row.count + 1, ..row }))
                }
                None if self.is_gap(node) => {}
                None => {
                    words = true;
                    row = None;
                }
            }
            if row.is_some_and(|row| longest.is_none_or(|longest| row.count > longest.count)) {
                longest = row;
            }
        }
        // A paragraph that consists of links is a menu.
        let Some(row) = longest.filter(|row| words && row.count >= self.min_links) else { return };
        if let (Some(first), Some(last)) = (row.first.span(), row.last.span()) {
            let message = format!("{} links in a row without a word between them", row.count);
            context.report(Finding { message: Some(message), ..Finding::at(first.join(last)) });
        }
    }
}

/// A run of links without a word between them.
#[derive(Clone, Copy)]
struct Row<'t> {
    first: Element<'t>,
    last: Element<'t>,
    count: usize,
}

impl<'t> Row<'t> {
    fn of(link: Element<'t>) -> Self {
        Row { first: link, last: link, count: 1 }
    }
}

impl LinksChained {
    fn is_gap(&self, node: Node<'_>) -> bool {
        match node.kind() {
            NodeKind::Comment => true,
            NodeKind::Text => node.text().chars().all(|c| c.is_whitespace() || self.separators.contains(c)),
            _ => false,
        }
    }
}

fn text_link(node: Node<'_>) -> Option<Element<'_>> {
    let link = node.as_element().filter(|element| element.is_link())?;
    shown_text(link).filter(|text| !text.is_empty()).map(|_| link)
}
