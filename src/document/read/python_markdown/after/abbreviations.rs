//! Abbreviations (`AbbrTreeprocessor` in `extensions/abbr.py`).

use crate::document::read::python_markdown::block::Parser;
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{Node, NodeId, Nodes};
use regex::Regex;
use rustc_hash::FxHashMap;

pub(super) fn mark(parser: &mut Parser<'_>) {
    let titles: FxHashMap<String, Text> = parser.definitions.abbreviations.drain(..).collect();
    if titles.is_empty() {
        return;
    }
    let mut names: Vec<&str> = titles.keys().map(String::as_str).collect();
    names.sort_by_key(|name| (std::cmp::Reverse(name.chars().count()), *name));
    let names: Vec<String> = names.into_iter().map(regex::escape).collect();
    let Ok(pattern) = Regex::new(&format!(r"\b(?:{})\b", names.join("|"))) else { return };
    let marks = Marks { pattern, titles };
    for id in parser.nodes.descendants(Nodes::ROOT) {
        let children = std::mem::take(&mut parser.nodes.get_mut(id).children);
        let mut marked = Vec::with_capacity(children.len());
        if let Some(text) = parser.nodes.get_mut(id).text.take() {
            let (text, found) = marks.of(parser, text);
            parser.nodes.get_mut(id).text = Some(text);
            marked.extend(found);
        }
        for child in children {
            marked.push(child);
            if let Some(tail) = parser.nodes.get_mut(child).tail.take() {
                let (tail, found) = marks.of(parser, tail);
                parser.nodes.get_mut(child).tail = Some(tail);
                marked.extend(found);
            }
        }
        parser.nodes.get_mut(id).children = marked;
    }
}

struct Marks {
    pattern: Regex,
    titles: FxHashMap<String, Text>,
}

impl Marks {
    /// The text before the first abbreviation, and elements for all of them, with the text after each as its tail.
    fn of(&self, parser: &mut Parser<'_>, text: Text) -> (Text, Vec<NodeId>) {
        if text.is_atomic {
            return (text, Vec::new());
        }
        let found: Vec<_> = self.pattern.find_iter(text.as_str()).map(|found| found.range()).collect();
        let Some(first) = found.first() else { return (text, Vec::new()) };
        let before = text.slice(0..first.start);
        let ends = found.iter().skip(1).map(|range| range.start).chain([text.len()]);
        let mut nodes = Vec::with_capacity(found.len());
        for (range, end) in found.iter().zip(ends) {
            let mut node = Node::named("abbr", text.span(range.clone()));
            if let Some(title) = self.titles.get(text.get(range.clone())) {
                node.set_written("title", title.clone());
            }
            node.text = Some(text.slice(range.clone()).atomic());
            node.tail = Some(text.slice(range.end..end));
            nodes.push(parser.nodes.detached(node));
        }
        (before, nodes)
    }
}
