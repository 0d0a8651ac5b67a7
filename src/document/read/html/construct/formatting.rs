//! Open formatting elements, which HTML's error recovery copies.

use crate::document::tree::NodeId;
use html5ever::LocalName;
use html5ever::interface::Attribute;
use rustc_hash::FxHasher;
use std::collections::VecDeque;
use std::hash::{Hash, Hasher};

/// Maximum number of elements that are remembered.
const MAX: usize = 256;

/// Open formatting elements, newest last, each with a hash that its copies have as well.
#[derive(Debug, Default)]
pub(super) struct Formatting(VecDeque<(NodeId, u64)>);

impl Formatting {
    pub fn push(&mut self, id: NodeId, look: u64) {
        if self.0.len() == MAX {
            self.0.pop_front();
        }
        self.0.push_back((id, look));
    }

    /// The elements with this hash, newest first.
    pub fn like(&self, look: u64) -> impl Iterator<Item = NodeId> {
        self.0.iter().rev().filter(move |(_, known)| *known == look).map(|(id, _)| *id)
    }

    pub fn remove(&mut self, id: NodeId) {
        if let Some(index) = self.0.iter().rposition(|(open, _)| *open == id) {
            self.0.remove(index);
        }
    }
}

/// A hash of an element's name and attributes.
pub(super) fn look(name: &LocalName, attributes: &[Attribute]) -> u64 {
    let mut hasher = FxHasher::default();
    name.hash(&mut hasher);
    for attribute in attributes {
        attribute.name.local.hash(&mut hasher);
        attribute.value.as_bytes().hash(&mut hasher);
    }
    hasher.finish()
}
