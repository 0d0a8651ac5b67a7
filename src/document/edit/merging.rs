//! Whether two blocks would merge if the text between them were removed.

use crate::document::{Element, Origin};

/// Whether the blocks merge if only blank lines separate them.
pub fn would_merge(before: Element<'_>, after: Element<'_>) -> bool {
    let is_list = |element: Element<'_>| matches!(element.name(), "ul" | "ol" | "dl");
    let markdown = before.origin() == Origin::Markdown && after.origin() == Origin::Markdown;
    let both = |name: &str| before.name() == name && after.name() == name;
    // An indented code block after a list is part of its last item.
    (is_list(before) && (is_list(after) || after.name() == "pre"))
        || both("blockquote")
        || (markdown && (both("table") || both("pre")))
}
