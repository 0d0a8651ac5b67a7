//! The requirements of a project's config for the front matter of a post.

use crate::diagnostic::Level;
use crate::document::Document;
use crate::document::read::front_matter::types::Engine;
use crate::schema::{Schema, Setting, Violation};
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The requirements of a project's config for the front matter of one post.
#[derive(Clone, Debug, Default)]
pub struct Demands {
    /// Keys that must have a value.
    pub required: Vec<String>,
    /// Schemas for keys and values.
    pub expected: Vec<Arc<Expected>>,
}

/// One item of the config's front matter settings.
#[derive(Debug, Default)]
pub struct Expected {
    /// The schema for keys and values.
    pub schema: Option<Schema>,
    /// The level of findings for unknown keys; `None` if all keys are allowed.
    pub unknown: Option<Level>,
    /// Known keys, in addition to those of the schema.
    pub known: BTreeSet<String>,
    /// The required order of keys.
    pub order: Vec<String>,
}

impl Demands {
    /// Whether the front matter key `key` must have a value.
    pub fn requires(&self, key: &str) -> bool {
        self.required.iter().any(|required| required == key)
    }

    /// Adds the requirements of one item of a config. Keys that are required twice are listed once.
    pub fn add(&mut self, required: &[String], expected: &[Arc<Expected>]) {
        let mut seen: FxHashSet<String> = self.required.iter().cloned().collect();
        self.required.extend(required.iter().filter(|key| seen.insert((*key).clone())).cloned());
        self.expected.extend(expected.iter().cloned());
    }

    /// All violations in the front matter; none if it does not parse.
    pub fn violations(&self, document: &Document<'_>) -> Vec<Violation> {
        let (Some(fence), Some(block)) = (document.sound_fence(), document.front_matter.block()) else {
            return Vec::new();
        };
        if self.expected.is_empty() {
            return Vec::new();
        }
        let mut supplied = BTreeSet::new();
        // The last value of a key counts.
        for (key, value) in &document.place.defaults {
            if value.is_null() {
                supplied.remove(key.as_str())
            } else {
                supplied.insert(key.as_str())
            };
        }
        let engine = Engine::of(document.place.generator);
        let setting =
            Setting { engine, fence, supplied: &supplied, text: document.source.text(), place: document.place };
        let schemas = self.expected.iter().filter_map(|expected| Some((expected.schema.as_ref()?, expected.unknown)));
        let mut found = Vec::new();
        for (schema, unknown) in schemas {
            let limit =
                |violation: Violation| Violation { at_most: unknown.filter(|_| violation.is_unknown_key), ..violation };
            found.extend(schema.check(&block.mapping, setting).into_iter().map(limit));
        }
        found
    }
}
