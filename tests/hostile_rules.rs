//! Posts made to be slow: every rule, those that are off by default included, is done with 40 KB in a moment.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use postlint::catalog::Catalog;
use postlint::diagnostic::Level;
use postlint::document::dialect::{Dialect, Generator};
use postlint::document::{Document, Place};
use postlint::lint::lint;
use postlint::ruleset::{ActiveRule, Ruleset};
use postlint::source::Source;
use std::time::{Duration, Instant};

const SIZE: usize = 40_000;
const LIMIT: Duration = Duration::from_secs(3);

/// Each is repeated to the full size, after the first part.
const PATTERNS: &[(&str, &str)] = &[
    ("", "<b>"),
    ("", "<div>\n"),
    ("", "</div>"),
    ("", "</div>\n"),
    ("{% if a %}<b></b>{% endif %}\n", "<b>"),
    ("<a ", "b=“ "),
    ("<a ", "b b "),
    ("", "<p id=a>b</p>\n"),
    ("", "<h2>a</h2><h4>b</h4>\n"),
    ("", "<br>"),
    ("a", "<br>\n"),
    ("", "**'a'**b "),
    ("", "**(가)**나\n"),
    ("", "가\u{200b} "),
    ("", "[a](b\u{200b})\n"),
    ("", "`\u{200b}`\n"),
    ("", "\u{1100}\u{1161}a"),
    ("", "\u{1100}\u{1161}/"),
    ("", "â€™"),
    ("---\na: b\n---\n", "{{ a }} "),
    ("---\na: b\n---\n", "{% if a %}"),
    ("---\na: b\n---\n", "{% raw %}"),
    ("---\na: b\n---\n", "{%{"),
    ("<style>", "<p style='display:none'>"),
    ("", "<div style='color:red'>a"),
    ("", "<table><tr><th>a<th><tr><td>b<td>c</table>"),
    ("", "<script type=application/ld+json>[</script>"),
    ("", "[ab] (/a/b)\n"),
    ("", "[ab"),
    ("", "[ab] (/a/b"),
    ("", "[ab](/a b.c)"),
    ("", "![a](b)![a](c)![a](d)"),
    ("", "<p>&nbsp;&nbsp;a"),
    ("", "<table><tr><td>ab<td>cd<tr><td>ab<td>cd</table>"),
    ("<html><head><article>", "<link rel=canonical href=/a><meta name=robots content=noindex>"),
    ("", "<p lang=ko_KR><img src=http://a.b/c?fbclid=1>"),
    ("", "<a href=/b><span><img src=a.png><img src=b.png alt=' '>"),
    ("---\ntitle: a\ndate: 2024-01-01\n---\n", "<h1>a</h1>\n"),
    ("---\ntags:\n", "  - a: b\n"),
    ("<script type=application/ld+json>", "["),
    ("", "<p><b>a</b></p>\n"),
    (
        "---\ndate: 2024-01-01\n---\n",
        "<p>lorem ipsum dolor sit amet, and so on, until it is long enough to be looked at</p>\n",
    ),
];

fn all_rules() -> Ruleset {
    let mut set = Ruleset::default();
    for entry in Catalog::builtin().rules() {
        let check = entry.check(Default::default()).unwrap();
        set.add(ActiveRule { meta: entry.page.meta.clone(), level: Level::Warn, check });
    }
    set
}

#[test]
fn rules_take_hostile_posts_in_their_stride() {
    let rules = all_rules();
    let places = [
        Place::new("_posts/2024-01-01-a.md", Generator::Jekyll, Dialect::Kramdown),
        Place::new("a.md", Generator::Hugo, Dialect::CommonMark),
        Place::new("a.html", Generator::Plain, Dialect::Html),
    ];
    let mut slow = Vec::new();
    for (first, part) in PATTERNS {
        let source = Source::new(format!("{first}{}", part.repeat(SIZE / part.len())));
        for place in &places {
            let document = Document::parse(&source, place);
            let started = Instant::now();
            lint(&document, &rules);
            let took = started.elapsed();
            if took > LIMIT {
                slow.push(format!("{:?} {first:?} {part:?}: {took:?}", place.dialect));
            }
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}
