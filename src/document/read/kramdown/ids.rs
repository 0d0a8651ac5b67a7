//! Generates the `id`s of headers.
//!
//! In kramdown 2.4: `converter/base.rb`, `basic_generate_id`, and kramdown-parser-gfm 1.1, `generate_gfm_header_id`.

use regex::Regex;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Generates ids that are unique in a post.
#[derive(Debug, Default)]
pub(super) struct Ids {
    used: FxHashMap<String, u32>,
}

impl Ids {
    /// The id for a header with this text, which begins with `prefix`; `None` for the first header without any
    /// character that is kept.
    pub(super) fn make(&mut self, text: &str, gfm: bool, prefix: &str) -> Option<String> {
        let id = if gfm { github_id(text) } else { plain_id(text) };
        let count = self.used.entry(id.clone()).and_modify(|count| *count += 1).or_insert(0);
        match *count {
            0 if id.is_empty() && prefix.is_empty() => None,
            0 if prefix.is_empty() => Some(id),
            0 => Some(format!("{prefix}{id}")),
            count => Some(format!("{prefix}{id}-{count}")),
        }
    }
}

static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\w").ok());

/// Lower case, only word characters, `-` for whitespace: GitHub's algorithm.
fn github_id(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' | '-' | '_' => id.push(c),
            ' ' | '\t' => id.push('-'),
            'A'..='Z' => id.push(c.to_ascii_lowercase()),
            c if c.is_ascii() => {}
            c if has_no_case(c) => id.push(c),
            // The lower case of `Σ` depends on the characters around it.
            'Σ' => return github_id(&text.to_lowercase()),
            c => id.extend(c.to_lowercase().filter(|&c| is_word(c))),
        }
    }
    id
}

/// Whether the character is one of the most common Han, Hiragana, Katakana or Hangul characters, which have no case.
/// Looking up their case costs 0.6% more instructions on jekyll-opensource-guide.
fn has_no_case(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{4e00}'..='\u{9fa5}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}')
}

/// Whether `c` is a word character in Ruby's regular expressions. Looking up all characters in the full table costs
/// 0.8% more instructions on jekyll-docs.
fn is_word(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric() || c == '_',
        // Common Latin, Greek and Cyrillic letters.
        '\u{df}'..='\u{f6}' | '\u{f8}'..='\u{24f}' | '\u{3b1}'..='\u{3c9}' | '\u{430}'..='\u{45f}' => true,
        c if c.is_alphabetic() => true,
        // Joiners are word characters in the `regex` crate, but not in Ruby.
        '\u{200c}' | '\u{200d}' => false,
        // Dashes, quotes, arrows, symbols and pictographs.
        '\u{b7}' | '\u{2010}'..='\u{2027}' | '\u{2190}'..='\u{23ff}' | '\u{2500}'..='\u{2bff}' => false,
        '\u{1f300}'..='\u{1faff}' => false,
        c => WORD.as_ref().is_some_and(|word| word.is_match(c.encode_utf8(&mut [0; 4]))),
    }
}

/// kramdown's own algorithm: keeps ASCII letters in lower case, digits and `-` from the first letter on, and replaces
/// each space by `-`. `section` if nothing is left.
pub(super) fn plain_id(text: &str) -> String {
    let from = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let kept = text[from..].chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ' || *c == '-');
    let id: String = kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect();
    if id.is_empty() { "section".to_owned() } else { id }
}
