//! Generates the ids of headings from their texts, with the algorithm of each engine.

use crate::place::flavor::HeadingIds;
use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The id of a heading with this text, before it is made unique. `None` if the algorithm is not known.
pub(super) fn of(text: &str, algorithm: HeadingIds) -> Option<String> {
    Some(match algorithm {
        HeadingIds::Off => return None,
        HeadingIds::Hugo(_) => hugo(text.trim().chars()),
        HeadingIds::HugoAscii(_) => {
            let bare = text.trim().nfd().filter(|c| !is_combining_mark(*c)).nfc();
            hugo(bare.filter(char::is_ascii))
        }
        HeadingIds::HugoBlackfriday(_) => blackfriday(text),
        HeadingIds::GithubSlugger => github(text),
        HeadingIds::MditVue => mdit_vue(text),
        HeadingIds::Zola => zola(text),
        HeadingIds::MdBook => mdbook(text),
        HeadingIds::Hexo => hexo(text),
    })
}

/// Hugo: keeps letters, digits, `_` and `-`, and replaces each space by `-`.
fn hugo(text: impl Iterator<Item = char>) -> String {
    let kept = text.filter_map(|c| match c {
        '-' | ' ' => Some('-'),
        'a'..='z' | '0'..='9' | '_' => Some(c),
        c if is_letter_or_digit(c) => Some(lower(c)),
        _ => None,
    });
    let id: String = kept.collect();
    if id.is_empty() { "heading".to_owned() } else { id }
}

/// Hugo's old engine: replaces each run of characters other than letters and numbers by `-`.
fn blackfriday(text: &str) -> String {
    let id = dashed(text, |c| c.is_alphanumeric().then(|| lower(c)));
    if id.is_empty() { "heading".to_owned() } else { id }
}

/// github-slugger: keeps word characters and `-`, and replaces each space by `-`.
pub fn github(text: &str) -> String {
    let text = text.to_lowercase();
    let kept = text.chars().filter_map(|c| match c {
        ' ' => Some('-'),
        '-' => Some(c),
        c => is_word(c).then_some(c),
    });
    kept.collect()
}

/// The text with typographic dashes, ellipses and quotes.
pub(super) fn typographic(text: &str) -> Cow<'_, str> {
    if !text.contains(['\'', '"']) && !text.contains("--") && !text.contains("...") {
        return text.into();
    }
    let text = text.replace("---", "\u{2014}").replace("--", "\u{2013}").replace("...", "\u{2026}");
    let mut smart = String::with_capacity(text.len());
    for c in text.chars() {
        let before = smart.chars().next_back();
        let opens =
            before.is_none_or(|before| before.is_whitespace() || "-\u{2014}/([{\u{2018}\u{201c}".contains(before));
        smart.push(match c {
            '\'' if opens => '\u{2018}',
            '\'' => '\u{2019}',
            '"' if opens => '\u{201c}',
            '"' => '\u{201d}',
            c => c,
        });
    }
    smart.into()
}

/// `@mdit-vue/shared`: removes diacritics, replaces each run of whitespace, ASCII punctuation and curly quotes by `-`,
/// and adds `_` before a digit at the start.
fn mdit_vue(text: &str) -> String {
    let bare: String = text.nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}' | '\0'..='\u{1f}')).collect();
    let separates = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || "“”‘’".contains(c);
    let id = dashed(&bare, |c| (!separates(c)).then_some(c)).to_lowercase();
    if id.starts_with(|c: char| c.is_ascii_digit()) { format!("_{id}") } else { id }
}

/// Zola, by the `slug` package: transliterates other letters, and replaces each run of characters other than letters and
/// digits by `-`.
pub fn zola(text: &str) -> String {
    let ascii: String = text.chars().map(|c| deunicode::deunicode_char(c).unwrap_or("-")).collect();
    dashed(&ascii, |c| c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase()))
}

/// mdBook: keeps letters, digits, `_` and `-`, and replaces each whitespace by `-`.
fn mdbook(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let kept = text.chars().filter_map(|c| match c {
        '_' | '-' => Some(c),
        c if c.is_whitespace() => Some('-'),
        c => c.is_alphanumeric().then_some(c),
    });
    kept.collect()
}

/// Hexo's `slugize`, without conversion to lower case: removes accents and text that resembles tags, and replaces each
/// run of whitespace and ASCII punctuation by `-`.
fn hexo(text: &str) -> String {
    let bare: String =
        without_tags(text).chars().filter(|c| !matches!(c, '\0'..='\u{1f}')).map(without_accent).collect();
    dashed(&bare, |c| (!c.is_whitespace() && !c.is_ascii_punctuation()).then_some(c))
}

fn without_tags(text: &str) -> String {
    let mut parts = text.split('<');
    let mut kept = parts.next().unwrap_or("").to_owned();
    for part in parts {
        match part.split_once('>') {
            Some((_, after)) => kept.push_str(after),
            None => {
                kept.push('<');
                kept.push_str(part);
            }
        }
    }
    kept
}

/// Removes the accent from a Latin letter.
fn without_accent(c: char) -> char {
    let is_latin = matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    let first = is_latin.then(|| c.nfd().next()).flatten();
    first.filter(char::is_ascii).unwrap_or(c)
}

/// The results of `kept` for all characters, with one `-` for each run of `None` between them.
fn dashed(text: &str, kept: impl Fn(char) -> Option<char>) -> String {
    let mut id = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        match kept(c) {
            Some(c) => {
                if gap && !id.is_empty() {
                    id.push('-');
                }
                gap = false;
                id.push(c);
            }
            None => gap = true,
        }
    }
    id
}

static LETTER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[\p{L}\p{Nd}]").ok());
static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\w").ok());

fn is_letter_or_digit(c: char) -> bool {
    match c {
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        c if is_common_letter(c) => true,
        c => c.is_alphanumeric() && LETTER.as_ref().is_some_and(|it| it.is_match(c.encode_utf8(&mut [0; 4]))),
    }
}

/// Whether the character is a letter, mark, digit or connector.
fn is_word(c: char) -> bool {
    match c {
        c if c.is_ascii() => c.is_ascii_alphanumeric() || c == '_',
        c if is_common_letter(c) || c.is_alphabetic() => true,
        // Joiners are word characters only in the `regex` crate.
        '\u{200c}' | '\u{200d}' => false,
        c => WORD.as_ref().is_some_and(|it| it.is_match(c.encode_utf8(&mut [0; 4]))),
    }
}

/// Whether the character is a common Latin, Han, Japanese or Korean letter, for which no table is needed.
fn is_common_letter(c: char) -> bool {
    matches!(c, '\u{e0}'..='\u{f6}' | '\u{ac00}'..='\u{d7a3}' | '\u{4e00}'..='\u{9fa5}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}')
}

/// The first character of a character's lower case. Only that of `İ` has a second one.
fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}
