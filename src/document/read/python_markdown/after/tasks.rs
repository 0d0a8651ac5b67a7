//! Check boxes at the start of items (`pymdownx/tasklist.py`).

use crate::document::read::python_markdown::block::Parser;
use crate::document::read::python_markdown::stash::Stashed;
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{NodeId, Nodes};

pub(super) fn mark(parser: &mut Parser<'_>) {
    for list in parser.nodes.descendants(Nodes::ROOT) {
        let items = parser.nodes.get(list).children.clone();
        let mut has_any = false;
        for item in items.into_iter().filter(|&item| parser.nodes.tag(item) == "li").collect::<Vec<_>>() {
            let is_task = match parser.nodes.get(item).has_text() {
                true => check_box(parser, item),
                false => first_paragraph(parser, item).is_some_and(|first| check_box(parser, first)),
            };
            if is_task {
                add_class(parser, item, "task-list-item");
                has_any = true;
            }
        }
        if has_any {
            add_class(parser, list, "task-list");
        }
    }
}

fn first_paragraph(parser: &Parser<'_>, item: NodeId) -> Option<NodeId> {
    parser.nodes.get(item).children.first().copied().filter(|&first| parser.nodes.tag(first) == "p")
}

fn add_class(parser: &mut Parser<'_>, id: NodeId, class: &str) {
    let known = parser.nodes.class(id);
    let all = if known.is_empty() { class.to_owned() } else { format!("{known} {class}") };
    parser.nodes.get_mut(id).set("class", &all);
}

/// Makes `[x] ` at the start of the text a check box; returns whether there is one.
fn check_box(parser: &mut Parser<'_>, id: NodeId) -> bool {
    let Some(text) = parser.nodes.get(id).text.clone() else { return false };
    let start = text.as_str().len() - text.as_str().trim_start_matches(' ').len();
    let rest = text.get(start..text.len());
    let checked = match rest.get(..4) {
        Some("[ ] ") => false,
        Some("[x] " | "[X] ") => true,
        _ => return false,
    };
    let spaces = rest.len() - rest.get(3..).unwrap_or("").trim_start_matches(' ').len();
    let written = text.span(start..start + 3);
    let placeholder = parser.stash.store(Stashed::CheckBox { written, checked });
    let mut changed = Text::of(&placeholder, written);
    changed.push(&text, start + spaces..text.len());
    parser.nodes.get_mut(id).text = Some(changed);
    true
}
