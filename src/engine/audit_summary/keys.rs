//! The front matter of all posts: which keys there are, and of which types.

use crate::engine::audit_summary::AuditedFile;
use crate::facts::outline::ValueKind;
use crate::words::slip;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Number of keys that are listed.
const MAX_KEYS: usize = 100;
/// Number of characters of a key that may be a typo of another one.
const MIN_TYPO: usize = 4;
/// A key is a typo of one that is at least so many times as frequent.
const TIMES: usize = 10;

/// The front matter of all posts.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FrontMatter {
    /// Number of posts with front matter that parses.
    pub posts: usize,
    /// Number of different keys.
    pub total: usize,
    /// The keys, the most frequent first.
    pub keys: Vec<KeyRow>,
}

/// A key of the front matter.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyRow {
    /// Its name.
    pub name: String,
    /// Number of posts with it.
    pub posts: usize,
    /// Share of the posts with front matter, in percent.
    pub share: usize,
    /// The types of its values with the number of posts of each, the most frequent first.
    pub types: Vec<(&'static str, usize)>,
    /// Whether its values have more than one type, apart from empty ones.
    pub is_mixed: bool,
    /// The frequent key of which it may be a typo.
    pub near: Option<String>,
}

impl FrontMatter {
    pub(super) fn of(files: &[AuditedFile<'_>]) -> Self {
        let mut posts = 0;
        let mut counts: BTreeMap<&str, BTreeMap<ValueKind, usize>> = BTreeMap::new();
        for (_, _, outline) in files.iter().filter_map(AuditedFile::outlined) {
            posts += usize::from(!outline.keys.is_empty());
            for key in &outline.keys {
                *counts.entry(&key.name).or_default().entry(key.kind).or_default() += 1;
            }
        }
        let mut keys: Vec<KeyRow> = counts.into_iter().map(|(name, kinds)| row(name, &kinds, posts)).collect();
        keys.sort_by_key(|key| Reverse(key.posts));
        let known: Vec<(String, usize)> = keys.iter().map(|key| (key.name.clone(), key.posts)).collect();
        for key in &mut keys {
            key.near = near(key, &known);
        }
        let total = keys.len();
        // Typos are rare keys: they come before what is left out.
        keys.sort_by_key(|key| (key.near.is_none() && key.posts == 1, Reverse(key.posts)));
        keys.truncate(MAX_KEYS);
        FrontMatter { posts, total, keys }
    }
}

fn row(name: &str, kinds: &BTreeMap<ValueKind, usize>, posts: usize) -> KeyRow {
    let with_it: usize = kinds.values().sum();
    let mut types: Vec<(&'static str, usize)> = kinds.iter().map(|(kind, posts)| (kind.as_str(), *posts)).collect();
    types.sort_by_key(|(_, posts)| Reverse(*posts));
    let told = kinds.keys().filter(|kind| !matches!(kind, ValueKind::Empty | ValueKind::Unknown)).count();
    KeyRow {
        name: name.to_owned(),
        posts: with_it,
        share: (with_it * 200 + posts) / (posts * 2).max(1),
        types,
        is_mixed: told > 1,
        near: None,
    }
}

fn near(key: &KeyRow, known: &[(String, usize)]) -> Option<String> {
    if key.name.chars().count() < MIN_TYPO {
        return None;
    }
    let frequent = known.iter().take_while(|(_, posts)| *posts >= key.posts * TIMES);
    let others = frequent.filter(|(name, _)| *name != key.name).map(|(name, _)| name.as_str());
    slip(&key.name, others.take(MAX_KEYS)).map(str::to_owned)
}
