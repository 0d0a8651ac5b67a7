//! Code and escapes (`BacktickInlineProcessor`, `EscapeInlineProcessor`; `pymdownx/inlinehilite.py`).

use super::{Cursor, Found, Inline, Step, patterns};
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::Node;
use crate::source::Span;
use std::ops::Range;

impl Inline<'_, '_> {
    pub(super) fn code(&mut self, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let data = at.data;
        let bytes = data.as_str().as_bytes();
        let mut next = from;
        loop {
            let start = next + memchr::memchr2(b'\\', b'`', bytes.get(next..)?)?;
            let is_escaped = at.before(start) == Some('\\');
            if bytes.get(start) == Some(&b'\\') {
                let count = run(bytes, start, b'\\');
                let pairs = count - count % 2;
                if !is_escaped && pairs > 0 && bytes.get(start + pairs) == Some(&b'`') {
                    return Some(Step::Replace(start, start + pairs, Found::Text(backslashes(data, start, pairs))));
                }
                next = start + count;
                continue;
            }
            if is_escaped {
                next = start + 1;
                continue;
            }
            return Some(self.code_span(data, start));
        }
    }

    fn code_span(&mut self, data: &Text, start: usize) -> Step {
        let ticks = run(data.as_str().as_bytes(), start, b'`');
        if !self.take_fuel(0) {
            return Step::Skip(start + ticks);
        }
        let Some((content, end)) = self.code_content(data, start, ticks) else { return Step::Skip(start + ticks) };
        let span = data.span(start..end);
        let mut node = Node::named("code", span);
        let mut content = data.trimmed(content);
        if self.parser.options.inlinehilite
            && let Some(len) = language_len(data.get(content.clone()))
        {
            content = data.trimmed(content.start + len..content.end);
            node.set("class", "highlight");
        }
        node.text = Some(data.slice(content).atomic());
        Step::Replace(start, end, Found::Node(self.nodes().detached(node)))
    }

    /// The range of the code, and where its closing backticks end (`find_code_spans`).
    fn code_content(&mut self, data: &Text, start: usize, ticks: usize) -> Option<(Range<usize>, usize)> {
        let bytes = data.as_str().as_bytes();
        let from = start + ticks;
        let mut at = from;
        let mut longest = (0, 0);
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'`', rest)) {
            at += found;
            let len = run(bytes, at, b'`');
            at += len;
            if len == ticks {
                return Some((from..at - len, at));
            }
            if len > longest.0 {
                longest = (len, at);
            }
        }
        self.take_fuel(bytes.len() - from.min(bytes.len()));
        let (len, end) = longest;
        // The longest run of backticks closes a part of those that open. The end of the element is shifted likewise.
        (0 < len && len < ticks).then(|| (from - (ticks - len)..end - len, end - len + (from - (ticks - len) - start)))
    }

    pub(super) fn escape(&mut self, at: &Cursor<'_>, from: usize) -> Option<Step> {
        let data = at.data;
        let start = from + memchr::memchr(b'\\', data.as_str().as_bytes().get(from..)?)?;
        let c = data.get(start + 1..data.len()).chars().next()?;
        let end = start + 1 + c.len_utf8();
        if !patterns::is_escaped(self.parser.options, c) {
            return Some(Step::Skip(end));
        }
        Some(Step::Replace(start, end, Found::Text(escaped(c, data.span(start + 1..end)))))
    }
}

/// The length of a run of a byte.
pub(super) fn run(bytes: &[u8], start: usize, byte: u8) -> usize {
    bytes.iter().skip(start).take_while(|&&other| other == byte).count()
}

/// A character that no pattern touches any more: its number between `STX` and `ETX`.
pub(super) fn escaped(c: char, written: Span) -> Text {
    Text::of(&format!("\u{2}{}\u{3}", u32::from(c)), written)
}

/// Half as many escaped backslashes.
pub(super) fn backslashes(data: &Text, start: usize, len: usize) -> Text {
    let mut text = Text::default();
    for at in (start..start + len).step_by(2) {
        text.push_all(&escaped('\\', data.span(at + 1..at + 2)));
    }
    text
}

/// The length of `#!python ` or `:::python ` at the start of code.
fn language_len(code: &str) -> Option<usize> {
    let colons = code.bytes().take_while(|&byte| byte == b':').count();
    let mark = if code.starts_with("#!") { 2 } else { colons };
    if mark < 2 || mark == colons && colons < 3 {
        return None;
    }
    let rest = code.get(mark..)?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '#' | '.' | '+' | '-');
    let name: usize = rest.chars().take_while(|&c| is_name(c)).map(char::len_utf8).sum();
    let is_followed = rest.get(name..)?.starts_with(char::is_whitespace);
    is_followed.then_some(mark + name)
}
