//! Reading what people write in YAML for postlint, a config file or a rule's page: every mistake is kept with its bytes.

use crate::diagnostic::Mistake;
use crate::document::read::front_matter::types::{Engine, Resolved};
use crate::document::read::front_matter::value::{Data, Entry, Mapping, Value};
use crate::pattern::Unusable;
use crate::source::Span;
use crate::words::nearest;
use std::collections::BTreeSet;

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
            mistakes.push(twice(entry.key.span, name));
        } else {
            entries.push(entry);
        }
    }
    entries
}

/// A name that was set before.
pub fn twice(span: Span, name: &str) -> Mistake {
    Mistake::at(span, format!("`{name}` is set twice"), "it is set above already").with_help("keep one of the two")
}

/// The names that are set twice in a mapping in which any may be set.
pub fn duplicates(mapping: &Mapping<'_>) -> Vec<Mistake> {
    let mut seen = BTreeSet::new();
    let names = mapping.entries.iter().filter_map(|entry| Some((entry, entry.name()?)));
    names.filter(|(_, name)| !seen.insert(*name)).map(|(entry, name)| twice(entry.key.span, name)).collect()
}

/// The mapping `value` is; `help` says what belongs here when it is none.
pub fn mapping<'v, 's>(mistakes: &mut Vec<Mistake>, value: &'v Value<'s>, help: &str) -> Option<&'v Mapping<'s>> {
    let mapping = value.as_mapping();
    if mapping.is_none() {
        mistakes.push(Mistake::at(place(value), "a mapping is expected here", kind(value)).with_help(help));
    }
    mapping
}

/// What a value is, as a label.
pub fn kind(value: &Value<'_>) -> &'static str {
    match &value.data {
        _ if value.span.is_empty() => "nothing is written here",
        Data::Sequence { .. } => "this is a list",
        Data::Mapping(_) => "this is a mapping",
        Data::Alias { .. } => "this is an alias",
        Data::Scalar(_) => "this is a word",
    }
}

/// One of a few known words.
pub fn word<T>(
    mistakes: &mut Vec<Mistake>,
    value: &Value<'_>,
    what: &str,
    known: &[&str],
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let Some(scalar) = value.as_scalar().filter(|scalar| !scalar.text.is_empty()) else {
        let help = format!("write one of {}", listed(known));
        let article = if what.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        let message = format!("{article} {what} is expected here");
        mistakes.push(Mistake::at(place(value), message, kind(value)).with_help(help));
        return None;
    };
    let word = &*scalar.text;
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
            None => mistakes.push(no_word(item)),
        }
    }
    words
}

/// What is no word, in a list of words.
pub fn no_word(item: &Value<'_>) -> Mistake {
    let help = "write `[one, two]`, and quotes around words with `:` or `#`";
    Mistake::at(place(item), "a list of words is expected here", kind(item)).with_help(help)
}

/// Why a regular expression cannot be used.
pub fn bad_pattern(span: Span, error: &Unusable) -> Mistake {
    let help = error.help.unwrap_or("write `\\(` for a `(`; the syntax is that of https://docs.rs/regex");
    Mistake::at(span, format!("this regular expression {}", error.message), error.cause.clone()).with_help(help)
}

/// Words in a row, each as code.
pub fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
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
