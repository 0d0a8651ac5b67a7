//! The ids of a tree, for attributes that refer to other elements by id.

use crate::document::tree::{NodeId, Origin, Tree};
use rustc_hash::FxHashMap;

/// The element of each id, and whether the page can have other ids.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    elements: FxHashMap<Box<str>, NodeId>,
    is_complete: bool,
}

impl Ids {
    fn of(tree: &Tree<'_>) -> Self {
        let mut ids = Ids { elements: FxHashMap::default(), is_complete: tree.templates().is_empty() };
        let mut is_page = false;
        for element in tree.elements() {
            is_page |= element.name() == "html" && element.origin() == Origin::Html;
            // Data is not executed.
            let is_data = || element.attribute("type").is_some_and(|it| it.value().contains("json"));
            ids.is_complete &= element.name() != "script" || is_data();
            if let Some(id) = element.attribute("id").map(|id| id.value()).filter(|id| !id.is_empty()) {
                // The first element with an id has it.
                ids.elements.entry(id.into()).or_insert(element.node().id());
            }
        }
        ids.is_complete &= is_page;
        ids
    }
}

impl Tree<'_> {
    /// The first element with this id.
    pub fn with_id(&self, id: &str) -> Option<NodeId> {
        self.ids.get_or_init(|| Ids::of(self)).elements.get(id).copied()
    }

    /// Whether the tree has all ids of the page: it is a whole page, not the content of a layout, and there are neither
    /// templates nor scripts, which may add some.
    pub fn has_all_ids(&self) -> bool {
        self.ids.get_or_init(|| Ids::of(self)).is_complete
    }
}
