//! `front-matter:` of the config file: declared fields become a schema, so that there is one way to check.

use super::profile::{PROFILES, Profile};
use super::read::Reader;
use super::{ConfigProblem, FrontMatterSetting, LevelSetting, Paths, Written};
use crate::document::front_matter::parse_yaml;
use crate::document::front_matter::types::{Engine, Resolved};
use crate::document::front_matter::value::{Data, Entry, Value};
use crate::document::schema::{Expected, Schema};
use crate::rule::page::DefaultLevel;
use crate::rule::settings;
use crate::source::Span;
use crate::suggestion::nearest;
use regex::Regex;
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;

/// What an item of `front-matter` may say.
pub const ITEM_KEYS: [&str; 7] = ["match", "required", "extends", "fields", "unknown", "order", "schema"];
/// What may be said of a field.
pub const FIELD_KEYS: [&str; 13] = [
    "required", "type", "list", "one-of", "min", "max", "min-length", "max-length", "max-width", "pattern", "format",
    "differs-from", "offset",
];
/// The types of values, as JSON Schema names them, and `date`.
pub const TYPES: [&str; 8] = ["string", "number", "integer", "boolean", "array", "object", "null", "date"];
/// The forms of text.
pub const FORMATS: [&str; 4] = ["date", "date-time", "uri", "email"];

