//! A front matter value with the type that its generator gives it.

use crate::document::read::front_matter::calendar::{Date, DateTime};
use crate::document::read::front_matter::types::{Engine, Resolved};
use crate::document::read::front_matter::value::{Data, Mapping, Value as Written};
use crate::site::settings::{Datum, Setting};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// An alias, or a value that cannot be parsed.
    Unknown,
    /// `null`, or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(String),
    /// A day without quotes.
    Date(Date),
    /// A day with a time, without quotes.
    Time(DateTime),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Keys with values, in source order.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The value that a generator's YAML library reads. Recursion is safe: the parsers limit the depth.
    pub fn of(value: &Written<'_>, engine: Engine) -> Value {
        match &value.data {
            Data::Alias { .. } => Value::Unknown,
            Data::Sequence { items, .. } => Value::List(items.iter().map(|item| Value::of(item, engine)).collect()),
            Data::Mapping(mapping) => Value::Map(entries(mapping, engine)),
            Data::Scalar(scalar) => match value.resolve(engine) {
                Some(Resolved::Null) => Value::Null,
                Some(Resolved::Bool(flag)) => Value::Bool(flag),
                Some(Resolved::Int(_) | Resolved::Float(_)) => Value::Number(scalar.text.to_string()),
                Some(Resolved::Date(date)) => Value::Date(date),
                Some(Resolved::Time(time)) => Value::Time(time),
                Some(Resolved::String) => Value::Text(scalar.text.to_string()),
                Some(Resolved::Clock | Resolved::Symbol) | None => Value::Unknown,
            },
        }
    }

    /// The value of a setting in a config.
    pub fn of_yaml(value: &serde_yaml::Value) -> Value {
        match value {
            serde_yaml::Value::Null => Value::Null,
            serde_yaml::Value::Bool(flag) => Value::Bool(*flag),
            serde_yaml::Value::Number(number) => Value::Number(number.to_string()),
            serde_yaml::Value::String(text) => Value::Text(text.clone()),
            serde_yaml::Value::Sequence(items) => Value::List(items.iter().map(Value::of_yaml).collect()),
            _ => Value::Unknown,
        }
    }

    /// The value of a setting with its line. Recursion is safe: the parsers limit the depth.
    pub fn of_setting(setting: &Setting) -> Value {
        match &setting.value {
            Datum::Unknown => Value::Unknown,
            Datum::Null => Value::Null,
            Datum::Bool(flag) => Value::Bool(*flag),
            Datum::Other(text) => Value::Number(text.clone()),
            Datum::Text(text) => Value::Text(text.clone()),
            Datum::List(items) => Value::List(items.iter().map(Value::of_setting).collect()),
            Datum::Map(entries) => {
                Value::Map(entries.iter().map(|(key, setting)| (key.clone(), Value::of_setting(setting))).collect())
            }
        }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a text or a number.
    pub fn printed(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Number(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is `false`.
    pub fn is_false(&self) -> bool {
        *self == Value::Bool(false)
    }

    /// The value of a key in a mapping; ignoring case if `any_case`.
    pub fn get(&self, key: &str, any_case: bool) -> Option<&Value> {
        let Value::Map(entries) = self else { return None };
        get(entries, key, any_case)
    }
}

/// The last value of a key.
pub fn get<'v>(entries: &'v [(String, Value)], key: &str, any_case: bool) -> Option<&'v Value> {
    let is_it = |name: &str| name == key || any_case && name.eq_ignore_ascii_case(key);
    entries.iter().rev().find(|(name, _)| is_it(name)).map(|(_, value)| value)
}

/// The keys of a mapping with their values.
pub fn entries(mapping: &Mapping<'_>, engine: Engine) -> Vec<(String, Value)> {
    let entry = |entry: &crate::document::read::front_matter::value::Entry<'_>| {
        Some((entry.name()?.to_owned(), Value::of(&entry.value, engine)))
    };
    mapping.entries.iter().filter_map(entry).collect()
}
