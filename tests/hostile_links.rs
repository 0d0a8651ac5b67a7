//! Posts made to be slow for the rules on links and images: 50 KB of each is checked in a few seconds, unoptimised.

#![allow(clippy::unwrap_used, clippy::panic)]

use postlint::catalog::Catalog;
use postlint::document::dialect::{Dialect, Generator};
use postlint::document::{Document, Place};
use postlint::lint::lint;
use postlint::ruleset::{Ruleset, Selection};
use postlint::source::Source;
use std::time::{Duration, Instant};

const SIZE: usize = 50_000;
/// What grows with the square of the size takes minutes.
const LIMIT: Duration = Duration::from_secs(10);

const PATTERNS: &[&str] = &[
    "<a href=\"#a\">b</a>",
    "<p id=a%N><a href=\"#b%N\">b</a>",
    "<a href=\"\" class=a>here</a>",
    "<a href=\"/a\">here</a> ",
    "<a href=\"/a\">b ",
    "<a href=\"/a\"><b><i>",
    "<td><a href=\"/a\">b",
    "<h2><div><a href=\"#가%N\">",
    "<figure><img alt=a src=b><figcaption>c",
    "<a href=/b><img alt=a src=b>",
    "<img alt=\"a,a,a,a,\">",
    "https://example.com/a에서 ",
    "https://example.com/a에서",
    "<a rel=nofollow href=\"https://example.com/%N\">a</a>,",
    "[a](b) ",
];

#[test]
fn rules_on_links_and_images_take_time_in_proportion() {
    let catalog = Catalog::builtin();
    let selection = Selection { select: vec!["links".into(), "images".into()], ..Selection::default() };
    let rules = Ruleset::configure(catalog, &[], &selection);
    for pattern in PATTERNS {
        let mut text = String::new();
        for number in 0.. {
            text.push_str(&pattern.replace("%N", &number.to_string()));
            if text.len() > SIZE {
                break;
            }
        }
        let source = Source::new(text);
        for dialect in [Dialect::Html, Dialect::CommonMark] {
            let place = Place::new("a", Generator::Hexo, dialect);
            let document = Document::parse(&source, &place);
            let start = Instant::now();
            lint(&document, &rules);
            assert!(start.elapsed() < LIMIT, "{pattern} as {dialect:?}: {:?}", start.elapsed());
        }
    }
}
