//! What front matter should look like, as a documented subset of JSON Schema, checked on the tree as written: every
//! violation has its bytes. The rules decide what is reported; here it is only found.

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

/// A schema ready to use.
///
/// Known are `$ref` (inside the schema), `type`, `enum`, `const`, `required`, `properties`, `patternProperties`,
/// `additionalProperties`, `propertyNames`, `minProperties`, `maxProperties`, `dependentRequired`, `items`, `contains`,
/// `minItems`, `maxItems`, `uniqueItems`, `minLength`, `maxLength`, `pattern`, `format` (`date`, `date-time`, `uri`,
/// `email`, and our own `any-date`), `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`, `allOf`, `anyOf`, `oneOf`,
/// `not`, `if`, `then`, `else`, and annotations; besides these our own `maxWidth` (pixels of Arial 20 px, as search
/// results set titles), `differsFrom` (another key), `offset` (a time must name its zone) and `exists` (the file it names
/// is in the site).
#[derive(Debug)]
pub struct Schema {
    root: Json,
    patterns: FxHashMap<String, Regex>,
    /// A key without a value counts as absent. JSON Schema itself takes it for `null`.
    blank_is_absent: bool,
}

/// What is known of the post besides its front matter.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'d> {
    /// Who gives unquoted values their types.
    pub engine: Engine,
    /// Where a missing key belongs: the opening fence.
    pub fence: Span,
    /// Keys the site supplies.
    pub supplied: &'d BTreeSet<&'d str>,
    /// The file's text.
    pub text: &'d str,
    /// Where the post stands.
    pub place: &'d Place,
}

/// A place that is not as the schema wants it.
#[derive(Clone, Debug)]
pub struct Violation {
    /// The exact bytes: the value, the item, an unknown key; for a missing key the fence or the parent's key.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What is said at the place.
    pub label: String,
    /// What to do.
    pub help: Option<String>,
    /// The edit that would mend it.
    pub fix: Option<Fix>,
    /// True for a key the schema does not know.
    pub is_unknown_key: bool,
    /// The level it has at most, where the config says how bad an unknown key is.
    pub at_most: Option<Level>,
    /// The path of keys and indices, as a JSON pointer; of a long one its end.
    pub path: Rc<str>,
}

impl Schema {
    /// Checks a schema and makes it ready, or says everything that is wrong with it.
    pub fn new(root: Json, blank_is_absent: bool) -> Result<Self, Vec<SchemaProblem>> {
        let patterns = compile::compile(&root)?;
        Ok(Schema { root, patterns, blank_is_absent })
    }

    /// The keys the schema names at the top level.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.root.get("properties").and_then(Json::as_object).into_iter().flatten().map(|(key, _)| key.as_str())
    }

    /// Everything in `mapping`, the whole of a post's front matter, that is not as the schema wants it.
    pub fn check(&self, mapping: &Mapping<'_>, setting: Setting<'_>) -> Vec<Violation> {
        evaluate::check(self, mapping, setting)
    }
}
