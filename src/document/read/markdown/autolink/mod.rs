//! URLs and e-mail addresses in text that engines turn into links.

mod github;
mod goldmark;

use crate::place::flavor::{Autolinks, Flavor};
use memchr::memchr3;

/// The kinds of links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A URL with a scheme.
    Url,
    /// A host that begins with `www.`.
    Www,
    /// An e-mail address.
    Email,
}

/// A URL or an e-mail address, as a range of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
}

/// The first link in `text` that begins at or after `from`. `after_text`: whether other text precedes `text`.
pub(super) fn next(text: &str, from: usize, after_text: bool, flavor: &Flavor) -> Option<Found> {
    let bytes = text.as_bytes();
    let style = flavor.autolinks;
    let before = goldmark::Before { after_text, typographer: flavor.typographer };
    let mut at = from;
    loop {
        let hit = at + memchr3(b':', b'@', b'w', bytes.get(at..)?)?;
        let found = match (bytes.get(hit), style) {
            (_, Autolinks::Off) => None,
            (Some(b':'), _) => scheme_before(bytes, from, hit).and_then(|start| match style {
                Autolinks::Goldmark => goldmark::url(bytes, start, hit, before),
                _ => github::url(text, start, hit, style),
            }),
            (Some(b'w'), Autolinks::Goldmark) => goldmark::www(bytes, hit, before),
            (Some(b'w'), Autolinks::Github) => github::www(text, hit, after_text),
            (Some(b'@'), Autolinks::Goldmark) => goldmark::email(bytes, from, hit, before),
            (Some(b'@'), _) => github::email(bytes, from, hit, after_text),
            _ => None,
        };
        if let Some(found) = found {
            return Some(found);
        }
        at = hit + 1;
    }
}

/// The start of `http`, `https` or `ftp` before the colon of `://`.
fn scheme_before(bytes: &[u8], from: usize, colon: usize) -> Option<usize> {
    if bytes.get(colon + 1..colon + 3)? != b"//" {
        return None;
    }
    let before = bytes.get(from..colon)?;
    let is = |word: &[u8]| before.len() >= word.len() && before[before.len() - word.len()..].eq_ignore_ascii_case(word);
    let word: &[u8] = [b"https".as_slice(), b"http", b"ftp"].into_iter().find(|word| is(word))?;
    Some(colon - word.len())
}

/// The end of `text[start..end]` without the entity (`&amp;`) at its end, if there is one.
fn without_entity(bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    let inside = bytes.get(start..end)?.strip_suffix(b";")?;
    let name = inside.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let before = inside.len() - name;
    (name > 0 && before > 0 && inside[before - 1] == b'&').then(|| start + before - 1)
}
