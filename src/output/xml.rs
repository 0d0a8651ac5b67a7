//! Text in XML: one line, with references for what XML reads as markup, and without characters that it does not allow.

use crate::output::visible;

/// Escapes `text` for an attribute or an element.
pub(super) fn escaped(text: &str) -> String {
    escape(&visible::one_line(text), of_xml)
}

/// Escapes a path, which never starts with `::`.
pub(super) fn path(path: &str) -> String {
    escape(&visible::path(path), of_xml)
}

/// The only characters outside of <https://www.w3.org/TR/xml/#charsets> that are visible so far.
fn of_xml(c: char) -> Option<&'static str> {
    matches!(c, '\u{fffe}' | '\u{ffff}').then_some("")
}

/// Writes references for what XML and HTML read as markup, and what `other` says for other characters.
pub(super) fn escape(text: &str, other: impl Fn(char) -> Option<&'static str>) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => match other(c) {
                Some(written) => escaped.push_str(written),
                None => escaped.push(c),
            },
        }
    }
    escaped
}
