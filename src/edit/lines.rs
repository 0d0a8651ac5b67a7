//! How a span lies among the lines of its text.

use crate::source::Span;

/// How a stretch of a file stands among its lines.
pub struct Lines {
    /// Nothing but blanks before it on its first line.
    pub begins: bool,
    /// Nothing but blanks before and after it.
    pub alone: bool,
    /// Of a stretch that is alone: its lines, the line end of the last one included.
    pub span: Span,
    /// Of a stretch that begins its line: the line above is blank, or there is none.
    pub blank_before: bool,
    /// Of a stretch that is alone: the line below is blank, or there is none.
    pub blank_after: bool,
}

impl Lines {
    /// The lines of `stretch`, which lies in the part `within` of `source`; `None` where it does not. Looks at blanks
    /// only, however long the lines are.
    pub fn around(source: &str, within: Span, stretch: Span) -> Option<Self> {
        let above = source.get(within.start as usize..stretch.start as usize)?.trim_end_matches(is_blank);
        let rest = source.get(stretch.end as usize..within.end as usize)?.trim_start_matches(is_blank);
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

/// Length in bytes of the line end that `text` starts with: CRLF, LF or a lone CR.
pub(crate) fn line_end_len(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// `text` without the line end it ends with.
pub(crate) fn without_line_end(text: &str) -> &str {
    text.strip_suffix("\r\n").or(text.strip_suffix(['\n', '\r'])).unwrap_or(text)
}
