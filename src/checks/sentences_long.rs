//! `sentences-long`: too many long sentences in one post.

use crate::document::text::Scripts;
use crate::document::{Document, prose};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

/// The limits are Yoast's for languages with spaces and for Japanese; the one for Korean is our guess.
#[derive(Deserialize)]
pub struct SentencesLong {
    percent: usize,
    words: usize,
    hangul: usize,
    kanji: usize,
}

/// A post with fewer sentences has no habit.
const MIN_SENTENCES: usize = 8;

impl Check for SentencesLong {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let (mut long, mut all) = (0, 0);
        let mut first: Option<Span> = None;
        for paragraph in document.tree.elements().filter(|it| it.name() == "p" && it.is_written()) {
            let text = prose::words(paragraph);
            for sentence in sentences(&text) {
                all += 1;
                if self.is_long(sentence) {
                    long += 1;
                    first = first.or(paragraph.span());
                }
            }
        }
        let Some(span) = first.filter(|_| all >= MIN_SENTENCES && long * 100 > all * self.percent) else { return };
        let message = format!("{long} of {all} sentences are long");
        context.report(Finding { message: Some(message), ..Finding::of_post(span) });
    }
}

impl SentencesLong {
    fn is_long(&self, sentence: &str) -> bool {
        let scripts = Scripts::of(sentence);
        let characters = || sentence.chars().filter(|c| !c.is_whitespace()).count();
        if !scripts.east_asian(30) {
            return sentence.split_whitespace().count() > self.words;
        }
        characters() > if scripts.hangul > scripts.kana + scripts.han { self.hangul } else { self.kanji }
    }
}

/// The sentences of a paragraph. A full stop ends one where a blank follows; those of Japanese and Chinese always do.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let end = rest.char_indices().find_map(|(at, c)| {
            let after = at + c.len_utf8();
            let is_end = match c {
                '.' | '!' | '?' => rest.get(after..).is_some_and(|tail| tail.starts_with(' ') || tail.is_empty()),
                '。' | '！' | '？' => true,
                _ => false,
            };
            is_end.then_some(after)
        });
        let (sentence, tail) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        rest = tail;
        (!sentence.is_empty()).then_some(sentence)
    })
}
