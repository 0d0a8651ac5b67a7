//! `value-placeholder`: a key shown to readers whose value is empty or a placeholder.

use crate::diagnostic::Level;
use crate::document::{Document, Field};
use crate::place::dialect::Generator;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct ValuePlaceholder {
    keys: Vec<String>,
    words: Vec<String>,
    #[serde(rename = "words-outside-title")]
    words_outside_title: Vec<String>,
}

impl Check for ValuePlaceholder {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        for key in &self.keys {
            let Field::Text(text, entry) = document.field(key) else { continue };
            let text = text.trim().trim_end_matches(['.', '…', '!']);
            let blank = text.is_empty() && key != "title";
            if !blank && !self.is_placeholder(key, text) || blank && is_never_read(document, key) {
                continue;
            }
            let message = match blank {
                true => format!("`{key}` is empty"),
                false => format!("`{key}` still contains the placeholder `{text}`"),
            };
            let at_most = (blank && counts_as_none(document, key)).then_some(Level::Info);
            let label = blank.then(|| "no text here".to_owned());
            context.report(Finding { message: Some(message), label, at_most, ..Finding::at(entry.value_or_key()) });
        }
    }
}

/// Whether no template reads the key: all are known, or only a template that is known could make use of it.
fn is_never_read(document: &Document<'_>, key: &str) -> bool {
    // The others are keys that some themes have, and Zola itself reads none.
    let is_built_in = matches!(key, "title" | "description" | "excerpt" | "summary");
    let is_free = !is_built_in || document.place.generator == Generator::Zola;
    if is_free && document.reader(key).is_none() {
        return true;
    }
    document.theme().is_some_and(|theme| theme.is_whole && theme.elsewhere.is_none()) && document.reader(key).is_none()
}

/// Whether the layout treats an empty description like a missing one: it omits the tag, or falls back to another text.
fn counts_as_none(document: &Document<'_>, key: &str) -> bool {
    let Some(layout) = document.layout().filter(|layout| layout.empty_description_is_none) else { return false };
    let any_case = document.place.is_any_case();
    layout.description.iter().any(|read| read.key == key || any_case && read.key.eq_ignore_ascii_case(key))
}

impl ValuePlaceholder {
    fn is_placeholder(&self, key: &str, text: &str) -> bool {
        // "Description" and "Lorem ipsum" may be the subject of a page, and so its title.
        let outside_title = self.words_outside_title.iter().filter(|_| key != "title");
        // Skip texts that are longer than any placeholder.
        let longest = self.words.iter().chain(&self.words_outside_title).map(String::len).max().unwrap_or(0);
        if text.len() > 2 * longest {
            return false;
        }
        let lower = text.to_lowercase();
        self.words.iter().chain(outside_title).any(|word| is_word(word, text, &lower))
    }
}

/// Whether the text is the placeholder. Those in capitals (`TODO`) are case-sensitive: a post may be about a todo list.
/// `lower` is the text in lower case, which no word with capitals equals.
fn is_word(word: &str, text: &str, lower: &str) -> bool {
    word == lower || word == text
}
