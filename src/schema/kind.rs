//! The types of JSON Schema for YAML values: dates are strings, and whole numbers are integers in any notation.

use crate::document::read::front_matter::types::{Engine, Resolved};
use crate::document::read::front_matter::value::{Data, Entry, Kind, Mapping, Scalar, Style, Value};
use crate::source::Span;
use serde_json::Value as Json;

/// The JSON type of a value; `None` for an alias.
pub fn type_of(value: &Value<'_>, engine: Engine) -> Option<&'static str> {
    Some(match &value.data {
        Data::Mapping(_) => "object",
        Data::Sequence { .. } => "array",
        Data::Alias { .. } => return None,
        Data::Scalar(_) => match value.resolve(engine)? {
            Resolved::Null => "null",
            Resolved::Bool(_) => "boolean",
            Resolved::Int(_) => "integer",
            Resolved::Float(number) if number.fract() == 0.0 => "integer",
            Resolved::Float(_) => "number",
            _ => "string",
        },
    })
}

/// The name of a JSON type in messages.
pub fn spoken(kind: &str) -> &str {
    match kind {
        "object" => "a mapping",
        "array" => "a list",
        "null" => "an empty value",
        "boolean" => "`true` or `false`",
        "integer" => "a whole number",
        "number" => "a number",
        "string" => "text",
        other => other,
    }
}

/// Whether the value is not known because it is an alias or contains template syntax, at any depth.
pub fn is_open(value: &Value<'_>, text: &str) -> bool {
    let written = value.full_span.slice(text);
    matches!(value.data, Data::Alias { .. }) || ["{{", "{%", "<%"].iter().any(|open| written.contains(open))
}

/// The value as a number, if it is one.
pub fn number(value: &Value<'_>, engine: Engine) -> Option<f64> {
    match value.resolve(engine)? {
        Resolved::Int(int) => Some(int as f64),
        Resolved::Float(float) => Some(float),
        _ => None,
    }
}

/// Whether a value equals a JSON value.
pub fn equals(value: &Value<'_>, json: &Json, engine: Engine) -> bool {
    match (&value.data, json) {
        (Data::Sequence { items, .. }, Json::Array(all)) => {
            items.len() == all.len() && items.iter().zip(all).all(|(item, json)| equals(item, json, engine))
        }
        (Data::Mapping(mapping), Json::Object(object)) => {
            let has = |(key, json)| mapping.get(key).is_some_and(|entry| equals(&entry.value, json, engine));
            mapping.entries.len() == object.len() && object.iter().map(|(key, json)| (key.as_str(), json)).all(has)
        }
        // A fast path: most values are compared with many others.
        (Data::Scalar(scalar), Json::String(text)) if scalar.text != *text => false,
        (Data::Scalar(scalar), json) => match (value.resolve(engine), json) {
            (Some(Resolved::Null), Json::Null) => true,
            (Some(Resolved::Bool(a)), Json::Bool(b)) => a == *b,
            (_, Json::Number(b)) => number(value, engine).is_some() && number(value, engine) == b.as_f64(),
            (_, Json::String(b)) => type_of(value, engine) == Some("string") && scalar.text == *b,
            _ => false,
        },
        _ => false,
    }
}

/// A normal form of the value, which is identical for equal values.
pub fn canonical(value: &Value<'_>, engine: Engine) -> Json {
    match &value.data {
        Data::Sequence { items, .. } => items.iter().map(|item| canonical(item, engine)).collect(),
        Data::Mapping(mapping) => {
            let mut pairs: Vec<(String, Json)> = Vec::new();
            for entry in &mapping.entries {
                pairs.push((entry.name().unwrap_or("").to_owned(), canonical(&entry.value, engine)));
            }
            pairs.sort_by(|a, b| a.0.cmp(&b.0));
            Json::Object(pairs.into_iter().collect())
        }
        Data::Alias { name, .. } => Json::String(format!("*{name}")),
        Data::Scalar(scalar) => match value.resolve(engine) {
            Some(Resolved::Null) => Json::Null,
            Some(Resolved::Bool(bool)) => bool.into(),
            _ => number(value, engine).map_or_else(|| Json::String(scalar.text.to_string()), Json::from),
        },
    }
}

/// Converts a value from the site's config, with `span` as the span of all its parts. Recursion is safe: the YAML
/// parser limits the depth.
pub fn supplied(value: &serde_yaml::Value, span: Span) -> Value<'static> {
    let scalar = |text: String, style| Data::Scalar(Scalar { text: text.into(), style });
    let data = match value {
        serde_yaml::Value::Null => scalar(String::new(), Style::Typed(Kind::Null)),
        serde_yaml::Value::Bool(bool) => scalar(bool.to_string(), Style::Typed(Kind::Boolean)),
        serde_yaml::Value::Number(number) => {
            let kind = if number.is_f64() { Kind::Float } else { Kind::Integer };
            scalar(number.to_string(), Style::Typed(kind))
        }
        serde_yaml::Value::String(text) => scalar(text.clone(), Style::DoubleQuoted),
        serde_yaml::Value::Sequence(items) => {
            Data::Sequence { items: items.iter().map(|item| supplied(item, span)).collect(), flow: false }
        }
        serde_yaml::Value::Mapping(mapping) => {
            let entry =
                |(key, value)| Entry { key: supplied(key, span), separator: None, value: supplied(value, span) };
            Data::Mapping(Mapping::new(mapping.iter().map(entry).collect(), false))
        }
        serde_yaml::Value::Tagged(tagged) => return supplied(&tagged.value, span),
    };
    Value { span, full_span: span, tag: None, anchor: None, data }
}
