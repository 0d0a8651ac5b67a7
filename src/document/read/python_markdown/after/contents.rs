//! Ids of headings, and the table of contents (`extensions/toc.py`). Links to headings beside them are left out: no
//! author writes them.

use super::slugs::{Ids, slug};
use super::words::words;
use crate::document::read::python_markdown::block::Parser;
use crate::document::read::python_markdown::options::Toc;
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{Node, NodeId, Nodes};
use crate::source::Span;
use html5ever::LocalName;

/// An entry of the table of contents.
struct Entry {
    level: usize,
    id: String,
    name: String,
    span: Span,
}

const MARKER: &str = "[TOC]";

pub(super) fn run(parser: &mut Parser<'_>, options: &Toc) {
    let all = parser.nodes.descendants(Nodes::ROOT);
    let mut ids = Ids::default();
    for &id in &all {
        if let Some(written) = parser.nodes.get(id).attribute("id") {
            ids.take(written.value.as_str());
        }
    }
    let mut entries = Vec::new();
    for &id in &all {
        let Some(level) = level_of(parser.nodes.tag(id)) else { continue };
        let level = (level + usize::from(options.base_level) - 1).min(6);
        let name = ["h1", "h2", "h3", "h4", "h5", "h6"].get(level.max(1) - 1).copied().unwrap_or("h6");
        if options.base_level > 1 {
            parser.nodes.get_mut(id).tag = LocalName::from(name);
        }
        let mut text = words(parser, id);
        if parser.nodes.get(id).attribute("id").is_none() {
            let made = ids.unique(slug(&text, options.slugify));
            parser.nodes.get_mut(id).set("id", &made);
        }
        if let Some(label) = parser.nodes.get(id).attribute("data-toc-label") {
            text = label.value.as_str().to_owned();
            parser.nodes.get_mut(id).remove("data-toc-label");
        }
        let written = parser.nodes.get(id).attribute("id").map_or("", |id| id.value.as_str()).to_owned();
        let span = parser.nodes.get(id).span.unwrap_or_default();
        if usize::from(options.depth.0) <= level && level <= usize::from(options.depth.1) {
            entries.push(Entry { level, id: written, name: text, span });
        }
    }
    let marker = all.iter().find_map(|&parent| {
        let is_heading = level_of(parser.nodes.tag(parent)).is_some() || parser.nodes.is(parent, &["pre", "code"]);
        let children = parser.nodes.get(parent).children.iter();
        let found = children.enumerate().find(|(_, child)| !is_heading && is_marker(parser.nodes.get(**child)));
        found.map(|(index, &child)| (parent, index, child))
    });
    if let Some((parent, index, child)) = marker {
        let list = table(parser, child, (&options.title, &entries));
        if let Some(place) = parser.nodes.get_mut(parent).children.get_mut(index) {
            *place = list;
        }
    }
}

fn level_of(tag: &str) -> Option<usize> {
    match tag.as_bytes() {
        [b'h' | b'H', digit @ b'1'..=b'6'] => Some(usize::from(digit - b'0')),
        _ => None,
    }
}

fn is_marker(node: &Node) -> bool {
    let text = node.text.as_ref().map_or("", Text::as_str);
    node.children.is_empty()
        && text.trim() == MARKER
        && !matches!(&*node.tag, "pre" | "code")
        && level_of(&node.tag).is_none()
}

/// The table of contents in place of its marker (`nest_toc_tokens`, `build_toc_div`).
fn table(parser: &mut Parser<'_>, marker: NodeId, (title, entries): (&str, &[Entry])) -> NodeId {
    let span = parser.nodes.get(marker).span.unwrap_or_default();
    let mut node = Node::named("div", span);
    node.set("class", "toc");
    let div = parser.nodes.detached(node);
    if !title.is_empty() {
        let mut node = Node::named("span", span);
        node.set("class", "toctitle");
        node.text = Some(Text::of(title, span).atomic());
        parser.nodes.push(div, node);
    }
    let list = parser.nodes.add(div, "ul", Some(span));
    // Levels, and the entries that hold others, outermost first.
    let mut levels: Vec<usize> = entries.first().map(|entry| entry.level).into_iter().collect();
    let mut parents: Vec<(usize, NodeId)> = Vec::new();
    let mut last: Option<(usize, NodeId)> = None;
    for entry in entries {
        if levels.last().is_some_and(|&level| entry.level < level) {
            levels.pop();
            while parents.last().is_some_and(|&(level, _)| entry.level <= level) {
                parents.pop();
                levels.pop();
            }
            levels.push(entry.level);
        }
        if let Some(before) = last.filter(|_| levels.last().is_some_and(|&level| entry.level > level)) {
            parents.push(before);
            levels.push(entry.level);
        }
        let target = match parents.last() {
            Some(&(_, item)) => list_below(parser, item, span),
            None => list,
        };
        let item = parser.nodes.add(target, "li", Some(span));
        let mut link = Node::named("a", span);
        link.set("href", &format!("#{}", entry.id));
        link.text = Some(Text::of(&entry.name.replace('&', "&amp;"), entry.span).atomic());
        parser.nodes.push(item, link);
        last = Some((entry.level, item));
    }
    tail_of(parser, marker, div);
    div
}

/// The list in an entry.
fn list_below(parser: &mut Parser<'_>, item: NodeId, span: Span) -> NodeId {
    let known = parser.nodes.last_child(item).filter(|&last| parser.nodes.tag(last) == "ul");
    known.unwrap_or_else(|| parser.nodes.add(item, "ul", Some(span)))
}

fn tail_of(parser: &mut Parser<'_>, marker: NodeId, div: NodeId) {
    let tail = parser.nodes.get_mut(marker).tail.take();
    parser.nodes.get_mut(div).tail = tail;
}
