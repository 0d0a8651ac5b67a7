//! The lines around a span, and which of them are removed together with it. That depends on the kind of span:
//!
//! - [`block`]: a blank line next to a removed block is not needed, whichever side it is on;
//! - [`suppression`]: a blank line may separate the paragraphs around a comment, so one is kept;
//! - [`entry`]: a comment after a value belongs to that value, so all of the last line is removed.

use crate::source::Span;

/// The position of a span on its lines.
pub struct Lines {
    /// Whether only whitespace precedes the span on its first line.
    pub begins: bool,
    /// Whether only whitespace precedes and follows the span on its lines.
    pub alone: bool,
    /// The lines of the span, including the last line ending. Only valid if `alone`.
    pub span: Span,
    /// Whether the line above is blank or missing. Only valid if `begins`.
    pub blank_before: bool,
    /// Whether the line below is blank or missing. Only valid if `alone`.
    pub blank_after: bool,
}

impl Lines {
    /// Finds the lines of `span`. Returns `None` if it is not inside `within`. Examines only whitespace, however long
    /// the lines are.
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

/// The span to remove for a block: its lines and one adjoining blank line. If other text is on the same lines, only its
/// own bytes.
pub fn block(source: &str, span: Span) -> Span {
    let lines = Lines::around(source, Span::of(0..source.len()), span);
    let Some(Lines { span: lines, .. }) = lines.filter(|lines| lines.alone) else { return span };
    let (above, below) = (&source[..lines.start as usize], &source[lines.end as usize..]);
    if let Some(blank) = blank_line_len(below) {
        return Span::new(lines.start, lines.end + blank);
    }
    Span::new(blank_line_before(above).unwrap_or(lines.start), lines.end)
}

/// The span to remove for a suppression: its lines, and one of two blank lines around them. If other text is on the
/// same lines, its own bytes and one of two spaces around them.
pub fn suppression(source: &str, span: Span) -> Span {
    let Some(lines) = Lines::around(source, Span::of(0..source.len()), span) else { return span };
    let (before, after) = (&source[..span.start as usize], &source[span.end as usize..]);
    if !lines.alone {
        let is_between_spaces = before.ends_with(' ') && after.starts_with(' ');
        return Span::new(span.start - u32::from(is_between_spaces), span.end);
    }
    let second = if lines.blank_before { line_end_len(&source[lines.span.end as usize..]) as u32 } else { 0 };
    Span::new(lines.span.start, lines.span.end + second)
}

/// The span to remove for an entry of front matter: its whole lines. `None` if anything precedes the entry on its first
/// line, even indentation, or if its last line has no line ending.
pub fn entry(source: &str, span: Span) -> Option<Span> {
    let above = source.get(..span.start as usize)?;
    if !(above.is_empty() || above.ends_with('\n')) {
        return None;
    }
    let (upto, after) = source.split_at_checked(span.end as usize)?;
    let rest = if upto.ends_with('\n') { 0 } else { after.find('\n')? + 1 };
    Some(Span::new(span.start, span.end + rest as u32))
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

/// Length in bytes of the blank line at the start of `text`, including the line ending.
fn blank_line_len(text: &str) -> Option<u32> {
    let blanks = text.len() - text.trim_start_matches([' ', '\t']).len();
    let end = line_end_len(&text[blanks..]);
    (end > 0).then_some((blanks + end) as u32)
}

/// Start of the blank line at the end of `text`.
fn blank_line_before(text: &str) -> Option<u32> {
    let line = without_line_end(text).trim_end_matches([' ', '\t']);
    line.ends_with(['\n', '\r']).then_some(line.len() as u32)
}

/// Length in bytes of the line ending at the start of `text`: CRLF, LF or a lone CR.
fn line_end_len(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// `text` without the line ending at its end.
fn without_line_end(text: &str) -> &str {
    text.strip_suffix("\r\n").or(text.strip_suffix(['\n', '\r'])).unwrap_or(text)
}
