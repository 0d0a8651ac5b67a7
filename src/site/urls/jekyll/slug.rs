//! Jekyll's `Utils.slugify`.

use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;

static DEFAULT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^\p{M}\p{L}\p{Nd}]+").ok());
static PRETTY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+").ok());

/// Letters and digits in lower case, with hyphens between.
pub fn lower(text: &str) -> String {
    slugified(text, "", &DEFAULT).to_lowercase()
}

/// What a URL may hold without encoding, in its own case, with hyphens between.
pub fn pretty(text: &str) -> String {
    slugified(text, "._~!$&'()+,;=@", &PRETTY)
}

/// `signs` are those that are kept, and `others` matches what is not.
fn slugified(text: &str, signs: &str, others: &LazyLock<Option<Regex>>) -> String {
    let slug: Cow<'_, str> = if text.is_ascii() {
        let is_kept = |c: char| c.is_ascii_alphanumeric() || signs.contains(c);
        let mut slug = String::with_capacity(text.len());
        for c in text.chars() {
            match is_kept(c) {
                true => slug.push(c),
                false if !slug.ends_with('-') => slug.push('-'),
                false => {}
            }
        }
        slug.into()
    } else {
        others.as_ref().map_or_else(|| text.into(), |others| others.replace_all(text, "-"))
    };
    let slug = slug.strip_prefix('-').unwrap_or(&slug);
    slug.strip_suffix('-').unwrap_or(slug).to_owned()
}
