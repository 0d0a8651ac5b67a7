//! Values that are made once and asked for by many posts.

use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Values by key, each made once.
#[derive(Clone, Debug)]
pub struct Memo<V>(Arc<Mutex<FxHashMap<String, V>>>);

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Memo(Arc::default())
    }
}

impl<V: Clone> Memo<V> {
    /// The value of a key, which is made unless it is known.
    pub fn get(&self, key: &str, make: impl FnOnce() -> V) -> V {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = known().get(key) {
            return value.clone();
        }
        // Values are made of other values: do not hold the lock.
        let made = make();
        known().entry(key.to_owned()).or_insert(made).clone()
    }
}
