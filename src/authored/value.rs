//! Helpers for YAML values: their span, their kind as a label, and conversions to types of other crates.

use crate::document::read::front_matter::types::{Engine, Resolved};
use crate::document::read::front_matter::value::{Data, Entry, Value};
use crate::source::Span;
use serde_json::{Number, Value as Json};

/// The span of a value. If the value is empty, the span of its tag, anchor or block scalar header, or an empty span
/// after the colon.
pub fn place(value: &Value<'_>) -> Span {
    if value.span.is_empty() { value.full_span } else { value.span }
}

/// The kind of a value, as a label.
pub fn kind(value: &Value<'_>) -> &'static str {
    match &value.data {
        _ if value.span.is_empty() => "this is empty",
        Data::Sequence { items, .. } if items.is_empty() => "this list is empty",
        Data::Sequence { .. } => "this is a list",
        Data::Mapping(_) => "this is a mapping",
        Data::Alias { .. } => "this is an alias",
        Data::Scalar(scalar) if scalar.text.trim().is_empty() => "this is empty",
        Data::Scalar(_) => "this is a single value",
    }
}

/// Words separated by commas, each in backticks.
pub fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Whether the value is `true`.
pub fn is_true(value: &Value<'_>) -> bool {
    value.resolve(Engine::Core) == Some(Resolved::Bool(true))
}

/// The value as a number, if it is one.
pub fn number(value: &Value<'_>) -> Option<Number> {
    match value.resolve(Engine::Core)? {
        Resolved::Int(number) => Some((number as i64).into()),
        Resolved::Float(number) => Number::from_f64(number),
        _ => None,
    }
}

/// Converts a value for serde. The types of plain scalars are determined here, as in all files written for postlint;
/// serde only maps typed values to the fields of a check. Recursion is safe: the YAML parser limits the depth.
pub fn typed(value: &Value<'_>) -> serde_yaml::Value {
    match &value.data {
        Data::Sequence { items, .. } => items.iter().map(typed).collect(),
        Data::Mapping(mapping) => {
            let pair = |entry: &Entry<'_>| (typed(&entry.key), typed(&entry.value));
            serde_yaml::Value::Mapping(mapping.entries.iter().map(pair).collect())
        }
        Data::Alias { .. } => serde_yaml::Value::Null,
        Data::Scalar(scalar) => match value.resolve(Engine::Core) {
            Some(Resolved::Bool(bool)) => bool.into(),
            Some(Resolved::Int(int)) => (int as i64).into(),
            Some(Resolved::Float(float)) => float.into(),
            Some(Resolved::Null) => serde_yaml::Value::Null,
            _ => (&*scalar.text).into(),
        },
    }
}

/// Converts the value to JSON.
pub fn json(value: &Value<'_>) -> Json {
    serde_json::to_value(typed(value)).unwrap_or_default()
}
