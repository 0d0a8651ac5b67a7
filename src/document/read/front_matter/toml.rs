//! Parses TOML front matter into a tree of [`crate::document::read::front_matter::value`]: keys in source order, with
//! TOML's types.

use crate::document::read::front_matter::problem::Problem;
use crate::document::read::front_matter::value::{Data, Entry, Kind, Mapping, Scalar, Style, Value};
use crate::source::Span;
use std::borrow::Cow;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Returns the entries that could be parsed, and the first error.
pub(super) fn parse(text: &str, content: Span) -> (Mapping<'_>, Option<Problem>) {
    let (table, errors) = DeTable::parse_recoverable(content.slice(text));
    let reader = Reader { text, base: content.start };
    let mapping = reader.table(table.into_inner());
    let first = errors.iter().min_by_key(|error| error.span().map_or(usize::MAX, |span| span.start));
    (mapping, first.map(|error| reader.problem(error, content)))
}

/// Converts the parser's tables to mappings. Recursion is safe: the parser limits the depth of keys, headers and values
/// to 80 levels each.
struct Reader<'s> {
    text: &'s str,
    base: u32,
}

impl<'s> Reader<'s> {
    fn absolute(&self, range: Range<usize>) -> Span {
        Span::new(self.base + range.start as u32, self.base + range.end as u32)
    }

    fn table(&self, table: DeTable<'s>) -> Mapping<'s> {
        let mut entries: Vec<Entry<'s>> = table
            .into_iter()
            // When the parser recovers from an error, it adds keys that are not in the source.
            .filter(|(key, _)| !key.span().is_empty())
            .map(|(key, value)| {
                let key_span = self.absolute(key.span());
                let style = text_style(key_span.slice(self.text));
                let key =
                    value_of(key_span, Data::Scalar(Scalar { text: self.borrow(key.into_inner(), key_span), style }));
                let value_span = self.absolute(value.span());
                let value = self.value(value.into_inner(), value_span, key_span.end);
                let separator = self.separator(key_span).filter(|&at| at < value.span.start);
                Entry { key, separator, value }
            })
            .collect();
        entries.sort_by_key(|entry| entry.key.span.start);
        Mapping::new(entries, false)
    }

    /// Converts a value. `after_key` is the end of the key; a table other than an inline one starts there, because its
    /// header contains the key.
    fn value(&self, value: DeValue<'s>, span: Span, after_key: u32) -> Value<'s> {
        match value {
            DeValue::Table(table) => {
                let flow = span.slice(self.text).starts_with('{');
                let mapping = Mapping { flow, ..self.table(table) };
                let span = if flow { span } else { extent(&mapping, after_key) };
                value_of(span, Data::Mapping(mapping))
            }
            DeValue::Array(array) => {
                let written = span.slice(self.text);
                // `[[menu]]` is a table header, `[[1, 2], [3]]` is a list of lists.
                let heads = written.starts_with("[[") && array.iter().any(|item| item.get_ref().is_table());
                let flow = written.starts_with('[') && !heads;
                let items: Vec<Value<'s>> = array
                    .into_iter()
                    .map(|item| {
                        let item_span = self.absolute(item.span());
                        self.value(item.into_inner(), item_span, item_span.end)
                    })
                    .collect();
                let span = items.iter().fold(span, |span, item| span.join(item.span));
                value_of(span, Data::Sequence { items, flow })
            }
            DeValue::String(text) => {
                let style = text_style(span.slice(self.text));
                value_of(span, Data::Scalar(Scalar { text: self.borrow(text, span), style }))
            }
            other => {
                let kind = match other {
                    DeValue::Boolean(_) => Kind::Boolean,
                    DeValue::Integer(_) => Kind::Integer,
                    DeValue::Float(_) => Kind::Float,
                    DeValue::Datetime(datetime) if datetime.time.is_none() => Kind::Date,
                    _ => Kind::Time,
                };
                let text = Cow::Borrowed(span.slice(self.text));
                value_of(span, Data::Scalar(Scalar { text, style: Style::Typed(kind) }))
            }
        }
    }

    /// Returns `text`, borrowed if it is verbatim in the source.
    fn borrow(&self, text: Cow<'s, str>, span: Span) -> Cow<'s, str> {
        let written = span.slice(self.text);
        if *text == *written { Cow::Borrowed(written) } else { text }
    }

    /// The offset of the `=` after a key; `None` for a table header.
    fn separator(&self, key: Span) -> Option<u32> {
        let after = self.text.get(key.end as usize..)?;
        let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
        after.get(blanks..)?.starts_with('=').then_some(key.end + blanks as u32)
    }

    fn problem(&self, error: &toml::de::Error, content: Span) -> Problem {
        let span = error.span().map_or(Span::empty(content.start), |range| self.absolute(range));
        let message = error.message();
        let (label, help) = if message.contains("string values must be quoted") {
            ("text needs quotes in TOML", "put the value in double quotes")
        } else if message.contains("duplicate key") {
            ("this key is set twice", "remove one of the two")
        } else if message.contains("recursion limit") || message.contains("recursion depth") {
            ("this is nested too deeply", "use fewer levels")
        } else {
            (message.lines().next().unwrap_or("not valid TOML"), "see https://toml.io for the syntax")
        };
        Problem { span, label: label.to_owned(), help: help.to_owned(), quoted: None }
    }
}

fn value_of(span: Span, data: Data<'_>) -> Value<'_> {
    Value { span, full_span: span, tag: None, anchor: None, data }
}

/// The span from the first entry of a table to the last. Empty, directly after the key, if there are none.
fn extent(mapping: &Mapping<'_>, after_key: u32) -> Span {
    mapping.entries.iter().map(Entry::span).reduce(Span::join).unwrap_or(Span::empty(after_key))
}

/// The style of a key or a text: its quotes, or [`Style::Typed`] if there are none.
fn text_style(written: &str) -> Style {
    match written.as_bytes().first() {
        Some(b'\'') => Style::SingleQuoted,
        Some(b'"') => Style::DoubleQuoted,
        _ => Style::Typed(Kind::String),
    }
}
