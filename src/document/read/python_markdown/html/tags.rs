//! Start tags as Python's `html.parser` reads them, with the changes of `htmlparser.py` (`locatestarttagend_tolerant`).

use std::ops::Range;

/// A start tag.
#[derive(Debug)]
pub(super) struct StartTag {
    pub(super) end: usize,
    /// The name in lower case.
    pub(super) name: String,
    pub(super) attributes: Vec<TagAttribute>,
    /// Whether it ends in `/>`.
    pub(super) is_empty: bool,
}

/// An attribute of a tag.
#[derive(Debug)]
pub(super) struct TagAttribute {
    pub(super) name: Range<usize>,
    /// The value without quotes; `None` if the attribute has none.
    pub(super) value: Option<Range<usize>>,
    /// After the closing quote of the value.
    pub(super) end: usize,
}

/// What begins with `<` and a letter.
#[derive(Debug)]
pub(super) enum Found {
    Tag(StartTag),
    /// Characters up to this offset that are not a tag.
    Characters(usize),
    /// Nothing: the `<` alone is a character. How far it was read.
    Nothing(usize),
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1c..=0x1f)
}

/// Reads the tag at `start`, which is a `<` before a letter.
pub(super) fn start_tag(text: &str, start: usize) -> Found {
    let bytes = text.as_bytes();
    let at_byte = |at: usize| bytes.get(at).copied();
    let in_name = |byte: u8| !matches!(byte, b'`' | b'\t' | b'\n' | b'\r' | 0x0c | b' ' | b'/' | b'>' | 0);
    let mut at = start + 1;
    while at_byte(at).is_some_and(in_name) {
        at += 1;
    }
    let name = text.get(start + 1..at).unwrap_or("").to_ascii_lowercase();
    let mut attributes = Vec::new();
    loop {
        // `(?:[\s/]*`, but the last `/` before `>` is left to the end of the tag.
        let mut next = at;
        while at_byte(next).is_some_and(|byte| is_space(byte) || byte == b'/') {
            next += 1;
        }
        let follows = at_byte(next.wrapping_sub(1)).is_some_and(|b| is_space(b) || matches!(b, b'\'' | b'"' | b'/'));
        let begins = at_byte(next).is_some_and(|byte| !matches!(byte, b'`' | b'>') && !is_space(byte));
        if !(follows && begins) {
            break;
        }
        let attribute = attribute(bytes, next);
        at = attribute.end;
        attributes.push(attribute);
        while at_byte(at) == Some(b',') {
            at += 1;
        }
    }
    while at_byte(at).is_some_and(is_space) {
        at += 1;
    }
    // Slashes that no attribute follows, and the space after them.
    if at_byte(at) == Some(b'/') {
        let mut next = at;
        while at_byte(next).is_some_and(|byte| is_space(byte) || byte == b'/') {
            next += 1;
        }
        if at_byte(next) == Some(b'>') {
            at = if at_byte(next - 1) == Some(b'/') { next - 1 } else { next };
        }
    }
    ended(text, at, name, attributes)
}

fn ended(text: &str, at: usize, name: String, attributes: Vec<TagAttribute>) -> Found {
    let byte = text.as_bytes().get(at).copied();
    match byte {
        Some(b'>') => Found::Tag(StartTag { end: at + 1, name, attributes, is_empty: false }),
        Some(b'/') if text.as_bytes().get(at + 1) == Some(&b'>') => {
            Found::Tag(StartTag { end: at + 2, name, attributes, is_empty: true })
        }
        None | Some(b'/' | b'=') => Found::Nothing(at),
        Some(letter) if letter.is_ascii_alphabetic() => Found::Nothing(at),
        Some(_) => Found::Characters(at),
    }
}

fn attribute(bytes: &[u8], start: usize) -> TagAttribute {
    let at_byte = |at: usize| bytes.get(at).copied();
    let mut at = start + 1;
    while at_byte(at).is_some_and(|byte| !is_space(byte) && !matches!(byte, b'/' | b'=' | b'>')) {
        at += 1;
    }
    let name = start..at;
    let skip_spaces = |mut at: usize| {
        while at_byte(at).is_some_and(is_space) {
            at += 1;
        }
        at
    };
    let mut next = skip_spaces(at);
    if at_byte(next) != Some(b'=') {
        return TagAttribute { name, value: None, end: at };
    }
    while at_byte(next) == Some(b'=') {
        next += 1;
    }
    next = skip_spaces(next);
    match at_byte(next) {
        Some(quote @ (b'\'' | b'"')) => {
            let rest = bytes.get(next + 1..).unwrap_or(&[]);
            match memchr::memchr(quote, rest) {
                Some(len) => {
                    let value = next + 1..next + 1 + len;
                    TagAttribute { name, end: value.end + 1, value: Some(value) }
                }
                None => TagAttribute { name, value: None, end: at },
            }
        }
        _ => {
            let from = next;
            while at_byte(next).is_some_and(|byte| !is_space(byte) && !matches!(byte, b'`' | b'>')) {
                next += 1;
            }
            TagAttribute { name, value: Some(from..next), end: next }
        }
    }
}
