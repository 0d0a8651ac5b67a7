//! Converts `front-matter:` of the config file to a schema, so that only one validator is needed. The module `field`
//! converts a single field.

use crate::authored::Written;
use crate::config::profile::{PROFILES, Profile};
use crate::config::read::ConfigReader;
use crate::config::{FrontMatterSetting, LevelSetting, Paths};
use crate::diagnostic::{Level, Mistake};
use crate::document::read::front_matter::parse_yaml;
use crate::document::read::front_matter::value::Value;
use crate::schema::{Expected, Schema};
use crate::source::Span;
use crate::words::nearest;
use serde_json::{Map, Value as Json};
use std::sync::Arc;

/// The allowed settings of an item of `front-matter`.
pub const ITEM_KEYS: [&str; 7] = ["match", "required", "extends", "fields", "unknown", "order", "schema"];

/// Fields that are converted to a schema.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) properties: Map<String, Json>,
    pub(super) required: Vec<String>,
    /// Names of keys that are required under a condition, with the schemas that require them.
    pub(super) conditions: Vec<(String, Json)>,
    /// Whether all other keys are unknown, also inside a field with `fields`.
    pub(super) is_closed: bool,
}

impl Fields {
    /// The keywords for the schema of a mapping with these fields.
    pub(super) fn into_keywords(self) -> Map<String, Json> {
        let mut schema = Map::new();
        if self.is_closed {
            schema.insert("additionalProperties".into(), false.into());
        }
        let conditions: Vec<Json> = self.conditions.into_iter().map(|(_, condition)| condition).collect();
        schema.insert("properties".into(), self.properties.into());
        schema.insert("required".into(), self.required.into());
        schema.insert("allOf".into(), conditions.into());
        schema
    }
}

impl ConfigReader {
    pub(super) fn front_matter(&mut self, value: &Value<'_>) {
        let (message, help) = ("`front-matter` expects a list", "write `- match: …` items, or `- fields: …`");
        for item in self.reader.sequence_or_blank(value, message, help).unwrap_or_default() {
            let setting = self.front_matter_item(item);
            self.config.front_matter.extend(setting);
        }
    }

    fn front_matter_item(&mut self, item: &Value<'_>) -> Option<FrontMatterSetting> {
        let mapping = self.reader.mapping_or_blank(item, "write `match: …` and `required: …`")?;
        let mut setting = FrontMatterSetting {
            span: item.span,
            matches: Paths::default(),
            profiles: Vec::new(),
            required: Vec::new(),
            expected: Vec::new(),
            schema: None,
        };
        let mut fields = Fields::default();
        let mut expected = Expected::default();
        for entry in self.reader.known_entries(mapping, "front matter setting", &ITEM_KEYS) {
            let value = &entry.value;
            match entry.name() {
                Some("match") => setting.matches = self.globs(value),
                Some("required") => setting.required = self.top_level_keys(value),
                Some("order") => expected.order = self.top_level_keys(value),
                Some("unknown") => expected.unknown = self.unknown_keys(value),
                Some("schema") => setting.schema = self.path(value, "schema", "post.schema.json"),
                _ => {}
            }
        }
        fields.is_closed = expected.unknown.is_some();
        // Apply `extends` first: the item's own fields replace those of profiles, whatever their order in the file.
        for name in ["extends", "fields"] {
            let Some(entry) = mapping.get(name) else { continue };
            match name {
                "extends" => {
                    let words = self.reader.words(&entry.value);
                    setting.profiles = words.iter().filter_map(|word| self.profile(word, &mut fields)).collect();
                }
                _ => self.fields(&entry.value, &mut fields),
            }
        }
        setting.required.extend(std::mem::take(&mut fields.required));
        expected.known.extend(setting.required.iter().chain(&expected.order).cloned());
        expected.known.extend(fields.properties.keys().cloned());
        let settings_span = mapping.get("fields").map_or(item.span, |entry| entry.key.span);
        let has_schema = !fields.properties.is_empty();
        if has_schema {
            // `key-unknown` reports unknown keys at the top level.
            let fields = Fields { is_closed: false, ..fields };
            match Schema::new(Json::Object(fields.into_keywords()), true) {
                Ok(schema) => expected.schema = Some(schema),
                Err(problems) => {
                    for problem in problems {
                        let help = problem.help.unwrap_or_default();
                        self.wrong(settings_span, problem.message, "in these fields", help);
                    }
                }
            }
        }
        if has_schema || expected.unknown.is_some() || !expected.order.is_empty() {
            setting.expected.push(Arc::new(expected));
        }
        Some(setting)
    }

    fn unknown_keys(&mut self, value: &Value<'_>) -> Option<Level> {
        match self.level(value)?.value {
            LevelSetting::On => Some(Level::Warn),
            LevelSetting::Level(level) => level.level(),
        }
    }

    fn profile(&mut self, word: &Written<String>, fields: &mut Fields) -> Option<&'static Profile> {
        let Some(profile) = Profile::named(&word.value) else {
            let known = PROFILES.map(|profile| profile.name);
            let suggestion = nearest(&word.value, known);
            self.reader.mistakes.push(Mistake::unknown(word.span, "profile", &word.value, suggestion, &known));
            return None;
        };
        let all = Span::new(0, profile.text.len() as u32);
        // `tests/it/front_matter/schema.rs` tests that profiles have no mistakes.
        if let Ok(Some(value)) = parse_yaml(profile.text, all) {
            self.fields(&value, fields);
        }
        Some(profile)
    }

    /// Parses names of top-level keys.
    fn top_level_keys(&mut self, value: &Value<'_>) -> Vec<String> {
        let mut keys = Vec::new();
        for word in self.reader.words(value) {
            if self.is_one_key(&word.value, word.span) {
                keys.push(word.value);
            }
        }
        keys
    }

    /// Whether a name is a single key. A dot is a mistake: it was probably meant as the path of a nested key.
    pub(super) fn is_one_key(&mut self, name: &str, span: Span) -> bool {
        let Some((outer, inner)) = name.split_once('.') else { return true };
        let message = format!("`{name}` is the path of a nested key");
        let help = format!("write `fields: {{{outer}: {{fields: {{{inner}: …}}}}}}`");
        self.wrong(span, message, "expected a top-level key", help);
        false
    }

    pub(super) fn fields(&mut self, value: &Value<'_>, fields: &mut Fields) {
        let help = "write `key: {…}` lines, such as `title: {required: true}`";
        let Some(mapping) = self.reader.mapping_or_blank(value, help) else { return };
        for (name, entry) in self.reader.named_entries(mapping, "a key", "write `name: {…}`") {
            if !self.is_one_key(name, entry.key.span) {
                continue;
            }
            // A field of a profile may have the same name; it is replaced.
            if fields.properties.contains_key(name) {
                fields.required.retain(|required| required != name);
                fields.conditions.retain(|(asked_for, _)| asked_for != name);
            }
            let schema = self.field(name, &entry.value, fields);
            fields.properties.insert(name.to_owned(), Json::Object(schema));
        }
    }
}
