//! The ARIA role that an author gave an element: <https://www.w3.org/TR/wai-aria-1.2/#host_general_role>.

use crate::document::Element;

/// Roles whose elements are named by their content:
/// <https://www.w3.org/TR/wai-aria-1.2/#namefromcontent>, <https://www.w3.org/TR/dpub-aria-1.1/>.
#[rustfmt::skip]
const NAMED_BY_CONTENT: [&str; 25] = [
    "button", "cell", "checkbox", "columnheader", "comment", "gridcell", "heading", "link", "menuitem",
    "menuitemcheckbox", "menuitemradio", "option", "radio", "row", "rowheader", "switch", "tab", "tooltip", "treeitem",
    "doc-backlink", "doc-biblioref", "doc-glossref", "doc-noteref", "doc-subtitle", "sectionhead",
];

/// The written roles in lower case. Browsers use the first one that they know.
pub fn roles(element: Element<'_>) -> impl Iterator<Item = String> {
    let value = element.attribute("role").map_or("", |role| role.value());
    value.split_ascii_whitespace().map(str::to_ascii_lowercase)
}

/// The first of the written roles.
pub fn role(element: Element<'_>) -> Option<String> {
    roles(element).next()
}

/// Whether the element has one of these roles.
pub fn has_role(element: Element<'_>, wanted: &[&str]) -> bool {
    roles(element).any(|role| wanted.contains(&role.as_str()))
}

/// Whether `role="none"` or `role="presentation"` takes the meaning of the element away, or may do so. Browsers ignore
/// these roles on what the keyboard reaches:
/// <https://www.w3.org/TR/wai-aria-1.2/#conflict_resolution_presentation_none>.
pub fn is_presentational(element: Element<'_>) -> bool {
    let is_unknown = element.attribute("role").is_some_and(|role| role.is_unknown());
    is_unknown || (has_role(element, &["none", "presentation"]) && !is_focusable(element))
}

fn is_focusable(element: Element<'_>) -> bool {
    let number = |value: &str| value.trim().parse::<i32>().is_ok();
    element.attribute("tabindex").is_some_and(|index| number(index.value()))
        || (matches!(element.name(), "a" | "area") && element.has_attribute("href"))
}

/// Whether the content of the element is its name, if its role can be known.
pub fn is_named_by_content(element: Element<'_>) -> bool {
    match role(element) {
        Some(role) if !matches!(role.as_str(), "none" | "presentation") => NAMED_BY_CONTENT.contains(&role.as_str()),
        _ => matches!(
            element.name(),
            "a" | "button"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "object"
                | "option"
                | "summary"
                | "td"
                | "th"
                | "tr"
        ),
    }
}
