//! `alt-placeholder`: an alternative text that is the word an editor puts there, or just says that it is an image.

use crate::document::Element;
use crate::document::text::folded;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Words that stand for no picture in particular.
#[derive(Deserialize)]
pub struct AltPlaceholder {
    words: BTreeSet<String>,
}

impl Check for AltPlaceholder {
    fn wants(&self) -> Wants {
        Wants::elements(&["img", "area", "input"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(alt) = element.attribute("alt") else { return };
        let Some(text) = alt.known_value().filter(|text| text.len() <= 200) else { return };
        if !self.words.contains(&bare(text)) {
            return;
        }
        if let Some(span) = alt.value_span().or(element.start_tag()) {
            let message = format!("alt text `{}` stands for any picture", text.trim());
            context.report(Finding { message: Some(message), ..Finding::at(span) });
        }
    }
}

/// The text in lower case, composed, without punctuation around it and without a number at its end.
fn bare(text: &str) -> String {
    let words = folded(text).replace(['-', '_'], " ");
    let no_number = words.trim_end_matches(|c: char| !c.is_alphabetic());
    let words: Vec<&str> = no_number.trim_start_matches(|c: char| !c.is_alphanumeric()).split_whitespace().collect();
    words.join(" ")
}
