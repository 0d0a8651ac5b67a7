//! Raw HTML is taken out of the text before blocks are read: `htmlparser.py` and `extensions/md_in_html.py`.

mod extract;
mod markdown;
mod tags;

pub(super) use extract::{Extracted, extract};
pub(super) use markdown::State;

/// `BLOCK_LEVEL_ELEMENTS` in `util.py`, sorted.
const BLOCK_LEVEL: [&str; 59] = [
    "address", "article", "aside", "blockquote", "body", "canvas", "center", "colgroup", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "group", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "iframe", "legend", "li", "main", "map", "math", "menu", "nav", "noscript", "object", "ol",
    "option", "output", "p", "pre", "progress", "script", "section", "style", "summary", "table", "tbody", "td",
    "textarea", "tfoot", "th", "thead", "tr", "ul", "video",
];

/// Whether the element begins a block. Names are compared in lower case (`Markdown.is_block_level`).
pub(super) fn is_block_level(name: &str) -> bool {
    BLOCK_LEVEL.binary_search(&name.trim_end_matches('/').to_ascii_lowercase().as_str()).is_ok()
}
