//! What the settings of python-markdown's extensions mean for the parser. An option that it does not follow makes the
//! dialect unknown.

use crate::place::python_markdown::{PythonMarkdown, Slugify};
use crate::site::settings::{Datum, Setting};

/// Turns on an extension with its options; returns whether the parser follows all of them.
pub(super) fn turn_on(options: &mut PythonMarkdown, name: &str, settings: Option<&Setting>) -> bool {
    if !options.turn_on(name) {
        return false;
    }
    let name = name.strip_prefix("markdown.extensions.").unwrap_or(name);
    // All options are read, also after one that is not followed.
    let entries = settings.map_or(&[][..], Setting::entries).iter();
    entries.filter(|(key, value)| !option(options, name, key, value)).count() == 0
}

fn flag(value: &Setting) -> Option<bool> {
    match &value.value {
        Datum::Bool(flag) => Some(*flag),
        Datum::Text(word) | Datum::Other(word) => match word.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => Some(true),
            "false" | "no" | "off" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// Sets an option; returns whether the parser follows it.
fn option(options: &mut PythonMarkdown, extension: &str, key: &str, value: &Setting) -> bool {
    let is_off = flag(value) == Some(false);
    match (extension, key) {
        // Links beside headings are not a part of the tree, and neither is what highlighting adds to code.
        ("toc", "permalink" | "permalink_class" | "permalink_title" | "permalink_leading") => true,
        ("toc", "title") => value.as_text().map(|title| title.clone_into(&mut options.toc.title)).is_some(),
        ("toc", "toc_depth") => depth(&value.written()).map(|depth| options.toc.depth = depth).is_some(),
        ("toc", "anchorlink") => is_off,
        ("toc", "slugify") => slugify(value).map(|slugify| options.toc.slugify = slugify).is_some(),
        ("toc", "baselevel") => {
            let level = value.written().parse().ok().filter(|level| (1..=6).contains(level));
            level.map(|level| options.toc.base_level = level).is_some()
        }
        ("codehilite", "css_class") => match value.as_text() {
            Some("codehilite") => true,
            Some("highlight") => {
                options.is_highlight_class = true;
                true
            }
            _ => false,
        },
        ("codehilite" | "pymdownx.highlight", "use_pygments") => flag(value) == Some(true),
        ("pymdownx.highlight", "css_class") => value.as_text() == Some("highlight"),
        ("pymdownx.highlight", "auto_title") => is_off,
        ("codehilite" | "pymdownx.highlight", _) => true,
        ("footnotes", "BACKLINK_TEXT" | "BACKLINK_TITLE") => true,
        ("pymdownx.superfences", "custom_fences") => custom_fences(options, value),
        ("pymdownx.superfences", "preserve_tabs") => true,
        ("pymdownx.tabbed", "alternate_style") => flag(value).map(|it| options.tabbed.alternate = it).is_some(),
        ("pymdownx.tabbed", "combine_header_slug") => flag(value).map(|it| options.tabbed.combine = it).is_some(),
        ("pymdownx.tabbed", "slugify") => {
            slugify(value).map(|slugify| options.tabbed.slugify = Some(slugify)).is_some()
        }
        ("pymdownx.tasklist", "custom_checkbox") => flag(value).map(|it| options.custom_checkbox = it).is_some(),
        ("pymdownx.tasklist", "clickable_checkbox") => flag(value).map(|it| options.clickable_checkbox = it).is_some(),
        ("pymdownx.betterem", "smart_enable") => smart(options, value),
        ("pymdownx.arithmatex", "generic") => flag(value).map(|it| options.generic_math = it).is_some(),
        ("pymdownx.magiclink", key) => magiclink(options, key, value),
        ("pymdownx.snippets", "auto_append" | "url_download") => false,
        ("pymdownx.snippets" | "pymdownx.emoji", _) => true,
        _ => is_off,
    }
}

/// `3`, or `2-5`.
fn depth(written: &str) -> Option<(u8, u8)> {
    match written.split_once('-') {
        Some((top, bottom)) => Some((top.parse().ok()?, bottom.parse().ok()?)),
        None => Some((1, written.parse().ok()?)),
    }
}

/// A function is named in a tag, which is not a part of the value; `kwds` are arguments of `pymdownx.slugs.slugify`.
fn slugify(value: &Setting) -> Option<Slugify> {
    let Datum::Map(_) = &value.value else { return None };
    let arguments = value.get("kwds").map_or(&[][..], Setting::entries);
    match arguments {
        [] => Some(Slugify::Pymdown),
        [(key, case)] if key == "case" => match case.as_text() {
            Some("lower") => Some(Slugify::PymdownLower),
            Some("none") => Some(Slugify::Pymdown),
            _ => None,
        },
        _ => None,
    }
}

/// Only diagrams are known: their code stays as it is, below the class of the fence.
fn custom_fences(options: &mut PythonMarkdown, value: &Setting) -> bool {
    let is = |fence: &Setting, key: &str| fence.get(key).and_then(Setting::as_text) == Some("mermaid");
    let fences = value.items();
    options.mermaid = fences.iter().any(|fence| is(fence, "name"));
    fences.iter().all(|fence| is(fence, "name") && is(fence, "class"))
}

fn smart(options: &mut PythonMarkdown, value: &Setting) -> bool {
    let (star, underscore) = match value.as_text() {
        Some("all") => (true, true),
        Some("underscore") => (false, true),
        Some("asterisk") => (true, false),
        Some("none") => (false, false),
        _ => return false,
    };
    (options.smart_star, options.smart_underscore) = (star, underscore);
    true
}

fn magiclink(options: &mut PythonMarkdown, key: &str, value: &Setting) -> bool {
    let links = &mut options.magiclink;
    match key {
        "repo_url_shorthand" => flag(value).map(|it| links.shorthand = it).is_some(),
        "normalize_issue_symbols" => flag(value).map(|it| links.normalize_issues = it).is_some(),
        "user" => value.as_text().map(|it| it.clone_into(&mut links.user)).is_some(),
        "repo" => value.as_text().map(|it| it.clone_into(&mut links.repo)).is_some(),
        "provider" => value.as_text() == Some("github"),
        _ => flag(value) == Some(false),
    }
}
