//! One finding for the same thing in several places of a post.

use crate::diagnostic::Label;
use crate::source::Span;

/// Maximum number of other places that a finding shows.
const MAX_SHOWN: usize = 4;

/// Labels for the places after the first.
pub fn others(spans: impl IntoIterator<Item = Span>, message: &str) -> Vec<Label> {
    let label = |span| Label { span, message: message.to_owned() };
    spans.into_iter().skip(1).take(MAX_SHOWN).map(label).collect()
}

/// The subject of a message about `count` things, of which the finding is at the first: `this link and 2 others`.
pub fn subject(one: &str, thing: &str, count: usize) -> String {
    match count {
        0 | 1 => one.to_owned(),
        2 => format!("this {thing} and another one"),
        count => format!("this {thing} and {} others", count - 1),
    }
}
