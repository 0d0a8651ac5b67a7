//! Paragraphs, and the text of tight list items (`ParagraphProcessor`).

use super::{Parser, State};
use crate::document::read::python_markdown::lines::Block;
use crate::document::read::python_markdown::tree::NodeId;
use crate::source::Span;

impl Parser<'_> {
    pub(super) fn paragraph(&mut self, parent: NodeId, block: &Block) -> bool {
        if self.is_blank_block(block) {
            return true;
        }
        let text = self.buffer.joined(block.lines());
        let lead = text.len() - text.as_str().trim_start().len();
        let span = self.span_of(block.lines());
        if !self.is_state(State::List) {
            let id = self.nodes.add(parent, "p", span);
            self.nodes.get_mut(id).text = Some(text.slice(lead..text.len()));
            return true;
        }
        let start = Span::empty(text.offset(0));
        match self.last_child(parent) {
            Some(sibling) => {
                let tail = self.nodes.get_mut(sibling).tail.get_or_insert_default();
                tail.push_str("\n", start);
                tail.push_all(&text);
            }
            None => {
                let own = self.nodes.get_mut(parent).text.get_or_insert_default();
                if own.is_empty() {
                    own.push(&text, lead..text.len());
                } else {
                    own.push_str("\n", start);
                    own.push_all(&text);
                }
            }
        }
        if let Some(span) = span {
            self.nodes.get_mut(parent).cover(span);
        }
        true
    }
}
