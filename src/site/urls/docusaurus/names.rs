//! The path that a plugin makes of a file's name, without extension.

use crate::site::urls::page::Page;
use crate::site::urls::value::Value;
use crate::url::parts;
use regex::Regex;
use std::sync::LazyLock;

static DATE_LIKE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\d+[-_.]\d+").ok());
static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\d+\s*[-_.]+\s*([^-_.\s].*)$").ok());
static DATED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(.*)([0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2})[-/]?(.*?)(?:/index)?$").ok());

/// A doc: `getSlug`. `None` if an `id` is not text.
pub fn doc(page: &Page<'_>, inside: &str, slug: Option<&str>, strips_numbers: bool) -> Option<String> {
    if let Some(slug) = slug.filter(|slug| slug.starts_with('/')) {
        return Some(slug.to_owned());
    }
    let strips_numbers = match page.front.get("parse_number_prefixes") {
        None => strips_numbers,
        Some(Value::Bool(flag)) => strips_numbers && *flag,
        Some(_) => return None,
    };
    let stripped = |name: &str| if strips_numbers { without_number(name) } else { name.to_owned() };
    let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    let folders: Vec<String> = folder.split('/').filter(|part| !part.is_empty()).map(stripped).collect();
    let above = if folders.is_empty() { "/".to_owned() } else { format!("/{}/", folders.join("/")) };
    let own_folder = folder.rsplit('/').next().unwrap_or("").to_lowercase();
    let lower = name.to_lowercase();
    if slug.is_none() && (matches!(lower.as_str(), "index" | "readme") || lower == own_folder) {
        return Some(above);
    }
    let base = match (slug, page.front.get("id")) {
        (Some(slug), _) => slug.to_owned(),
        (None, None) => stripped(name),
        (None, Some(Value::Text(id))) if !id.is_empty() => id.clone(),
        (None, Some(_)) => return None,
    };
    Some(resolved(&above, &base))
}

/// A post: `parseBlogFileName`.
pub fn post(inside: &str) -> String {
    match DATED.as_ref().and_then(|dated| dated.captures(inside)) {
        Some(found) => {
            let part = |at: usize| found.get(at).map_or("", |part| part.as_str());
            format!("/{}/{}{}", part(2).replace('-', "/"), part(1), part(3))
        }
        None => format!("/{}", inside.strip_suffix("/index").unwrap_or(inside)),
    }
}

/// A page: `fileToPath`.
pub fn page(inside: &str) -> String {
    let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    if !name.eq_ignore_ascii_case("index") {
        return format!("/{inside}");
    }
    if folder.is_empty() { "/".to_owned() } else { format!("/{folder}/") }
}

/// `DefaultNumberPrefixParser`: without `01-`, but with `2021-11-`.
fn without_number(name: &str) -> String {
    if DATE_LIKE.as_ref().is_some_and(|like| like.is_match(name)) {
        return name.to_owned();
    }
    let bare = NUMBERED.as_ref().and_then(|numbered| numbered.captures(name)).and_then(|found| found.get(1));
    bare.map_or(name, |bare| bare.as_str()).to_owned()
}

/// A path relative to a folder, as `resolve-pathname` makes it.
fn resolved(folder: &str, path: &str) -> String {
    let joined = format!("{folder}{path}");
    let parts = parts(&joined);
    let ends = path.ends_with('/') || path.ends_with("/.") || path.ends_with("..") || matches!(path, "." | "");
    let end = if ends && !parts.is_empty() { "/" } else { "" };
    format!("/{}{end}", parts.join("/"))
}
