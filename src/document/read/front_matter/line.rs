//! Lines of front matter: their start and end, and whether one has the form `key: value`.

use crate::source::Span;

#[derive(Clone, Copy, Debug)]
pub(in crate::document) struct Line {
    /// Byte span without the line ending.
    pub span: Span,
    /// Start of the next line.
    pub next: u32,
}

impl Line {
    /// Whether the line ends in `\n`, `\r\n` or the end of the file: for Ruby, a lone `\r` does not end a line.
    pub fn ends_for_ruby(self, text: &str) -> bool {
        self.next as usize == text.len() || text.as_bytes().get(self.next as usize - 1) == Some(&b'\n')
    }
}

/// The lines of `region`; LF, CRLF and a lone CR each end one.
pub(in crate::document) fn lines(text: &str, region: Span) -> impl Iterator<Item = Line> {
    let mut start = region.start;
    std::iter::from_fn(move || {
        if start >= region.end {
            return None;
        }
        let rest = Span::new(start, region.end).slice(text).as_bytes();
        let (end, next) = match memchr::memchr2(b'\n', b'\r', rest) {
            None => (region.end, region.end),
            Some(at) => {
                let pair = rest.get(at..at + 2) == Some(b"\r\n");
                (start + at as u32, start + at as u32 + if pair { 2 } else { 1 })
            }
        };
        let line = Line { span: Span::new(start, end), next };
        start = next;
        Some(line)
    })
}

/// The rest of a line from `from` on, without the line ending.
pub(in crate::document) fn rest_of_line(text: &str, from: u32, end: u32) -> Span {
    let rest = Span::new(from, end).slice(text);
    let length = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
    Span::new(from, from + length as u32)
}

/// Returns `span` without spaces and tabs at either end.
pub(in crate::document) fn trim(text: &str, span: Span) -> Span {
    let written = span.slice(text);
    let left = written.len() - written.trim_start_matches([' ', '\t']).len();
    let length = written.trim_matches([' ', '\t']).len();
    Span::new(span.start + left as u32, span.start + (left + length) as u32)
}

/// The offset of the colon in a line that has the form `key: value` or `key:` and is not indented.
pub(in crate::document) fn key_colon(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let first = *bytes.first()?;
    if matches!(first, b' ' | b'\t' | b'#' | b'[' | b'{' | b':') || line.starts_with("- ") {
        return None;
    }
    let from = match first {
        b'"' | b'\'' => memchr::memchr(first, bytes.get(1..)?)? + 2,
        _ => 0,
    };
    let ends_key = |&at: &usize| matches!(bytes.get(at + 1), None | Some(b' ' | b'\t'));
    memchr::memchr_iter(b':', bytes.get(from..)?).map(|at| at + from).find(ends_key)
}

/// The offset of a colon that is directly followed by text: `title:text`, but not `https://…`.
pub(in crate::document) fn glued_colon(line: &str) -> Option<usize> {
    let colon = memchr::memchr(b':', line.as_bytes())?;
    let (key, value) = line.split_at_checked(colon)?;
    let value = value.strip_prefix(':')?;
    (is_word(key) && !value.is_empty() && !value.starts_with([' ', '\t', '/', ':'])).then_some(colon)
}

/// Whether the line is almost certainly front matter: one word as the key, then a colon.
pub(in crate::document) fn looks_like_entry(line: &str) -> bool {
    key_colon(line).and_then(|colon| line.get(..colon)).is_some_and(|key| is_word(key.trim_matches(['"', '\''])))
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}
