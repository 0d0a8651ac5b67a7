//! Quotes, dashes, ellipses, guillemets, character references, escapes and line breaks.
//!
//! In kramdown 2.4: `parser/kramdown/smart_quotes.rb`, `typographic_symbol.rb`, `html_entity.rb`, `line_break.rb` and
//! `escaped_chars.rb`.

use crate::document::read::kramdown::entities;
use crate::document::read::kramdown::inline::{Around, Event, Inline};
use crate::document::read::kramdown::lines::{is_space, is_word_byte};
use html5ever::local_name;

/// The quotation mark that replaces a straight quote.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

impl Inline<'_, '_> {
    /// Parses the quote at `at`. Its replacement depends on the characters around it; the one before counts only if it
    /// is at or after `read`, so that it is not part of another construct.
    pub(super) fn quote(&mut self, at: usize, read: usize) -> Option<usize> {
        let quote = self.source.as_bytes()[at];
        let rest = &self.source.as_bytes()[at + 1..];
        let before = self.source[read.min(at)..at].chars().next_back().filter(|&c| c != '\\');
        let is_other = |byte: u8| byte != quote && matches!(byte, b'"' | b'\'');
        let word = |index: usize| rest.get(index).is_some_and(|&byte| is_word_byte(byte));
        let white_before = before.is_none_or(|c| c.is_ascii() && is_space(c as u8));
        if before.is_none() {
            if starts_emphasis(rest) {
                return Some(self.push_quote(at, Side::Left));
            }
            if before_punctuation(&self.source[at + 1..]) {
                return Some(self.push_quote(at, Side::Right));
            }
        }
        if white_before && rest.first().copied().is_some_and(is_other) && word(1) {
            self.push_quote(at, Side::Left);
            return Some(self.push_quote(at + 1, Side::Left));
        }
        let decade =
            quote == b'\'' && rest.len() > 2 && rest[0].is_ascii_digit() && rest[1].is_ascii_digit() && rest[2] == b's';
        if white_before && decade {
            return Some(self.push_quote(at, Side::Right));
        }
        let Some(before) = before else { return Some(self.quote_alone(at, quote, rest)) };
        if white_before && word(0) {
            return Some(self.push_quote(at, Side::Left));
        }
        let opens = matches!(before, ' ' | '\t' | '\r' | '\n' | '[' | '{' | '(' | '-');
        Some(self.push_quote(at, if opens { Side::Left } else { Side::Right }))
    }

    /// Parses a quote that is not preceded by a character.
    fn quote_alone(&mut self, at: usize, quote: u8, rest: &[u8]) -> usize {
        if matches!(rest.first(), Some(b'"' | b'\'')) {
            // The first of two quotes remains straight.
            self.flush(at + 1);
            return self.push_quote(at + 1, Side::Right);
        }
        let ends_word = match rest {
            [] => true,
            [b's', after @ ..] => {
                let _ = after;
                !self.source[at + 2..].chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_')
            }
            [byte, ..] => is_space(*byte),
        };
        let _ = quote;
        self.push_quote(at, if ends_word { Side::Right } else { Side::Left })
    }

    fn push_quote(&mut self, at: usize, side: Side) -> usize {
        let mark = match (self.source.as_bytes()[at], side) {
            (b'"', Side::Left) => "\u{201c}",
            (b'"', Side::Right) => "\u{201d}",
            (_, Side::Left) => "\u{2018}",
            (_, Side::Right) => "\u{2019}",
        };
        self.push(at..at + 1, Event::Decoded(at..at + 1, mark.into()))
    }

    /// Parses dashes, an ellipsis or guillemets at `at`; returns the end.
    pub(super) fn typography(&mut self, at: usize, read: usize) -> Option<usize> {
        let rest = self.source.get(at..)?;
        let blank_before = at > read && self.source.as_bytes()[at - 1] == b' ';
        let (len, becomes) = match rest.as_bytes() {
            [b'-', b'-', b'-', ..] => (3, "\u{2014}"),
            [b'-', b'-', ..] => (2, "\u{2013}"),
            [b'.', b'.', b'.', ..] => (3, "\u{2026}"),
            [b'<', b'<', after @ ..] => {
                let end = self.push_symbol(at, 2, "\u{ab}");
                // A space on the inner side of guillemets becomes a no-break space.
                return Some(if after.starts_with(b" ") { self.push_symbol(end, 1, "\u{a0}") } else { end });
            }
            [b'>', b'>', ..] => {
                if blank_before {
                    self.push_symbol(at - 1, 1, "\u{a0}");
                }
                (2, "\u{bb}")
            }
            _ => return None,
        };
        Some(self.push_symbol(at, len, becomes))
    }

