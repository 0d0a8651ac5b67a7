//! The spans of blocks that go on after other blocks: they cover their children.

use crate::document::read::python_markdown::block::Parser;
use crate::document::read::python_markdown::tree::Nodes;

const CONTAINERS: [&str; 9] = ["blockquote", "dd", "details", "div", "dl", "li", "ol", "table", "ul"];

pub(super) fn cover(parser: &mut Parser<'_>) {
    let all = parser.nodes.descendants(Nodes::ROOT);
    // Footnotes are written anywhere.
    let notes = all.iter().copied().filter(|&id| parser.nodes.class(id) == "footnote");
    let apart: rustc_hash::FxHashSet<_> =
        notes.flat_map(|id| parser.nodes.get(id).children.iter().copied().chain([id])).collect();
    for &id in all.iter().rev().filter(|&&id| id != Nodes::ROOT && !apart.contains(&id)) {
        if !parser.nodes.is(id, &CONTAINERS) || parser.nodes.get(id).tags.is_some() {
            continue;
        }
        let children = parser.nodes.get(id).children.iter();
        let spans: Vec<_> = children.filter_map(|&child| parser.nodes.get(child).span).collect();
        spans.into_iter().for_each(|span| parser.nodes.get_mut(id).cover(span));
    }
}
