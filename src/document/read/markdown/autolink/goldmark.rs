//! Bare URLs as links in goldmark: `extension/linkify.go`.

use crate::document::read::markdown::autolink::{Found, Kind, without_entity};

/// The context before a link.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    /// Whether other text precedes this one.
    pub after_text: bool,
    /// Whether the typographer is enabled: goldmark then also looks for links after quotes.
    pub typographer: bool,
}

/// Maximum length of a host in bytes.
const MAX_HOST: usize = 256;

pub(super) fn url(bytes: &[u8], start: usize, colon: usize, before: Before) -> Option<Found> {
    let is_lower = !bytes[start..colon].iter().any(u8::is_ascii_uppercase);
    if !is_lower || !begins(bytes, start, before) {
        return None;
    }
    let mut end = host_end(bytes, colon + 3)?;
    if bytes.get(end) == Some(&b':') {
        let digits = bytes[end + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        end += if digits > 0 { digits + 1 } else { 0 };
    }
    let end = path_end(bytes, end, true);
    Some(Found { start, end: trimmed(bytes, start, end), kind: Kind::Url })
}

pub(super) fn www(bytes: &[u8], start: usize, before: Before) -> Option<Found> {
    if !bytes[start..].starts_with(b"www.") || !begins(bytes, start, before) {
        return None;
    }
    let end = path_end(bytes, host_end(bytes, start + 4)?, false);
    Some(Found { start, end: trimmed(bytes, start, end), kind: Kind::Www })
}

pub(super) fn email(bytes: &[u8], from: usize, at: usize, before: Before) -> Option<Found> {
    let local = |byte: &u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(byte);
    let first = at - bytes[from..at].iter().rev().take_while(|byte| local(byte)).count();
    let start = (first..at).find(|&start| !bytes[start].is_ascii_punctuation() && begins(bytes, start, before))?;
    let mut end = at + 1;
    loop {
        let label = bytes[end..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
        let label = bytes[end..end + label.min(63)].iter().rposition(|byte| *byte != b'-').map_or(0, |last| last + 1);
        if label == 0 || bytes[end] == b'-' {
            // End before the dot of an empty label.
            end = end.max(at + 2) - 1;
            break;
        }
        end += label;
        match bytes.get(end) {
            Some(b'.') => end += 1,
            _ => break,
        }
    }
    let domain = bytes.get(at + 1..end)?;
    let is_cut = matches!(bytes.get(end), Some(b'-' | b'_'));
    (domain.contains(&b'.') && !is_cut).then_some(Found { start, end, kind: Kind::Email })
}

/// Whether a link may begin at `start`: at the start of the text, or after one of the characters that goldmark checks.
fn begins(bytes: &[u8], start: usize, before: Before) -> bool {
    match start.checked_sub(1).and_then(|before| bytes.get(before)) {
        Some(b'"' | b'\'') => before.typographer,
        Some(byte) => matches!(byte, b' ' | b'*' | b'_' | b'~' | b'(' | b'\n'),
        None => !before.after_text,
    }
}

/// The end of a host, up to the last dot and the lower case letters after it.
fn host_end(bytes: &[u8], start: usize) -> Option<usize> {
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || b"-@:%._+~#=".contains(byte);
    let rest = bytes.get(start..)?;
    let host = rest.iter().take(MAX_HOST).take_while(|byte| inside(byte)).count();
    let dot = (1..=host)
        .rev()
        .find(|&dot| rest.get(dot) == Some(&b'.') && rest.get(dot + 1).is_some_and(u8::is_ascii_lowercase))?;
    let letters = rest[dot + 1..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    Some(start + dot + 1 + letters)
}

fn path_end(bytes: &[u8], at: usize, with_dollar: bool) -> usize {
    if !matches!(bytes.get(at), Some(b'/' | b'#' | b'?')) {
        return at;
    }
    let inside = |byte: &u8| {
        byte.is_ascii_alphanumeric() || b"-@:%_+.~#!?&/=();,'\">^{}[]`".contains(byte) || (with_dollar && *byte == b'$')
    };
    at + 1 + bytes[at + 1..].iter().take_while(|byte| inside(byte)).count()
}

/// The end of a URL, without punctuation that belongs to the sentence around it.
fn trimmed(bytes: &[u8], start: usize, end: usize) -> usize {
    let count = |wanted: u8| bytes[start..end].iter().filter(|byte| **byte == wanted).count();
    let mut unopened = count(b')').saturating_sub(count(b'('));
    let mut end = without_entity(bytes, start, end).unwrap_or(end);
    while end > start + 1 {
        match bytes[end - 1] {
            b')' if unopened > 0 => unopened -= 1,
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' => {}
            _ => break,
        }
        end -= 1;
    }
    end
}
