//! Emphasis `*a*`, `**a**`, `_a_`, `__a__` and GitHub's `~~a~~`.
//!
//! In kramdown 2.4: `parser/kramdown/emphasis.rb`, `parse_emphasis`, and kramdown-parser-gfm 1.1,
//! `parse_strikethrough_gfm`.

use crate::document::read::kramdown::inline::{Around, Inline, Last, Stop};
use crate::document::read::kramdown::lines::is_space;
use html5ever::local_name;

/// Maximum number of characters examined before a `_`: longer runs of `_` do not occur in prose.
const MAX_LOOK_BACK: usize = 64;

impl Inline<'_, '_> {
    /// Parses emphasis at `at`, or its marks as text. Returns the end.
    pub(super) fn emphasis(&mut self, at: usize, around: Around) -> usize {
        let bytes = self.source.as_bytes();
        let mark = bytes[at];
        let len = 1 + usize::from(bytes.get(at + 1) == Some(&mark));
        let after = at + len;
        let strong = len == 2;
        let nested = if strong { around.strong } else { around.em };
        if nested
            || bytes.get(after).is_none_or(|&byte| is_space(byte))
            || (mark == b'_' && self.is_after_word(at))
            || around.depth >= crate::document::read::kramdown::inline::MAX_DEPTH
        {
            return after;
        }
        if let Some(end) = self.emphasized(at, mark, len, around) {
            return end;
        }
        // `**a*` is parsed as emphasis of `*a`, unless it is inside emphasis.
        if strong
            && !around.directly_em
            && !around.em
            && let Some(end) = self.emphasized(at, mark, 1, around)
        {
            return end;
        }
        after
    }

    fn emphasized(&mut self, at: usize, mark: u8, len: usize, around: Around) -> Option<usize> {
        let inside = at + len;
        let last = if mark == b'_' { Last::Underscore } else { Last::Asterisk };
        if self.fuel == 0 || self.last(last) < inside + len {
            return None;
        }
        let before = self.checkpoint();
        let name = if len == 2 { local_name!("strong") } else { local_name!("em") };
        let opened = self.open(name, at, inside);
        let around = Around {
            em: around.em || len == 1,
            strong: around.strong || len == 2,
            directly_em: len == 1,
            depth: around.depth + 1,
            ..around
        };
        let (stop, found) = self.spans(inside, &mut Stop::Emphasis { mark, len }, around);
        if found {
            return Some(self.close(opened, stop..stop + len));
        }
        self.undo(&before, stop - at);
        None
    }

    /// Whether a letter precedes `at`, with at most one hyphen and any number of `_` after it.
    fn is_after_word(&self, at: usize) -> bool {
        let mut before = self.source[..at].chars().rev().take(MAX_LOOK_BACK).skip_while(|&c| c == '_');
        match before.next() {
            Some('-') => before.next().is_some_and(char::is_alphabetic),
            Some(c) => c.is_alphabetic(),
            None => false,
        }
    }

    /// Parses `~~text~~` at `at`. The end is searched for before the text inside is parsed.
    pub(super) fn strike(&mut self, at: usize, around: Around) -> Option<usize> {
        let source = self.source;
        let bytes = source.as_bytes();
        let inside = at + 2;
        let is_edge = |at: usize| bytes.get(at).is_some_and(|&byte| !is_space(byte) && byte != b'~');
        if !source.get(at..)?.starts_with("~~")
            || !is_edge(inside)
            || around.depth >= crate::document::read::kramdown::inline::MAX_DEPTH
            || self.fuel == 0
        {
            return None;
        }
        let mut stop = inside + 1;
        loop {
            let Some(found) = memchr::memmem::find(bytes.get(stop..)?, b"~~") else {
                self.fuel = self.fuel.saturating_sub(bytes.len() - at);
                return None;
            };
            stop += found;
            if is_edge(stop - 1) {
                break;
            }
            stop += 1;
        }
        let opened = self.open(local_name!("del"), at, inside);
        let around = Around { directly_em: false, depth: around.depth + 1, ..around };
        self.source = &source[..stop];
        self.spans(inside, &mut Stop::End, around);
        self.source = source;
        Some(self.close(opened, stop..stop + 2))
    }
}

/// Whether `len` times `mark` at `at` closes emphasis.
pub(super) fn closes(source: &str, at: usize, mark: u8, len: usize) -> bool {
    let bytes = source.as_bytes();
    let run = bytes[at..].iter().take(4).take_while(|&&byte| byte == mark).count();
    if run < len || bytes[..at].last().is_none_or(|&byte| is_space(byte)) {
        return false;
    }
    // Two marks close strong text, so exactly two do not close emphasis.
    if len == 1 && run == 2 {
        return false;
    }
    mark != b'_' || !source[at + len..].chars().next().is_some_and(char::is_alphanumeric)
}
