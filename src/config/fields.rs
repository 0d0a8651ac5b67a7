//! `front-matter:` of the config file: declared fields become a schema, so that there is one way to check. What may be
//! said of one field is read beside this.

use crate::config::profile::{PROFILES, Profile};
use crate::config::read::Reader;
use crate::config::{ConfigProblem, FrontMatterSetting, LevelSetting, Paths, Written};
use crate::document::read::front_matter::parse_yaml;
use crate::document::read::front_matter::value::Value;
use crate::rule::page::DefaultLevel;
use crate::rule::settings;
use crate::schema::{Expected, Schema};
use crate::source::Span;
use crate::words::nearest;
use serde_json::{Map, Value as Json};
use std::sync::Arc;

/// What an item of `front-matter` may say.
pub const ITEM_KEYS: [&str; 7] = ["match", "required", "extends", "fields", "unknown", "order", "schema"];

/// Fields on their way to a schema.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) properties: Map<String, Json>,
    pub(super) required: Vec<String>,
    /// Schemas that ask for a key, with its name.
    pub(super) conditions: Vec<(String, Json)>,
    /// Keys that are not among them are unknown, also inside a field that has fields of its own.
    pub(super) is_closed: bool,
}

impl Fields {
    /// The keywords of a schema that says all this of a mapping.
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

impl Reader {
    pub(super) fn front_matter(&mut self, value: &Value<'_>) {
        let Some(items) =
            self.sequence(value, "`front-matter` takes a list", "write `- match: …` items, or `- fields: …`")
        else {
            return;
        };
        for item in items {
            let setting = self.front_matter_item(item);
            self.config.front_matter.extend(setting);
        }
    }

    fn front_matter_item(&mut self, item: &Value<'_>) -> Option<FrontMatterSetting> {
        let mapping = self.mapping(item, "write `match: …` and `required: …`")?;
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
        for entry in self.known_entries(mapping, "front matter setting", &ITEM_KEYS) {
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
        // The item's own fields take the place of the profile's, wherever they are written.
        for name in ["extends", "fields"] {
            let Some(entry) = mapping.get(name) else { continue };
            match name {
                "extends" => {
                    let words = self.words(&entry.value);
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
            // Keys of the front matter itself have a rule of their own for those that nobody names.
            let fields = Fields { is_closed: false, ..fields };
            match Schema::new(Json::Object(fields.into_keywords()), true) {
                Ok(schema) => expected.schema = Some(schema),
                Err(problems) => self.problems.extend(problems.into_iter().map(|problem| {
                    let help = problem.help.unwrap_or_default();
                    ConfigProblem::at(settings_span, problem.message, "in these fields").with_help(help)
                })),
            }
        }
        if has_schema || expected.unknown.is_some() || !expected.order.is_empty() {
            setting.expected.push(Arc::new(expected));
        }
        Some(setting)
    }

    fn unknown_keys(&mut self, value: &Value<'_>) -> Option<crate::diagnostic::Level> {
        match self.level(value)?.value {
            LevelSetting::On => Some(crate::diagnostic::Level::Warn),
            LevelSetting::Level(level) => DefaultLevel::level(level),
        }
    }

    fn profile(&mut self, word: &Written<String>, fields: &mut Fields) -> Option<&'static Profile> {
        let Some(profile) = Profile::named(&word.value) else {
            let known = PROFILES.map(|profile| profile.name);
            let suggestion = nearest(&word.value, known);
            self.problems.push(ConfigProblem::unknown(word.span, "profile", &word.value, suggestion, &known));
            return None;
        };
        let all = Span::new(0, profile.text.len() as u32);
        // `tests/it/front_matter/schema.rs` holds profiles to be without mistakes.
        if let Ok(Some(value)) = parse_yaml(profile.text, all) {
            self.fields(&value, fields);
        }
        Some(profile)
    }

    /// Names of keys of the front matter itself.
    fn top_level_keys(&mut self, value: &Value<'_>) -> Vec<String> {
        let mut keys = Vec::new();
        for word in self.words(value) {
            if self.is_one_key(&word.value, word.span) {
                keys.push(word.value);
            }
        }
        keys
    }

    /// False, and a mistake, for a name with a dot: it would be taken for a key that has one in its name.
    pub(super) fn is_one_key(&mut self, name: &str, span: Span) -> bool {
        let Some((outer, inner)) = name.split_once('.') else { return true };
        let message = format!("`{name}` names a key inside another");
        let help = format!("write `fields: {{{outer}: {{fields: {{{inner}: …}}}}}}`");
        self.wrong(span, &message, "one key is expected here", &help);
        false
    }

    pub(super) fn fields(&mut self, value: &Value<'_>, fields: &mut Fields) {
        let help = "write `key: {…}` lines, such as `title: {required: true}`";
        let Some(mapping) = self.mapping(value, help) else { return };
        self.problems.extend(settings::duplicates(mapping));
        for entry in &mapping.entries {
            let Some(name) = entry.name() else {
                self.wrong(entry.key.span, "the name of a key is expected here", "no name", "write `name: {…}`");
                continue;
            };
            if !self.is_one_key(name, entry.key.span) {
                continue;
            }
            // A profile may have said something else.
            if fields.properties.contains_key(name) {
                fields.required.retain(|required| required != name);
                fields.conditions.retain(|(asked_for, _)| asked_for != name);
            }
            let schema = self.field(name, &entry.value, fields);
            fields.properties.insert(name.to_owned(), Json::Object(schema));
        }
    }
}
