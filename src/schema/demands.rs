//! What a project's config demands of a post's front matter.

use crate::diagnostic::Level;
use crate::document::Document;
use crate::document::read::front_matter::types::Engine;
use crate::schema::{Schema, Setting, Violation};
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a project's config demands of one post's front matter.
#[derive(Clone, Debug, Default)]
pub struct Demands {
    /// Keys that must have a value.
    pub required: Vec<String>,
    /// What keys and values must be like.
    pub expected: Vec<Arc<Expected>>,
}

/// One item of the config's front matter settings.
#[derive(Debug, Default)]
pub struct Expected {
    /// What keys and values must be like.
    pub schema: Option<Schema>,
    /// How bad a key is that nothing here names; `None`: all keys are welcome.
    pub unknown: Option<Level>,
    /// The keys that are named, besides those of the schema.
    pub known: BTreeSet<String>,
    /// The order keys stand in.
    pub order: Vec<String>,
}

impl Demands {
    /// True when the front matter key `key` must have a value.
    pub fn requires(&self, key: &str) -> bool {
        self.required.iter().any(|required| required == key)
    }

    /// Adds what one item of a config demands. A key that is required twice is named once.
    pub fn add(&mut self, required: &[String], expected: &[Arc<Expected>]) {
        let mut seen: FxHashSet<String> = self.required.iter().cloned().collect();
        self.required.extend(required.iter().filter(|key| seen.insert((*key).clone())).cloned());
        self.expected.extend(expected.iter().cloned());
    }

    /// Everything in the front matter that is not as demanded; nothing where it cannot be read.
    pub fn violations(&self, document: &Document<'_>) -> Vec<Violation> {
        let (Some(fence), Some(block)) = (document.sound_fence(), document.front_matter.block()) else {
            return Vec::new();
        };
        let defaults = document.place.defaults.iter().map(|(key, _)| key.as_str());
        let supplied =
            defaults.filter(|key| document.place.default_of(key).is_some_and(|value| !value.is_null())).collect();
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
