//! Code spans and mathematics within a line.

use super::{Event, Inline, Math};
use crate::document::kramdown::lines::{is_space, trim};
use html5ever::local_name;
use std::ops::Range;

impl Inline<'_, '_> {
    /// Reads a code span at `at`, or its backticks as text; where either ends.
    pub(super) fn code(&mut self, at: usize) -> usize {
        let Some((inside, end)) = code_span(self.source, at, self.start) else {
            return at + self.source[at..].bytes().take_while(|&byte| byte == b'`').count();
        };
        let opened = self.open(local_name!("code"), at, inside.start);
        if !inside.is_empty() {
            self.events.all.push(Event::Text(inside.clone()));
        }
        self.run = inside.end;
        self.run = end;
        self.close(opened, end..end)
    }

    /// Reads `$$math$$` at `at`.
    pub(super) fn math(&mut self, at: usize) -> Option<usize> {
        let rest = self.source.get(at..)?.strip_prefix("$$")?;
        let len = memchr::memmem::find(rest.as_bytes(), b"$$")?;
        let inside = trim(self.source, at + 2..at + 2 + len);
        let end = at + 2 + len + 2;
        Some(self.push(at..end, Event::Math(Math { range: at..end, inside })))
    }
}

/// The code span at `at`, in text that starts at `start`: the range inside and where it ends.
pub(in crate::document::kramdown) fn code_span(source: &str, at: usize, start: usize) -> Option<(Range<usize>, usize)> {
    let bytes = source.as_bytes();
    let marks = bytes.get(at..)?.iter().take_while(|&&byte| byte == b'`').count();
    let inside = at + marks;
    let before = if at > start { bytes.get(at - 1) } else { None };
    let after = bytes.get(inside);
    if marks == 1 && before.is_none_or(|&byte| is_space(byte)) && after.is_some_and(|&byte| is_space(byte)) {
        return None;
    }
    let rest = bytes.get(inside..)?;
    let len = match marks {
        1 => memchr::memchr(b'`', rest)?,
        _ => memchr::memmem::find(rest, &bytes[at..inside])?,
    };
    let (mut from, mut to) = (inside, inside + len);
    if marks > 1 {
        if bytes.get(from) == Some(&b' ') && from < to {
            from += 1;
        }
        if from < to && bytes[to - 1] == b' ' {
            to -= 1;
        }
    }
    Some((from..to, inside + len + marks))
}
