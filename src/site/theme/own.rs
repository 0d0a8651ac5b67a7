//! Which of the keys that templates read are certainly keys of a page's front matter.

use crate::place::dialect::Generator;
use crate::place::theme::Evidence;
use crate::site::theme::scope::Naming;
use crate::site::theme::templates::Template;
use std::collections::{BTreeMap, BTreeSet};

/// What Zola adds to a page or a section. <https://www.getzola.org/documentation/templates/pages-sections/>
const ZOLA: [&str; 21] = [
    "ancestors", "assets", "backlinks", "colocated_path", "earlier", "extra", "generate_feeds", "heavier", "higher",
    "lang", "later", "lighter", "lower", "name", "page_count", "pages", "permalink", "subsections", "summary",
    "translations", "generate_feed",
];

/// What Pelican adds to an article or a page. <https://docs.getpelican.com/en/stable/themes.html#article>
const PELICAN: [&str; 16] = [
    "date_format",
    "default_status",
    "default_template",
    "in_default_lang",
    "locale_date",
    "locale_modified",
    "metadata",
    "name",
    "relative_dir",
    "relative_source_path",
    "reader",
    "settings",
    "source_path",
    "timezone",
    "translations",
    "valid_properties",
];

/// Whether a key that is read in a template is one of the page. In components of Astro, it is if it comes from an entry.
pub fn is_of_page(key: &str, file: &Template, naming: Naming) -> bool {
    naming != Naming::Props || is_of_entry(key, &file.text)
}

/// Whether a component reads the key from front matter: `post.data.title`, `const { title } = frontmatter`.
fn is_of_entry(key: &str, text: &str) -> bool {
    let is_end = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$'));
    let follows = |source: &str| {
        let written = format!("{source}{key}");
        text.match_indices(&written).any(|(at, _)| text.get(at + written.len()..).is_some_and(is_end))
    };
    let is_destructured = || {
        text.split("const {").skip(1).filter_map(|rest| rest.split_once('}')).any(|(names, after)| {
            let source = after.trim_start().trim_start_matches('=').trim_start();
            let source = source.split([';', '\n']).next().unwrap_or(source);
            let is_entry = source.ends_with(".data") || source.ends_with("frontmatter");
            is_entry && names.split(',').any(|name| name.split(['=', ':']).next().map(str::trim) == Some(key))
        })
    };
    ["frontmatter.", "frontmatter?.", ".data.", ".data?."].into_iter().any(follows) || is_destructured()
}

/// Removes what the generator computes, and what templates set.
pub fn retain<'t>(
    keys: &mut BTreeMap<String, Evidence>,
    generator: Generator,
    templates: impl Iterator<Item = &'t Template>,
) {
    match generator {
        Generator::Zola => keys.retain(|key, _| !ZOLA.contains(&key.as_str())),
        Generator::Pelican => keys.retain(|key, _| !PELICAN.contains(&key.as_str())),
        Generator::Eleventy => {
            let set: BTreeSet<&str> = templates.flat_map(|file| names_set(&file.text)).collect();
            keys.retain(|key, _| {
                !set.contains(key.as_str()) && !matches!(key.as_str(), "caller" | "varargs" | "kwargs")
            });
        }
        _ => {}
    }
}

/// The names that statements of a template define: `{% set x %}`, `{% macro f(x) %}`, `{% block x %}`, `{% for x in %}`.
fn names_set(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for statement in text.split("{%").skip(1) {
        let statement = statement.split("%}").next().unwrap_or(statement).trim_matches(['-', ' ', '\n']);
        let Some((word, rest)) = statement.split_once(char::is_whitespace) else { continue };
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        match word {
            "set" | "assign" | "capture" | "for" | "block" => {
                let rest = rest.split('=').next().unwrap_or(rest);
                let rest = rest.split(" in ").next().unwrap_or(rest);
                names.extend(rest.split(',').filter_map(|name| name.split_whitespace().next()));
            }
            "macro" | "call" => {
                let inside = rest.split_once('(').map_or("", |(_, inside)| inside);
                names.extend(inside.split([',', ')']).filter_map(|name| name.trim().split(|c| !is_part(c)).next()));
            }
            _ => {}
        }
    }
    names
}
