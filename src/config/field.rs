//! What the config file may say of one front matter field, as keywords of a schema.

use crate::config::ConfigProblem;
use crate::config::fields::Fields;
use crate::config::read::Reader;
use crate::document::read::front_matter::types::{Engine, Resolved};
use crate::document::read::front_matter::value::{Data, Entry, Mapping, Value};
use crate::pattern;
use crate::rule::settings;
use crate::schema::MAX_PATTERNS;
use crate::words::nearest;
use serde_json::{Map, Value as Json, json};

/// What may be said of a field.
pub const FIELD_KEYS: [&str; 15] = [
    "required", "type", "list", "fields", "one-of", "min", "max", "min-length", "max-length", "max-width", "pattern",
    "format", "exists", "differs-from", "offset",
];
/// The types of values, as JSON Schema names them, and `date`.
pub const TYPES: [&str; 8] = ["string", "number", "integer", "boolean", "array", "object", "null", "date"];
/// The forms of text.
pub const FORMATS: [&str; 4] = ["date", "date-time", "uri", "email"];

impl Reader {
    /// The schema of the field `name`. Whether it is required is said of what it stands in.
    pub(super) fn field(&mut self, name: &str, value: &Value<'_>, around: &mut Fields) -> Map<String, Json> {
        let Some(settings) = self.mapping(value, "write `{required: true, …}`") else { return Map::new() };
        let known = self.known_entries(settings, "field setting", &FIELD_KEYS);
        let is_list = known.iter().any(|entry| entry.name() == Some("list") && is_true(&entry.value));
        // Of a list, what is said holds for each item, but for the number of items.
        let (mut list, mut schema) = (Map::new(), Map::new());
        for setting in known {
            let value = &setting.value;
            match setting.name().unwrap_or("") {
                "required" => self.required(name, value, around),
                "list" => drop(self.flag(value, "list")),
                "type" => self.types(value, &mut schema),
                "fields" => self.inside(value, around.is_closed, &mut schema),
                "min" if is_list => set(&mut list, "minItems", self.limit("min", value, true)),
                "max" if is_list => set(&mut list, "maxItems", self.limit("max", value, true)),
                "min" => set(&mut schema, "minimum", self.limit("min", value, false)),
                "max" => set(&mut schema, "maximum", self.limit("max", value, false)),
                "min-length" => set(&mut schema, "minLength", self.limit("min-length", value, true)),
                "max-length" => set(&mut schema, "maxLength", self.limit("max-length", value, true)),
                "max-width" => set(&mut schema, "maxWidth", self.limit("max-width", value, false)),
                "one-of" => set(&mut schema, "enum", self.one_of(value)),
                "pattern" => set(&mut schema, "pattern", self.pattern(value)),
                "format" => set(&mut schema, "format", self.word(value, "format", &FORMATS)),
                "exists" => set(&mut schema, "exists", self.flag(value, "exists")),
                "differs-from" => set(&mut schema, "differsFrom", self.other_key(value)),
                _ => set(&mut schema, "offset", self.word(value, "offset", &["required"])),
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

    /// `fields` of a field: it is a mapping with these, unless `type` says that it may be something else, too.
    fn inside(&mut self, value: &Value<'_>, is_closed: bool, schema: &mut Map<String, Json>) {
        let mut fields = Fields { is_closed, ..Fields::default() };
        self.fields(value, &mut fields);
        schema.entry("type").or_insert_with(|| "object".into());
        schema.extend(fields.into_keywords());
    }

    fn one_of(&mut self, value: &Value<'_>) -> Option<Json> {
        match &value.data {
            Data::Sequence { items, .. } if !items.is_empty() => Some(items.iter().map(as_json).collect()),
            _ => {
                let span = settings::place(value);
                self.wrong(span, "`one-of` takes a list of values", settings::kind(value), "write `[one, two]`");
                None
            }
        }
    }

    fn limit(&mut self, word: &str, value: &Value<'_>, is_count: bool) -> Option<Json> {
        let number = number(value).filter(|number| !is_count || number.is_u64());
        if number.is_none() {
            let what = if is_count { "a whole number" } else { "a number" };
            let help = format!("write it in digits, such as `{word}: {}`", if word.contains('-') { 60 } else { 1 });
            let span = settings::place(value);
            self.wrong(span, &format!("`{word}` takes {what}"), &format!("this is not {what}"), &help);
        }
        number
    }

    fn in_order(&mut self, settings: &Mapping<'_>, low: &str, high: &str) {
        let limit = |name: &str| number(&settings.get(name)?.value)?.as_f64();
        if let (Some(least), Some(most), Some(entry)) = (limit(low), limit(high), settings.get(high))
            && least > most
        {
            let message = format!("`{high}` is less than `{low}`");
            self.wrong(entry.value.span, &message, "nothing can be both", &format!("write at least {least}"));
        }
    }

    fn pattern(&mut self, value: &Value<'_>) -> Option<String> {
        let text = self.text(value, "`pattern` takes a regular expression", "write `pattern: \"^[a-z]\"`")?;
        // Of so many, the schema that is made of them says that there are too many.
        if self.patterns.contains(&text) || self.patterns.len() > MAX_PATTERNS {
            return Some(text);
        }
        match pattern::regex(&text) {
            Ok(_) => {
                self.patterns.insert(text.clone());
                Some(text)
            }
            Err(error) => {
                self.problems.push(settings::bad_pattern(value.span, &error));
                None
            }
        }
    }

    fn other_key(&mut self, value: &Value<'_>) -> Option<String> {
        let key = self.text(value, "`differs-from` takes the name of a key", "write `differs-from: excerpt`")?;
        self.is_one_key(&key, value.span).then_some(key)
    }

    /// `required: true`, or `required: {when: {key: value}}`.
    fn required(&mut self, name: &str, value: &Value<'_>, around: &mut Fields) {
        if let Some(mapping) = value.as_mapping() {
            let known = self.known_entries(mapping, "setting of `required`", &["when"]);
            let Some(when) = known.first() else { return };
            let help = "write `{when: {layout: post}}`";
            let Some(conditions) = when.value.as_mapping() else {
                let span = settings::place(&when.value);
                return self.wrong(span, "`when` takes keys with values", settings::kind(&when.value), help);
            };
            let keys: Vec<&str> = conditions.entries.iter().filter_map(Entry::name).collect();
            let equal = |entry: &Entry<'_>| Some((entry.name()?.to_owned(), json!({"const": as_json(&entry.value)})));
            let properties: Map<String, Json> = conditions.entries.iter().filter_map(equal).collect();
            let condition = json!({
                "if": {"properties": properties, "required": keys},
                "then": {"required": [name]},
            });
            around.conditions.push((name.to_owned(), condition));
        } else if is_true(value) {
            around.required.push(name.to_owned());
        } else if value.resolve(Engine::Core) != Some(Resolved::Bool(false)) {
            let span = settings::place(value);
            let problem = ConfigProblem::at(span, "`required` takes `true` or a condition", "neither of them");
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
        let parse = |word: &str| known.contains(&word).then(|| word.to_owned());
        settings::word(&mut self.problems, value, what, known, parse)
    }

    fn flag(&mut self, value: &Value<'_>, name: &str) -> Option<bool> {
        match value.resolve(Engine::Core) {
            Some(Resolved::Bool(flag)) => Some(flag),
            _ => {
                let message = format!("`{name}` takes `true` or `false`");
                let help = format!("write `{name}: true`");
                self.wrong(settings::place(value), &message, "neither of them", &help);
                None
            }
        }
    }

    fn text(&mut self, value: &Value<'_>, message: &str, help: &str) -> Option<String> {
        match value.text().filter(|text| !text.trim().is_empty()) {
            Some(text) => Some(text.to_owned()),
            None => {
                self.wrong(settings::place(value), message, settings::kind(value), help);
                None
            }
        }
    }
}

/// Sets a keyword, unless a mistake left it without a value.
fn set(schema: &mut Map<String, Json>, keyword: &str, value: Option<impl Into<Json>>) {
    if let Some(value) = value {
        schema.insert(keyword.to_owned(), value.into());
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
