//! postlint's own keywords, for constraints that JSON Schema lacks: the width of a text, a key that repeats another
//! one, the existence of a file, the time zone of a time.

use crate::document::read::front_matter::value::{Data, Value};
use crate::schema::at::{At, named};
use crate::schema::evaluate::{Walk, in_a_row};
use crate::schema::format::lacks_offset;
use crate::schema::kind::type_of;
use crate::width;
use serde_json::{Map, Value as Json};

/// The font size of titles in search results, in pixels, for `maxWidth`.
const TITLE_SIZE: f32 = 20.0;

/// Maximum number of violations for which a similar file is suggested: a post with more needs a review anyway.
const MAX_SUGGESTIONS: usize = 20;

impl Walk<'_> {
    /// Evaluates `maxWidth`, `differsFrom` and `offset` for a text.
    pub(super) fn own_keywords(&mut self, value: &Value<'_>, text: &str, object: &Map<String, Json>, at: &At) {
        if let Some(limit) = object.get("maxWidth").and_then(Json::as_f64)
            && width::pixels(text, TITLE_SIZE) > limit as f32
            && width::is_measurable(text)
        {
            let pixels = width::pixels(text, TITLE_SIZE);
            self.wrong(
                at,
                format!("{} is too wide", named(&at.path)),
                format!("{pixels:.0} px; {limit:.0} px at most"),
            );
        }
        self.differs(text, object, at);
        if object.get("offset").and_then(Json::as_str) == Some("required") && lacks_offset(value, text) {
            self.wrong(at, format!("{} has no time zone", named(&at.path)), "no offset").help =
                Some("add it after the time: `+0900`".into());
        }
    }

    fn differs(&mut self, text: &str, object: &Map<String, Json>, at: &At) {
        let Some(other) = object.get("differsFrom").and_then(Json::as_str) else { return };
        let same = |said: &str| said.split_whitespace().eq(text.split_whitespace());
        if self.entry_of(self.root, other).and_then(|entry| entry.value.text()).is_some_and(same) {
            let message = format!("{} repeats `{other}`", named(&at.path));
            self.wrong(at, message, format!("the same text as `{other}`"));
        }
    }

    /// Evaluates `exists` for a text, for each text in a list, or for the `path` of a mapping, where jekyll-seo-tag
    /// expects an image.
    pub(super) fn exists(&mut self, value: &Value<'_>, at: &At) {
        match &value.data {
            Data::Sequence { items, .. } => {
                for (index, item) in items.iter().enumerate() {
                    self.exists(item, &at.inside(&index.to_string(), item.span, item.span));
                }
            }
            Data::Mapping(mapping) => {
                if let Some(entry) = mapping.get("path").filter(|entry| entry.value.as_scalar().is_some()) {
                    self.exists(&entry.value, &at.inside("path", entry.value_or_key(), entry.key.span));
                }
            }
            Data::Scalar(scalar) if type_of(value, self.setting.engine) == Some("string") => {
                let place = self.setting.place;
                let Some(missing) = place.missing_file(&scalar.text) else { return };
                let is_early = self.found.len() < MAX_SUGGESTIONS;
                let suggestion = is_early.then(|| place.similar_file(&scalar.text, &missing)).flatten();
                let violation =
                    self.wrong(at, format!("{} refers to a file that does not exist", named(&at.path)), "no such file");
                violation.help = Some(match suggestion {
                    Some(suggestion) => format!("did you mean `{suggestion}`?"),
                    None => format!("looked for {}", in_a_row(&missing.tried, 4, missing.tried.len())),
                });
            }
            Data::Scalar(_) | Data::Alias { .. } => {}
        }
    }
}
