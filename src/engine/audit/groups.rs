//! Findings that are the same in many pages are one finding.

use crate::diagnostic::Diagnostic;
use crate::rule::built::{BuiltSpot, MAX_PLACES};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Maximum number of different findings that are kept.
pub const MAX_GROUPS: usize = 20_000;

/// A finding, and the pages that have it.
#[derive(Debug)]
pub struct Group {
    /// The file of the built folder that it is in, if that is not a page.
    pub file: Option<String>,
    /// The finding, as it is in the first of the pages.
    pub diagnostic: Diagnostic,
    /// The first places.
    pub spots: Vec<BuiltSpot>,
    /// Number of pages.
    pub pages: usize,
    /// The indexes of these pages, sorted, if the finding was made in each of them.
    pub indexes: Vec<usize>,
    /// Number of different findings that it is made of.
    pub joined: usize,
    /// Whether some of its pages may have another cause, because not all were looked at.
    pub is_sample: bool,
}

/// All findings in pages.
#[derive(Debug, Default)]
pub struct Groups {
    known: FxHashMap<(Arc<str>, u64), usize>,
    groups: Vec<Group>,
    /// Number of findings that were left out, because there are too many different ones.
    pub left_out: usize,
}

impl Groups {
    /// Adds the findings of a page, each with the fingerprint of its message and its markup. Pages are added in order.
    pub fn add_page(&mut self, page: usize, found: Vec<(u64, Diagnostic)>) {
        for (fingerprint, diagnostic) in found {
            let other = diagnostic.related.first().map(|label| label.span);
            let spot = BuiltSpot { other, ..BuiltSpot::new(page, diagnostic.label.span) };
            let key = (diagnostic.rule.clone(), fingerprint);
            match self.known.get(&key) {
                Some(&index) => self.groups.get_mut(index).into_iter().for_each(|group| group.add(spot)),
                None if self.groups.len() >= MAX_GROUPS => self.left_out += 1,
                None => {
                    self.known.insert(key, self.groups.len());
                    let of_page = Group { spots: vec![spot], pages: 1, indexes: vec![page], ..Group::of(diagnostic) };
                    self.groups.push(of_page);
                }
            }
        }
    }

    /// Adds a finding that is known to be a different one.
    pub fn add(&mut self, group: Group) {
        self.groups.push(group);
    }

    /// All of them.
    pub fn into_groups(self) -> Vec<Group> {
        self.groups
    }
}

impl Group {
    /// A finding without places.
    pub fn of(diagnostic: Diagnostic) -> Self {
        Group { diagnostic, file: None, spots: Vec::new(), pages: 0, indexes: Vec::new(), joined: 1, is_sample: false }
    }

    fn add(&mut self, spot: BuiltSpot) {
        // One place in each page shows more than several in one.
        if self.indexes.last() == Some(&spot.page) {
            return;
        }
        self.indexes.push(spot.page);
        self.pages = self.indexes.len();
        // Of more pages than are looked at, those that are spread over all of them.
        let step = self.pages.div_ceil(MAX_PLACES).next_power_of_two();
        if self.spots.len() == MAX_PLACES {
            let mut index = 0;
            self.spots.retain(|_| {
                index += 1;
                index % 2 == 1
            });
        }
        if (self.pages - 1).is_multiple_of(step) {
            self.spots.push(spot);
        }
    }

    /// Adds the pages of a finding that is the same one.
    pub fn join(&mut self, other: Group) {
        if self.indexes.is_empty() || other.indexes.is_empty() {
            self.pages += other.pages;
            self.indexes.clear();
        } else {
            self.indexes.extend(other.indexes);
        }
        self.joined += other.joined;
        self.is_sample |= other.is_sample;
        self.spots.extend(other.spots);
        self.spots.truncate(MAX_PLACES);
    }

    /// Takes out pages that are those of another cause.
    pub fn leave(&mut self, pages: &FxHashSet<usize>) {
        self.pages = self.pages.saturating_sub(pages.len());
        self.indexes.retain(|page| !pages.contains(page));
    }

    /// Whether the number of its pages is not known: those of findings that have joined may be counted more than once.
    pub fn is_uncounted(&self) -> bool {
        self.is_sample || self.joined > 1 && self.indexes.is_empty()
    }

    /// The number of its pages, once all that are the same have joined.
    pub fn count(&mut self) -> usize {
        self.indexes.sort_unstable();
        self.indexes.dedup();
        if self.indexes.is_empty() { self.pages } else { self.indexes.len() }
    }
}
