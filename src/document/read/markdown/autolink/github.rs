//! Bare URLs as links, as in `micromark-extension-gfm-autolink-literal` (GitHub) and in linkify-it.

use crate::document::read::markdown::autolink::{Found, Kind, without_entity};
use crate::place::flavor::Autolinks;

/// Maximum length of a host in bytes.
const MAX_HOST: usize = 255;

pub(super) fn url(text: &str, start: usize, colon: usize, style: Autolinks) -> Option<Found> {
    let before = text.get(..start)?.chars().next_back();
    let begins = match style {
        Autolinks::Github => {
            !before.is_some_and(|before| before.is_ascii_alphabetic()) && !text[start..].starts_with('f')
        }
        _ => before.is_none_or(|before| before != '_' && !before.is_alphanumeric()),
    };
    let host = domain_end(text, colon + 3).filter(|_| begins)?;
    let end = trimmed(text, start, path_end(text, host, style), style);
    (end >= host).then_some(Found { start, end, kind: Kind::Url })
}

pub(super) fn www(text: &str, start: usize, after_text: bool) -> Option<Found> {
    let begins = match text.get(..start)?.chars().next_back() {
        Some(before) => before.is_whitespace() || "(*_[]~".contains(before),
        None => !after_text,
    };
    if !begins || !text[start..].starts_with("www.") {
        return None;
    }
    let host = domain_end(text, start)?;
    let end = trimmed(text, start, path_end(text, host, Autolinks::Github), Autolinks::Github);
    (end > start + 4).then_some(Found { start, end, kind: Kind::Www })
}

pub(super) fn email(bytes: &[u8], from: usize, at: usize, after_text: bool) -> Option<Found> {
    let local = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-._".contains(byte);
    let start = at - bytes[from..at].iter().rev().take_while(|byte| local(byte)).count();
    let begins = start.checked_sub(1).map_or(!after_text, |before| bytes[before] != b'/');
    let rest = &bytes[at + 1..];
    let domain = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte)).count();
    let mut end = domain;
    while end > 0 && matches!(rest[end - 1], b'.' | b'-' | b'_') {
        end -= 1;
    }
    let domain = &rest[..end];
    let has_dot = domain.iter().position(|byte| *byte == b'.').is_some_and(|dot| dot > 0);
    let is_name =
        has_dot && domain.last().is_some_and(u8::is_ascii_alphabetic) && !domain.windows(2).any(|it| it == b"..");
    (start < at && begins && is_name).then_some(Found { start, end: at + 1 + end, kind: Kind::Email })
}

/// The end of the host at `start`. Its last two labels must not contain `_`.
fn domain_end(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let rest = rest.get(..rest.floor_char_boundary(MAX_HOST))?;
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.') || (!c.is_ascii() && !c.is_whitespace());
    let len = rest.find(|c| !inside(c) || is_punctuation(c)).unwrap_or(rest.len());
    let host = rest.get(..len)?;
    let has_underscore = host.trim_end_matches('.').rsplit('.').take(2).any(|part| part.contains('_'));
    (host.starts_with(|c: char| c != '.' && c != '-') && !has_underscore).then_some(start + len)
}

/// Whether the character is punctuation outside of ASCII that ends a host.
fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{ff01}'..='\u{ff0f}')
}

fn path_end(text: &str, at: usize, style: Autolinks) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let ends = |c: char| c.is_whitespace() || c == '<' || (style == Autolinks::LinkifyIt && "|>\"`".contains(c));
    at + rest.find(ends).unwrap_or(rest.len())
}

/// The end of a URL, without punctuation that belongs to the sentence around it.
fn trimmed(text: &str, start: usize, end: usize, style: Autolinks) -> usize {
    let bytes = text.as_bytes();
    let count = |wanted: u8| bytes[start..end].iter().filter(|byte| **byte == wanted).count();
    let mut unopened = count(b')').saturating_sub(count(b'('));
    let mut end = end;
    while end > start {
        match bytes[end - 1] {
            b')' if unopened > 0 => unopened -= 1,
            b';' => match without_entity(bytes, start, end) {
                Some(before) => {
                    end = before;
                    continue;
                }
                None if style == Autolinks::Github => {}
                None => break,
            },
            b'!' | b'"' | b'\'' | b',' | b'.' | b':' | b'?' | b'*' | b'_' | b'~' | b']' | b'}' | b'&' => {}
            _ => break,
        }
        end -= 1;
    }
    end
}
