//! Finds the element that contains a byte of the post's text.

use crate::document::{Element, Node, NodeId, Tree};
use crate::source::Span;

/// The text nodes of a tree, sorted by their position in the file.
pub struct Texts<'t> {
    tree: &'t Tree<'t>,
    texts: Vec<(Span, NodeId)>,
}

impl<'t> Texts<'t> {
    /// Collects the text nodes of `tree`.
    pub fn of(tree: &'t Tree<'t>) -> Self {
        let nodes = tree.text_nodes();
        let mut texts: Vec<_> = nodes.filter_map(|node| Some((node.span()?, node.id()))).collect();
        texts.sort_unstable();
        Texts { tree, texts }
    }

    /// The text node that contains the byte at `offset`.
    pub fn node_at(&self, offset: u32) -> Option<Node<'t>> {
        let after = self.texts.partition_point(|(span, _)| span.start <= offset);
        let &(span, id) = self.texts.get(after.checked_sub(1)?)?;
        (offset < span.end).then(|| self.tree.node(id))
    }

    /// The element whose text contains the byte at `offset`.
    pub fn element_at(&self, offset: u32) -> Option<Element<'t>> {
        self.node_at(offset)?.parent()?.as_element()
    }
}
