//! Ids that are unique in a post.

use crate::place::flavor::HeadingIds;
use rustc_hash::FxHashMap;

/// The ids of a post, each with the next number to try for another heading with the same slug, so that no number is
/// tried twice.
#[derive(Debug, Default)]
pub(super) struct Ids {
    next: FxHashMap<String, u32>,
}

impl Ids {
    /// Marks an id as used.
    pub(super) fn reserve(&mut self, id: &str) {
        if !self.next.contains_key(id) {
            self.next.insert(id.to_owned(), 1);
        }
    }

    /// The id for a heading with the slug `base`, with a number if the slug is taken. `None` if the slug is empty, in
    /// mdBook.
    pub(super) fn unique(&mut self, base: String, algorithm: HeadingIds) -> Option<String> {
        if base.is_empty() && algorithm == HeadingIds::MdBook {
            return None;
        }
        let Some(mut number) = self.next.get(&base).copied() else {
            self.next.insert(base.clone(), 1);
            return Some(base);
        };
        let mut id = format!("{base}-{number}");
        // hexo-renderer-marked does not check whether the id with a number is taken.
        while algorithm != HeadingIds::Hexo && self.next.contains_key(&id) {
            number += 1;
            id = format!("{base}-{number}");
        }
        self.next.insert(id.clone(), 1);
        self.next.insert(base, number + 1);
        Some(id)
    }
}
