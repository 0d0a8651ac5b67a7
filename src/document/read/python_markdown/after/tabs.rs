//! Ids of tabs that are made of their titles (`TabbedTreeprocessor` in `pymdownx/tabbed.py`).

use super::slugs::{Ids, slug};
use super::words::words;
use crate::document::read::python_markdown::block::Parser;
use crate::document::read::python_markdown::options::Tabbed;
use crate::document::read::python_markdown::tree::{NodeId, Nodes};
use rustc_hash::FxHashMap;

pub(super) fn set_ids(parser: &mut Parser<'_>, options: Tabbed) {
    let Some(slugify) = options.slugify else { return };
    let all = parser.nodes.descendants(Nodes::ROOT);
    let mut ids = Ids::default();
    let mut headings: FxHashMap<NodeId, String> = FxHashMap::default();
    for &id in &all {
        let Some(written) = parser.nodes.get(id).attribute("id").map(|it| it.value.as_str().to_owned()) else {
            continue;
        };
        ids.take(&written);
        if parser.nodes.is(id, &["h1", "h2", "h3", "h4", "h5", "h6"]) {
            headings.insert(id, written);
        }
    }
    let above = if options.combine { headings_above(parser, &headings) } else { FxHashMap::default() };
    for id in all {
        let classes = parser.nodes.class(id);
        let has = |wanted: &str| classes.split(' ').any(|class| class == wanted);
        if !has("tabbed-set") || options.alternate && !has("tabbed-alternate") {
            continue;
        }
        let children = parser.nodes.get(id).children.clone();
        let named = |name: &str| -> Vec<NodeId> {
            children.iter().copied().filter(|&child| parser.nodes.tag(child) == name).collect()
        };
        let inputs = named("input");
        let labels = match children.iter().find(|&&child| parser.nodes.class(child) == "tabbed-labels") {
            Some(&labels) if options.alternate => parser.nodes.get(labels).children.clone(),
            _ => named("label"),
        };
        for (input, label) in inputs.into_iter().zip(labels) {
            let mut made = slug(&words(parser, label), slugify);
            if let Some(heading) = above.get(&id).filter(|heading| !heading.is_empty()) {
                made = format!("{heading}-{made}");
            }
            let made = ids.unique(made);
            parser.nodes.get_mut(input).set("id", &made);
            parser.nodes.get_mut(label).set("for", &made);
        }
    }
}

/// The id of the heading before each set of tabs, among its siblings or those of an element around it
/// (`get_parent_header_slug`).
fn headings_above(parser: &Parser<'_>, headings: &FxHashMap<NodeId, String>) -> FxHashMap<NodeId, String> {
    let mut found = FxHashMap::default();
    let mut stack: Vec<(NodeId, Option<String>)> = vec![(Nodes::ROOT, None)];
    while let Some((parent, outer)) = stack.pop() {
        let mut last = outer.clone();
        for &child in &parser.nodes.get(parent).children {
            if let Some(id) = headings.get(&child) {
                last = Some(id.clone());
            }
            if parser.nodes.class(child).contains("tabbed-set")
                && let Some(id) = &last
            {
                found.insert(child, id.clone());
            }
            stack.push((child, last.clone()));
        }
    }
    found
}
