//! `sentences-long`: too many long sentences in one post.

use crate::document::Element;
use crate::document::ask::prose;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::text::{Scripts, count_words};
use serde::Deserialize;

/// The limits are Yoast's for languages with spaces and for Japanese; the one for Korean is an estimate.
#[derive(Deserialize)]
pub struct SentencesLong {
    percent: usize,
    words: usize,
    hangul: usize,
    kanji: usize,
}

/// Minimum number of sentences: in a short post, a few long ones are not a pattern.
const MIN_SENTENCES: usize = 8;

impl Check for SentencesLong {
    fn wants(&self) -> Wants {
        Wants::together(&["p"])
    }

    fn elements(&self, context: &mut Context<'_>, paragraphs: &[Element<'_>]) {
        let (mut long, mut all) = (0, 0);
        let mut first: Option<Span> = None;
        for &paragraph in paragraphs {
            let text = prose::text(paragraph);
            let is_wide = Scripts::may_be_east_asian(&text);
            for sentence in sentences(&text, is_wide) {
                all += 1;
                if self.is_long(sentence, is_wide) {
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
    /// Whether the sentence is too long. `is_wide`: whether the paragraph may contain East Asian letters. If at least
    /// 30% of the sentence's letters are East Asian, characters are counted instead of words.
    fn is_long(&self, sentence: &str, is_wide: bool) -> bool {
        let Some(scripts) = is_wide.then(|| Scripts::of(sentence)).filter(|scripts| scripts.east_asian(30)) else {
            return count_words(sentence) > self.words;
        };
        let characters = sentence.chars().filter(|c| !c.is_whitespace()).count();
        characters > if scripts.hangul > scripts.kana + scripts.han { self.hangul } else { self.kanji }
    }
}

/// Splits a paragraph into sentences: at `.`, `!` and `?` before whitespace, and at every `。`, `！` and `？`.
fn sentences(text: &str, is_wide: bool) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let end = if is_wide { end_of_wide_sentence(rest) } else { end_of_sentence(rest) };
        let (sentence, tail) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        rest = tail;
        (!sentence.is_empty()).then_some(sentence)
    })
}

fn end_of_sentence(text: &str) -> Option<usize> {
    // Search for the ASCII bytes: decoding all characters costs 0.9% more instructions with all rules on jekyll-docs.
    let stops = memchr::memchr3_iter(b'.', b'!', b'?', text.as_bytes());
    stops.map(|at| at + 1).find(|after| is_blank_at(text, *after))
}

fn end_of_wide_sentence(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let wide = |at: usize| ["。", "！", "？"].into_iter().find(|stop| bytes[at..].starts_with(stop.as_bytes()));
    bytes.iter().enumerate().find_map(|(at, byte)| match byte {
        b'.' | b'!' | b'?' => is_blank_at(text, at + 1).then_some(at + 1),
        0xe3 | 0xef => wide(at).map(|stop| at + stop.len()),
        _ => None,
    })
}

/// Whether `text` ends at `offset` or has whitespace there.
fn is_blank_at(text: &str, offset: usize) -> bool {
    text.get(offset..).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}
