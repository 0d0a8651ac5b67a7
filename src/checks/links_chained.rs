//! `links-chained`: links in a row with no words between them.

use crate::document::name::shown_text;
use crate::document::{Element, Node, NodeKind};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

/// Lists, badges and bars between links say that the row is meant.
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
        let mut row: Vec<Element<'_>> = Vec::new();
        let mut words = false;
        let mut longest: Vec<Element<'_>> = Vec::new();
        for node in paragraph.children() {
            match text_link(node) {
                Some(link) => row.push(link),
                None if self.is_gap(node) => continue,
                None => {
                    words = true;
                    row.clear();
                }
            }
            if row.len() > longest.len() {
                longest.clone_from(&row);
            }
        }
        // A paragraph of nothing but links is a menu.
        let ends = longest.first().and_then(|it| it.span()).zip(longest.last().and_then(|it| it.span()));
        if let Some((first, last)) = ends.filter(|_| words && longest.len() >= self.min_links) {
            let message = format!("{} links stand in a row without a word between them", longest.len());
            context.report(Finding { message: Some(message), ..Finding::at(first.join(last)) });
        }
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
    let link = node.as_element().filter(|element| element.name() == "a" && element.has_attribute("href"))?;
    shown_text(link).filter(|text| !text.is_empty()).map(|_| link)
}
