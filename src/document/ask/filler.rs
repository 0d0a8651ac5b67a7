//! Filler text, which shows what a page will look like.

use regex::Regex;
use std::sync::LazyLock;

/// Latin words that filler consists of. "Lorem ipsum" may be mentioned; two of the words are filler.
static LATIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = "lorem|ipsum|adipiscing|aenean|aliquam|amet|consectetur|curabitur|donec|eiusmod|imperdiet|maecenas|mauris|nullam\
                 |nonummy|pellentesque|phasellus|praesent|quisque|suspendisse|tincidunt|ullamco|vestibulum|vivamus|voluptate";
    Regex::new(&format!(r"(?i)(?-u:\b)(?:{words})(?-u:\b)")).ok()
});

/// What filler in the language of business begins with: Corporate Ipsum.
const BUSINESS: [&str; 5] = [
    "leverage agile frameworks to provide",
    "bring to the table win-win survival strategies",
    "capitalize on low hanging fruit to identify",
    "podcasting operational change management",
    "collaboratively administrate empowered markets",
];

/// Whether the text is filler.
pub fn is_filler(text: &str) -> bool {
    is_business(text) || LATIN.as_ref().is_some_and(|latin| latin.find_iter(text).nth(1).is_some())
}

fn is_business(text: &str) -> bool {
    let text = text.trim_start();
    let begins = |known: &str| text.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known));
    BUSINESS.iter().any(|known| begins(known))
}
