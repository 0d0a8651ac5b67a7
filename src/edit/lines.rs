//! The lines around a span.

use crate::source::Span;

/// The position of a span on its lines.
pub struct Lines {
    /// Whether only whitespace precedes the span on its first line.
    pub begins: bool,
    /// Whether only whitespace precedes and follows the span on its lines.
    pub alone: bool,
    /// For a span that is alone: its lines, including the last line ending.
    pub span: Span,
    /// For a span that begins its line: whether the line above is blank or missing.
    pub blank_before: bool,
    /// For a span that is alone: whether the line below is blank or missing.
    pub blank_after: bool,
}

impl Lines {
    /// The lines of `span`, which must be inside the part `within` of `source`; otherwise `None`. Reads only
    /// whitespace, however long the lines are.
    pub fn around(source: &str, within: Span, span: Span) -> Option<Self> {
        let above = source.get(within.start as usize..span.start as usize)?.trim_end_matches(is_blank);
        let rest = source.get(span.end as usize..within.end as usize)?.trim_start_matches(is_blank);
        let below = &rest[line_end_len(rest)..];
        let begins = ends_line(above);
        Some(Lines {
            begins,
            alone: begins && starts_line_end(rest),
            span: Span::new(within.start + above.len() as u32, within.end - below.len() as u32),
            blank_before: ends_line(without_line_end(above).trim_end_matches(is_blank)),
            blank_after: starts_line_end(below.trim_start_matches(is_blank)),
        })
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\n' | '\r')
}

fn ends_line(text: &str) -> bool {
    text.is_empty() || text.ends_with(['\n', '\r'])
}

fn starts_line_end(text: &str) -> bool {
    text.is_empty() || text.starts_with(['\n', '\r'])
}

/// Length in bytes of the line ending at the start of `text`: CRLF, LF or a lone CR.
pub(crate) fn line_end_len(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// `text` without the line ending at its end.
pub(crate) fn without_line_end(text: &str) -> &str {
    text.strip_suffix("\r\n").or(text.strip_suffix(['\n', '\r'])).unwrap_or(text)
}
