//! Permalinks with variables of which the value is known: `/posts/{{ page.fileSlug }}/`.

use crate::site::urls::eleventy::Template;
use crate::site::urls::eleventy::settings::Settings;
use crate::site::urls::page::Page;
use crate::site::urls::value::Value;

/// The path that a permalink becomes; `None` if it is not known.
pub fn rendered(permalink: &str, template: &Template<'_>, settings: &Settings, page: &Page<'_>) -> Option<String> {
    let mut path = String::new();
    let mut rest = permalink;
    while let Some((before, after)) = rest.split_once("{{") {
        path.push_str(before);
        let (expression, end) = after.split_once("}}")?;
        path.push_str(&value(expression.trim_matches('-').trim(), template, settings, page)?);
        rest = end;
    }
    path.push_str(rest);
    (!permalink.contains("{%") && !permalink.contains("<%") && !permalink.contains("${")).then_some(path)
}

/// A variable and its filters.
fn value(expression: &str, template: &Template<'_>, settings: &Settings, page: &Page<'_>) -> Option<String> {
    let mut parts = expression.split('|').map(str::trim);
    let mut value = match parts.next()? {
        "page.fileSlug" => template.slug().to_owned(),
        "page.filePathStem" => template.path_stem(),
        name if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') => {
            page.front.get(name).and_then(Value::text)?.to_owned()
        }
        _ => return None,
    };
    for filter in parts {
        let name = filter.split(['(', ':', ' ']).next()?;
        let is_own = |quote: char| settings.config.contains(&format!("Filter({quote}{name}{quote}"));
        if is_own('"') || is_own('\'') {
            return None;
        }
        value = match name {
            "slugify" => slugified(&value)?,
            "lower" | "downcase" if value.is_ascii() => value.to_ascii_lowercase(),
            "replace" => {
                let mut quoted = filter.split(['\'', '"']);
                let (_, from, _, to) = (quoted.next()?, quoted.next()?, quoted.next()?, quoted.next()?);
                if from.is_empty() {
                    return None;
                }
                value.replace(from, to)
            }
            _ => return None,
        };
    }
    Some(value)
}

/// `@sindresorhus/slugify` without `decamelize`, for ASCII: the rest is transliterated.
fn slugified(text: &str) -> Option<String> {
    if !text.is_ascii() {
        return None;
    }
    let text = text.replace('&', " and ").to_ascii_lowercase();
    let bytes = text.as_bytes();
    let mut slug = String::with_capacity(text.len());
    for (at, byte) in bytes.iter().enumerate() {
        // `it's` is `its`.
        let is_contraction = *byte == b'\''
            && at > 0
            && bytes.get(at - 1).is_some_and(u8::is_ascii_alphanumeric)
            && matches!(bytes.get(at + 1), Some(b't' | b's'))
            && bytes.get(at + 2).is_none_or(u8::is_ascii_whitespace);
        if byte.is_ascii_alphanumeric() {
            slug.push(char::from(*byte));
        } else if !is_contraction && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    Some(slug.trim_matches('-').to_owned())
}
