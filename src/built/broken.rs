//! What pages refer to and the built folder does not have.

use crate::built::names::Name;
use crate::built::page::BuiltPage;
use crate::built::references::{Broken, Kind};
use crate::built::site::{BuiltSite, Found};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Targets of a kind of which so many are missing that the folder is not what is published.
#[derive(Clone, Copy, Debug)]
pub struct Lacking {
    /// Number of targets that are not there.
    pub missing: usize,
    /// Number of all targets.
    pub all: usize,
}

/// Maximum number of references that are kept of each target: each may be in another post.
const MAX_REFERENCES: usize = 100;

/// Number of missing targets from which on they may be left out as a whole: fewer are corrected one by one.
const MIN_LACKING: usize = 20;
/// Targets are left out as a whole if one in this number is missing: on sites that are published, it is one in a hundred.
const LACKING_PART: usize = 4;

/// Number of missing targets from which on they are left out as a whole if not one is there.
const MIN_NONE: usize = 5;

/// Number of missing fragments of a page with scripts from which on a script may make the ids.
const MIN_SCRIPTED: usize = 5;

/// Number of such pages from which on scripts of all pages may make ids.
const MIN_SCRIPTED_PAGES: usize = 3;

/// Kinds of files that are not pages.
const ASSETS: [Kind; 3] = [Kind::Download, Kind::Picture, Kind::File];

/// How many targets of a kind there are.
struct Count {
    missing: usize,
    all: usize,
}

impl Count {
    fn is_lacking(&self) -> bool {
        let Count { missing, all } = *self;
        missing >= MIN_LACKING && missing * LACKING_PART > all || missing >= MIN_NONE && missing == all
    }

    fn are_most(&self) -> bool {
        self.missing > 1 && self.missing * 2 > self.all
    }
}

impl BuiltSite {
    /// All targets that are not there, once all pages are added, sorted by URL. A file that both a link and a picture refer to
    /// counts for each.
    pub fn broken(&self) -> &[Broken] {
        self.broken.get_or_init(|| self.find_broken())
    }

    fn find_broken(&self) -> Vec<Broken> {
        let mut leads = FxHashMap::default();
        for reference in self.pages.iter().flat_map(|page| &page.references) {
            leads.entry(reference.target).or_insert_with(|| self.find(reference.target));
        }
        let scripted = self.scripted(&leads);
        let mut all: BTreeMap<(String, Kind), Broken> = BTreeMap::new();
        for (index, page) in self.pages.iter().enumerate().filter(|(_, page)| !page.is_foreign) {
            for reference in &page.references {
                let Some(&found) = leads.get(&reference.target) else { continue };
                let key = self.names.text(reference.target);
                let fragment = match found {
                    Found::Nothing if !reference.by_host || self.is_certain(key) => None,
                    Found::Page(target) if self.lacks(target, reference.fragment) && !scripted.contains(&target) => {
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

    /// Whether so many targets of a kind are missing that they are left out of the folder: they are then no findings of their own.
    pub fn lacking(&self, kind: Kind) -> Option<Lacking> {
        let own = self.count(kind);
        // Where a build left out pictures, style sheets or downloads, it left out the few others as well.
        let others = || ASSETS.iter().filter(|other| **other != kind && ASSETS.contains(&kind));
        let is_lacking = own.is_lacking() || own.are_most() && others().any(|other| self.count(*other).is_lacking());
        is_lacking.then_some(Lacking { missing: own.missing, all: own.all })
    }

    /// How many targets of a kind there are.
    fn count(&self, kind: Kind) -> Count {
        let missing = self.broken().iter().filter(|it| it.kind == kind && it.fragment.is_none()).count();
        let references = self.pages.iter().flat_map(|page| &page.references);
        let all: FxHashSet<_> = references.filter(|it| it.kind == kind).map(|it| it.target).collect();
        Count { missing, all: all.len() }
    }

    /// Whether a page has no element with this id, as far as is known; 0 is that of a link without a fragment.
    fn lacks(&self, page: usize, id: u64) -> bool {
        let is_known = |page: &&BuiltPage| page.is_whole && !page.is_redirect && !page.is_foreign;
        id != 0 && self.pages.get(page).filter(is_known).is_some_and(|page| !page.has_id(id))
    }

    /// The pages whose scripts seem to make ids: several fragments that links refer to are not there, or most of them.
    fn scripted(&self, leads: &FxHashMap<Name, Found>) -> FxHashSet<usize> {
        let mut fragments: FxHashMap<usize, FxHashMap<u64, bool>> = FxHashMap::default();
        for reference in self.pages.iter().flat_map(|page| &page.references).filter(|it| it.fragment != 0) {
            if let Some(&Found::Page(target)) = leads.get(&reference.target) {
                let is_missing = self.lacks(target, reference.fragment);
                fragments.entry(target).or_default().insert(reference.fragment, is_missing);
            }
        }
        let is_scripted = |(target, fragments): (usize, FxHashMap<u64, bool>)| {
            let missing = fragments.values().filter(|is_missing| **is_missing).count();
            let has_scripts = self.pages.get(target).is_some_and(|page| page.has_scripts);
            (has_scripts && (missing >= MIN_SCRIPTED || missing * 2 > fragments.len())).then_some(target)
        };
        let scripted: FxHashSet<usize> = fragments.into_iter().filter_map(is_scripted).collect();
        // The pages of a site have the same scripts.
        let is_any = scripted.len() >= MIN_SCRIPTED_PAGES;
        let with_scripts = self.pages.iter().enumerate().filter(|(_, page)| is_any && page.has_scripts);
        with_scripts.map(|(index, _)| index).chain(scripted.iter().copied()).collect()
    }
}
