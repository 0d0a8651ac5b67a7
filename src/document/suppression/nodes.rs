//! The nodes of the tree, sorted by position: determines which bytes are comments, which are code, and which block is
//! next.

use crate::document::{Document, Node, NodeKind};
use crate::source::{Span, holds};

/// Elements whose text is shown or run verbatim.
const VERBATIM: [&str; 7] = ["code", "pre", "kbd", "samp", "script", "style", "textarea"];

/// Elements whose content is usually inline: if text follows a comment inside one, the comment applies to the rest of
/// the element.
const TEXT_BLOCKS: [&str; 15] =
    ["p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "summary", "caption"];

/// The nodes of a tree that suppressions depend on.
pub(super) struct Nodes<'d> {
    comments: Vec<Span>,
    /// Spans of text that is shown or run verbatim.
    verbatim: Vec<Span>,
    /// Elements, text and templates, sorted by start; ancestors come before their descendants.
    shown: Vec<(u32, Node<'d>)>,
}

impl<'d> Nodes<'d> {
    pub(super) fn of(document: &'d Document<'_>) -> Self {
        let mut nodes = Nodes { comments: Vec::new(), verbatim: Vec::new(), shown: Vec::new() };
        for node in document.tree.root().descendants() {
            let Some(span) = node.span() else { continue };
            match node.kind() {
                NodeKind::Comment => nodes.comments.push(span),
                NodeKind::Text => {
                    let parent = node.parent().and_then(Node::as_element);
                    if parent.is_some_and(|parent| VERBATIM.contains(&parent.name())) {
                        nodes.verbatim.push(span);
                    }
                    if !node.text().trim().is_empty() {
                        nodes.shown.push((span.start, node));
                    }
                }
                NodeKind::Element | NodeKind::Template => nodes.shown.push((span.start, node)),
                NodeKind::Document | NodeKind::Doctype | NodeKind::Fragment => {}
            }
        }
        // HTML's error recovery moves nodes, so document order differs from source order.
        nodes.comments.sort();
        nodes.verbatim.sort();
        nodes.shown.sort_by_key(|(start, _)| *start);
        nodes
    }

    /// Whether the byte at `offset` is in an HTML comment.
    pub(super) fn is_comment(&self, offset: u32) -> bool {
        holds(&self.comments, offset)
    }

    /// Whether the byte at `offset` is code.
    pub(super) fn is_verbatim(&self, offset: u32) -> bool {
        holds(&self.verbatim, offset)
    }

    /// Removes the nodes that start in one of the sorted `spans`: comments do not apply to other comments.
    pub(super) fn leave_out(&mut self, spans: &[Span]) {
        self.shown.retain(|(start, _)| !holds(spans, *start));
    }

    /// The byte span of the next block after `offset`.
    pub(super) fn next_block(&self, offset: u32, end: u32) -> Option<Span> {
        let (_, node) = self.shown.get(self.shown.partition_point(|(start, _)| *start < offset))?;
        let span = match node.as_element() {
            Some(element) => element.span()?,
            None => node.span()?,
        };
        let parent = node.parent().and_then(Node::as_element);
        let span = match parent {
            Some(parent) if node.kind() == NodeKind::Text && TEXT_BLOCKS.contains(&parent.name()) => {
                span.join(Span::empty(parent.span()?.end))
            }
            _ => span,
        };
        Some(Span::new(span.start, span.end.min(end)))
    }
}
