//! How Hugo makes paths of texts.

use crate::site::urls::hugo::settings::Settings;
use unicode_normalization::UnicodeNormalization;

/// `PathSpec.MakePathSanitized`: letters, digits and a few signs, with hyphens for spaces, in lower case unless the config
/// keeps capitals.
pub fn sanitized(text: &str, settings: &Settings) -> String {
    let text: String = if settings.drops_accents {
        let is_mark = |c: &char| unicode_normalization::char::is_combining_mark(*c);
        text.nfd().filter(|c| !is_mark(c)).nfc().collect()
    } else {
        text.to_owned()
    };
    let mut path = String::with_capacity(text.len());
    let (mut is_hyphen_due, mut was_hyphen) = (false, false);
    for (at, c) in text.char_indices() {
        if is_allowed(c) || c == '%' && is_escape(text.get(at + 1..)) {
            was_hyphen = c == '-';
            if is_hyphen_due && !was_hyphen {
                path.push('-');
            }
            is_hyphen_due = false;
            path.push(c);
        } else if !path.is_empty() && c.is_whitespace() && !was_hyphen {
            is_hyphen_due = true;
        }
    }
    if settings.keeps_case { path } else { lower(&path) }
}

fn is_allowed(c: char) -> bool {
    matches!(c, '.' | '/' | '\\' | '_' | '#' | '+' | '~' | '-' | '@')
        || c.is_alphanumeric()
        || unicode_normalization::char::is_combining_mark(c)
}

fn is_escape(rest: Option<&str>) -> bool {
    let digits = rest.map_or(0, |rest| rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count());
    digits == 2
}

/// Go's `strings.ToLower`, which maps each character to one.
pub fn lower(text: &str) -> String {
    text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect()
}

/// The path of a file in lower case, with a hyphen for each space.
pub fn normalized(text: &str) -> String {
    lower(text).replace(' ', "-")
}

/// `url.QueryUnescape`, which makes spaces of plus signs.
pub fn query_decoded(text: &str) -> String {
    crate::url::percent_decoded(&text.replace('+', " "))
}
