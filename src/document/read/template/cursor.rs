//! Searches whose start only moves forward: each byte is examined once, however many searches there are.

use memchr::memmem;

/// The next occurrence of a fixed string.
pub(super) struct Cursor {
    needle: &'static [u8],
    next: Option<usize>,
    exhausted: bool,
}

impl Cursor {
    pub(super) const fn new(needle: &'static str) -> Self {
        Cursor { needle: needle.as_bytes(), next: None, exhausted: false }
    }

    /// The first occurrence that starts at `at` or later. `at` must not decrease from call to call.
    pub(super) fn find(&mut self, text: &[u8], at: usize) -> Option<usize> {
        if let Some(next) = self.next.filter(|&next| next >= at) {
            return Some(next);
        }
        if self.exhausted {
            return None;
        }
        self.next = text.get(at..).and_then(|rest| memmem::find(rest, self.needle)).map(|found| at + found);
        self.exhausted = self.next.is_none();
        self.next
    }
}

/// The line ending before the next blank line.
#[derive(Default)]
pub(super) struct BlankLines {
    next: Option<usize>,
}

impl BlankLines {
    /// Offset of the line ending before the first blank line after `at`, or the text's length.
    pub(super) fn find(&mut self, text: &[u8], at: usize) -> usize {
        if let Some(next) = self.next.filter(|&next| next >= at) {
            return next;
        }
        let rest = text.get(at..).unwrap_or(&[]);
        let found = memchr::memchr_iter(b'\n', rest)
            .map(|newline| at + newline)
            .find(|&newline| is_blank_line(text, newline + 1));
        *self.next.insert(found.unwrap_or(text.len()))
    }
}

/// Whether only whitespace separates `at` from the end of its line. The end of the text counts as a line ending.
pub(super) fn is_blank_line(text: &[u8], at: usize) -> bool {
    let rest = text.get(at..).unwrap_or(&[]);
    rest.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')).is_none_or(|byte| *byte == b'\n')
}

/// The name of a tag, from the text between its delimiters.
pub(super) fn tag_name(inside: &[u8]) -> &[u8] {
    let inside = inside.strip_prefix(b"-").unwrap_or(inside).trim_ascii_start();
    let end = inside.iter().position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'_'));
    inside.get(..end.unwrap_or(inside.len())).unwrap_or(&[])
}
