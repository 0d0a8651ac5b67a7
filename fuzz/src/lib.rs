//! Helpers for the fuzz targets.

#[path = "../../tests/it/support/sound.rs"]
pub mod sound;

use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::ruleset::Ruleset;
use postlint::source::Source;
use std::sync::LazyLock;

/// All rules, including those that are off by default.
pub static RULES: LazyLock<Ruleset> = LazyLock::new(sound::all_rules);

const PLACES: [(&str, Generator, Dialect); 10] = [
    ("_posts/2024-01-01-a.md", Generator::Jekyll, Dialect::Kramdown),
    ("a.md", Generator::Hugo, Dialect::CommonMark),
    ("a.mdx", Generator::Astro, Dialect::Mdx),
    ("a.html", Generator::Plain, Dialect::Html),
    ("_posts/2024-01-01-a.html", Generator::Jekyll, Dialect::Html),
    ("_posts/a.md", Generator::Hexo, Dialect::CommonMark),
    ("a.md", Generator::Eleventy, Dialect::CommonMark),
    ("a.md", Generator::Astro, Dialect::CommonMark),
    ("docs/a.md", Generator::MkDocs, Dialect::PythonMarkdown),
    ("content/a.md", Generator::Pelican, Dialect::PythonMarkdown),
];

/// Splits the input into a post and its place. The last byte selects the place, so that the input can begin with front
/// matter. `None` if no place is `wanted`.
pub fn post(data: &[u8], wanted: impl Fn(Dialect) -> bool) -> Option<(Source, Place)> {
    let (&choice, bytes) = data.split_last()?;
    let places: Vec<_> = PLACES.into_iter().filter(|place| wanted(place.2)).collect();
    let (path, generator, dialect) = *places.get(usize::from(choice) % places.len().max(1))?;
    Some((Source::from_bytes(bytes.to_vec()), Place::new(path, generator, dialect)))
}

/// Parses a post in one of the wanted dialects.
pub fn read(data: &[u8], wanted: impl Fn(Dialect) -> bool) {
    if let Some((source, place)) = post(data, wanted) {
        sound::document_holds(&postlint::document::Document::parse(&source, &place));
    }
}
