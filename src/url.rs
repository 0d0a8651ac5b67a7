//! The parts of URLs that rules examine. Not a full URL parser, because rules check broken URLs.

use crate::text::{composed, lower_case};
use std::borrow::Cow;

/// The scheme before the first colon, in its original case: `https` for `https://example.com`.
pub fn scheme(address: &str) -> Option<&str> {
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
    let (scheme, rest) = address.split_at(address.bytes().take_while(|b| is_part(b)).count());
    (rest.starts_with(':') && scheme.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(scheme)
}

/// The host of `http://…`, `https://…` and `//…` in lower case, without user and port.
pub fn host(address: &str) -> Option<Cow<'_, str>> {
    let after_scheme = match scheme(address) {
        Some(scheme) if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") => {
            address.get(scheme.len() + 1..)?
        }
        Some(_) => return None,
        None => address,
    };
    let authority = after_scheme.strip_prefix("//")?;
    let (mut start, mut end, mut in_brackets) = (0, None, false);
    for (at, byte) in authority.bytes().enumerate() {
        match byte {
            b'/' | b'?' | b'#' | b'\\' => {
                end = end.or(Some(at));
                break;
            }
            b'@' => (start, end) = (at + 1, None),
            // An IPv6 address.
            b'[' | b']' => in_brackets = byte == b'[',
            b':' if !in_brackets => end = end.or(Some(at)),
            _ => {}
        }
    }
    let host = authority.get(start..end.unwrap_or(authority.len()))?;
    (!host.is_empty()).then(|| lower_case(host))
}

/// Whether `host` is `domain` or one of its subdomains.
pub fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The part after the host, or all of a relative URL.
pub fn path_and_query(address: &str) -> &str {
    let after_scheme = scheme(address).map_or(address, |scheme| address.get(scheme.len() + 1..).unwrap_or(""));
    let Some(rest) = after_scheme.strip_prefix("//") else { return after_scheme };
    rest.find(['/', '?', '#']).map_or("", |at| &rest[at..])
}

/// The path of a URL, without its query and its fragment.
pub fn path(address: &str) -> &str {
    path_and_query(address).split(['?', '#']).next().unwrap_or("")
}

/// The path below which a site is published, from a setting in any of the spellings that generators take: `/blog` for `blog`,
/// `/blog/`, `./blog` and `https://example.com/blog/`; empty for the root of the host. Percent escapes are decoded.
pub fn base_path(setting: &str) -> String {
    let path = if setting.contains("//") { path_and_query(setting) } else { setting };
    let path = percent_decoded(path.split(['?', '#']).next().unwrap_or(""));
    let inside = path.strip_prefix("./").unwrap_or(&path).trim_matches('/');
    if matches!(inside, "" | ".") { String::new() } else { format!("/{inside}") }
}

/// The parameters of the query, not decoded: `("tag", "me-20")` for `?tag=me-20`.
pub fn parameters(address: &str) -> impl Iterator<Item = (&str, &str)> {
    let without_fragment = address.split('#').next().unwrap_or("");
    let query = without_fragment.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').map(|pair| pair.strip_prefix("amp;").unwrap_or(pair));
    pairs.filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// Returns the URL without the parameters whose names `is_spare` accepts.
pub fn without_parameters(address: &str, is_spare: impl Fn(&str) -> bool) -> String {
    let (rest, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
    let Some((path, query)) = rest.split_once('?') else { return address.to_owned() };
    let is_kept = |pair: &&str| !is_spare(pair.split('=').next().unwrap_or(""));
    let kept: Vec<&str> = query.split('&').filter(is_kept).collect();
    let mark = if kept.is_empty() { "" } else { "?" };
    format!("{path}{mark}{}{fragment}", kept.join("&"))
}

/// What to write for a space in a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// `%20`: it separates words of a name.
    Encoded,
    /// Nothing: no host contains a space, and no name begins or ends with one.
    Removed,
}

/// The spaces in a URL, by their byte offsets. `None` if the intended URL is not known: the space splits a percent
/// escape, or is in the fragment, which is the id of a heading.
pub fn spaces(address: &str) -> Option<Vec<(usize, Space)>> {
    let path_start = address.len() - path_and_query(address).len();
    let fragment = address.find('#').unwrap_or(address.len());
    let is_extension = |end: &str| (1..=4).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_alphanumeric());
    let mut found = Vec::new();
    let mut end = 0;
    while let Some(start) = memchr::memchr(b' ', address.as_bytes().get(end..)?).map(|at| end + at) {
        let (before, rest) = address.split_at_checked(start)?;
        let after = rest.trim_start_matches(' ');
        end = address.len() - after.len();
        if start > fragment || before.ends_with('%') {
            return None;
        }
        let is_outer = before.ends_with('/')
            || after.starts_with(['/', '?', '#'])
            || before.ends_with('.') && is_extension(after)
            || after.strip_prefix('.').is_some_and(is_extension);
        let space = if start < path_start || is_outer { Space::Removed } else { Space::Encoded };
        found.extend((start..end).map(|at| (at, space)));
    }
    Some(found)
}

