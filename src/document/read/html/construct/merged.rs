//! The attributes of repeated `<html>` and `<body>` tags: missing ones are added to the element.
//!
//! They are stored separately until the tree is built: adding them to the element with every tag would take time and
//! memory quadratic in the number of tags.

use crate::document::tree::{AttributeData, NodeId, Tree};
use html5ever::QualName;
use rustc_hash::FxHashSet;

/// Additional attributes of an element, from its repeated tags.
#[derive(Debug)]
struct More {
    element: NodeId,
    names: FxHashSet<QualName>,
    attributes: Vec<AttributeData>,
}

/// The elements with repeated tags: `html` and `body`.
#[derive(Debug, Default)]
pub(super) struct Merged(Vec<More>);

impl Merged {
    /// Adds the attributes of a repeated tag of `element`.
    pub fn add(&mut self, tree: &Tree<'_>, element: NodeId, attributes: impl Iterator<Item = AttributeData>) {
        let index = self.0.iter().position(|more| more.element == element).unwrap_or_else(|| {
            let names = tree.attributes_of(element).iter().map(|known| known.name.clone()).collect();
            self.0.push(More { element, names, attributes: Vec::new() });
            self.0.len() - 1
        });
        let More { names, attributes: all, .. } = &mut self.0[index];
        all.extend(attributes.filter(|attribute| names.insert(attribute.name.clone())));
    }

    /// Adds the collected attributes to their elements.
    pub fn settle(self, tree: &mut Tree<'_>) {
        for More { element, attributes, .. } in self.0 {
            let start = tree.attributes.len();
            let known = tree.attributes_of(element).to_vec();
            tree.attributes.extend(known);
            tree.attributes.extend(attributes);
            tree.data_mut(element).data = (start as u32, (tree.attributes.len() - start) as u32);
        }
    }
}
