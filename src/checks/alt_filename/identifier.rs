//! Alternative texts that are written like names of files: lower-case words that hyphens or underscores join. Compound words
//! and the names of programs are written so as well, so each of these conditions is strict.

use crate::document::ask::lone_image::is_alone;
use crate::document::ask::prose::is_shown;
use crate::document::{Document, Element};
use rustc_hash::FxHashSet;

/// Words inside of compounds: `state-of-the-art`, `arc-en-ciel`, `sign-up`.
const IN_COMPOUNDS: [&str; 32] = [
    "and", "as", "at", "by", "de", "des", "down", "du", "en", "for", "from", "go", "ici", "in", "la", "le", "les",
    "me", "no", "non", "of", "off", "on", "or", "out", "over", "per", "pre", "the", "to", "up", "with",
];

/// Number of words from which the stem of the file is nothing else.
const MANY: usize = 4;

/// An image whose alternative text is written like the name of a file.
pub struct Identifier<'t> {
    pub image: Element<'t>,
    pub text: &'t str,
    /// Whether it is the name of the file without its extension, or several words at its beginning.
    pub is_stem: bool,
    /// Whether the text is enough evidence on its own.
    is_certain: bool,
}

impl<'t> Identifier<'t> {
    /// The image, if its alternative text may be an identifier. `file`: the name of its file.
    pub fn of(image: Element<'t>, text: &'t str, file: &str) -> Option<Self> {
        if !text.contains(['-', '_']) || text.contains(' ') {
            return None;
        }
        let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
        let words: Vec<&str> = text.split(['-', '_']).collect();
        let is_word = |word: &str| word.len() >= 2 && word.bytes().any(|byte| byte.is_ascii_lowercase());
        let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
        let (last, first) = words.split_last()?;
        let is_number = last.len() <= 2 && !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
        let is_identifier = image.name() == "img"
            && text.bytes().all(is_plain)
            && first.len() >= if is_number { 2 } else { 1 }
            && first.iter().all(|word| is_word(word))
            && (is_number || is_word(last))
            // A logo, mostly.
            && !extension.eq_ignore_ascii_case("svg")
            && is_alone(image);
        if !is_identifier {
            return None;
        }
        let (name, joined) = (stem.replace('_', "-").to_lowercase(), text.replace('_', "-"));
        let is_stem = name == joined;
        let may_be_compound = words.iter().any(|word| IN_COMPOUNDS.contains(word));
        let has_many = words.len() >= if may_be_compound { MANY } else { MANY - 1 };
        let is_joined = text.contains('_');
        let is_stem = is_stem || has_many && name.strip_prefix(&*joined).is_some_and(|rest| rest.starts_with('-'));
        let is_certain = is_stem && has_many || is_joined && (is_stem || has_many || is_number);
        // Hyphens are also in compounds and in names of programs: `ping-pong`, `docker-compose`.
        let may_be = is_stem && !may_be_compound || is_joined;
        (is_certain || may_be).then_some(Identifier { image, text, is_stem, is_certain })
    }
}

/// Those that are identifiers: the post says none of them, and one is certain or several have the same form.
pub fn certain<'t>(document: &Document<'_>, candidates: Vec<Identifier<'t>>) -> Vec<Identifier<'t>> {
    if candidates.is_empty() {
        return candidates;
    }
    let said = said(document);
    let is_said = |text: &str| said.contains(&format!(" {} ", words(text)));
    let mut left: Vec<Identifier<'t>> = candidates.into_iter().filter(|it| !is_said(it.text)).collect();
    let texts: FxHashSet<&str> = left.iter().map(|it| it.text).collect();
    if texts.len() < 2 {
        left.retain(|it| it.is_certain);
    }
    left
}

/// All words of the post and its title, with a space on either side of each.
fn said(document: &Document<'_>) -> String {
    let title = document.front_matter.get("title").and_then(|entry| entry.value.as_scalar());
    let title = title.map_or("", |title| &title.text);
    let texts = document.tree.text_nodes().filter(|node| is_shown(*node)).map(|node| node.text()).chain([title]);
    let all: Vec<String> = texts.map(words).collect();
    format!(" {} ", all.join(" "))
}

/// The words of a text in lower case, with a space between them whatever joins them.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}
