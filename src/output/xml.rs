//! Text in XML: one line, with references for what XML reads as markup, and without characters that it does not allow.

use crate::output::visible;

/// Escapes `text` for an attribute or an element.
pub(super) fn escaped(text: &str) -> String {
    escape(&visible::one_line(text))
}

/// Escapes a path, which never starts with `::`.
pub(super) fn path(path: &str) -> String {
    escape(&visible::path(path))
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // The only characters outside of <https://www.w3.org/TR/xml/#charsets> that are visible so far.
            '\u{fffe}' | '\u{ffff}' => {}
            c => escaped.push(c),
        }
    }
    escaped
}
