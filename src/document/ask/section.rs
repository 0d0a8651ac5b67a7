//! The headings of a post, and what they are above.

use crate::document::{Element, Tree};

/// The headings of a post in the order in which they are written.
pub struct Sections<'t>(Vec<(u32, Element<'t>)>);

impl<'t> Sections<'t> {
    /// Collects the headings of `tree`.
    pub fn of(tree: &'t Tree<'t>) -> Self {
        let headings = tree.elements().filter(|element| element.heading_level().is_some());
        let mut starts: Vec<(u32, Element<'t>)> =
            headings.filter_map(|heading| Some((heading.span()?.start, heading))).collect();
        starts.sort_unstable_by_key(|(start, _)| *start);
        Sections(starts)
    }

    /// The heading of any level that is the nearest above `offset`.
    pub fn heading_above(&self, offset: u32) -> Option<Element<'t>> {
        let above = self.0.partition_point(|(start, _)| *start <= offset);
        self.0.get(above.checked_sub(1)?).map(|(_, heading)| *heading)
    }
}
