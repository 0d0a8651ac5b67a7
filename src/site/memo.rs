//! Values that are made once and asked for by many posts.

use crate::place::notes::{self, Notes};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Values by key, each made once, with the notes of what was asked to make them.
#[derive(Clone, Debug)]
pub struct Memo<V>(Arc<Mutex<FxHashMap<String, (V, Notes)>>>);

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Memo(Arc::default())
    }
}

impl<V: Clone> Memo<V> {
    /// The value of a key, which is made unless it is known.
    pub fn get(&self, key: &str, make: impl FnOnce() -> V) -> V {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((value, asked)) = known().get(key) {
            notes::repeat(asked);
            return value.clone();
        }
        // Values are made of other values: do not hold the lock.
        let made = notes::during(make);
        notes::repeat(&made.1);
        known().entry(key.to_owned()).or_insert(made).0.clone()
    }
}