/// Fields on their way to a schema.
#[derive(Default)]
struct Fields {
    properties: Map<String, Json>,
    required: Vec<String>,
    conditions: Vec<Json>,
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
                Some("required") => setting.required = self.words(value).into_iter().map(|word| word.value).collect(),
                Some("order") => expected.order = self.words(value).into_iter().map(|word| word.value).collect(),
                Some("unknown") => expected.unknown = self.unknown_keys(value),
                Some("schema") => setting.schema = self.words(value).into_iter().next(),
                _ => {}
            }
        }
        // The item's own fields take the place of the profile's, wherever they are written.
        for name in ["extends", "fields"] {
            let Some(entry) = mapping.get(name) else { continue };
            match name {
                "extends" => self.words(&entry.value).iter().for_each(|word| self.profile(word, &mut fields)),
                _ => self.fields(&entry.value, &mut fields),
            }
        }
        setting.required.extend(std::mem::take(&mut fields.required));
        expected.known.extend(setting.required.iter().chain(&expected.order).cloned());
        expected.known.extend(fields.properties.keys().cloned());
        let has_schema = !fields.properties.is_empty() || !fields.conditions.is_empty();
        if has_schema {
            let schema = json!({"properties": fields.properties, "allOf": fields.conditions});
            expected.schema = Schema::new(schema, true).ok();
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

    fn profile(&mut self, word: &Written<String>, fields: &mut Fields) {
        let Some(profile) = Profile::named(&word.value) else {
            let known = PROFILES.map(|profile| profile.name);
            let suggestion = nearest(&word.value, known);
            self.problems.push(ConfigProblem::unknown(word.span, "profile", &word.value, suggestion, &known));
            return;
        };
        let all = Span::new(0, profile.text.len() as u32);
        // `tests/front_matter_schema.rs` holds profiles to be without mistakes.
        if let Ok(Some(value)) = parse_yaml(profile.text, all) {
            self.fields(&value, fields);
        }
    }

    fn fields(&mut self, value: &Value<'_>, fields: &mut Fields) {
        let help = "write `key: {…}` lines, such as `title: {required: true}`";
        let Some(mapping) = self.mapping(value, help) else { return };
        self.problems.extend(settings::duplicates(mapping));
        for entry in &mapping.entries {
            let Some(name) = entry.name() else {
                self.wrong(entry.key.span, "the name of a key is expected here", "no name", "write `name: {…}`");
                continue;
            };
            let mut schema = Map::new();
            if let Some(settings) = self.mapping(&entry.value, "write `{required: true, …}`") {
                let known = self.known_entries(settings, "field setting", &FIELD_KEYS);
                let is_list = known.iter().any(|entry| entry.name() == Some("list") && is_true(&entry.value));
                for setting in known {
                    self.field(name, setting, is_list, &mut schema, fields);
                }
            }
            fields.properties.insert(name.to_owned(), Json::Object(schema));
        }
    }

    fn field(
        &mut self,
        name: &str,
        setting: &Entry<'_>,
        is_list: bool,
        schema: &mut Map<String, Json>,
        fields: &mut Fields,
    ) {
        let value = &setting.value;
        let mut set = |word: &str, value: Json| schema.insert(word.to_owned(), value);
        match setting.name().unwrap_or("") {
            "required" => self.required(name, value, fields),
            "list" if is_list => drop(set("type", "array".into())),
            "list" => {}
            "type" => self.types(value, schema),
            "one-of" => {
                let Data::Sequence { items, .. } = &value.data else {
                    let help = "write `[one, two]`";
                    return self.wrong(value.span, "`one-of` takes a list of values", settings::kind(value), help);
                };
                let allowed = json!({"enum": items.iter().map(as_json).collect::<Vec<_>>()});
                match is_list {
                    true => drop(set("items", allowed)),
                    false => schema.extend(allowed.as_object().cloned().unwrap_or_default()),
                }
            }
            word @ ("min" | "max" | "min-length" | "max-length" | "max-width") => {
                let is_length = word.ends_with("length");
                let number = number(value).filter(|number| !is_length || number.is_u64());
                let Some(number) = number else {
                    let help = format!("write it in digits, such as `{word}: 60`");
                    return self.wrong(value.span, &format!("`{word}` takes a number"), "no number", &help);
                };
                let keyword = match (word, is_list) {
                    ("min", true) => "minItems",
                    ("max", true) => "maxItems",
                    ("min", false) => "minimum",
                    ("max", false) => "maximum",
                    ("min-length", _) => "minLength",
                    ("max-length", _) => "maxLength",
                    _ => "maxWidth",
                };
                set(keyword, number);
            }
            "pattern" => match Regex::new(value.text().unwrap_or("")) {
                Ok(pattern) => drop(set("pattern", pattern.as_str().into())),
                Err(error) => self.problems.push(settings::bad_pattern(value.span, &error)),
            },
            "format" => drop(self.word(value, "format", &FORMATS).map(|word| set("format", word.into()))),
            "differs-from" => drop(set("differsFrom", value.text().unwrap_or("").into())),
            "offset" => drop(self.word(value, "offset", &["required"]).map(|word| set("offset", word.into()))),
            _ => {}
        }
    }

    /// `required: true`, or `required: {when: {key: value}}`.
    fn required(&mut self, name: &str, value: &Value<'_>, fields: &mut Fields) {
        if let Some(when) = value.as_mapping().and_then(|mapping| mapping.get("when"))
            && let Some(conditions) = when.value.as_mapping()
        {
            let keys: Vec<&str> = conditions.entries.iter().filter_map(Entry::name).collect();
            let equal = |entry: &Entry<'_>| Some((entry.name()?.to_owned(), json!({"const": as_json(&entry.value)})));
            let properties: Map<String, Json> = conditions.entries.iter().filter_map(equal).collect();
            fields.conditions.push(json!({
                "if": {"properties": properties, "required": keys},
                "then": {"required": [name]},
            }));
        } else if is_true(value) {
            fields.required.push(name.to_owned());
        } else if value.resolve(Engine::Core) != Some(Resolved::Bool(false)) {
            let problem = ConfigProblem::at(value.span, "`required` takes `true` or a condition", "neither of them");
            self.problems.push(problem.with_help("write `true`, or `{when: {layout: post}}`"));
        }
    }

    fn types(&mut self, value: &Value<'_>, schema: &mut Map<String, Json>) {
        let mut types = Vec::new();
        for word in self.words(value) {
            if TYPES.contains(&word.value.as_str()) {
                types.push(word.value);
            } else {
                let suggestion = nearest(&word.value, TYPES);
                self.problems.push(ConfigProblem::unknown(word.span, "type", &word.value, suggestion, &TYPES));
            }
        }
        if types.iter().any(|kind| kind == "date") {
            schema.insert("format".into(), "any-date".into());
        }
        let types: Vec<&str> = types.iter().map(|kind| if kind == "date" { "string" } else { kind }).collect();
        if !types.is_empty() {
            schema.insert("type".into(), json!(types));
        }
    }

    fn word(&mut self, value: &Value<'_>, what: &str, known: &[&str]) -> Option<String> {
        let word = value.text().unwrap_or("");
        if known.contains(&word) {
            return Some(word.to_owned());
        }
        let suggestion = nearest(word, known.iter().copied());
        self.problems.push(ConfigProblem::unknown(value.span, what, word, suggestion, known));
        None
    }
}

fn is_true(value: &Value<'_>) -> bool {
    value.resolve(Engine::Core) == Some(Resolved::Bool(true))
}

fn number(value: &Value<'_>) -> Option<Json> {
    match value.resolve(Engine::Core)? {
        Resolved::Int(number) => Some((number as i64).into()),
        Resolved::Float(number) => Some(number.into()),
        _ => None,
    }
}

fn as_json(value: &Value<'_>) -> Json {
    serde_json::to_value(settings::typed(value)).unwrap_or_default()
}
