//! `slugize` of hexo-util.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Hyphens for spaces and punctuation, Latin letters without diacritics; `None` if a letter's replacement is not known.
pub fn slugized(text: &str) -> Option<String> {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !('\0'..='\u{1f}').contains(c)) {
        let is_special = c.is_whitespace() || c.is_ascii_punctuation();
        match c {
            _ if is_special && slug.ends_with('-') => {}
            _ if is_special => slug.push('-'),
            '\u{a0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' => slug.push(base(c)?),
            c => slug.push(c),
        }
    }
    Some(slug.trim_matches('-').to_owned())
}

/// The ASCII letter of a letter with marks.
fn base(c: char) -> Option<char> {
    let mut parts = c.nfd();
    let base = parts.next().filter(char::is_ascii_alphabetic)?;
    parts.all(is_combining_mark).then_some(base)
}
