//! Normalizes text for comparison, and counts letters by script.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text that readers see for a value with Markdown and HTML: markup is removed, whitespace is collapsed.
/// jekyll-seo-tag converts titles and descriptions in this way.
pub fn plain(text: &str) -> String {
    if is_plain(text) {
        return collapsed(text).into_owned();
    }
    let mut shown = String::with_capacity(text.len());
    let mut image = 0;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Image { .. }) => image += 1,
            Event::End(TagEnd::Image) => image -= 1,
            Event::Text(text) | Event::Code(text) if image == 0 => shown.push_str(&text),
            Event::SoftBreak | Event::HardBreak => shown.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => shown.push(' '),
            Event::Html(html) | Event::InlineHtml(html) => shown.push_str(&without_tags(&html)),
            _ => {}
        }
    }
    collapsed(&shown).into_owned()
}

/// Maximum length of a character reference in bytes.
const MAX_REFERENCE: usize = 40;

/// The text with its character references (`&amp;`, `&#58;`) decoded, as browsers show it.
pub fn decoded(text: &str) -> Cow<'_, str> {
    let mut plain = String::new();
    let mut start = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        let body = text.as_bytes().get(at + 1..).unwrap_or_default();
        let end = body.iter().take(MAX_REFERENCE).position(|byte| *byte == b';').map(|len| at + 1 + len);
        let Some(name) = end.and_then(|end| text.get(at + 1..end)) else { continue };
        if let Some(characters) = referenced(name) {
            plain.push_str(text.get(start..at).unwrap_or(""));
            plain.push_str(&characters);
            start = at + name.len() + 2;
        }
    }
    if start == 0 {
        return Cow::Borrowed(text);
    }
    plain.push_str(text.get(start..).unwrap_or(""));
    Cow::Owned(plain)
}

/// The characters that a reference names: `amp`, `#58`, `#x3a`.
fn referenced(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let value = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(value.ok()?).filter(|c| !c.is_control()).map(String::from);
    }
    let (first, second) = *html5ever::data::NAMED_ENTITIES.get(&*format!("{name};"))?;
    let characters = [first, second].into_iter().filter_map(char::from_u32).filter(|&c| c != '\0');
    Some(characters.collect::<String>()).filter(|characters| !characters.is_empty())
}

/// Maximum number of bytes examined on each side of an offset, so that long lines take no more time than others.
const MAX_LINE: usize = 1024;

/// The text before the offset on the same line, without the start of a very long line.
pub fn line_before(source: &str, offset: u32) -> &str {
    let end = source.floor_char_boundary(offset as usize);
    let start = source.ceil_char_boundary(end.saturating_sub(MAX_LINE)).min(end);
    source.get(start..end).and_then(|window| window.rsplit('\n').next()).unwrap_or("")
}

/// The text from the offset to the end of the line, without the end of a very long line.
pub fn line_after(source: &str, offset: u32) -> &str {
    let start = source.floor_char_boundary(offset as usize);
    let end = source.floor_char_boundary(start + MAX_LINE).max(start);
    source.get(start..end).and_then(|window| window.split('\n').next()).unwrap_or("")
}

/// Whether a line has no character that may be Markdown or HTML syntax, like most titles.
fn is_plain(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        && !text.bytes().any(|b| matches!(b, b'*' | b'_' | b'`' | b'[' | b'<' | b'&' | b'\\' | b'\n' | b'\r'))
}

/// Normalizes for comparison: removes tags, converts to NFC (file names on macOS have decomposed Hangul) and
/// full-width ASCII to ASCII, collapses whitespace.
pub fn comparable(text: &str) -> String {
    let shown = without_tags(text);
    if shown.is_ascii() {
        return collapsed(&shown).into_owned();
    }
    let composed = composed(&shown);
    // Full-width forms begin with 0xEF, and the full-width space with 0xE3, as kana do.
    if memchr::memchr2(0xe3, 0xef, composed.as_bytes()).is_none() {
        return collapsed(&composed).into_owned();
    }
    let narrow: String = composed.chars().map(half_width).collect();
    collapsed(&narrow).into_owned()
}

/// Returns `text` in NFC.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    // The quick check examines single characters. Composing every text that is not ASCII costs 4.1% more instructions
    // on eleventy-18f.
    let rest = text.trim_start_matches(is_composed);
    match rest.is_empty() || is_nfc_quick(rest.chars()) == IsNormalized::Yes {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.nfc().collect()),
    }
}

