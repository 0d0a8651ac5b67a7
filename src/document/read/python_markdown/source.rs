//! The text as the preprocessors see it: `NormalizeWhitespace` in `preprocessors.py`, and `MetaPreprocessor` in
//! `extensions/meta.py`.

use crate::document::read::python_markdown::lines::leading_spaces;
use crate::document::read::python_markdown::text::Text;
use crate::source::Span;

/// The columns of a tab (`Markdown.tab_length`).
pub(super) const TAB: usize = 4;

/// The body with `\n` as its line ends, spaces for its tabs, and without spaces on blank lines.
pub(super) fn normalized(parsed: &str, body: Span) -> Text {
    let mut text = Text::default();
    let content = body.slice(parsed);
    let mut line = Text::default();
    let mut at = 0;
    let mut is_first = true;
    while at < content.len() {
        let rest = content.get(at..).unwrap_or("");
        let len = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let start = body.start + at as u32;
        expand_tabs(rest.get(..len).unwrap_or(""), start, &mut line);
        let end_len = match rest.get(len..).unwrap_or("") {
            end if end.starts_with("\r\n") => 2,
            "" => 0,
            _ => 1,
        };
        let is_blank = !is_first && line.as_str().bytes().all(|byte| byte == b' ');
        if !is_blank {
            text.push_all(&line);
        }
        line = Text::default();
        is_first = false;
        let end = start + len as u32;
        match end_len {
            1 if rest.as_bytes().get(len) == Some(&b'\n') => text.push_verbatim("\n", end),
            0 => {}
            _ => text.push_str("\n", Span::new(end, end + end_len as u32)),
        }
        at += len + end_len;
    }
    text.push_str("\n\n", Span::empty(body.end));
    text
}

/// Adds a line with its tabs expanded (`str.expandtabs`), without the two characters that placeholders begin and end
/// with.
fn expand_tabs(content: &str, start: u32, line: &mut Text) {
    let mut from = 0;
    let mut column = 0;
    for at in memchr::memchr3_iter(b'\t', 2, 3, content.as_bytes()) {
        let part = content.get(from..at).unwrap_or("");
        line.push_verbatim(part, start + from as u32);
        column += part.chars().count();
        from = at + 1;
        if content.as_bytes().get(at) == Some(&b'\t') {
            let width = TAB - column % TAB;
            let written = Span::new(start + at as u32, start + at as u32 + 1);
            line.push_str("    ".get(..width).unwrap_or(""), written);
            column += width;
        }
    }
    line.push_verbatim(content.get(from..).unwrap_or(""), start + from as u32);
}

/// How many bytes of the text are metadata: `Key: value` lines up to a blank line.
pub(super) fn metadata_len(text: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let mut len = 0;
    let mut has_key = false;
    let mut rest = lines.clone();
    if let Some(first) = rest.next()
        && is_marker(first, "---")
    {
        len = first.len();
        lines = rest;
    }
    for line in lines {
        let bare = line.trim_end_matches('\n');
        if bare.trim().is_empty() || is_marker(bare, "---") || is_marker(bare, "...") {
            return len + line.len();
        }
        let continues = has_key && bare.starts_with("    ");
        if is_key_line(bare) {
            has_key = true;
        } else if !continues {
            return len;
        }
        len += line.len();
    }
    len
}

fn is_marker(line: &str, marker: &str) -> bool {
    let rest = line.trim_end_matches('\n').strip_prefix(marker);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

fn is_key_line(line: &str) -> bool {
    let indent = leading_spaces(line);
    let key = line.get(indent..).and_then(|line| line.split_once(':')).map_or("", |(key, _)| key);
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    indent <= 3 && !key.is_empty() && key.bytes().all(is_word)
}
