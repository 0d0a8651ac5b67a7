//! What the targets share.

#[path = "../../tests/it/support/sound.rs"]
pub mod sound;

use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::ruleset::Ruleset;
use postlint::source::Source;
use std::sync::LazyLock;

/// Every rule.
pub static RULES: LazyLock<Ruleset> = LazyLock::new(sound::all_rules);

const PLACES: [(&str, Generator, Dialect); 8] = [
    ("_posts/2024-01-01-a.md", Generator::Jekyll, Dialect::Kramdown),
    ("a.md", Generator::Hugo, Dialect::CommonMark),
    ("a.mdx", Generator::Astro, Dialect::Mdx),
    ("a.html", Generator::Plain, Dialect::Html),
    ("_posts/2024-01-01-a.html", Generator::Jekyll, Dialect::Html),
    ("_posts/a.md", Generator::Hexo, Dialect::CommonMark),
    ("a.md", Generator::Eleventy, Dialect::CommonMark),
    ("a.md", Generator::Astro, Dialect::CommonMark),
];

/// A post in the input, and how to read it: the last byte says so, that front matter can stand first. `None` where no
/// place is `wanted`.
pub fn post(data: &[u8], wanted: impl Fn(Dialect) -> bool) -> Option<(Source, Place)> {
    let (&choice, bytes) = data.split_last()?;
    let places: Vec<_> = PLACES.into_iter().filter(|place| wanted(place.2)).collect();
    let (path, generator, dialect) = *places.get(usize::from(choice) % places.len().max(1))?;
    Some((Source::from_bytes(bytes.to_vec()), Place::new(path, generator, dialect)))
}

/// Reads a post of one of the dialects.
pub fn read(data: &[u8], wanted: impl Fn(Dialect) -> bool) {
    if let Some((source, place)) = post(data, wanted) {
        sound::document_holds(&postlint::document::Document::parse(&source, &place));
    }
}
