//! The usual meanings of names in templates.

use crate::site::theme::scope::Naming;

/// Whether a block with this name is the page's title: `title`, `pageTitle`, `page_title`.
pub fn is_title(block: &str) -> bool {
    let plain = block.to_ascii_lowercase().replace(['_', '-'], "");
    matches!(plain.as_str(), "title" | "pagetitle" | "headtitle" | "htmltitle")
}

/// Whether a component with this name writes the page's head: `SEO`, `BaseHead`, `MetaTags`.
pub fn is_head(component: &str) -> bool {
    let lower = component.to_ascii_lowercase();
    lower.contains("seo") || lower.ends_with("head") || lower.contains("metatag")
}

/// Whether a key is a prefix or suffix of the title: `title_suffix`.
pub fn is_affix(key: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    lower.ends_with("suffix") || lower.ends_with("prefix") || lower.ends_with("separator")
}

/// Values that generators compute for each page.
const COMPUTED: [&str; 26] = [
    "url", "id", "content", "next", "previous", "prev", "path", "relative_path", "dir", "collection", "output", "raw",
    "source", "length", "size", "total", "current", "posts", "archive", "year", "month", "more", "toc", "word_count",
    "reading_time", "components",
];

/// Values of list pages in Hexo.
const COMPUTED_IN_HEXO: [&str; 2] = ["category", "tag"];

/// Whether the name refers to a value that the generator computes.
pub fn is_computed(key: &str, naming: Naming) -> bool {
    let is_hexo = naming == Naming::PageOrPost && COMPUTED_IN_HEXO.contains(&key);
    is_hexo || matches!(naming, Naming::Page | Naming::PageOrPost) && COMPUTED.contains(&key)
}
