//! Finds Markdown code without a Markdown parser, for template languages that do not apply inside code.

use crate::document::read::template::cursor::is_blank_line;
use crate::source::Span;
use rustc_hash::FxHashMap;

/// The sorted spans of fenced blocks and code spans in `text` from `from` on.
pub(super) fn find(text: &str, from: usize) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut paragraph = from;
    let mut at = from;
    while at < bytes.len() {
        let next = line_end(bytes, at);
        let line = bytes.get(at..next).unwrap_or(&[]);
        if let Some(fence) = Fence::opens(line) {
            spans(bytes, paragraph, at, &mut found);
            let end = fence.end(bytes, next);
            found.push(Span::of(at..end));
            (at, paragraph) = (end, end);
            continue;
        }
        if is_blank_line(bytes, at) {
            spans(bytes, paragraph, at, &mut found);
            paragraph = next;
        }
        at = next;
    }
    spans(bytes, paragraph, bytes.len(), &mut found);
    found
}

/// The offset after the line that contains `at`.
fn line_end(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or(&[]);
    memchr::memchr(b'\n', rest).map_or(text.len(), |newline| at + newline + 1)
}

struct Fence {
    mark: u8,
    len: usize,
}

impl Fence {
    /// The fence that `line` opens, inside any quotes and lists.
    fn opens(line: &[u8]) -> Option<Fence> {
        let inside = line.get(container_prefix(line)..)?;
        let mark = *inside.first().filter(|byte| matches!(byte, b'`' | b'~'))?;
        let len = inside.iter().take_while(|byte| **byte == mark).count();
        let info = inside.get(len..)?;
        (len >= 3 && (mark == b'~' || !info.contains(&b'`'))).then_some(Fence { mark, len })
    }

    /// The offset after the closing fence's line.
    fn end(&self, text: &[u8], from: usize) -> usize {
        let mut at = from;
        while at < text.len() {
            let next = line_end(text, at);
            let line = text.get(at..next).unwrap_or(&[]).trim_ascii();
            let prefix = line.iter().take_while(|byte| matches!(byte, b'>' | b' ' | b'\t')).count();
            let line = line.get(prefix..).unwrap_or(&[]);
            if line.len() >= self.len && line.iter().all(|byte| *byte == self.mark) {
                return next;
            }
            at = next;
        }
        text.len()
    }
}

/// Length of the whitespace, quote markers and list markers at the start of a line.
fn container_prefix(line: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let rest = line.get(at..).unwrap_or(&[]);
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        at += match rest {
            [b' ' | b'\t' | b'>', ..] => 1,
            [b'-' | b'*' | b'+', b' ' | b'\t', ..] => 2,
            _ if digits > 0 && matches!(rest.get(digits..), Some([b'.' | b')', b' ' | b'\t', ..])) => digits + 2,
            _ => return at,
        };
    }
}

/// Adds the code spans of a paragraph to `found`.
fn spans(text: &[u8], start: usize, end: usize, found: &mut Vec<Span>) {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut at = start;
    while let Some(tick) = text.get(at..end).and_then(|rest| memchr::memchr(b'`', rest)).map(|tick| at + tick) {
        let len = text.get(tick..end).unwrap_or(&[]).iter().take_while(|byte| **byte == b'`').count();
        runs.push((tick, len));
        at = tick + len;
    }
    // The next run of the same length, for every run.
    let mut closing = vec![None; runs.len()];
    let mut last = FxHashMap::default();
    for (index, (_, len)) in runs.iter().enumerate().rev() {
        closing[index] = last.insert(*len, index);
    }
    let mut index = 0;
    while let Some(&(tick, _)) = runs.get(index) {
        let escaped = tick > start && text.get(tick - 1) == Some(&b'\\');
        match closing.get(index).copied().flatten().filter(|_| !escaped) {
            Some(close) => {
                found.push(Span::of(tick..runs[close].0 + runs[close].1));
                index = close + 1;
            }
            None => index += 1,
        }
    }
}
