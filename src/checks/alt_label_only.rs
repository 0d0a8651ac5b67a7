//! `alt-label-only`: an alternative text that is only the name of a feed, a section or a slot.

use crate::checks::image_link_unnamed::help_in_link;
use crate::document::ask::accessible_name::is_alt_read;
use crate::document::ask::prose::is_shown;
use crate::document::{Document, Element};
use crate::rule::{Check, Context, Finding, Wants};
use crate::text::folded;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeSet;

/// A heuristic with strict conditions: the text has few words, one of them is a label, and none of them occurs in the
/// post.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AltLabelOnly {
    labels: BTreeSet<String>,
    max_words: usize,
    min_text: usize,
}

impl Check for AltLabelOnly {
    fn wants(&self) -> Wants {
        Wants::together(&["img"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let document = context.document;
        // Computed only if an alternative text may be a label: most posts have none.
        let mut text: Option<(String, bool)> = None;
        // Many images may have the same text: each word is searched for once.
        let mut searched: FxHashMap<String, bool> = FxHashMap::default();
        for &element in elements {
            let Some(words) = self.label_words(element).filter(|_| is_alt_read(element)) else { continue };
            let (text, is_short) = text.get_or_insert_with(|| {
                let text = text_of(document);
                let is_short = text.chars().count() < self.min_text;
                (text, is_short)
            });
            let mut is_in_text =
                |word: String| *searched.entry(word).or_insert_with_key(|word| text.contains(word.as_str()));
            if *is_short || words.into_iter().any(&mut is_in_text) {
                continue;
            }
            let Some(alt) = element.attribute("alt") else { continue };
            if let Some(span) = alt.value_span().or(element.start_tag()) {
                let message = format!("alt text `{}` is a label, not a description", alt.value().trim());
                context.report(Finding { message: Some(message), help: help_in_link(element), ..Finding::at(span) });
            }
        }
    }
}

impl AltLabelOnly {
    /// The words of an image's alternative text, if they are few and one of them is a label.
    fn label_words(&self, image: Element<'_>) -> Option<Vec<String>> {
        let alt = image.attribute("alt")?.known_value()?;
        let alt = alt.get(..200).unwrap_or(alt);
        let has_letter = |word: &&str| word.contains(char::is_alphanumeric);
        if alt.split(' ').filter(has_letter).nth(self.max_words).is_some() {
            return None;
        }
        let alt = folded(alt);
        let parts = alt.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let words: Vec<String> = parts.take(self.max_words + 1).map(str::to_owned).collect();
        let label = words.len() <= self.max_words && words.iter().any(|word| self.labels.contains(word));
        // A single syllable or letter occurs in any text, so it is not significant.
        label.then(|| words.into_iter().filter(|word| word.chars().count() >= 2).collect())
    }
}

/// Title, headings and body as one lower case text. It is searched for substrings rather than words, because particles
/// are attached to Korean words.
fn text_of(document: &Document<'_>) -> String {
    let title = document.front_matter.get("title").and_then(|entry| entry.value.as_scalar());
    let mut text = title.map_or_else(String::new, |title| folded(&title.text).into_owned());
    for node in document.tree.text_nodes() {
        if is_shown(node) {
            text.push(' ');
            text.push_str(&folded(node.text()));
        }
    }
    text
}
