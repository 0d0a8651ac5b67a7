//! Filler text, which shows what a page will look like.

use regex::Regex;
use std::sync::LazyLock;

/// Latin words that filler consists of. "Lorem ipsum" may be mentioned; two of the words are filler.
static LATIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = "lorem|ipsum|adipiscing|aenean|aliquam|amet|consectetur|curabitur|donec|eiusmod|imperdiet|maecenas|mauris|nullam\
                 |nonummy|pellentesque|phasellus|praesent|quisque|suspendisse|tincidunt|ullamco|vestibulum|vivamus|voluptate";
    Regex::new(&format!(r"(?i)(?-u:\b)(?:{words})(?-u:\b)")).ok()
});

/// Whether the text is filler.
pub fn is_filler(text: &str) -> bool {
    LATIN.as_ref().is_some_and(|latin| latin.find_iter(text).nth(1).is_some())
}
