//! The URL of a page on its host, and whether a file has one.

use crate::url::parts;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The path of a page on its host, percent-encoded: `/blog/2024/caf%C3%A9/`. Two URLs of one page are equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PageUrl(String);

/// What is known of the URL of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Publication {
    /// It becomes a page with this URL.
    At(PageUrl),
    /// It becomes a page with one of these URLs: the day in it depends on the time zone of the machine that builds the site.
    OneOf(Vec<PageUrl>),
    /// It does not become a page of its own: a draft, a part of a page, excluded, or without front matter.
    Never,
    /// Its URL depends on what is not known before the site is built.
    Unknown,
}

impl Publication {
    /// The URL, if it is known.
    pub fn url(&self) -> Option<&PageUrl> {
        match self {
            Publication::At(url) => Some(url),
            _ => None,
        }
    }

    /// The URLs that it may have.
    pub fn possible(&self) -> &[PageUrl] {
        match self {
            Publication::At(url) => std::slice::from_ref(url),
            Publication::OneOf(urls) => urls,
            Publication::Never | Publication::Unknown => &[],
        }
    }

    /// One of these, each of which is possible.
    pub fn agreed(all: impl IntoIterator<Item = Publication>) -> Publication {
        let mut urls: Vec<PageUrl> = Vec::new();
        let mut others = None;
        for publication in all {
            match publication {
                Publication::At(url) if !urls.contains(&url) => urls.push(url),
                Publication::At(_) => {}
                other => others = Some(other),
            }
        }
        match (urls.len(), others) {
            (0, Some(other)) => other,
            (1, None) => urls.pop().map_or(Publication::Unknown, Publication::At),
            (2.., None) => Publication::OneOf(urls),
            _ => Publication::Unknown,
        }
    }
}

impl PageUrl {
    /// A path that is percent-encoded, in part, or not at all.
    pub fn new(path: &str) -> Self {
        let bytes = path.as_bytes();
        let mut url = String::with_capacity(bytes.len() + 1);
        if !path.starts_with('/') {
            url.push('/');
        }
        // Most paths need no encoding.
        if bytes.iter().all(|byte| is_plain(*byte) || *byte == b'/') {
            url.push_str(path);
            return PageUrl(url);
        }
        let mut at = 0;
        while let Some(byte) = bytes.get(at).copied() {
            let escaped = if byte == b'%' { hex(bytes.get(at + 1), bytes.get(at + 2)) } else { None };
            match escaped {
                Some(escaped) if is_plain(escaped) => url.push(char::from(escaped)),
                Some(escaped) => encode(escaped, &mut url),
                None if is_plain(byte) || byte == b'/' => url.push(char::from(byte)),
                None => encode(byte, &mut url),
            }
            at += if escaped.is_some() { 3 } else { 1 };
        }
        PageUrl(url)
    }

    /// `path` below the base path of the site, which may be given as a whole URL.
    pub fn below(base: &str, path: &str) -> Self {
        let base = if base.contains("//") { crate::url::path_and_query(base) } else { base };
        let base = base.trim_matches('/');
        let path = path.strip_prefix('/').unwrap_or(path);
        PageUrl::new(&if base.is_empty() { format!("/{path}") } else { format!("/{base}/{path}") })
    }

    /// The path, percent-encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PageUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a byte needs no encoding in a segment of a path: `pchar` of <https://www.rfc-editor.org/rfc/rfc3986#appendix-A>.
fn is_plain(byte: u8) -> bool {
    PLAIN[byte as usize]
}

/// By byte: comparing each byte of the URLs of links with the signs costs 0.3% more instructions.
const PLAIN: [bool; 256] = {
    let signs = b"-._~!$&'()*+,;=:@";
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < plain.len() {
        plain[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let mut sign = 0;
    while sign < signs.len() {
        plain[signs[sign] as usize] = true;
        sign += 1;
    }
    plain
};

fn encode(byte: u8, url: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    url.push('%');
    for digit in [byte >> 4, byte & 15] {
        url.push(char::from(DIGITS.get(usize::from(digit)).copied().unwrap_or(b'0')));
    }
}

fn hex(high: Option<&u8>, low: Option<&u8>) -> Option<u8> {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

/// An absolute path without `.`, `..` and empty parts, and without `/` at its end: Go's `path.Clean`.
pub fn cleaned(path: &str) -> String {
    format!("/{}", parts(path).join("/"))
}
