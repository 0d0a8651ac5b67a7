use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

/// A key that readers see, with nothing or a placeholder for a value.
#[derive(Deserialize)]
pub struct ValuePlaceholder {
    keys: Vec<String>,
    words: Vec<String>,
}

impl Check for ValuePlaceholder {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        if !document.is_page() {
            return;
        }
        for key in &self.keys {
            let Field::Text(text, entry) = document.field(key) else { continue };
            let text = text.trim().trim_end_matches(['.', '…', '!']);
            let blank = text.is_empty() && key != "title";
            if !blank && !self.is_placeholder(key, text) {
                continue;
            }
            let message = match blank {
                true => format!("`{key}` is empty"),
                false => format!("`{key}` still holds the placeholder `{text}`"),
            };
            context.report(Finding { message: Some(message), ..Finding::at(entry.value_or_key()) });
        }
    }
}

impl ValuePlaceholder {
    /// Marks in capitals count as written: a post may well be about a todo list.
    fn is_placeholder(&self, key: &str, text: &str) -> bool {
        let shouted = |word: &str| word.chars().any(char::is_uppercase);
        let same =
            |word: &String| if shouted(word) { word == text } else { word.to_lowercase() == text.to_lowercase() };
        !text.is_empty() && (text.eq_ignore_ascii_case(key) || self.words.iter().any(same))
    }
}
