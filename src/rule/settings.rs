//! Reading what people write in YAML for postlint, a config file or a rule's page: every mistake is kept with its bytes.

use crate::diagnostic::Mistake;
use crate::document::front_matter::types::{Engine, Resolved};
use crate::document::front_matter::value::{Data, Entry, Mapping, Value};
use crate::source::Span;
use crate::suggestion::nearest;

/// The entries with a known name; the others, and the second of two equal ones, are mistakes.
pub fn known_entries<'m, 's>(
    mistakes: &mut Vec<Mistake>,
    mapping: &'m Mapping<'s>,
    what: &str,
    known: &[&str],
) -> Vec<&'m Entry<'s>> {
    let mut entries: Vec<&Entry<'_>> = Vec::new();
    for entry in &mapping.entries {
        let name = entry.name().unwrap_or("");
        if !known.contains(&name) {
            let suggestion = nearest(name, known.iter().copied());
            mistakes.push(Mistake::unknown(entry.key.span, what, name, suggestion, known));
        } else if entries.iter().any(|earlier| earlier.name() == Some(name)) {
            mistakes.push(Mistake::at(entry.key.span, format!("`{name}` is set twice"), "set before"));
        } else {
            entries.push(entry);
        }
    }
    entries
}

/// The mapping `value` is; `label` says what belongs here when it is none.
pub fn mapping<'v, 's>(mistakes: &mut Vec<Mistake>, value: &'v Value<'s>, label: &str) -> Option<&'v Mapping<'s>> {
    let mapping = value.as_mapping();
    if mapping.is_none() {
        mistakes.push(Mistake::at(place(value), "a mapping is expected here", label));
    }
    mapping
}

/// One of a few known words.
pub fn word<T>(
    mistakes: &mut Vec<Mistake>,
    value: &Value<'_>,
    what: &str,
    known: &[&str],
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let word = value.as_scalar().map_or("", |scalar| &*scalar.text);
    let parsed = parse(word);
    if parsed.is_none() {
        let suggestion = nearest(word, known.iter().copied());
        mistakes.push(Mistake::unknown(place(value), what, word, suggestion, known));
    }
    parsed
}

/// A list of words; a single word counts as a list of one.
pub fn strings(mistakes: &mut Vec<Mistake>, value: &Value<'_>) -> Vec<String> {
    let items = match &value.data {
        Data::Sequence { items, .. } => items.as_slice(),
        _ => std::slice::from_ref(value),
    };
    let mut words = Vec::new();
    for item in items {
        match item.as_scalar() {
            Some(scalar) => words.push(scalar.text.to_string()),
            None => mistakes.push(Mistake::at(place(item), "a list of words is expected here", "this is no word")),
        }
    }
    words
}

/// The value as an option reads it. How deep it nests is bounded by the YAML parser.
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

/// The bytes of a value, or the place right behind its colon when nothing is written.
pub fn place(value: &Value<'_>) -> Span {
    if value.span.is_empty() { value.full_span } else { value.span }
}