/// The URL with `%20` for its spaces, or without them.
pub fn with_spaces(address: &str, spaces: &[(usize, Space)]) -> String {
    let mut written = String::with_capacity(address.len());
    let mut start = 0;
    for &(at, space) in spaces {
        written.push_str(address.get(start..at).unwrap_or(""));
        if space == Space::Encoded {
            written.push_str("%20");
        }
        start = at + 1;
    }
    written.push_str(address.get(start..).unwrap_or(""));
    written
}

/// Whether this is words with spaces, instead of a URL: `link to the film`. Authors write them for a URL to come.
pub fn is_words(address: &str) -> bool {
    address.contains(' ') && !address.contains(['/', '.', ':', '#', '?', '%', '\\', '_', '='])
}

/// The last segment of the path, percent-decoded.
pub fn file_name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or("");
    percent_decoded(path.rsplit(['/', '\\']).next().unwrap_or(""))
}

/// Whether a fragment is of marks alone: `#_` and `#-` in the URLs of links that are to lead nowhere, not even to the top.
pub fn is_of_marks(fragment: &str) -> bool {
    fragment.bytes().all(|byte| byte.is_ascii_punctuation())
}

/// Percent-decodes a fragment (`#…`), as browsers do to find the element with that `id`, and converts it to NFC, so that
/// decomposed Hangul, as in file names on macOS, compares equal.
pub fn comparable_fragment(fragment: &str) -> String {
    composed(&percent_decoded(fragment)).into_owned()
}

/// The comparable fragments that refer to an element with this `id`. Browsers look for the fragment as it is written, too, so that
/// `#a%2Cb` refers to `id="a%2Cb"`. <https://html.spec.whatwg.org/multipage/browsing-the-web.html#select-the-indicated-part>
pub fn fragments_of(id: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let decoded = id.contains('%').then(|| Cow::Owned(comparable_fragment(id)));
    core::iter::once(composed(id)).chain(decoded)
}

/// Decodes percent escapes such as `%EC%84%9C`.
pub fn percent_decoded(text: &str) -> String {
    if memchr::memchr(b'%', text.as_bytes()).is_none() {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = match tail {
            [high, low, ..] if *first == b'%' => char::from(*high).to_digit(16).zip(char::from(*low).to_digit(16)),
            _ => None,
        };
        match hex {
            Some((high, low)) => bytes.push((high * 16 + low) as u8),
            None => bytes.push(*first),
        }
        rest = if hex.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether only the own computer or network can reach a host (in lower case): loopback and private addresses
/// (<https://www.rfc-editor.org/rfc/rfc6890>), and names that are never public (<https://www.rfc-editor.org/rfc/rfc6761>,
/// <https://www.rfc-editor.org/rfc/rfc6762>, ICANN's `.internal`). `.test` and `.example` may be those of a reserved example.
pub fn is_private_host(host: &str) -> bool {
    let is_name = || ["localhost", "local", "internal"].iter().any(|name| is_below(host, name));
    let address = host.trim_start_matches('[').trim_end_matches(']');
    match address.parse::<core::net::IpAddr>() {
        Ok(core::net::IpAddr::V4(v4)) => {
            v4.is_loopback() || v4.is_private() || v4.is_unspecified() || v4.is_link_local()
        }
        Ok(core::net::IpAddr::V6(v6)) => v6.is_loopback() || v6.is_unspecified(),
        Err(_) => is_name(),
    }
}

/// The parts of a path between its slashes, without empty ones and `.`. A `..` removes the part before it.
pub fn parts(path: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts
}