/// Returns `text` in NFC and lower case.
pub fn folded(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return lower_case(text);
    }
    // These are composed as well.
    if text.chars().all(is_caseless) {
        return Cow::Borrowed(text);
    }
    let text = composed(text);
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            _ if is_east_asian(c) => folded.push(c),
            _ => folded.extend(c.to_lowercase()),
        }
    }
    Cow::Owned(folded)
}

/// Returns `text` in lower case.
pub fn lower(text: String) -> String {
    if text.chars().all(is_caseless) { text } else { text.to_lowercase() }
}

/// Whether no character before or after it is combined with `c` in NFC, and it is not combined itself. False for rare
/// characters: this only says which ones need no look into the tables of Unicode, which takes ten times as long.
fn is_composed(c: char) -> bool {
    matches!(c, '\0'..='\u{2ff}' | '\u{2010}'..='\u{2027}') || is_east_asian(c)
}

/// Whether `c` has no lower case. False for rare characters, like [`is_composed`].
fn is_caseless(c: char) -> bool {
    matches!(c, '\0'..='@' | '['..='\u{7f}' | '\u{2010}'..='\u{2027}') || is_east_asian(c)
}

/// Common characters of East Asian texts, which are composed and have no case.
fn is_east_asian(c: char) -> bool {
    matches!(
        c,
        '\u{3000}'..='\u{3029}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30fe}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
    )
}

/// Returns `text` with its ASCII letters in lower case. Most texts have no capitals: copying those too costs 0.3% more
/// instructions on jekyll-docs.
pub fn lower_case(text: &str) -> Cow<'_, str> {
    match text.bytes().any(|b| b.is_ascii_uppercase()) {
        true => Cow::Owned(text.to_ascii_lowercase()),
        false => Cow::Borrowed(text),
    }
}

/// Replaces runs of whitespace by one space each and removes them at the ends.
pub fn collapsed(text: &str) -> Cow<'_, str> {
    // A folded text of YAML ends with a line ending.
    let text = text.trim();
    if is_collapsed(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

/// Like [`collapsed`], without a copy if nothing changes.
pub fn into_collapsed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => collapsed(text),
        Cow::Owned(text) => Cow::Owned(collapsed(&text).into_owned()),
    }
}

/// The number of words, separated by whitespace.
pub fn count_words(text: &str) -> usize {
    let bytes = text.as_bytes();
    if bytes.iter().fold(false, |any, &byte| any | may_be_blank(byte)) {
        let count = |word: &str| if word.bytes().any(may_be_blank) { word.split_whitespace().count() } else { 1 };
        return text.split_ascii_whitespace().map(count).sum();
    }
    // Count in chunks so short that a byte suffices, so that the compiler vectorizes the loop. Iterating over
    // characters costs 1.0% more instructions with all rules on jekyll-docs, and 2.9% on eleventy-18f.
    let starts_after =
        |(before, byte): (&u8, &u8)| u8::from(before.is_ascii_whitespace() & !byte.is_ascii_whitespace());
    let stretches = bytes.chunks(255).zip(bytes.get(1..).unwrap_or(&[]).chunks(255));
    let starts = stretches.map(|(before, bytes)| usize::from(before.iter().zip(bytes).map(starts_after).sum::<u8>()));
    starts.sum::<usize>() + usize::from(bytes.first().is_some_and(|byte| !byte.is_ascii_whitespace()))
}

/// Whether the byte may start a whitespace character that is outside ASCII or that ASCII functions do not count:
/// vertical tab, U+0085, U+00A0, U+1680, U+2000 and above, U+3000.
fn may_be_blank(byte: u8) -> bool {
    matches!(byte, 0x0b | 0xc2 | 0xe1 | 0xe2 | 0xe3)
}

/// Whether the bytes show that [`collapsed`] would change nothing.
fn is_collapsed(text: &[u8]) -> bool {
    let other = |byte: u8| matches!(byte, b'\t'..=b'\r') || may_be_blank(byte);
    // No early return: most texts are collapsed, and it costs 0.5% more instructions on eleventy-18f.
    let (mut after_space, mut is_other) = (true, false);
    for &byte in text {
        let is_space = byte == b' ';
        is_other |= other(byte) | (after_space & is_space);
        after_space = is_space;
    }
    !is_other && (!after_space || text.is_empty())
}

