//! Turns places in other posts into paths with lines and columns.

use crate::across::{Origin, Reading};
use crate::diagnostic::Elsewhere;
use crate::facts::PageFacts;
use crate::source::Source;
use crate::walk;
use rustc_hash::FxHashMap;

/// Completes the places of findings.
pub(super) struct Placing<'p, 'r> {
    /// Sorted by path.
    pages: &'p [PageFacts],
    origins: &'p [Origin],
    reading: &'p Reading<'r>,
    /// The texts that were read, by the index of the post.
    read: FxHashMap<usize, Option<Source>>,
}

impl<'p, 'r> Placing<'p, 'r> {
    pub(super) fn new(pages: &'p [PageFacts], origins: &'p [Origin], reading: &'p Reading<'r>) -> Self {
        Placing { pages, origins, reading, read: FxHashMap::default() }
    }

    /// Completes a place. `None` if its file is gone.
    pub(super) fn place(&mut self, place: &mut Elsewhere) -> Option<()> {
        let page = self.pages.binary_search_by(|page| page.path.cmp(&place.path)).ok()?;
        let path = &self.origins.get(page)?.path;
        let source = match (self.reading.known)(page) {
            Some(source) => source,
            None => self.read.entry(page).or_insert_with(|| (self.reading.read)(path)).as_ref()?,
        };
        place.locate(source);
        place.path = walk::printed(path, self.reading.root);
        Some(())
    }
}
