//! What pages refer to and the built folder does not have.

use crate::built::references::Kind;
use crate::built::site::{BuiltSite, Found};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A target that is not there, with the pages that refer to it.
#[derive(Debug)]
pub struct Broken {
    /// The path of its URL on the host, decoded, with the fragment if only that is missing.
    pub url: String,
    /// The fragment, if only that is missing.
    pub fragment: Option<String>,
    /// What it is referred to for.
    pub kind: Kind,
    /// The first references: the index of a page, and where the element starts.
    pub from: Vec<(usize, u32)>,
    /// Number of pages that refer to it.
    pub pages: usize,
}

/// Maximum number of references that are kept of each target.
const MAX_REFERENCES: usize = 12;

impl BuiltSite {
    /// All targets that are not there, sorted by URL. A file that both a link and a picture refer to counts for each.
    pub fn broken(&self) -> Vec<Broken> {
        let mut leads = FxHashMap::default();
        let mut all: BTreeMap<(String, Kind), Broken> = BTreeMap::new();
        for (index, page) in self.pages.iter().enumerate() {
            for reference in &page.references {
                let found = *leads.entry(reference.target).or_insert_with(|| self.find(reference.target));
                let key = self.names.text(reference.target);
                let fragment = match found {
                    Found::Nothing if !reference.by_host || self.is_certain(key) => None,
                    Found::Page(target) if reference.fragment != 0 && self.lacks(target, reference.fragment) => {
                        Some(self.fragments.get(&reference.fragment).map_or("", |text| text))
                    }
                    _ => continue,
                };
                let mut url = self.url_of_key(key);
                fragment.into_iter().for_each(|fragment| url.extend(["#", fragment]));
                let entry = all.entry((url, reference.kind)).or_insert_with_key(|(url, kind)| Broken {
                    url: url.clone(),
                    fragment: fragment.map(str::to_owned),
                    kind: *kind,
                    from: Vec::new(),
                    pages: 0,
                });
                let is_new = entry.from.last().is_none_or(|(last, _)| *last != index);
                entry.pages += usize::from(is_new);
                if is_new && entry.from.len() < MAX_REFERENCES {
                    entry.from.push((index, reference.at));
                }
            }
        }
        all.into_values().collect()
    }

    /// Whether a page has no element with this id, as far as is known.
    fn lacks(&self, page: usize, id: u64) -> bool {
        self.pages.get(page).is_some_and(|page| page.is_whole && !page.is_redirect && !page.has_id(id))
    }
}
