//! Jekyll's `Utils.slugify`.

use regex::Regex;
use std::sync::LazyLock;

static DEFAULT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^\p{M}\p{L}\p{Nd}]+").ok());
static PRETTY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+").ok());

/// Letters and digits in lower case, with hyphens between.
pub fn lower(text: &str) -> String {
    slugified(text, DEFAULT.as_ref()).to_lowercase()
}

/// What a URL may hold without encoding, in its own case, with hyphens between.
pub fn pretty(text: &str) -> String {
    slugified(text, PRETTY.as_ref())
}

fn slugified(text: &str, others: Option<&Regex>) -> String {
    let slug = others.map_or_else(|| text.into(), |others| others.replace_all(text, "-"));
    let slug = slug.strip_prefix('-').unwrap_or(&slug);
    slug.strip_suffix('-').unwrap_or(slug).to_owned()
}
