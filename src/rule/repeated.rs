//! One finding for the same thing in several places of a post.

use crate::diagnostic::Label;
use crate::source::Span;
use rustc_hash::FxHashMap;
use std::hash::Hash;

/// Things with the same key, in the order in which each key was first added.
#[derive(Debug)]
pub struct Groups<K, T> {
    groups: Vec<(K, Vec<T>)>,
    index: FxHashMap<K, usize>,
}

impl<K, T> Default for Groups<K, T> {
    fn default() -> Self {
        Groups { groups: Vec::new(), index: FxHashMap::default() }
    }
}

impl<K: Clone + Eq + Hash, T> Groups<K, T> {
    /// Adds a thing to those with the same key.
    pub fn add(&mut self, key: K, thing: T) {
        match self.index.get(&key).and_then(|index| self.groups.get_mut(*index)) {
            Some((_, things)) => things.push(thing),
            None => {
                self.index.insert(key.clone(), self.groups.len());
                self.groups.push((key, vec![thing]));
            }
        }
    }

    /// The keys with their things.
    pub fn into_vec(self) -> Vec<(K, Vec<T>)> {
        self.groups
    }
}

/// Maximum number of other places that a finding shows.
const MAX_SHOWN: usize = 4;

/// Labels for the places after the first.
pub fn others(spans: impl IntoIterator<Item = Span>, message: &str) -> Vec<Label> {
    let label = |span| Label { span, message: message.to_owned() };
    spans.into_iter().skip(1).take(MAX_SHOWN).map(label).collect()
}

/// The subject of a message about `count` things, of which the finding is at the first: `this link and 2 others`.
pub fn subject(one: &str, thing: &str, count: usize) -> String {
    match count {
        0 | 1 => one.to_owned(),
        2 => format!("this {thing} and another one"),
        count => format!("this {thing} and {} others", count - 1),
    }
}
