//! `title-repeats`: a title that repeats one word.

use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TitleRepeats {
    times: usize,
    small_words: Vec<String>,
}

/// Minimum length in characters of a word in ASCII letters: shorter ones are often function words. In Hangul and Han, a
/// word may have two characters.
const MIN_LATIN: usize = 4;

impl Check for TitleRepeats {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Field::Text(title, entry) = document.field("title") else { return };
        if title.len() > 1_000 {
            return;
        }
        let lower = document.shown(title).to_lowercase();
        // Keep words such as `hexo-cli` and `C++` whole.
        let words: Vec<&str> = lower.split_whitespace().map(|word| word.trim_matches(is_mark)).collect();
        let counted = words.iter().map(|word| (count(&words, word), *word));
        let repeated = counted.filter(|(times, _)| *times >= self.times).find(|(_, word)| self.counts(word));
        if let Some((times, word)) = repeated {
            let message = format!("the title contains `{word}` {times} times");
            context.report(Finding { message: Some(message), ..Finding::at(entry.value.span) });
        }
    }
}

impl TitleRepeats {
    fn counts(&self, word: &str) -> bool {
        let least = if word.is_ascii() { MIN_LATIN } else { 2 };
        let letters = word.chars().all(char::is_alphabetic);
        letters && word.chars().count() >= least && !self.small_words.iter().any(|small| small == word)
    }
}

/// Whether the character is punctuation that may be next to a word.
fn is_mark(c: char) -> bool {
    ",.;:!?()[]\"'“”‘’…、·".contains(c)
}

/// How often a word occurs. Particles are attached to Korean words, so `부산` is counted in `부산에서` too.
fn count(words: &[&str], word: &str) -> usize {
    let says = |other: &&&str| if word.is_ascii() { **other == word } else { other.starts_with(word) };
    words.iter().filter(says).count()
}
