//! `alt-stuffed`: an alternative text that is a list of keywords.

use crate::document::Element;
use crate::document::ask::accessible_name::is_alt_read;
use crate::rule::{Check, Context, Finding, Wants};
use crate::text::{comparable, folded};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Maximum length of the text that is examined.
const MAX_BYTES: usize = 2_000;

/// A list of short fragments, or a word that is repeated many times. Lists inside sentences are not reported.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AltStuffed {
    min_hashtags: usize,
    min_repetitions: usize,
    small_words: BTreeSet<String>,
}

impl Check for AltStuffed {
    fn wants(&self) -> Wants {
        Wants::elements(&["img", "area", "input"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(alt) = element.attribute("alt") else { return };
        let Some(text) = alt.known_value().filter(|text| text.len() <= MAX_BYTES) else { return };
        // python-markdown writes `<code>` into an `alt` with backticks.
        let text = comparable(text);
        let text = folded(&text);
        let message = if let Some(count) = self.hashtags(&text) {
            format!("alt text contains {count} hashtags")
        } else if let Some((word, count)) = self.repeated(&text) {
            format!("alt text contains `{word}` {count} times")
        } else {
            return;
        };
        if let Some(span) = alt.value_span().or(element.start_tag()).filter(|_| is_alt_read(element)) {
            context.report(Finding { message: Some(message), ..Finding::at(span) });
        }
    }
}

impl AltStuffed {
    fn hashtags(&self, text: &str) -> Option<usize> {
        if !text.contains('#') {
            return None;
        }
        let is_tag = |word: &&str| word.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        let count = text.split_whitespace().filter(is_tag).count();
        (count >= self.min_hashtags).then_some(count)
    }

    /// One word in most fragments of a list: "seoul hotel, cheap seoul hotel, seoul hotel deal".
    fn repeated(&self, text: &str) -> Option<(String, usize)> {
        let parts = || text.split([',', '/', '·', '|', '、', '，']);
        parts().nth(self.min_repetitions.saturating_sub(1))?;
        let fragments: Vec<&str> = parts().map(str::trim).collect();
        if text.contains(['.', '?', '!', '。', '(', ':', '=']) {
            return None;
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for fragment in &fragments {
            let words: BTreeSet<&str> = fragment.split(|c: char| !c.is_alphanumeric()).collect();
            for word in words.into_iter().filter(|word| self.is_content(word)) {
                *counts.entry(word).or_default() += 1;
            }
        }
        let (word, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        let most = count * 4 >= fragments.len() * 3;
        (count >= self.min_repetitions && most).then(|| (word.to_owned(), count))
    }

    fn is_content(&self, word: &str) -> bool {
        word.chars().count() >= 2 && word.contains(char::is_alphabetic) && !self.small_words.contains(word)
    }
}
