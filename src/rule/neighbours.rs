//! What stands around a block that a fix takes away: the lines next to it, and the blocks that only it keeps apart.

use crate::document::{Element, Origin};
use crate::source::Span;

/// The lines that a stretch of a file stands on.
pub struct Lines {
    /// The whole lines, the line end of the last one included.
    pub span: Span,
    /// Nothing but blanks before the stretch on its first line.
    pub begins: bool,
    /// Nothing but blanks before and after it.
    pub alone: bool,
    /// The line above is blank, or there is none.
    pub blank_before: bool,
    /// The line below is blank, or there is none.
    pub blank_after: bool,
}

impl Lines {
    /// The lines of `stretch`, which lies in the part `within` of `source`; `None` where it does not.
    pub fn around(source: &str, within: Span, stretch: Span) -> Option<Self> {
        let head = source.get(within.start as usize..stretch.start as usize)?;
        let tail = source.get(stretch.end as usize..within.end as usize)?;
        let indent = last_line(head);
        let rest = first_line(tail);
        let above = &head[..head.len() - indent.len()];
        let line_end = line_end_len(&tail[rest.len()..]);
        let below = &tail[rest.len() + line_end..];
        let begins = is_blank(indent);
        Some(Lines {
            span: Span::of(within.start as usize + above.len()..stretch.end as usize + rest.len() + line_end),
            begins,
            alone: begins && is_blank(rest),
            blank_before: is_blank(last_line(without_line_end(above))),
            blank_after: is_blank(first_line(below)),
        })
    }
}

/// Length in bytes of the line end that `text` starts with: CRLF, LF or a lone CR.
pub(super) fn line_end_len(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// `text` without the line end it ends with.
pub(super) fn without_line_end(text: &str) -> &str {
    text.strip_suffix("\r\n").or(text.strip_suffix(['\n', '\r'])).unwrap_or(text)
}

fn first_line(text: &str) -> &str {
    text.split(['\n', '\r']).next().unwrap_or("")
}

fn last_line(text: &str) -> &str {
    text.rsplit(['\n', '\r']).next().unwrap_or("")
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// True for blocks that become one when nothing but blank lines is left between them.
pub fn would_merge(before: Element<'_>, after: Element<'_>) -> bool {
    let is_list = |element: Element<'_>| matches!(element.name(), "ul" | "ol" | "dl");
    let markdown = before.origin() == Origin::Markdown && after.origin() == Origin::Markdown;
    let both = |name: &str| before.name() == name && after.name() == name;
    // An indented block of code after a list is a part of its last item.
    (is_list(before) && (is_list(after) || after.name() == "pre"))
        || both("blockquote")
        || (markdown && (both("table") || both("pre")))
}