    fn push_symbol(&mut self, at: usize, len: usize, becomes: &'static str) -> usize {
        self.push(at..at + len, Event::Decoded(at..at + len, becomes.into()))
    }

    /// Parses the character reference at `at`; returns its end.
    pub(super) fn entity(&mut self, at: usize) -> Option<usize> {
        let (len, c) = entities::reference(self.source.get(at..)?)?;
        let mut buffer = [0; 4];
        let decoded = c.encode_utf8(&mut buffer).to_owned();
        Some(self.push(at..at + len, Event::Decoded(at..at + len, decoded.into())))
    }

    /// Parses a line ending after two spaces as a line break; returns its end.
    pub(super) fn line_break(&mut self, at: usize, read: usize, around: Around) -> Option<usize> {
        let blanks = at >= read + 2 && self.source.as_bytes()[..at].ends_with(b"  ");
        let end = blanks.then(|| self.push_break(at - 2, at));
        let options = &self.reader.options;
        if !(options.hard_wrap && options.gfm) || around.html {
            return end;
        }
        // kramdown-parser-gfm 1.1, `update_elements`: also after a break by two spaces.
        self.push_break(at, at);
        Some(at + 1)
    }

    /// Emits a line break; at the end of the text, it is dropped together with its markup.
    fn push_break(&mut self, from: usize, to: usize) -> usize {
        if to + 1 >= self.source.len() {
            self.flush(from);
            self.run = to;
            return to;
        }
        let opened = self.open(local_name!("br"), from, to);
        self.last_element = Some(opened);
        to
    }

    /// Parses a backslash at `at` and the character it escapes; returns the end.
    pub(super) fn escape(&mut self, at: usize, around: Around) -> Option<usize> {
        let rest = self.source.get(at + 1..)?;
        let gfm = self.reader.options.gfm;
        if rest.starts_with("\\\n") {
            return Some(self.push_break(at, at + 2));
        }
        // Inside HTML elements, one backslash does not break the line.
        if gfm && !around.html && rest.starts_with('\n') {
            return Some(self.push_break(at, at + 1));
        }
        let next = rest.chars().next()?;
        if rest.starts_with("<<") || rest.starts_with(">>") {
            self.flush(at);
            self.run = at + 1;
            return Some(at + 3);
        }
        if !is_escapable(next, gfm) {
            return None;
        }
        self.flush(at);
        self.run = at + 1;
        Some(at + 2)
    }
}

/// Whether a backslash escapes this character.
pub(super) fn is_escapable(c: char, gfm: bool) -> bool {
    matches!(
        c,
        '\\' | '.'
            | '*'
            | '_'
            | '+'
            | '`'
            | '<'
            | '>'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '#'
            | '!'
            | ':'
            | '|'
            | '"'
            | '\''
            | '$'
            | '='
            | '-'
    ) || (gfm && c == '~')
}

/// Whether the text starts with one or two `*` or `_` and then a character other than whitespace.
fn starts_emphasis(rest: &[u8]) -> bool {
    let marks = rest.iter().take(2).take_while(|byte| matches!(byte, b'*' | b'_')).count();
    (1..=marks).rev().any(|marks| rest.get(marks).is_some_and(|&byte| !is_space(byte)))
}

/// Whether `rest` starts with ASCII punctuation other than `&`, followed by neither a word boundary nor `..`.
fn before_punctuation(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    let Some(first) = bytes.first().filter(|byte| byte.is_ascii_punctuation() && **byte != b'&') else { return false };
    let word_after = rest[1..].chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_');
    !rest[1..].starts_with("..") && word_after == (*first == b'_')
}