/// Removes everything between `<` and `>`. A `<` that does not start a tag is kept.
fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let is_tag = tail[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        if !is_tag {
            out.push('<');
            rest = &tail[1..];
            continue;
        }
        let Some(end) = tail.find('>') else {
            out.push_str(tail);
            return Cow::Owned(out);
        };
        rest = &tail[end + 1..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Whether this is a quotation mark other than the straight `"` and `'` that markup requires, or looks like one.
pub fn is_curly(c: char) -> bool {
    matches!(c, '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' | '\u{2018}' | '\u{2019}' | '\u{ff02}')
}

/// Converts a full-width form of an ASCII character to that character.
fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// The letters and digits of a text, in lower case: what stays the same when an engine changes quotes, dashes and spaces.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The number of letters of a text by East Asian script.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scripts {
    /// Letters of any script.
    pub letters: usize,
    /// Hangul syllables and jamo.
    pub hangul: usize,
    /// Hiragana and katakana.
    pub kana: usize,
    /// Han characters.
    pub han: usize,
}

impl Scripts {
    /// Counts the letters of `text`.
    pub fn of(text: &str) -> Self {
        let mut scripts =
            Scripts { letters: text.bytes().filter(u8::is_ascii_alphabetic).count(), ..Scripts::default() };
        if text.is_ascii() {
            return scripts;
        }
        let mut others = 0;
        for c in text.chars().filter(|c| !c.is_ascii()) {
            match script(c) {
                Some(Script::Hangul) => scripts.hangul += 1,
                Some(Script::Kana) => scripts.kana += 1,
                Some(Script::Han) => scripts.han += 1,
                None => others += usize::from(c.is_alphabetic()),
            }
        }
        scripts.letters += scripts.hangul + scripts.kana + scripts.han + others;
        scripts
    }

    /// Adds up two counts.
    pub fn and(self, other: Self) -> Self {
        Scripts {
            letters: self.letters + other.letters,
            hangul: self.hangul + other.hangul,
            kana: self.kana + other.kana,
            han: self.han + other.han,
        }
    }

    /// Whether the text may have an East Asian letter. False only if it has none. Examines bytes: counting letters
    /// costs 1.6% more instructions with all rules on jekyll-docs.
    pub fn may_be_east_asian(text: &str) -> bool {
        // Characters that begin with 0xE2 are punctuation: curly quotes, dashes, arrows.
        !text.is_ascii() && text.bytes().any(|byte| byte >= 0xe1 && byte != 0xe2)
    }

    /// Whether at least `percent` of the letters are Hangul, kana or Han.
    pub fn east_asian(self, percent: usize) -> bool {
        self.letters > 0 && (self.hangul + self.kana + self.han) * 100 >= self.letters * percent
    }
}

/// An East Asian script.
enum Script {
    Hangul,
    Kana,
    Han,
}

/// The script of a letter according to Unicode's `Scripts.txt`, or `ScriptExtensions.txt` for letters that the former
/// calls common (`ー`, `〆`). `None` for other scripts and other characters.
fn script(c: char) -> Option<Script> {
    match c {
        '\u{0}'..='\u{10ff}' => None,
        '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}' => Some(Script::Hangul),
        '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' => {
            Some(Script::Kana)
        }
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => Some(Script::Han),
        _ => rare_script(c).filter(|_| c.is_alphabetic()),
    }
}

/// The script of an uncommon letter: half-width forms, old jamo, iteration marks, rare Han.
fn rare_script(letter: char) -> Option<Script> {
    match letter {
        '\u{a960}'..='\u{a97c}' | '\u{d7b0}'..='\u{d7fb}' | '\u{ffa0}'..='\u{ffdc}' => Some(Script::Hangul),
        '\u{3031}'..='\u{3035}' | '\u{303c}' | '\u{31f0}'..='\u{31ff}' => Some(Script::Kana),
        '\u{ff66}'..='\u{ff9f}' | '\u{1aff0}'..='\u{1b167}' => Some(Script::Kana),
        '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3038}'..='\u{303b}' => Some(Script::Han),
        '\u{f900}'..='\u{faff}' | '\u{16fe3}'..='\u{16ff6}' | '\u{20000}'..='\u{3fffd}' => Some(Script::Han),
        _ => None,
    }
}

/// Whether CommonMark treats the character as punctuation, which includes symbols. This is an approximation: every
/// character counts that is not alphanumeric, whitespace, zero-width, a combining mark or a variation selector.
pub fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric()
        && !c.is_whitespace()
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{300}'..='\u{36f}' | '\u{fe0f}')
}
