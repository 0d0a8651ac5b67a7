//! Parses broken front matter key by key, so that one broken line does not hide all others.

use crate::document::read::front_matter::line::{Line, glued_colon, key_colon, lines, trim};
use crate::document::read::front_matter::value::{Data, Entry, Mapping, Scalar, Style, Value};
use crate::document::read::front_matter::yaml;
use crate::source::Span;
use std::borrow::Cow;

/// Parses every top-level key. A value that does not parse by itself is kept as its source text.
pub(super) fn mapping(text: &str, content: Span) -> Mapping<'_> {
    let mut starts: Vec<(Line, u32)> = Vec::new();
    for line in lines(text, content) {
        let written = line.span.slice(text);
        if let Some(colon) = key_colon(written).or_else(|| glued_colon(written)) {
            starts.push((line, line.span.start + colon as u32));
        }
    }
    let ends = starts.iter().skip(1).map(|(line, _)| line.span.start).chain([content.end]);
    if let [(line, colon)] = starts[..] {
        // This value would fail again if it were parsed alone.
        return Mapping::new(vec![as_written(text, line, colon, content.end)], false);
    }
    let entries = starts.iter().zip(ends).map(|(&(line, colon), end)| entry(text, line, colon, end)).collect();
    Mapping::new(entries, false)
}

fn entry(text: &str, line: Line, colon: u32, end: u32) -> Entry<'_> {
    let parsed = yaml::parse(text, Span::new(line.span.start, end)).ok().and_then(|parsed| parsed.root);
    if let Some(Value { data: Data::Mapping(mut mapping), .. }) = parsed
        && mapping.entries.len() == 1
        && let Some(mut entry) = mapping.entries.pop()
    {
        trust_aliases(&mut entry.value);
        return entry;
    }
    as_written(text, line, colon, end)
}

/// Creates an entry whose value is treated as unquoted text.
fn as_written(text: &str, line: Line, colon: u32, end: u32) -> Entry<'_> {
    let key = trim(text, Span::new(line.span.start, colon));
    let value = trim(text, Span::new(colon + 1, line.span.end));
    let value = if value.is_empty() { below(text, line.next, end).unwrap_or(Span::empty(colon + 1)) } else { value };
    Entry { key: plain(text, key), separator: Some(colon), value: plain(text, value) }
}

/// The lines below a key that belong to its value.
fn below(text: &str, start: u32, end: u32) -> Option<Span> {
    let region = Span::new(start.min(end), end);
    let written = region.slice(text);
    let left = written.len() - written.trim_start().len();
    let length = written.trim().len();
    (length > 0).then(|| Span::new(region.start + left as u32, region.start + (left + length) as u32))
}

fn plain(text: &str, span: Span) -> Value<'_> {
    let written = span.slice(text);
    let quote = written.chars().next().filter(|&first| matches!(first, '"' | '\''));
    let inside = quote.and_then(|quote| written.strip_prefix(quote)?.strip_suffix(quote));
    let style = match (written, quote) {
        ("", _) => Style::Absent,
        (_, Some('"')) if inside.is_some() => Style::DoubleQuoted,
        (_, Some(_)) if inside.is_some() => Style::SingleQuoted,
        _ => Style::Plain,
    };
    let data = Data::Scalar(Scalar { text: Cow::Borrowed(inside.unwrap_or(written)), style });
    Value { span, full_span: span, tag: None, anchor: None, data }
}

/// Marks all aliases as defined: the anchor may be below another key. Recursion is safe: the parser limits the depth.
fn trust_aliases(value: &mut Value<'_>) {
    match &mut value.data {
        Data::Alias { defined, .. } => *defined = true,
        Data::Sequence { items, .. } => items.iter_mut().for_each(trust_aliases),
        Data::Mapping(mapping) => mapping.entries.iter_mut().for_each(|entry| {
            trust_aliases(&mut entry.key);
            trust_aliases(&mut entry.value);
        }),
        Data::Scalar(_) => {}
    }
}
