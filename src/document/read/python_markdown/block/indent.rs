//! Blocks that are indented below a list (`ListIndentProcessor`; `DefListIndentProcessor` in `extensions/def_list.py`).

use super::{Parser, State};
use crate::document::read::python_markdown::lines::Block;
use crate::document::read::python_markdown::tree::NodeId;

/// Which elements are items and lists.
struct Kinds {
    items: &'static [&'static str],
    lists: &'static [&'static str],
}

const LISTS: Kinds = Kinds { items: &["li"], lists: &["ul", "ol"] };
const DEFINITIONS: Kinds = Kinds { items: &["dd", "li"], lists: &["dl", "ol", "ul"] };

impl Parser<'_> {
    pub(super) fn indent(&mut self, parent: NodeId, block: &Block, definitions: bool) -> bool {
        let kinds = if definitions { &DEFINITIONS } else { &LISTS };
        let is_item = self.nodes.is(parent, kinds.items);
        let after_list = self.last_child(parent).is_some_and(|last| self.nodes.is(last, kinds.lists));
        let applies = self.starts_with_spaces(block.line(0), 4) && !self.is_state(State::Detabbed);
        if !(applies && (is_item || after_list)) {
            return false;
        }
        let (level, sibling) = self.level(parent, block, kinds);
        let block = Block::new(self.loose_detab(block, level));
        self.within(State::Detabbed, |parser| parser.below_list(parent, sibling, block, kinds, definitions));
        true
    }

    fn below_list(&mut self, parent: NodeId, sibling: NodeId, block: Block, kinds: &Kinds, definitions: bool) {
        if self.nodes.is(parent, kinds.items) {
            let inner = self.last_child(parent).filter(|&last| self.nodes.is(last, kinds.lists));
            return self.parse_one(inner.unwrap_or(parent), block);
        }
        if self.nodes.is(sibling, kinds.items) {
            return self.parse_one(sibling, block);
        }
        match self.last_child(sibling).filter(|&last| self.nodes.is(last, kinds.items)) {
            Some(item) => {
                self.wrap_text(item, true);
                self.parse_chunk(item, block.lines());
            }
            None => {
                let span = self.span_of(block.lines());
                let item = self.nodes.add(sibling, if definitions { "dd" } else { "li" }, span);
                self.parse_one(item, block);
            }
        }
    }

    /// How many levels of indentation are those of lists, and the element of the innermost (`get_level`).
    fn level(&self, parent: NodeId, block: &Block, kinds: &Kinds) -> (usize, NodeId) {
        let indentation = block.line(0).map_or(0, |line| self.indentation(line)) / 4;
        let mut level = usize::from(self.is_state(State::List));
        let mut parent = parent;
        while indentation > level {
            let Some(child) = self.last_child(parent) else { break };
            let is_list = self.nodes.is(child, kinds.lists);
            if !is_list && !self.nodes.is(child, kinds.items) {
                break;
            }
            level += usize::from(is_list);
            parent = child;
        }
        (level, parent)
    }
}
