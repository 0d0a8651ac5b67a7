//! `description-poor`: a description that is a list of keywords, or that is cut off.

use crate::checks::description_wide::ending_at;
use crate::diagnostic::Level;
use crate::document::ask::prose;
use crate::document::{Document, Element, Field};
use crate::rule::{Check, Context, Finding, Wants};
use crate::text::{comparable, decoded};
use crate::width::cells;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct DescriptionPoor {
    keys: Vec<String>,
    fragments: usize,
    words: usize,
    endings: Vec<String>,
}

/// Minimum length in characters: shorter texts may occur in the post by chance.
const MIN_CUT: usize = 20;

/// Minimum width in cells of several sentences.
const MIN_SENTENCES: usize = 80;

impl Check for DescriptionPoor {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        if document.is_hidden_from_search() {
            return;
        }
        let layout = document.layout().filter(|layout| layout.description_tag.is_some());
        let read = layout.map_or(&[][..], |layout| &layout.description).iter().map(|read| &read.key);
        for key in self.keys.iter().chain(read.filter(|key| !self.keys.contains(key))) {
            let Field::Text(text, entry) = document.field(key) else { continue };
            let text = document.shown(&decoded(text));
            let (message, at_most) = if self.is_keyword_list(&text) {
                (format!("`{key}` is a list of keywords, not a sentence"), None)
            } else if let Some(ending) = self.cut_at(&text, document) {
                (format!("`{key}` is cut off: it ends with `{ending}`"), Some(Level::Info))
            } else if let Some(end) = cut_in_sentence(&text, document) {
                (format!("`{key}` is cut off: the post goes on after “{end}”"), Some(Level::Info))
            } else {
                continue;
            };
            context.report(Finding { message: Some(message), at_most, ..Finding::at(entry.value.span) });
        }
    }
}

impl DescriptionPoor {
    /// The ending of `text`, such as `…`, if the post contains the text before the ending and continues after it.
    /// Otherwise the author wrote the ellipsis on purpose.
    fn cut_at(&self, text: &str, document: &Document<'_>) -> Option<&str> {
        let ending = self.endings.iter().find(|ending| text.ends_with(ending.as_str()))?;
        let start = text.strip_suffix(ending.as_str())?.trim_end_matches(['.', '…', ' ']);
        let after = after_words(start, document)?;
        let goes_on = after.trim_start().starts_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '(' | '“'));
        (start.chars().count() >= MIN_CUT && goes_on).then_some(ending)
    }

    fn is_keyword_list(&self, text: &str) -> bool {
        let separators = [',', '·', '、', '|', '，'];
        // A text with a sentence, a colon before the list, or a link is not only a list of keywords.
        if text.matches(separators).count() + 1 < self.fragments
            || text.contains(['.', '!', '?', '。', '！', '？', ':', '：', '…', ';', '('])
        {
            return false;
        }
        let fragments: Vec<&str> = text.split(separators).map(str::trim).collect();
        let joined = fragments.iter().any(|fragment| is_joined(fragment));
        fragments.iter().all(|it| is_keyword(it, text, self.words)) && !joined
    }
}

/// The text of the post after these words; `None` if it does not have them. Letters and digits are compared only: in the
/// post, links and emphasis may be between them.
fn after_words(text: &str, document: &Document<'_>) -> Option<String> {
    let shown = comparable(&prose::of_nodes(document.tree.text_nodes().filter(|it| prose::is_shown(*it))));
    let is_letter = |c: &char| c.is_alphanumeric();
    let letters: String = shown.chars().filter(is_letter).collect();
    let wanted: String = comparable(text).chars().filter(is_letter).collect();
    let end = letters.find(&wanted)? + wanted.len();
    let mut read = 0;
    let is_before = |c: &char| {
        read += if c.is_alphanumeric() { c.len_utf8() } else { 0 };
        read < end
    };
    // The first character that is not before the end is the last letter.
    Some(shown.chars().skip_while(is_before).skip(1).collect())
}

/// The last words of a text that stops in the middle of a sentence of the post: after a number of characters or words, as
/// the excerpts of WordPress do without an ellipsis. A text without the end of a sentence may be a headline of its own.
fn cut_in_sentence(text: &str, document: &Document<'_>) -> Option<String> {
    let start = comparable(text);
    let is_open = start.ends_with(|c: char| c.is_alphanumeric() || c == ',') && cells(&start) >= MIN_SENTENCES;
    let has_sentence =
        || start.contains(['。', '！', '？']) || [". ", "! ", "? "].iter().any(|end| start.contains(end));
    if !is_open || !has_sentence() {
        return None;
    }
    let after = after_words(&start, document)?;
    let after = if start.ends_with(',') { after.strip_prefix(',')? } else { &after };
    let next = after.trim_start().chars().next()?;
    let goes_on = next.is_alphabetic() && (!next.is_uppercase() || goes_on_in_paragraph(&start, document));
    goes_on.then(|| ending_at(&start, start.chars().count()))
}

/// Number of words by which the end of a text is found in a paragraph.
const LAST_WORDS: usize = 5;

/// Whether a paragraph has the last words of a text, and another word after them: a capital letter may also begin the next
/// paragraph.
fn goes_on_in_paragraph(text: &str, document: &Document<'_>) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let end = words.get(words.len().saturating_sub(LAST_WORDS)..).unwrap_or_default().join(" ");
    let goes_on = |paragraph: Element<'_>| {
        let shown = comparable(&prose::words(paragraph));
        let rest = shown.split_once(&end).and_then(|(_, rest)| rest.strip_prefix(' '));
        rest.is_some_and(|rest| rest.starts_with(char::is_alphabetic))
    };
    document.tree.elements().filter(|element| element.name() == "p").any(goes_on)
}

/// Words that join others to a clause in Chinese and Japanese.
const PARTICLES: [char; 24] = [
    'を', 'は', 'が', 'に', 'で', 'へ', 'も', 'す', 'る', 'た', 'て', '的', '了', '是', '在', '和', '与', '與', '就',
    '也', '将', '將', '为', '為',
];

/// Whether a part of the text is as short as a keyword. Chinese and Japanese have no spaces between words: their
/// keywords have few characters, and nothing that joins words. `，` separates clauses more often than keywords.
fn is_keyword(fragment: &str, text: &str, words: usize) -> bool {
    let is_unspaced = |c: &char| {
        matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
            || matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
    };
    let unspaced = fragment.chars().filter(is_unspaced).count();
    let most = if text.contains('，') { words } else { words * 2 };
    !fragment.is_empty()
        && fragment.split_whitespace().count() <= words
        && unspaced <= most
        && (unspaced == 0 || !fragment.contains(PARTICLES))
}

/// Whether the fragment ends an enumeration in a sentence: `… and garlic`.
fn is_joined(fragment: &str) -> bool {
    ["and ", "or ", "the ", "및 ", "그리고 "].iter().any(|word| fragment.to_lowercase().starts_with(word))
}
