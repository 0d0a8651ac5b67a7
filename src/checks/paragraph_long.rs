//! `paragraph-long`: a paragraph that is a wall of text on a phone.

use crate::document::Element;
use crate::document::ask::prose;
use crate::rule::{Check, Context, Finding, Wants};
use crate::text::{Scripts, count_words};
use serde::Deserialize;

/// The limits are Yoast's: words for languages with spaces, characters for Korean, Japanese and Chinese.
#[derive(Deserialize)]
pub struct ParagraphLong {
    words: usize,
    characters: usize,
}

impl Check for ParagraphLong {
    fn wants(&self) -> Wants {
        Wants::elements(&["p"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        // A word with the space after it has at least two bytes, a character at least one.
        if prose::length(element) <= self.characters.min(2 * self.words) {
            return;
        }
        let text = prose::text(element);
        let (count, limit, unit) = if Scripts::may_be_east_asian(&text) && Scripts::of(&text).east_asian(30) {
            (text.chars().filter(|c| !c.is_whitespace()).count(), self.characters, "characters")
        } else {
            (count_words(&text), self.words, "words")
        };
        if let Some(span) = element.span().filter(|_| count > limit) {
            let message = format!("paragraph of {count} {unit}");
            context.report(Finding { message: Some(message), ..Finding::at(span) });
        }
    }
}
