//! Posts whose text is certainly not in the language that they set, where the layout makes it the language of the page.

use crate::document::Document;
use crate::document::ask::language_tag;
use crate::text::Scripts;

/// Number of letters from which on a text shows what language it is in.
const MIN_LETTERS: usize = 200;

/// What is wrong, if the text is in another language than this. `scripts` counts its letters when it is called.
pub fn other_text(document: &Document<'_>, key: &str, tag: &str, scripts: impl Fn() -> Scripts) -> Option<String> {
    let is_printed = document.layout().is_some_and(|layout| layout.languages.iter().any(|read| read.key == key));
    let primary = tag.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    // Languages of three letters may be written in any script.
    if !is_printed || !document.is_page() || primary.len() != 2 || !language_tag::is_language(&primary) {
        return None;
    }
    let found = what(&primary, scripts())?;
    Some(format!("the page says that it is in `{tag}`, and its text is {found}"))
}

/// What a text with these letters is, if it is not in this language.
fn what(language: &str, scripts: Scripts) -> Option<&'static str> {
    let Scripts { letters, hangul, kana, han } = scripts;
    // The letters that the language does not have, those that each of its texts has, and what it is called.
    let (others, own, name) = match language {
        "ko" => (kana, hangul, Some("not Korean")),
        "ja" => (hangul, kana, Some("not Japanese")),
        "zh" => (hangul + kana, han, Some("not Chinese")),
        _ => (hangul + kana + han, 0, None),
    };
    let found = match () {
        () if hangul >= kana.max(han) => "Korean",
        () if kana * 5 >= letters => "Japanese",
        () => "Chinese",
    };
    match () {
        () if letters < MIN_LETTERS => None,
        () if others * 10 > letters * 7 => Some(found),
        // Names and code are in Latin letters in any language, but not nearly all of the text.
        () if own * 50 < letters => name,
        () => None,
    }
}
