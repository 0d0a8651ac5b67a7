//! `br-spacing`: several line breaks in a row that are used for spacing.

use crate::diagnostic::{Fix, Safety};
use crate::document::ask::accessible_name::is_blank;
use crate::document::edit::element;
use crate::document::{Element, Node, NodeKind, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

/// Two line breaks in a row may separate two stanzas; more than two are used for spacing.
#[derive(Deserialize)]
pub struct BrSpacing {
    breaks: usize,
}

/// Elements in which authors break lines on purpose.
const LINES: &[&str] = &["td", "th", "address", "pre", "figure", "figcaption", "caption", "button", "label"];

/// Maximum number of breaks counted in a run, and of siblings searched for one that is not whitespace.
const MAX_RUN: usize = 64;

impl Check for BrSpacing {
    fn wants(&self) -> Wants {
        Wants::elements(&["br"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let is_styled = |it: Element<'_>| it.has_attribute("class") || it.has_attribute("style");
        if is_break(neighbour(element.node(), Node::previous_sibling)) || is_styled(element) {
            return;
        }
        let (count, clears, last) = run(element);
        if count < self.breaks || element.ancestors().any(|it| LINES.contains(&it.name())) {
            return;
        }
        // `spacer-paragraph` reports breaks between blocks.
        let before = neighbour(element.node(), Node::previous_sibling).is_some_and(is_inline);
        let after = neighbour(last.node(), Node::next_sibling).is_some_and(is_inline);
        if !before && !after {
            return;
        }
        if let (Some(first), Some(last)) = (element.start_tag(), last.start_tag()) {
            let message = format!("{count} line breaks in a row");
            // One break is kept, so that the words on both sides remain separate.
            let surplus = Span::new(first.end, last.end);
            let fix = (element.origin() == Origin::Html && surplus.start < surplus.end && !clears)
                .then(|| Fix::new("leave one line break", Safety::Unsafe, [element::delete(surplus)]));
            context.report(Finding { message: Some(message), fix, ..Finding::at(first.join(last)) });
        }
    }
}

/// The number of breaks in a row from `first` on that only add space, whether others end a float, and the last of all.
fn run(first: Element<'_>) -> (usize, bool, Element<'_>) {
    let (mut count, mut clears, mut last) = (usize::from(!is_clearing(first)), is_clearing(first), first);
    for _ in 0..MAX_RUN {
        let next = neighbour(last.node(), Node::next_sibling).and_then(Node::as_element);
        let Some(next) = next.filter(|next| next.name() == "br") else { break };
        count += usize::from(!is_clearing(next));
        clears |= is_clearing(next);
        last = next;
    }
    (count, clears, last)
}

/// Whether the break moves what follows below a floating picture.
fn is_clearing(element: Element<'_>) -> bool {
    let says = |name: &str| element.attribute(name).is_some_and(|it| it.value().to_ascii_lowercase().contains("clear"));
    element.has_attribute("clear") || says("style") || says("class")
}

fn neighbour<'t>(node: Node<'t>, step: fn(Node<'t>) -> Option<Node<'t>>) -> Option<Node<'t>> {
    let is_space = |node: &Node<'t>| node.kind() == NodeKind::Text && is_blank(node.text());
    std::iter::successors(step(node), |node| step(*node)).take(MAX_RUN).find(|node| !is_space(node))
}

fn is_break(node: Option<Node<'_>>) -> bool {
    node.and_then(Node::as_element).is_some_and(|element| element.name() == "br")
}

fn is_inline(node: Node<'_>) -> bool {
    let inline = |name: &str| {
        matches!(name, "a" | "b" | "strong" | "em" | "i" | "span" | "font" | "small" | "code" | "u" | "s" | "del")
    };
    node.kind() == NodeKind::Text || node.as_element().is_some_and(|element| inline(element.name()))
}
