//! Splits template syntax inside text into separate nodes, so that text nodes contain only what readers see.

use crate::document::tree::{NodeData, NodeId, NodeKind, Piece, TextData, Tree, no_name};
use crate::source::{Span, overlapping};
use smallvec::SmallVec;

/// A part that a text node is split into.
#[derive(Debug)]
enum Part {
    Text(SmallVec<[Piece; 1]>),
    Template(Span),
}

/// Splits every text node at the tree's template spans.
pub(super) fn split_texts(tree: &mut Tree<'_>) {
    if tree.templates.is_empty() {
        return;
    }
    for index in 0..tree.nodes.len() {
        let node = &tree.nodes[index];
        // Where the tree builder would move text, template syntax was passed to it as a comment.
        if node.kind == NodeKind::Comment && node.span.is_some_and(|span| tree.templates.binary_search(&span).is_ok()) {
            become_part(tree, NodeId::from_index(index), Part::Template(node.span.unwrap_or_default()));
            continue;
        }
        if node.kind != NodeKind::Text || !node.span.is_some_and(|span| tree.has_template(span)) {
            continue;
        }
        let text = node.data.0 as usize;
        let pieces = std::mem::take(&mut tree.texts[text].pieces);
        let parts = cut(&pieces, &tree.templates);
        if parts.iter().any(|part| matches!(part, Part::Template(_))) {
            replace(tree, NodeId::from_index(index), parts);
        } else {
            tree.texts[text].pieces = pieces;
        }
    }
}

fn cut(pieces: &[Piece], templates: &[Span]) -> Vec<Part> {
    let mut parts = Vec::new();
    for &piece in pieces {
        let mut at = piece.written.start;
        for template in overlapping(templates, piece.written) {
            push_text(&mut parts, piece, Span::new(at, template.start.max(at)));
            if !matches!(parts.last(), Some(Part::Template(last)) if *last == template) {
                parts.push(Part::Template(template));
            }
            at = template.end;
        }
        push_text(&mut parts, piece, Span::new(at.min(piece.written.end), piece.written.end));
    }
    parts
}

/// Appends the part of `piece` at `written`. An entity or a line ending is not split: it is kept as a whole unless it
/// is inside a template.
fn push_text(parts: &mut Vec<Part>, piece: Piece, written: Span) {
    if written.is_empty() || (piece.decoded.is_some() && written != piece.written) {
        return;
    }
    let piece = Piece { written, decoded: piece.decoded };
    match parts.last_mut() {
        Some(Part::Text(pieces)) => pieces.push(piece),
        _ => parts.push(Part::Text(SmallVec::from_elem(piece, 1))),
    }
}

/// Replaces the text node `id` with `parts`; the node itself becomes the last of them.
fn replace(tree: &mut Tree<'_>, id: NodeId, mut parts: Vec<Part>) {
    let Some(last) = parts.pop() else { return };
    for part in parts {
        let node = tree.push(NodeData::new(NodeKind::Text, no_name()));
        tree.data_mut(node).origin = tree.data(id).origin;
        become_part(tree, node, part);
        tree.insert_before(id, node);
    }
    become_part(tree, id, last);
}

fn become_part(tree: &mut Tree<'_>, id: NodeId, part: Part) {
    match part {
        Part::Template(span) => {
            let node = tree.data_mut(id);
            (node.kind, node.span, node.data) = (NodeKind::Template, Some(span), (0, 0));
        }
        Part::Text(pieces) => {
            let span = pieces.iter().map(|piece| piece.written).reduce(Span::join);
            tree.texts.push(TextData { pieces, text: None });
            let data = (tree.texts.len() as u32 - 1, 0);
            let node = tree.data_mut(id);
            (node.span, node.data) = (span, data);
        }
    }
}
