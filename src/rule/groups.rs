//! Places of a site grouped by the value that they share.

use crate::facts::{PageFacts, Spot};
use crate::source::Span;
use crate::text::{collapsed, folded};
use rustc_hash::FxHashMap;

/// Places by edition and value. Editions of a site share values by right: translations have the same pictures.
#[derive(Debug, Default)]
pub struct Groups<'s> {
    by_value: FxHashMap<(&'s str, String), Vec<Spot>>,
}

impl<'s> Groups<'s> {
    /// Adds a place in the post with this index.
    pub fn add(&mut self, (page, facts): (usize, &'s PageFacts), value: String, span: Span) {
        self.by_value.entry((&facts.edition, value)).or_default().push(Spot { page, span });
    }

    /// The value of each group with at least so many posts, and its places, sorted by edition and value.
    pub fn with_at_least(&self, posts: usize) -> impl Iterator<Item = (&str, &[Spot])> {
        // Places are added post by post.
        let count = |spots: &[Spot]| spots.chunk_by(|a, b| a.page == b.page).count();
        let mut large: Vec<_> = self.by_value.iter().filter(|(_, spots)| count(spots) >= posts).collect();
        large.sort_unstable_by_key(|(key, _)| *key);
        large.into_iter().map(|((_, value), spots)| (value.as_str(), spots.as_slice()))
    }

    /// The values of all groups, in any order.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.by_value.keys().map(|(_, value)| value.as_str())
    }
}

/// A text as it is compared with those of other posts: composed, with single spaces, in lower case. Tags remain: `<web>` and
/// `<list>` may be two components.
pub fn same_text(text: &str) -> String {
    folded(&collapsed(text)).into_owned()
}
