//! Hostile input for rules: the time of all rules, including those off by default, grows linearly.

use crate::support::growth;
use postlint::catalog::Catalog;
use postlint::diagnostic::Level;
use postlint::document::Document;
use postlint::engine::lint;
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::ruleset::{ActiveRule, Ruleset};
use postlint::schema::Demands;
use postlint::source::Source;
use rayon::prelude::*;
use std::time::Duration;

/// The number of parts of the shorter post in [`MADE`].
const PARTS: usize = 3_000;

/// The size of the shorter post in bytes; the longer one is four times as long.
const SIZE: usize = 6_000;

/// The start of a post, and the part that is repeated up to the full size. `%N` is the number of the repetition.
const PATTERNS: &[(&str, &str)] = &[
    ("", "<b>"),
    ("", "<div>\n"),
    ("", "</div>"),
    ("", "</div>\n"),
    ("", "</p>"),
    ("{% if a %}<b></b>{% endif %}\n", "<b>"),
    ("<a ", "b=“ "),
    ("<a ", "b b "),
    ("", "<p id=a>b</p>\n"),
    ("", "<h2>a</h2><h4>b</h4>\n"),
    ("", "<br>"),
    ("a", "<br>\n"),
    ("", "a | b\n\n"),
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
    ("", "<a href=\"#a\">b</a>"),
    ("", "<p id=a%N><a href=\"#b%N\">b</a>"),
    ("", "<a href=\"\" class=a>here</a>"),
    ("", "<a href=\"/a\">here</a> "),
    ("", "<a href=\"/a\">b "),
    ("", "<a href=\"/a\"><b><i>"),
    ("", "<td><a href=\"/a\">b"),
    ("", "<h2><div><a href=\"#가%N\">"),
    ("", "<figure><img alt=a src=b><figcaption>c"),
    ("", "<a href=/b><img alt=a src=b>"),
    ("", "<img alt=\"a,a,a,a,\">"),
    ("", "https://example.com/a에서 "),
    ("", "https://example.com/a에서"),
    ("", "<a rel=nofollow href=\"https://example.com/%N\">a</a>,"),
    ("", "[a](b) "),
];

/// Functions that create a post with a number of parts. It is linted at that size and at four times that.
const MADE: &[fn(usize) -> String] = &[
    |n| format!("[a b](http://{}b)", "a.".repeat(n)),
    |n| format!("[a b](http://{}com/?{})", "amazon.".repeat(n), "tag=&".repeat(n)),
    |n| "[a](".repeat(n),
    |n| "[ab](a".repeat(n),
    |n| "<b>".repeat(n) + &"</b>".repeat(n),
    |n| "<b a=b>".repeat(n) + &"</b>".repeat(n),
    |n| "<A>".repeat(n) + &"</A>".repeat(n),
    |n| format!("<p>{}", "<b>a</b><object><p><b>b</b></p></object>".repeat(n)),
    |n| "<!-- postlint-ignore all -->".repeat(n),
    |n| "{% comment %}postlint-ignore all{% endcomment %}\n".repeat(n),
    |n| "{::comment}postlint-ignore alt-missing{:/comment}\n".repeat(n),
    |n| "{/* postlint-ignore all */}\n".repeat(n),
    |n| format!("<!-- postlint-ignore {}-->\n", "all, ".repeat(n)),
    |n| "<!-- postlint-ignore-next-line all -->".repeat(n) + &format!("\n{}", " ".repeat(n * 20)).repeat(16),
    |n| "<!-- postlint-ignore-start all -->\n".repeat(n) + &"<!-- postlint-ignore-end -->\n".repeat(n),
    |n| {
        let names = "alt-missing, ".repeat(n);
        format!("<!-- postlint-ignore-start {names}-->\n<!-- postlint-ignore-end {names}-->\n")
    },
    |n| format!("---\ntitle: a\npostlint:\n  ignore:\n{}---\n", "  - alt-missing\n".repeat(n)),
    |n| format!("---\ntitle: a\n{}---\n", numbered("# postlint-ignore all\nk%N: v\n", n)),
    |n| format!("---\ntitle: a\n{}---\n", "titel: v\n".repeat(n)),
];

fn all_rules() -> Ruleset {
    let mut set = Ruleset::empty(Catalog::builtin());
    for entry in Catalog::builtin().rules() {
        let check = entry.check().clone();
        set.add(ActiveRule::new(entry.page.meta.clone(), Level::Warn, check));
    }
    set
}

fn numbered(part: &str, times: usize) -> String {
    (0..times).map(|number| part.replace("%N", &number.to_string())).collect()
}

fn time(text: String, place: &Place, rules: &Ruleset) -> Duration {
    let source = Source::new(text);
    let document = Document::parse(&source, place);
    growth::time(|| lint(&document, rules, &Demands::default()))
}

fn places() -> [Place; 4] {
    [
        Place::new("_posts/2024-01-01-a.md", Generator::Jekyll, Dialect::Kramdown),
        Place::new("a.md", Generator::Hugo, Dialect::CommonMark),
        Place::new("a.html", Generator::Jekyll, Dialect::Html),
        Place::new("a.mdx", Generator::Astro, Dialect::Mdx),
    ]
}

#[test]
fn rules_take_linear_time_for_hostile_posts() {
    let rules = all_rules();
    let places = places();
    let cases: Vec<_> = PATTERNS.iter().flat_map(|case| places.iter().map(move |place| (case, place))).collect();
    let slow: Vec<_> = cases
        .into_par_iter()
        .filter_map(|((first, part), place)| {
            let slow = growth::superlinear(SIZE, |size| {
                time((*first).to_owned() + &numbered(part, size / part.len()), place, &rules)
            })?;
            Some(format!("{:?} {first:?} {part:?}: {slow}", place.dialect))
        })
        .collect();
    assert!(slow.is_empty(), "{slow:#?}");
}

#[test]
fn rules_and_suppressions_take_linear_time_for_many_parts() {
    let rules = all_rules();
    let places = places();
    let cases: Vec<_> = MADE.iter().flat_map(|made| places.iter().map(move |place| (made, place))).collect();
    let slow: Vec<_> = cases
        .into_par_iter()
        .filter_map(|(made, place)| {
            let slow = growth::superlinear(PARTS, |parts| time(made(parts), place, &rules))?;
            Some(format!("{:?} {}: {slow}", place.dialect, made(2)))
        })
        .collect();
    assert!(slow.is_empty(), "{slow:#?}");
}
