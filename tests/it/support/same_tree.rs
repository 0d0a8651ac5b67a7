//! Compares trees: everything that a rule can see, and the order of nodes in memory.
#![allow(dead_code)]

use postlint::document::read::html::Way;
use postlint::document::tree::node::{Element, Node};
use postlint::document::{Document, Tree};
use postlint::place::Place;
use postlint::source::Source;
use std::fmt::Debug;

/// Builds the tree of a post natively and with the tree constructor. Returns how it was built first, or what differs.
pub fn built_alike(source: &Source, place: &Place) -> Result<Way, String> {
    let document = Document::parse(source, place);
    if document.way == Way::Native {
        same_tree(&document.tree, &Document::construct(source, place).tree)?;
    }
    Ok(document.way)
}

/// Returns the first difference between two trees.
pub fn same_tree(one: &Tree<'_>, other: &Tree<'_>) -> Result<(), String> {
    same("the number of nodes", one.len(), other.len())?;
    let mut others = other.root().descendants();
    for node in one.root().descendants() {
        let Some(twin) = others.next() else { return Err(format!("{} is only in one tree", show(node))) };
        same_node(node, twin).map_err(|what| format!("{}: {what}", show(node)))?;
    }
    if let Some(more) = others.next() {
        return Err(format!("{} is only in the other tree", show(more)));
    }
    same("notes", one.notes(), other.notes())?;
    same("templates", one.templates(), other.templates())?;
    let ids = |element: Element<'_>| element.node().id();
    same_all("elements", one.elements().map(ids), other.elements().map(ids))?;
    same_all("HTML elements", one.html_elements().map(ids), other.html_elements().map(ids))?;
    same_all("texts", one.text_nodes().map(Node::id), other.text_nodes().map(Node::id))
}

fn same_node(one: Node<'_>, other: Node<'_>) -> Result<(), String> {
    same("id", one.id(), other.id())?;
    same("kind", one.kind(), other.kind())?;
    same("origin", one.origin(), other.origin())?;
    same("span", one.span(), other.span())?;
    same("text", one.text(), other.text())?;
    same_all("pieces", one.written_pieces(), other.written_pieces())?;
    let ids = |node: Node<'_>| [node.parent(), node.previous_sibling(), node.next_sibling()].map(|it| it.map(Node::id));
    same("neighbours", ids(one), ids(other))?;
    match (one.as_element(), other.as_element()) {
        (Some(one), Some(other)) => same_element(one, other),
        _ => Ok(()),
    }
}

fn same_element(one: Element<'_>, other: Element<'_>) -> Result<(), String> {
    same("name", (one.namespace(), one.local_name()), (other.namespace(), other.local_name()))?;
    same("start tag", one.start_tag(), other.start_tag())?;
    same("end tag", one.end_tag(), other.end_tag())?;
    let original = |element: Element<'_>| element.original().map(|it| it.node().id());
    same("original", original(one), original(other))?;
    same("number of attributes", one.attributes().count(), other.attributes().count())?;
    for (one, other) in one.attributes().zip(other.attributes()) {
        same("attribute", (one.namespace(), one.name()), (other.namespace(), other.name()))?;
        same("value", one.value(), other.value())?;
        same("span of a value", one.value_span(), other.value_span())?;
        same("span of a name", one.name_span(), other.name_span())?;
        same("quote", (one.quote(), one.span()), (other.quote(), other.span()))?;
        same("unknown value", one.is_unknown(), other.is_unknown())?;
    }
    Ok(())
}

fn same<T: PartialEq + Debug>(what: &str, one: T, other: T) -> Result<(), String> {
    if one == other { Ok(()) } else { Err(format!("{what}: {one:?} and {other:?}")) }
}

fn same_all<T: PartialEq + Debug>(
    what: &str,
    one: impl Iterator<Item = T>,
    other: impl Iterator<Item = T>,
) -> Result<(), String> {
    same(what, one.collect::<Vec<_>>(), other.collect())
}

fn show(node: Node<'_>) -> String {
    let name = node.as_element().map(|element| element.name().to_owned());
    format!("{:?} {} at {:?}", node.kind(), name.unwrap_or_else(|| format!("{:?}", node.text())), node.span())
}
