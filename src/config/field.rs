//! Converts the settings of one front matter field to keywords of a schema.

use crate::authored::{is_true, json, kind, number, place};
use crate::config::fields::Fields;
use crate::config::read::ConfigReader;
use crate::document::read::front_matter::types::{Engine, Resolved};
use crate::document::read::front_matter::value::{Entry, Mapping, Value};
use crate::schema::MAX_PATTERNS;
use serde_json::{Map, Value as Json, json as object};

/// The allowed settings of a field.
pub const FIELD_KEYS: [&str; 15] = [
    "required", "type", "list", "fields", "one-of", "min", "max", "min-length", "max-length", "max-width", "pattern",
    "format", "exists", "differs-from", "offset",
];
/// The allowed types: those of JSON Schema, and `date`.
pub const TYPES: [&str; 8] = ["string", "number", "integer", "boolean", "array", "object", "null", "date"];
/// The allowed formats of text.
pub const FORMATS: [&str; 4] = ["date", "date-time", "uri", "email"];

impl ConfigReader {
    /// Converts the field `name` to a schema. Whether it is required is added to `around`, the schema of its parent.
    pub(super) fn field(&mut self, name: &str, value: &Value<'_>, around: &mut Fields) -> Map<String, Json> {
        let help = "write `{required: true, …}`";
        let Some(settings) = self.reader.mapping_or_blank(value, help) else { return Map::new() };
        let known = self.reader.known_entries(settings, "field setting", &FIELD_KEYS);
        let is_list = known.iter().any(|entry| entry.name() == Some("list") && is_true(&entry.value));
        // For a list, all settings except the number of items apply to each item.
        let (mut list, mut schema) = (Map::new(), Map::new());
        for setting in known {
            let (key, value) = (setting.name().unwrap_or(""), &setting.value);
            let reader = &mut self.reader;
            match key {
                "required" => self.required(name, value, around),
                "list" => drop(reader.flag(key, value)),
                "type" => self.types(value, &mut schema),
                "fields" => self.inside(value, around.is_closed, &mut schema),
                "min" if is_list => set(&mut list, "minItems", reader.count(key, value)),
                "max" if is_list => set(&mut list, "maxItems", reader.count(key, value)),
                "min" => set(&mut schema, "minimum", reader.number(key, value)),
                "max" => set(&mut schema, "maximum", reader.number(key, value)),
                "min-length" => set(&mut schema, "minLength", reader.count(key, value)),
                "max-length" => set(&mut schema, "maxLength", reader.count(key, value)),
                "max-width" => set(&mut schema, "maxWidth", reader.number(key, value)),
                "one-of" => set(&mut schema, "enum", self.one_of(value)),
                "pattern" => set(&mut schema, "pattern", self.pattern(value)),
                "format" => set(&mut schema, "format", self.word(value, key, &FORMATS)),
                "exists" => set(&mut schema, "exists", reader.flag(key, value)),
                "differs-from" => set(&mut schema, "differsFrom", self.other_key(value)),
                _ => set(&mut schema, "offset", self.word(value, key, &["required"])),
            }
        }
        for [low, high] in [["min", "max"], ["min-length", "max-length"]] {
            self.in_order(settings, low, high);
        }
        if is_list {
            list.insert("type".into(), "array".into());
            list.insert("items".into(), schema.into());
            return list;
        }
        schema
    }

    /// Converts the `fields` of a field, which is then a mapping, unless `type` also allows other types.
    fn inside(&mut self, value: &Value<'_>, is_closed: bool, schema: &mut Map<String, Json>) {
        let mut fields = Fields { is_closed, ..Fields::default() };
        self.fields(value, &mut fields);
        schema.entry("type").or_insert_with(|| "object".into());
        schema.extend(fields.into_keywords());
    }

    fn one_of(&mut self, value: &Value<'_>) -> Option<Json> {
        let items = self.reader.sequence(value, "`one-of` expects a list of values", "write `[one, two]`")?;
        Some(items.iter().map(json).collect())
    }

    fn in_order(&mut self, settings: &Mapping<'_>, low: &str, high: &str) {
        let limit = |name: &str| number(&settings.get(name)?.value)?.as_f64();
        if let (Some(least), Some(most), Some(entry)) = (limit(low), limit(high), settings.get(high))
            && least > most
        {
            let message = format!("`{high}` is less than `{low}`");
            self.wrong(entry.value.span, message, "no value can satisfy both", format!("write at least {least}"));
        }
    }

    fn pattern(&mut self, value: &Value<'_>) -> Option<String> {
        // Compile each pattern only once, and not too many: `Schema::new` reports more than `MAX_PATTERNS`.
        let known = value.text().filter(|text| self.patterns.contains(*text) || self.patterns.len() > MAX_PATTERNS);
        if let Some(known) = known {
            return Some(known.to_owned());
        }
        let pattern = self.reader.regex("pattern", value)?.as_str().to_owned();
        self.patterns.insert(pattern.clone());
        Some(pattern)
    }

    fn other_key(&mut self, value: &Value<'_>) -> Option<String> {
        let (message, help) = ("`differs-from` expects the name of a key", "write `differs-from: excerpt`");
        let key = self.reader.text(value, message, help)?;
        self.is_one_key(key, value.span).then(|| key.to_owned())
    }

    /// Parses `required: true`, or `required: {when: {key: value}}`.
    fn required(&mut self, name: &str, value: &Value<'_>, around: &mut Fields) {
        if let Some(mapping) = value.as_mapping() {
            let known = self.reader.known_entries(mapping, "`required` setting", &["when"]);
            let Some(when) = known.first() else { return };
            let help = "write `{when: {layout: post}}`";
            let Some(conditions) = when.value.as_mapping() else {
                return self.wrong(place(&when.value), "`when` expects keys with values", kind(&when.value), help);
            };
            let keys: Vec<&str> = conditions.entries.iter().filter_map(Entry::name).collect();
            let equal = |entry: &Entry<'_>| Some((entry.name()?.to_owned(), object!({"const": json(&entry.value)})));
            let properties: Map<String, Json> = conditions.entries.iter().filter_map(equal).collect();
            let condition = object!({
                "if": {"properties": properties, "required": keys},
                "then": {"required": [name]},
            });
            around.conditions.push((name.to_owned(), condition));
        } else if is_true(value) {
            around.required.push(name.to_owned());
        } else if value.resolve(Engine::Core) != Some(Resolved::Bool(false)) {
            let help = "write `true`, or `{when: {layout: post}}`";
            self.wrong(place(value), "`required` expects `true` or a condition", "this is neither", help);
        }
    }

    fn types(&mut self, value: &Value<'_>, schema: &mut Map<String, Json>) {
        let known = |word: &str| TYPES.into_iter().find(|kind| *kind == word);
        let types = self.reader.choices(value, "type", &TYPES, known);
        if types.contains(&"date") {
            schema.insert("format".into(), "any-date".into());
        }
        let types: Vec<&str> = types.into_iter().map(|kind| if kind == "date" { "string" } else { kind }).collect();
        if !types.is_empty() {
            schema.insert("type".into(), object!(types));
        }
    }

    fn word(&mut self, value: &Value<'_>, what: &str, known: &[&str]) -> Option<String> {
        let parse = |word: &str| known.contains(&word).then(|| word.to_owned());
        self.reader.choice(value, what, known, parse)
    }
}

/// Sets a keyword, unless there was a mistake in its value.
fn set(schema: &mut Map<String, Json>, keyword: &str, value: Option<impl Into<Json>>) {
    if let Some(value) = value {
        schema.insert(keyword.to_owned(), value.into());
    }
}
