//! Boxes that set a hint, a warning or a message apart from the text around them.

use crate::document::{Attribute, Element};

/// Words in the class of such a box, alone or joined with others by `-` or `_`: `notice--success`, `custom-block`.
const WORDS: &[&str] = &[
    "admonition", "alert", "box", "callout", "caution", "danger", "hint", "important", "info", "infobox", "message",
    "note", "notebox", "notice", "panel", "tip", "warning",
];

/// Whether the element is such a box, by its class.
pub fn is_callout(element: Element<'_>) -> bool {
    let is_box = matches!(element.name(), "div" | "section" | "blockquote" | "p" | "article" | "details" | "center");
    let classes = || element.attribute("class").map_or("", Attribute::value).split_ascii_whitespace();
    is_box && classes().any(is_name)
}

fn is_name(class: &str) -> bool {
    let lower = class.to_ascii_lowercase();
    let is_word = |word: &str| WORDS.contains(&word) || word.strip_suffix('s').is_some_and(|one| WORDS.contains(&one));
    lower.contains("custom-block") || lower.split(['-', '_']).any(is_word)
}
