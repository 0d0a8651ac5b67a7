//! Validates front matter with a documented subset of JSON Schema. It works on the parsed front matter with its spans,
//! so that every violation has one. The rules determine which violations are reported.

mod at;
mod compile;
mod demands;
mod evaluate;
mod format;
mod kind;
mod own;

use crate::diagnostic::{Fix, Level};
use crate::document::read::front_matter::types::Engine;
use crate::document::read::front_matter::value::Mapping;
use crate::place::Place;
use crate::source::Span;
pub use compile::{MAX_PATTERNS, SchemaProblem};
pub use demands::{Demands, Expected};
pub use evaluate::renamed;
use regex::Regex;
use rustc_hash::FxHashMap;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::rc::Rc;

/// A compiled schema.
///
/// Supported keywords are `$ref` (inside the schema), `type`, `enum`, `const`, `required`, `properties`,
/// `patternProperties`, `additionalProperties`, `propertyNames`, `minProperties`, `maxProperties`, `dependentRequired`,
/// `items`, `contains`, `minItems`, `maxItems`, `uniqueItems`, `minLength`, `maxLength`, `pattern`, `format` (`date`,
/// `date-time`, `uri`, `email`, and postlint's `any-date`), `minimum`, `maximum`, `exclusiveMinimum`,
/// `exclusiveMaximum`, `multipleOf`, `allOf`, `anyOf`, `oneOf`, `not`, `if`, `then`, `else` and annotations. postlint
/// adds `maxWidth` (in pixels of Arial 20 px, the font of titles in search results), `differsFrom` (another key),
/// `offset` (a time must have a time zone) and `exists` (the file must be in the site).
#[derive(Debug)]
pub struct Schema {
    root: Json,
    patterns: FxHashMap<String, Regex>,
    /// Whether a key without a value counts as missing. JSON Schema treats it as `null`.
    blank_is_absent: bool,
}

/// What is known about the post besides its front matter.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'d> {
    /// The YAML engine, which determines the types of unquoted values.
    pub engine: Engine,
    /// The span to report for a missing key: the opening fence.
    pub fence: Span,
    /// The keys for which the site's defaults set a value.
    pub supplied: &'d BTreeSet<&'d str>,
    /// The file's text.
    pub text: &'d str,
    /// The post's path and site.
    pub place: &'d Place,
}

/// A violation of the schema.
#[derive(Clone, Debug)]
pub struct Violation {
    /// The span of the value, the item or the unknown key. For a missing key, that of the fence or of the parent's key.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// The label of the span.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
    /// The edit that would fix it.
    pub fix: Option<Fix>,
    /// Whether the violation is a key that the schema does not have.
    pub is_unknown_key: bool,
    /// Upper bound on the level, if the config sets one for unknown keys.
    pub at_most: Option<Level>,
    /// The path of keys and indices, as a JSON pointer. A long path is shortened to its end.
    pub path: Rc<str>,
}

impl Schema {
    /// Compiles a schema, or returns all mistakes in it.
    pub fn new(root: Json, blank_is_absent: bool) -> Result<Self, Vec<SchemaProblem>> {
        let patterns = compile::compile(&root)?;
        Ok(Schema { root, patterns, blank_is_absent })
    }

    /// The keys that the schema has at the top level.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.root.get("properties").and_then(Json::as_object).into_iter().flatten().map(|(key, _)| key.as_str())
    }

    /// The schema of a key at the top level.
    pub fn property(&self, key: &str) -> Option<&Json> {
        self.root.get("properties")?.get(key)
    }

    /// All violations of the schema in `mapping`, which is the whole front matter of a post.
    pub fn check(&self, mapping: &Mapping<'_>, setting: Setting<'_>) -> Vec<Violation> {
        evaluate::check(self, mapping, setting)
    }
}
