//! Blocks that only what lies between them keeps apart.

use crate::document::{Element, Origin};

/// True for blocks that become one when nothing but blank lines is left between them.
pub fn would_merge(before: Element<'_>, after: Element<'_>) -> bool {
    let is_list = |element: Element<'_>| matches!(element.name(), "ul" | "ol" | "dl");
    let markdown = before.origin() == Origin::Markdown && after.origin() == Origin::Markdown;
    let both = |name: &str| before.name() == name && after.name() == name;
    // An indented block of code after a list is a part of its last item.
    (is_list(before) && (is_list(after) || after.name() == "pre"))
        || both("blockquote")
        || (markdown && (both("table") || both("pre")))
}
