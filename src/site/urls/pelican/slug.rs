//! `pelican.utils.slugify` with the default substitutions.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters and digits in lower case, `_`, and hyphens between. `None` for letters whose transliteration is not known, and
/// for markup.
pub fn slugified(text: &str) -> Option<String> {
    if text.contains(['<', '&']) {
        return None;
    }
    let mut slug = String::new();
    for c in text.trim().nfkc() {
        match c {
            c if c.is_ascii_alphanumeric() || c == '_' => slug.push(c.to_ascii_lowercase()),
            ' ' | '\t' | '\n' => slug.push(' '),
            '-' | '\u{2010}'..='\u{2015}' => slug.push('-'),
            c if c.is_ascii() || ('\u{2018}'..='\u{201f}').contains(&c) => {}
            'ß' => slug.push_str("ss"),
            'æ' | 'Æ' => slug.push_str("ae"),
            'ø' | 'Ø' => slug.push('o'),
            c => slug.push(base(c)?),
        }
    }
    let mut dashed = String::with_capacity(slug.len());
    for c in slug.trim().chars().map(|c| if c == ' ' { '-' } else { c }) {
        if c != '-' || !dashed.ends_with('-') {
            dashed.push(c);
        }
    }
    Some(dashed)
}

/// The ASCII letter of a Latin letter with marks.
fn base(c: char) -> Option<char> {
    let mut parts = std::iter::once(c).nfd();
    let base = parts.next().filter(char::is_ascii_alphabetic)?;
    parts.all(is_combining_mark).then_some(base.to_ascii_lowercase())
}
