//! Moves the offsets and texts of a tree that was parsed from a modified copy back to the file.

use crate::document::read::front_matter::value::{Data, Entry, Mapping, Scalar, Value};
use crate::source::Span;
use std::borrow::Cow;

/// Returns `value` with every offset reduced by `shift`, and every text borrowed from the file if it is verbatim there.
/// Recursion is safe: the parser limits the depth.
pub(super) fn value<'s>(from: &Value<'_>, text: &'s str, shift: u32) -> Value<'s> {
    let back = |span: Span| {
        let end = boundary(text, span.end - shift.min(span.end));
        Span::new(boundary(text, span.start - shift.min(span.start)).min(end), end)
    };
    let span = back(from.span);
    let named = |(name, at): &(Cow<'_, str>, Span)| (borrow(name, back(*at), text), back(*at));
    let data = match &from.data {
        Data::Scalar(scalar) => Data::Scalar(Scalar { text: borrow(&scalar.text, span, text), style: scalar.style }),
        Data::Sequence { items, flow } => {
            Data::Sequence { items: items.iter().map(|item| value(item, text, shift)).collect(), flow: *flow }
        }
        Data::Mapping(mapping) => {
            let entry = |entry: &Entry<'_>| Entry {
                key: value(&entry.key, text, shift),
                separator: entry.separator.map(|at| at - shift.min(at)),
                value: value(&entry.value, text, shift),
            };
            Data::Mapping(Mapping::new(mapping.entries.iter().map(entry).collect(), mapping.flow))
        }
        Data::Alias { name, defined } => Data::Alias { name: borrow(name, span, text), defined: *defined },
    };
    Value {
        span,
        full_span: back(from.full_span),
        tag: from.tag.as_ref().map(named),
        anchor: from.anchor.as_ref().map(named),
        data,
    }
}

/// The start of the character of the file at an offset of the copy: the copy may have several characters for one.
pub(super) fn boundary(text: &str, offset: u32) -> u32 {
    text.floor_char_boundary(offset as usize) as u32
}

/// What a copy has in place of a byte order mark: no text has this character, which is as long.
pub(super) const MARK: char = '\u{fdd0}';

/// Returns `wanted`, borrowed if it is the text of `span` or the text inside its quotes.
fn borrow<'s>(wanted: &str, span: Span, text: &'s str) -> Cow<'s, str> {
    let written = span.slice(text);
    let inside = written.get(1..written.len().saturating_sub(1)).unwrap_or_default();
    // libyaml keeps these separators, although it ends lines with them.
    let is_kept = |c: char| matches!(c, '\u{2028}' | '\u{2029}');
    let is_same = |found: &str| found == wanted || (found.contains(is_kept) && found.replace(is_kept, " ") == wanted);
    [written, inside]
        .into_iter()
        .find(|&found| is_same(found))
        .map_or_else(|| Cow::Owned(wanted.replace(MARK, "\u{feff}")), Cow::Borrowed)
}
