//! The `id`s headers get.

use regex::Regex;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Makes ids, each one once.
#[derive(Debug, Default)]
pub(super) struct Ids {
    used: FxHashMap<String, u32>,
}

impl Ids {
    /// The id for a header of this text; `None` where nothing is left of it.
    pub(super) fn make(&mut self, text: &str, gfm: bool) -> Option<String> {
        let id = if gfm { github_id(text) } else { plain_id(text) };
        let count = self.used.entry(id.clone()).and_modify(|count| *count += 1).or_insert(0);
        match *count {
            0 if id.is_empty() => None,
            0 => Some(id),
            count => Some(format!("{id}-{count}")),
        }
    }
}

static NO_WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^\w\- \t]").ok());

/// Lower case, only word characters, `-` for white space: as GitHub does.
fn github_id(text: &str) -> String {
    // Characters that join others are no word characters to Ruby, but are to `regex`.
    let lower = text.to_lowercase().replace(['\u{200c}', '\u{200d}'], "");
    let dash = |c: char| if matches!(c, ' ' | '\t') { '-' } else { c };
    if lower.is_ascii() {
        return lower.chars().filter(|c| c.is_alphanumeric() || "_- \t".contains(*c)).map(dash).collect();
    }
    match NO_WORD.as_ref() {
        Some(pattern) => pattern.replace_all(&lower, "").chars().map(dash).collect(),
        None => lower,
    }
}

/// Only ASCII letters, digits and `-`, from the first letter on.
pub(super) fn plain_id(text: &str) -> String {
    let from = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let kept = text[from..].chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ' || *c == '-');
    let id: String = kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect();
    if id.is_empty() { "section".to_owned() } else { id }
}
