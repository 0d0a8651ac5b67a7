//! Parses JSON front matter into a tree of [`crate::document::read::front_matter::value`]: strictly validated as JSON,
//! with spans from the YAML parser, which accepts a superset.

use crate::document::read::front_matter::problem::Problem;
use crate::document::read::front_matter::value::{Data, Entry, Kind, Mapping, Scalar, Style, Value};
use crate::document::read::front_matter::{reborrow, yaml};
use crate::source::Span;
use std::borrow::Cow;

/// Returns the entries that could be parsed, and the first error. If `content` has no braces around it (Hexo), they are
/// added.
pub(super) fn parse(text: &str, content: Span) -> (Mapping<'_>, Option<Problem>) {
    let written = content.slice(text);
    let braced = written.trim_start().starts_with('{');
    let wrapped = if braced { Cow::Borrowed(written) } else { Cow::Owned(format!("{{{written}}}")) };
    let problem = serde_json::from_str::<serde_json::Value>(&wrapped).err().map(|error| {
        let offset = offset_of(&wrapped, error.line(), error.column()).saturating_sub(u32::from(!braced));
        problem(&error.to_string(), text, content, content.start + offset.min(content.len()))
    });
    if braced {
        let tree = yaml::parse(text, content).unwrap_or_default();
        return (mapping(tree.root.as_ref(), text, 0), problem);
    }
    // `written` begins at its offset in the file plus one, because of the added brace; `reborrow` subtracts that one.
    let shifted = format!("{}{{{written}}}", " ".repeat(content.start as usize));
    let tree = yaml::parse(&shifted, Span::new(content.start, shifted.len() as u32)).unwrap_or_default();
    (mapping(tree.root.as_ref(), text, 1), problem)
}

fn mapping<'s>(root: Option<&Value<'_>>, text: &'s str, shift: u32) -> Mapping<'s> {
    let Some(root) = root else { return Mapping::default() };
    match typed(reborrow::value(root, text, shift)).data {
        Data::Mapping(mapping) => mapping,
        _ => Mapping::default(),
    }
}

/// Converts plain YAML scalars to their JSON type. Recursion is safe: the parser limits the depth.
fn typed(mut value: Value<'_>) -> Value<'_> {
    value.data = match value.data {
        Data::Scalar(Scalar { text, style: Style::Plain }) => {
            let style = Style::Typed(kind(&text));
            Data::Scalar(Scalar { text, style })
        }
        Data::Sequence { items, flow } => Data::Sequence { items: items.into_iter().map(typed).collect(), flow },
        Data::Mapping(mapping) => {
            let entries = mapping.entries.into_iter().map(|Entry { key, separator, value }| {
                let (key, value) = (typed(key), typed(value));
                Entry { key, separator, value }
            });
            Data::Mapping(Mapping::new(entries.collect(), mapping.flow))
        }
        other => other,
    };
    value
}

fn kind(text: &str) -> Kind {
    match text {
        "null" => Kind::Null,
        "true" | "false" => Kind::Boolean,
        _ if text.parse::<i128>().is_ok() => Kind::Integer,
        _ if text.starts_with(|c: char| c.is_ascii_digit() || c == '-') => Kind::Float,
        _ => Kind::String,
    }
}

/// Converts a line and column to an offset. serde_json counts lines by `\n` and columns in bytes, both from 1.
fn offset_of(text: &str, line: usize, column: usize) -> u32 {
    let start = match line {
        0 | 1 => 0,
        _ => memchr::memchr_iter(b'\n', text.as_bytes()).nth(line - 2).map_or(text.len(), |at| at + 1),
    };
    (start + column.saturating_sub(1)) as u32
}

fn problem(message: &str, text: &str, content: Span, offset: u32) -> Problem {
    let span = one_character(text, content, offset);
    let (label, help) = if message.starts_with("EOF") {
        ("the JSON ends too early", "close every quote, bracket and brace")
    } else if message.starts_with("trailing comma") {
        ("a comma before a closing bracket", "remove the comma")
    } else if message.starts_with("key must be a string") {
        ("a key needs double quotes here", "write the key as `\"key\"`")
    } else if message.starts_with("expected `,`") {
        ("a comma is missing before this", "add a comma before it")
    } else if message.starts_with("expected `:`") {
        ("a colon is missing before this", "put a colon between key and value")
    } else if message.starts_with("trailing characters") {
        ("the JSON ends before this", "remove what follows the closing brace")
    } else if message.starts_with("control character") {
        ("a string cannot contain a line break or a tab", "write a line break as `\\n`, a tab as `\\t`")
    } else {
        ("not a valid JSON value", "put text in double quotes")
    };
    Problem { span, label: label.to_owned(), help: help.to_owned(), quoted: None }
}

/// The span of the character at `offset`, or an empty span at the end of `content`.
fn one_character(text: &str, content: Span, offset: u32) -> Span {
    let mut at = offset.clamp(content.start, content.end) as usize;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let length = Span::new(at as u32, content.end).slice(text).chars().next().map_or(0, char::len_utf8);
    Span::new(at as u32, (at + length) as u32)
}
