//! Attribute lists after text and elements (`AttrListTreeprocessor` in `extensions/attr_list.py`).

use crate::document::read::python_markdown::attributes::{Item, Key, is_boolean, items, sanitized};
use crate::document::read::python_markdown::block::Parser;
use crate::document::read::python_markdown::html::is_block_level;
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{Attribute, NodeId, Nodes};
use html5ever::LocalName;
use std::ops::Range;

/// A list that was found: all of it, and what is in its braces.
struct Found {
    start: usize,
    end: usize,
    inside: Range<usize>,
}

/// Where the text is that ends in a list.
#[derive(Clone, Copy)]
enum At {
    Text(NodeId),
    Tail(NodeId),
}

pub(super) fn apply(parser: &mut Parser<'_>) {
    for id in parser.nodes.descendants(Nodes::ROOT) {
        if is_block_level(parser.nodes.tag(id)) {
            block(parser, id);
        } else {
            inline(parser, id);
        }
    }
}

fn is_heading(parser: &Parser<'_>, id: NodeId) -> bool {
    parser.nodes.is(id, &["h1", "h2", "h3", "h4", "h5", "h6"])
}

fn block(parser: &mut Parser<'_>, id: NodeId) {
    let on_line = is_heading(parser, id) || parser.nodes.is(id, &["dt", "td", "th"]);
    let Some(at) = end_of(parser, id) else { return };
    let Some(text) = text_at(parser, at) else { return };
    let found = if on_line { after_spaces(text.as_str()) } else { on_last_line(text.as_str()) };
    let Some(found) = found else { return };
    let (list, rest) = items(&text, found.inside.clone());
    if rest.is_some() {
        return;
    }
    assign(parser, id, &text, &list);
    let mut end = found.start;
    if is_heading(parser, id) {
        end = text.get(0..end).trim_end_matches('#').trim_end().len();
    }
    set_text(parser, at, text.slice(0..end));
}

/// The text that an attribute list of a block would be at the end of.
fn end_of(parser: &Parser<'_>, id: NodeId) -> Option<At> {
    let node = parser.nodes.get(id);
    let has_tail = |child: &NodeId| parser.nodes.get(*child).tail.as_ref().is_some_and(|tail| !tail.is_empty());
    if node.children.is_empty() {
        return node.has_text().then_some(At::Text(id));
    }
    if parser.nodes.tag(id) == "li" {
        let list = node.children.iter().position(|&child| parser.nodes.is(child, &["ul", "ol"]));
        let before = match list {
            None => node.children.last(),
            Some(index) => index.checked_sub(1).and_then(|index| node.children.get(index)),
        };
        if let Some(&child) = before.filter(|child| has_tail(child)) {
            return Some(At::Tail(child));
        }
        return node.has_text().then_some(At::Text(id));
    }
    match node.children.last() {
        Some(&child) if has_tail(&child) => Some(At::Tail(child)),
        _ => node.has_text().then_some(At::Text(id)),
    }
}

fn text_at(parser: &Parser<'_>, at: At) -> Option<Text> {
    match at {
        At::Text(id) => parser.nodes.get(id).text.clone(),
        At::Tail(id) => parser.nodes.get(id).tail.clone(),
    }
}

fn set_text(parser: &mut Parser<'_>, at: At, text: Text) {
    match at {
        At::Text(id) => parser.nodes.get_mut(id).text = Some(text),
        At::Tail(id) => parser.nodes.get_mut(id).tail = Some(text),
    }
}

fn inline(parser: &mut Parser<'_>, id: NodeId) {
    let Some(tail) = parser.nodes.get(id).tail.clone() else { return };
    let line = tail.as_str().split('\n').next().unwrap_or("");
    let Some(end) = line.rfind('}') else { return };
    let Some(found) = list_at(line, 0, end + 1) else { return };
    let (list, rest) = items(&tail, found.inside.clone());
    assign(parser, id, &tail, &list);
    let mut left = tail.slice(found.end..tail.len());
    if let Some(rest) = rest {
        left.push(&tail, rest..found.inside.end);
    }
    if let Some(span) = parser.nodes.get(id).span {
        parser.nodes.get_mut(id).span = Some(span.join(tail.span(0..found.end)));
    }
    parser.nodes.get_mut(id).tail = Some(left);
}

/// The list in the braces from `start` to `end` (`BASE_RE`).
fn list_at(line: &str, start: usize, end: usize) -> Option<Found> {
    let inside = line.get(start..end)?.strip_prefix('{')?.strip_suffix('}')?;
    let bare = inside.strip_prefix(':').unwrap_or(inside).trim_start_matches(' ');
    if bare.is_empty() || bare.starts_with('}') {
        return None;
    }
    Some(Found { start, end, inside: end - 1 - bare.len()..end - 1 })
}

/// The last line, and where it begins and ends without spaces.
fn last_line(text: &str) -> (usize, usize) {
    let bare = text.strip_suffix('\n').unwrap_or(text).trim_end_matches(' ');
    (bare.rfind('\n').map_or(0, |at| at + 1), bare.len())
}

/// `HEADER_RE`
fn after_spaces(text: &str) -> Option<Found> {
    let (start, end) = last_line(text);
    let line = text.get(start..end).filter(|line| line.ends_with('}'))?;
    let found = line.match_indices(" {").find_map(|(at, _)| list_at(text, start + at + 1, end))?;
    let before = text.get(start..found.start)?.trim_end_matches(' ').len();
    Some(Found { start: start + before, ..found })
}

/// `BLOCK_RE`
fn on_last_line(text: &str) -> Option<Found> {
    let (start, end) = last_line(text);
    let line = text.get(start..end).filter(|_| start > 0)?;
    let indent = line.len() - line.trim_start_matches(' ').len();
    let found = list_at(text, start + indent, end)?;
    Some(Found { start: start - 1, ..found })
}

/// `assign_attrs`
fn assign(parser: &mut Parser<'_>, id: NodeId, text: &Text, list: &[Item]) {
    for item in list {
        let value = item.value.clone().map(|range| text.slice(range));
        let node = parser.nodes.get_mut(id);
        match (&item.key, value) {
            (Key::Class, Some(value)) => {
                let mut class = node.attribute("class").map(|class| class.value.clone()).unwrap_or_default();
                if class.is_empty() {
                    node.set_written("class", value);
                } else {
                    class.push_str(" ", value.span(0..0));
                    class.push_all(&value);
                    node.put(Attribute {
                        name: LocalName::from("class"),
                        value: class,
                        name_span: None,
                        is_written: false,
                    });
                }
            }
            (Key::Id, Some(value)) => node.set_written("id", value),
            (Key::Name(key), value) => {
                let name = sanitized(text.get(key.clone()));
                let value = value.unwrap_or_else(|| match is_boolean(&name) {
                    true => text.slice(key.clone()),
                    false => Text::default(),
                });
                let is_written = item.value.is_some();
                let name_span = Some(text.span(key.clone()));
                // Tags are case-insensitive where the page is read.
                let name = LocalName::from(name.to_ascii_lowercase());
                node.put(Attribute { name, value, name_span, is_written });
            }
            _ => {}
        }
    }
}
