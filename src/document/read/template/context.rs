//! The context of a template in HTML: in text, between a tag's attributes, or in a value. The scan is approximate and
//! only moves forward. If it is wrong, a template gets a different mask than intended, with no further effect.

use crate::document::read::template::cursor::{Cursor, is_blank_line};

/// The context of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    Text,
    /// In a tag, outside values.
    Tag,
    /// After `=`, before the value's first byte.
    BeforeValue,
    /// In an attribute's value.
    Value(Quote),
    /// In a comment, or in an element whose content is text only.
    Characters,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quote {
    None,
    Mark(u8),
}

/// Elements whose content is text only.
const RAW_TEXT: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

pub(super) struct Context<'t> {
    text: &'t [u8],
    /// Whether the text is Markdown, in which a blank line ends a tag: a `<` in prose must not affect the rest of the
    /// text.
    markdown: bool,
    at: usize,
    state: Where,
    tag_start: usize,
    characters_until: usize,
    comment_ends: Cursor,
    unended: Vec<&'static str>,
}

impl<'t> Context<'t> {
    pub(super) fn new(text: &'t [u8], from: usize, markdown: bool) -> Self {
        Context {
            text,
            markdown,
            at: from,
            state: Where::Text,
            tag_start: from,
            characters_until: from,
            comment_ends: Cursor::new("-->"),
            unended: Vec::new(),
        }
    }

    /// Scans up to `to`, the start of a template.
    pub(super) fn advance(&mut self, to: usize) -> Where {
        while self.at < to {
            match self.state {
                Where::Text | Where::Characters => self.text_until(to),
                _ => self.tag_byte(),
            }
        }
        if self.at < self.characters_until && self.state == Where::Text { Where::Characters } else { self.state }
    }

    /// Continues after the template that ends at `to`.
    pub(super) fn skip(&mut self, to: usize) {
        self.at = self.at.max(to);
        if self.state == Where::BeforeValue {
            self.state = Where::Value(Quote::None);
        }
    }

    fn text_until(&mut self, to: usize) {
        let from = self.at.max(self.characters_until);
        self.at = to;
        let Some(rest) = self.text.get(from..to) else { return };
        for found in memchr::memchr_iter(b'<', rest) {
            let at = from + found;
            let after = self.text.get(at + 1..).unwrap_or(&[]);
            if after.starts_with(b"!--") {
                if let Some(end) = self.comment_ends.find(self.text, at + 4) {
                    self.characters_until = end + 3;
                    self.at = (end + 3).min(to);
                    return;
                }
            } else if matches!(after, [b'/', next, ..] | [next, ..] if next.is_ascii_alphabetic()) {
                self.state = Where::Tag;
                (self.tag_start, self.at) = (at, at + 1);
                return;
            }
        }
    }

    fn tag_byte(&mut self) {
        let Some(&byte) = self.text.get(self.at) else { return };
        self.at += 1;
        if byte == b'\n' && self.markdown && is_blank_line(self.text, self.at) {
            self.state = Where::Text;
            return;
        }
        self.state = match (self.state, byte) {
            (Where::Value(Quote::Mark(mark)), _) if byte == mark => Where::Tag,
            (Where::Value(Quote::Mark(_)), _) => return,
            (_, b'>') => return self.end_tag(),
            (Where::Value(Quote::None), b' ' | b'\t' | b'\r' | b'\n') => Where::Tag,
            (Where::Tag, b'=') => Where::BeforeValue,
            (Where::Tag, b'<') => {
                self.at -= 1;
                Where::Text
            }
            (Where::BeforeValue, b' ' | b'\t' | b'\r' | b'\n') => return,
            (Where::BeforeValue, b'"' | b'\'') => Where::Value(Quote::Mark(byte)),
            (Where::BeforeValue, _) => Where::Value(Quote::None),
            (state, _) => state,
        };
    }

    fn end_tag(&mut self) {
        self.state = Where::Text;
        let inside = self.text.get(self.tag_start + 1..self.at - 1).unwrap_or(&[]);
        let end = inside.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let name = inside.get(..end).unwrap_or(&[]);
        let known = RAW_TEXT.iter().copied().find(|known| known.as_bytes().eq_ignore_ascii_case(name));
        let Some(name) = known.filter(|name| !self.unended.contains(name)) else { return };
        match self.raw_text_end(name) {
            Some(end) => self.characters_until = end,
            None => self.unended.push(name),
        }
    }

    fn raw_text_end(&self, name: &str) -> Option<usize> {
        let rest = self.text.get(self.at..)?;
        memchr::memmem::find_iter(rest, b"</").map(|found| self.at + found).find(|&found| {
            self.text
                .get(found + 2..found + 2 + name.len())
                .is_some_and(|written| written.eq_ignore_ascii_case(name.as_bytes()))
        })
    }
}
