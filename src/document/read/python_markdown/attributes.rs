//! Attribute lists: `{: #id .class key="value" }`, `_scanner` in `extensions/attr_list.py`.

use crate::document::read::python_markdown::text::Text;
use std::ops::Range;

/// An item of an attribute list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) key: Key,
    /// The range of its value; `None` for a word.
    pub(super) value: Option<Range<usize>>,
}

/// What an item sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// `.class`
    Class,
    /// `#id`
    Id,
    /// `key=value`, or a word alone: the range of the key.
    Name(Range<usize>),
}

/// The items of the list at `range`, and the end of what could be read (`get_attrs_and_remainder`): what remains begins
/// with a `}`.
pub(super) fn items(text: &Text, range: Range<usize>) -> (Vec<Item>, Option<usize>) {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let rest = text.get(at..range.end);
        let word = word_len(rest);
        if word == 0 {
            if rest.starts_with(' ') {
                at += 1;
                continue;
            }
            break;
        }
        at += item(rest, at, word, &mut found);
    }
    let rest = text.get(at..range.end);
    (found, rest.find('}').map(|brace| at + brace))
}

fn word_len(text: &str) -> usize {
    text.bytes().take_while(|byte| !matches!(byte, b' ' | b'=' | b'}')).count()
}

/// Reads the item at the start of `rest`, whose first word is `word` bytes long; returns its length.
fn item(rest: &str, at: usize, word: usize, found: &mut Vec<Item>) -> usize {
    let name = || Key::Name(at..at + word);
    let after = rest.get(word..).unwrap_or("");
    if let Some(value) = after.strip_prefix('=') {
        let from = word + 1;
        if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            let inside = value.get(1..).unwrap_or("");
            let line = inside.split('\n').next().unwrap_or("");
            if let Some(end) = line.find(quote) {
                // All quotes at both ends are taken off (`str.strip`).
                let start = from + 1;
                found.push(Item { key: name(), value: Some(at + start..at + start + end) });
                return start + end + 1;
            }
        }
        let len = word_len(value);
        if len > 0 {
            found.push(Item { key: name(), value: Some(at + from..at + from + len) });
            return from + len;
        }
    }
    let first = rest.as_bytes().first();
    found.push(match first {
        Some(b'.') => Item { key: Key::Class, value: Some(at + 1..at + word) },
        Some(b'#') => Item { key: Key::Id, value: Some(at + 1..at + word) },
        _ => Item { key: name(), value: None },
    });
    word
}

/// A name with `_` for what XML does not allow in it (`sanitize_name`).
pub(super) fn sanitized(name: &str) -> String {
    let mut clean = String::with_capacity(name.len());
    let mut was_replaced = false;
    for c in name.chars() {
        if is_name(c) {
            clean.push(c);
        } else if !was_replaced {
            clean.push('_');
        }
        was_replaced = !is_name(c);
    }
    clean
}

fn is_name(c: char) -> bool {
    matches!(c, 'A'..='Z' | '_' | 'a'..='z' | '0'..='9' | ':' | '-' | '.' | '\u{b7}'
        | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}' | '\u{300}'..='\u{36f}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{203f}'..='\u{2040}'
        | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}'
        | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}')
}

/// Attributes that are boolean in XHTML, the default format: a word alone becomes `key="key"`.
pub(super) fn is_boolean(name: &str) -> bool {
    const BOOLEAN: [&str; 12] = [
        "checked", "compact", "declare", "defer", "disabled", "ismap", "multiple", "noresize", "noshade", "nowrap",
        "readonly", "selected",
    ];
    BOOLEAN.contains(&name.to_ascii_lowercase().as_str())
}
