//! Whether an element is hidden from all readers or from those with a screen reader, as far as its own post says so:
//! `hidden`, `inert`, `aria-hidden` and inline styles (<https://www.w3.org/TR/wai-aria-1.2/#tree_exclusion>). Style
//! sheets are not read: the classes by which common ones hide an element leave it open.

use crate::document::ask::scripted::is_followed_by_script;
use crate::document::{Attribute, Element};

/// What is known of an element's visibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exposure {
    /// Nothing in the post hides it.
    Shown,
    /// It is not in the accessibility tree.
    Hidden,
    /// A template or a script decides.
    Unknown,
}

/// What an element does to its content by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    None,
    /// Hides all of it: `display: none`, `aria-hidden`.
    Removes,
    /// Hides what does not show itself again: `visibility: hidden`.
    Hides,
    /// Shows what is hidden above with `visibility`.
    Shows,
    /// A template or a script decides.
    Unknown,
}

/// Classes that hide an element, often up to some width of the screen: those of Bootstrap, USWDS, Tailwind and Bulma.
const HIDING: [&str; 4] = ["d-none", "display-none", "hidden", "is-hidden"];

/// Whether the element is in the accessibility tree.
pub fn exposure(element: Element<'_>) -> Exposure {
    let mut visibility = None;
    for level in std::iter::once(element).chain(element.ancestors()) {
        match effect(level) {
            Effect::None => {}
            Effect::Removes => return Exposure::Hidden,
            Effect::Unknown => return Exposure::Unknown,
            Effect::Hides => visibility = visibility.or(Some(Exposure::Hidden)),
            Effect::Shows => visibility = visibility.or(Some(Exposure::Shown)),
        }
    }
    visibility.unwrap_or(Exposure::Shown)
}

/// Whether the element is hidden or may be.
pub fn may_be_hidden(element: Element<'_>) -> bool {
    exposure(element) != Exposure::Shown
}

fn hides(class: Attribute<'_>) -> bool {
    class.value().split_ascii_whitespace().any(|token| HIDING.contains(&token))
}

/// What the element does to its content by itself.
pub fn effect(element: Element<'_>) -> Effect {
    match element.name() {
        "script" | "style" | "template" | "datalist" => return Effect::Removes,
        // Shown without scripts, and if a script opens it.
        "noscript" => return Effect::Unknown,
        "dialog" if !element.has_attribute("open") => return Effect::Unknown,
        _ => {}
    }
    if element.attributes().next().is_none() {
        return Effect::None;
    }
    if let Some(hidden) = element.attribute("aria-hidden") {
        match hidden.known_value().map(str::trim) {
            None => return Effect::Unknown,
            Some(value) if value.eq_ignore_ascii_case("true") => return Effect::Removes,
            Some(_) => {}
        }
    }
    if element.has_attribute("inert") {
        return Effect::Removes;
    }
    if element.attribute("style").is_some_and(|style| style.is_unknown()) {
        return Effect::Unknown;
    }
    let style = element.attribute("style").map_or(Style::default(), |style| Style::of(style.value()));
    let is_removed = style.is_removed.unwrap_or(element.has_attribute("hidden"));
    match style.is_hidden {
        _ if is_removed && is_handled(element) => Effect::Unknown,
        _ if is_removed => Effect::Removes,
        Some(true) if is_handled(element) => Effect::Unknown,
        Some(true) => Effect::Hides,
        Some(false) => Effect::Shows,
        None if element.attribute("class").is_some_and(hides) => Effect::Unknown,
        None => Effect::None,
    }
}

/// Whether a framework or a script may show the hidden element.
fn is_handled(element: Element<'_>) -> bool {
    let prefixes = ["v-", "x-", "ng-", "on", ":", "@", "[", "data-bind", "data-show"];
    let is_bound = |name: &str| prefixes.iter().any(|prefix| name.starts_with(prefix));
    let is_found = element.has_attribute("id") || element.has_attribute("class");
    element.attributes().any(|attribute| is_bound(attribute.name()))
        || element.has_unknown_attributes()
        || (is_found && is_followed_by_script(element))
}

/// The declarations of an inline style that hide.
#[derive(Clone, Copy, Default)]
struct Style {
    is_removed: Option<bool>,
    is_hidden: Option<bool>,
}

impl Style {
    fn of(text: &str) -> Self {
        let text = without_comments(&text.to_ascii_lowercase());
        let mut style = Style::default();
        let (mut display, mut visibility) = (false, false);
        for (name, value) in text.split(';').filter_map(|declaration| declaration.split_once(':')) {
            let (value, is_important) = match value.rsplit_once('!') {
                Some((value, rest)) if rest.trim() == "important" => (value.trim(), true),
                _ => (value.trim(), false),
            };
            match name.trim() {
                "display" if is_important || !display => {
                    (style.is_removed, display) = (Some(value == "none"), is_important)
                }
                "content-visibility" if value == "hidden" => style.is_removed = Some(true),
                "visibility" if is_important || !visibility => {
                    style.is_hidden = match value {
                        "hidden" | "collapse" => Some(true),
                        "visible" | "initial" => Some(false),
                        _ => style.is_hidden,
                    };
                    visibility = is_important;
                }
                _ => {}
            }
        }
        style
    }
}

fn without_comments(style: &str) -> String {
    let mut text = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, comment)) = rest.split_once("/*") {
        text.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    text + rest
}
