//! Wraps text at words to the width of the terminal. Lines are measured in cells: CJK characters have two.

use std::iter;
use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_width::UnicodeWidthChar;

/// Minimum number of cells in a line, however narrow the terminal is.
const NARROWEST: usize = 20;
/// Maximum length in bytes of code between backticks that is not broken.
const SHORT_CODE: usize = 40;

/// The text in lines of at most `width` cells. The first one begins with `head`, which may have colours, the others with
/// `indent`. A word that is too long for a line, such as a URL, is not broken.
pub(super) fn wrapped(head: &str, text: &str, indent: &str, width: usize) -> String {
    let options = options(width).initial_indent(head).subsequent_indent(indent);
    textwrap::fill(text, options)
}

/// The lines of a text without indents.
pub(super) fn lines(text: &str, width: usize) -> Vec<String> {
    textwrap::wrap(text, options(width)).into_iter().map(String::from).collect()
}

fn options<'a>(width: usize) -> Options<'a> {
    Options::new(width.max(NARROWEST))
        .break_words(false)
        .word_separator(WordSeparator::Custom(words))
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
}

/// The words of a line. Chinese and Japanese are written without spaces, and are broken between any two characters;
/// Korean has spaces, and its words are kept.
fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let mut rest = line;
    Box::new(iter::from_fn(move || {
        let end = end_of_word(rest)?;
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(Word::from(word))
    }))
}

/// The length of the first word with the spaces after it; `None` at the end of the line. Short code between backticks is
/// part of a word, and a command of any length, so that it can be copied.
fn end_of_word(text: &str) -> Option<usize> {
    let mut characters = text.char_indices().peekable();
    let mut code_ends = 0;
    while let Some((at, c)) = characters.next() {
        if c == '`' && at >= code_ends {
            let code = text.get(at + 1..).and_then(|rest| rest.split_once('`')).map(|(code, _)| code);
            let is_kept = |code: &&str| code.starts_with("postlint ") || code.len() <= SHORT_CODE;
            code_ends = code.filter(is_kept).map_or(0, |code| at + code.len() + 2);
        }
        if at + 1 < code_ends {
            continue;
        }
        let Some(&(at, next)) = characters.peek() else { break };
        let is_space_over = c == ' ' && next != ' ';
        if is_space_over || is_unspaced(c) && is_unspaced(next) {
            return Some(at);
        }
    }
    (!text.is_empty()).then_some(text.len())
}

/// Whether a script is written without spaces between words: Han, Hiragana and Katakana. Their punctuation is not among
/// them, because most of it may not begin a line.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30fa}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        && c.width() == Some(2)
}
