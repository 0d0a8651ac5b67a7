//! The list of footnotes at the end (`FootnoteTreeprocessor`, `FootnotePostTreeprocessor` in `extensions/footnotes.py`).

use crate::document::read::python_markdown::block::Parser;
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{Node, NodeId, Nodes};
use crate::source::Span;
use rustc_hash::FxHashMap;

const MARKER: &str = "///Footnotes Go Here///";

/// Adds the list of footnotes, before their text is read.
pub(super) fn append(parser: &mut Parser<'_>) {
    let Some(first) = parser.definitions.footnotes.first().map(|note| note.span) else { return };
    let mut list = Node::named("div", first);
    list.set("class", "footnote");
    let list = parser.nodes.detached(list);
    parser.nodes.add(list, "hr", Some(first));
    let items = parser.nodes.add(list, "ol", Some(first));
    let mut index = 0;
    // A footnote may define others in its text.
    while let Some(note) = parser.definitions.footnotes.get(index).cloned() {
        index += 1;
        let mut item = Node::named("li", note.span);
        item.set("id", &format!("fn:{}", note.name));
        let item = parser.nodes.push(items, item);
        let inside = parser.nodes.detached(Node::named("div", note.span));
        parser.parse_chunk(inside, &note.lines);
        parser.nodes.get_mut(item).children = std::mem::take(&mut parser.nodes.get_mut(inside).children);
        add_link_back(parser, item, &note.name, index, note.span);
    }
    place(parser, list);
}

fn add_link_back(parser: &mut Parser<'_>, item: NodeId, name: &str, number: usize, span: Span) {
    let end = Span::empty(span.end);
    let mut link = Node::named("a", end);
    link.set("href", &format!("#fnref:{name}"));
    link.set("class", "footnote-backref");
    link.set("title", &format!("Jump back to footnote {number} in the text"));
    link.text = Some(Text::of("↩", end).atomic());
    let Some(last) = parser.nodes.last_child(item) else { return };
    let link = parser.nodes.detached(link);
    if parser.nodes.tag(last) == "p" {
        let node = parser.nodes.get_mut(last);
        // `NBSP_PLACEHOLDER`
        node.text.get_or_insert_default().push_str("\u{a0}", end);
        node.children.push(link);
    } else {
        let paragraph = parser.nodes.add(item, "p", Some(end));
        parser.nodes.get_mut(paragraph).children.push(link);
    }
}

/// Puts the list where its marker is, or at the end.
fn place(parser: &mut Parser<'_>, list: NodeId) {
    let holds = |text: &Option<Text>| text.as_ref().is_some_and(|text| text.as_str().contains(MARKER));
    for parent in parser.nodes.descendants(Nodes::ROOT) {
        let children = &parser.nodes.get(parent).children;
        let found = children.iter().position(|&child| {
            let node = parser.nodes.get(child);
            holds(&node.text) || holds(&node.tail)
        });
        let Some(index) = found else { continue };
        let Some(&child) = children.get(index) else { continue };
        if holds(&parser.nodes.get(child).text) {
            parser.nodes.get_mut(parent).children[index] = list;
        } else {
            parser.nodes.get_mut(child).tail = None;
            parser.nodes.get_mut(parent).children.insert(index + 1, list);
        }
        return;
    }
    parser.nodes.get_mut(Nodes::ROOT).children.push(list);
}

/// Adds a link back for each further reference to a footnote.
pub(super) fn link_back(parser: &mut Parser<'_>, uses: &FxHashMap<String, usize>) {
    if uses.values().all(|&count| count < 2) {
        return;
    }
    let lists = parser.nodes.descendants(Nodes::ROOT);
    let Some(&list) = lists.iter().find(|&&id| parser.nodes.class(id) == "footnote") else { return };
    let items = parser.nodes.descendants(list);
    for item in items {
        let id = parser.nodes.get(item).attribute("id").map_or("", |id| id.value.as_str()).to_owned();
        let Some(name) = id.strip_prefix("fn:").filter(|_| parser.nodes.tag(item) == "li") else { continue };
        let count = uses.get(name).copied().unwrap_or(0);
        let below = parser.nodes.descendants(item);
        let Some(&link) = below.iter().find(|&&id| parser.nodes.class(id) == "footnote-backref") else { continue };
        let Some(last) = parser.nodes.last_child(item) else { continue };
        for number in 2..=count {
            let mut copy = parser.nodes.get(link).clone();
            copy.set("href", &format!("#fnref{number}:{name}"));
            parser.nodes.push(last, copy);
        }
    }
}
