//! Characters and references to them: what is written as `&copy;` is a reference, every other `&` itself (`RE_AMP`).

use super::Emitter;
use crate::document::read::python_markdown::text::Text;
use crate::document::tree::build::Build;
use std::borrow::Cow;
use std::ops::Range;

/// The longest name of a reference, with `&` and `;`.
const MAX_LEN: usize = 40;

/// The length of the reference at the start of the text.
fn reference_len(text: &str) -> Option<usize> {
    let body = text.as_bytes().get(1..)?;
    let count =
        |bytes: &[u8], wants: fn(&u8) -> bool| bytes.iter().take(MAX_LEN).take_while(|byte| wants(byte)).count();
    let len = match body {
        [b'#', b'x' | b'X', digits @ ..] => count(digits, u8::is_ascii_hexdigit).checked_sub(1)? + 3,
        [b'#', digits @ ..] => count(digits, u8::is_ascii_digit).checked_sub(1)? + 2,
        letters => count(letters, u8::is_ascii_alphanumeric).checked_sub(1)? + 1,
    };
    (body.get(len) == Some(&b';')).then_some(len + 2)
}

/// Whether the text begins with a reference to a character.
pub(in super::super) fn is_reference(text: &str) -> bool {
    text.starts_with('&') && reference_len(text).is_some()
}

/// The reference at the start of the text: its length, and its characters if a browser knows it.
fn reference(text: &str) -> Option<(usize, String)> {
    let len = reference_len(text)?;
    let name = text.get(1..len)?;
    let characters = match name.strip_prefix('#') {
        Some(number) => numeric(number.trim_end_matches(';')).map(String::from),
        None => html5ever::data::NAMED_ENTITIES.get(name).and_then(|&(first, second)| {
            let first = char::from_u32(first).filter(|&c| c != '\0')?;
            let second = char::from_u32(second).filter(|&c| c != '\0');
            Some([Some(first), second].into_iter().flatten().collect())
        }),
    };
    characters.map(|characters| (len, characters))
}

fn numeric(number: &str) -> Option<char> {
    let value = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    let value = value.unwrap_or(0xfffd);
    Some(char::from_u32(value).filter(|&c| c != '\0').unwrap_or('\u{fffd}'))
}

/// The text with its references decoded.
pub(in super::super) fn decoded(text: &str) -> Cow<'_, str> {
    let mut plain = String::new();
    let mut start = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        if let Some((len, characters)) = text.get(at..).filter(|_| at >= start).and_then(reference) {
            plain.push_str(text.get(start..at).unwrap_or(""));
            plain.push_str(&characters);
            start = at + len;
        }
    }
    if start == 0 {
        return Cow::Borrowed(text);
    }
    plain.push_str(text.get(start..).unwrap_or(""));
    Cow::Owned(plain)
}

/// The escaped character at the start of the text, and the length of its placeholder.
pub(in super::super) fn escape_at(text: &str) -> Option<(usize, char)> {
    let rest = text.strip_prefix('\u{2}')?;
    let digits = rest.bytes().take(8).take_while(u8::is_ascii_digit).count();
    let number: u32 = rest.get(..digits)?.parse().ok()?;
    rest.get(digits..)?.starts_with('\u{3}').then_some(())?;
    Some((digits + 2, char::from_u32(number)?))
}

impl<B: Build> Emitter<'_, '_, '_, B> {
    /// Emits characters. In code, references are not decoded.
    pub(super) fn characters(&mut self, text: &Text, range: Range<usize>, is_code: bool) {
        let mut start = range.start;
        if !is_code {
            for at in memchr::memchr_iter(b'&', text.get(range.clone()).as_bytes()) {
                let at = range.start + at;
                if at < start {
                    continue;
                }
                if let Some((len, characters)) = reference(text.get(at..range.end)) {
                    self.verbatim(text, start..at);
                    self.out.decoded_text(text.span(at..at + len), &characters);
                    start = at + len;
                }
            }
        }
        self.verbatim(text, start..range.end);
    }

    fn verbatim(&mut self, text: &Text, range: Range<usize>) {
        for (part, written, is_linear) in text.parts(range) {
            if is_linear {
                self.out.text(written);
            } else {
                self.out.decoded_text(written, text.get(part));
            }
        }
    }
}
