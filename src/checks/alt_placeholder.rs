//! `alt-placeholder`: an alternative text that is an editor's default, or only the word "image".

use crate::checks::image_link_unnamed::help_in_link;
use crate::document::Element;
use crate::document::ask::accessible_name::is_alt_read;
use crate::rule::{Check, Context, Finding, Wants};
use crate::text::folded;
use serde::Deserialize;
use std::collections::BTreeSet;

/// Words that do not describe a particular image.
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
        if !self.words.contains(&bare(text)) || !is_alt_read(element) {
            return;
        }
        if let Some(span) = alt.value_span().or(element.start_tag()) {
            let message = format!("alt text `{}` does not describe the image", text.trim());
            context.report(Finding { message: Some(message), help: help_in_link(element), ..Finding::at(span) });
        }
    }
}

/// The text in lower case and NFC, with spaces for hyphens and underscores, without punctuation around it or a number
/// at the end. A long number is kept: it comes from a camera or a messenger, and `alt-filename` reports it.
fn bare(text: &str) -> String {
    let composed = folded(text).replace(['-', '_'], " ");
    let no_number = composed.trim_end_matches(|c: char| !c.is_alphabetic());
    let number = composed.strip_prefix(no_number).unwrap_or("");
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let is_file_name = digits >= if no_number.ends_with("img") { 3 } else { 6 };
    let kept = if is_file_name { &composed } else { no_number };
    let words: Vec<&str> = kept.trim_start_matches(|c: char| !c.is_alphanumeric()).split_whitespace().collect();
    words.join(" ")
}
