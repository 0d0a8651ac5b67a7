//! Whether two documents produce the same page.

use crate::document::suppression::comment::START;
use crate::document::{Document, Node, NodeKind};
use crate::edit::Edit;

/// Whether two documents produce the same page, apart from comments, the `postlint` key and insignificant whitespace.
pub fn is_same_page(one: &Document<'_>, other: &Document<'_>) -> bool {
    keys(one) == keys(other) && outline(one) == outline(other)
}

/// Whether the post produces the same page after `edits`.
pub fn leave_the_page(document: &Document<'_>, edits: &[Edit]) -> bool {
    document.after(edits, |after| is_same_page(document, after)).is_some_and(|(_, is_same)| is_same)
}

fn keys<'d>(document: &'d Document<'_>) -> Option<Vec<(&'d str, &'d str)>> {
    let block = document.front_matter.block()?;
    let text = document.source.text();
    let others = block.mapping.entries.iter().filter(|entry| entry.name() != Some("postlint"));
    Some(others.map(|entry| (entry.key.span.slice(text), entry.value.full_span.slice(text))).collect())
}

/// Elements in which whitespace at the end of the text is shown.
const INLINE: [&str; 15] =
    ["a", "abbr", "b", "code", "del", "em", "font", "i", "ins", "pre", "s", "small", "span", "strong", "u"];

/// Elements between whose children whitespace is not shown.
const CONTAINERS: [&str; 18] = [
    "html", "head", "body", "div", "section", "article", "main", "aside", "header", "footer", "ul", "ol", "dl",
    "table", "thead", "tbody", "tr", "blockquote",
];

/// The body as a browser builds it, without comments and with whitespace collapsed.
fn outline(document: &Document<'_>) -> String {
    let tree = &document.tree;
    let mut depths = vec![0_u32; tree.nodes.len()];
    let mut outline = Outline::default();
    for node in tree.root().descendants() {
        let parent = node.parent();
        let depth = parent.and_then(|parent| depths.get(parent.id().index())).map_or(0, |depth| depth + 1);
        if let Some(own) = depths.get_mut(node.id().index()) {
            *own = depth;
        }
        match (node.kind(), node.as_element()) {
            (NodeKind::Element, Some(element)) => {
                outline.start(depth, element.name());
                for attribute in element.attributes() {
                    outline.written.push_str(&format!("\0{}={}", attribute.name(), attribute.value()));
                }
            }
            (NodeKind::Template, _) if !node.text().contains(START) => outline.start(depth, node.text()),
            (NodeKind::Text, _) if !is_between_blocks(node) => outline.text(depth, node),
            _ => {}
        }
    }
    outline.end_text(0);
    outline.written
}

#[derive(Default)]
struct Outline<'d> {
    written: String,
    /// The last text: its depth and its parent.
    text: Option<(u32, Node<'d>)>,
}

impl<'d> Outline<'d> {
    fn start(&mut self, depth: u32, what: &str) {
        self.end_text(depth);
        self.written.push_str(&format!("\0{depth} {what}"));
    }

    fn text(&mut self, depth: u32, text: Node<'d>) {
        let Some(parent) = text.parent() else { return };
        if self.text.is_none_or(|(_, last)| last.id() != parent.id()) {
            self.end_text(depth);
            self.written.push_str(&format!("\0{depth}\0"));
        }
        self.text = Some((depth, parent));
        add_words(&mut self.written, text.text());
    }

    /// Removes whitespace at the end of a block, where it is not shown.
    fn end_text(&mut self, depth: u32) {
        let Some((text_depth, parent)) = self.text.take() else { return };
        let is_block = parent.as_element().is_none_or(|parent| !INLINE.contains(&parent.name()));
        if depth < text_depth && is_block {
            self.written.truncate(self.written.trim_end_matches(' ').len());
        }
    }
}

fn is_between_blocks(text: Node<'_>) -> bool {
    let parent = text.parent().and_then(Node::as_element);
    text.text().trim_ascii().is_empty() && parent.is_none_or(|parent| CONTAINERS.contains(&parent.name()))
}

/// Appends `text` with runs of whitespace collapsed, including a run that begins at the end of `outline`.
fn add_words(outline: &mut String, text: &str) {
    for word in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
        let trimmed = word.trim_end_matches(|c: char| c.is_ascii_whitespace());
        outline.push_str(trimmed);
        if trimmed.len() < word.len() && !outline.ends_with(' ') {
            outline.push(' ');
        }
    }
}
