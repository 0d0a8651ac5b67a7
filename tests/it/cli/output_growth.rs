//! The time for printing many findings of one post and the length of the output grow linearly, wherever the findings
//! are.

use crate::support::growth::{superlinear, time};
use postlint::catalog::Catalog;
use postlint::diagnostic::{Authority, Diagnostic, Label, Level};
use postlint::document::Document;
use postlint::engine::{FileReport, lint};
use postlint::output::{self, About, Format, Looks, Run, Screen};
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::ruleset::Ruleset;
use postlint::schema::Demands;
use postlint::source::{Source, Span};
use std::collections::BTreeMap;
use std::time::Duration;

/// A name, a text with a finding at its start, and the text that is placed once before and after all findings.
type Family = (&'static str, &'static str, fn(usize) -> String);

const FAMILIES: [Family; 8] = [
    ("lines", "<img>\n", |_| String::new()),
    ("one line", "<img>보👩\u{200d}👧 ", |_| String::new()),
    ("a line of blanks beside them", "<img>", |n| format!("\n{}\n", " ".repeat(1000 * n))),
    ("a line of line ends beside them", "<img>", |n| "\r".repeat(20 * n)),
    ("characters to show", "<img>\u{1b}\u{202e}\u{200b}##[", |_| String::new()),
    ("characters without width", "<img>#", |n| format!("#{}#[", "\u{200d}".repeat(100 * n))),
    ("hashes", "<img>##########[", |_| String::new()),
    ("colons", "::::", |_| String::new()),
];

/// A report with `count` findings, each with related labels before and after it.
fn report(family: Family, count: usize) -> FileReport {
    let (_, piece, once) = family;
    let at = |nth: usize| Span::of(nth * piece.len()..nth * piece.len() + 4);
    let label = |nth: usize| Label { span: at(nth % count), message: "related".to_owned() };
    let finding = |nth: usize| Diagnostic {
        rule: "alt-missing".into(),
        level: Level::Warn,
        authority: Authority::Standard,
        message: format!("what is wrong with {piece}"),
        label: Label { span: at(nth), message: "here".to_owned() },
        related: (1..4).map(|next| label(nth + next)).collect(),
        help: Some(piece.to_owned()),
        fix: None,
        identity: None,
        is_shared: false,
        sharing: 0,
        elsewhere: Vec::new(),
        more_elsewhere: 0,
    };
    let text = format!("{}{}", piece.repeat(count), once(count));
    FileReport { path: "a.md".to_owned(), source: Source::new(text), diagnostics: (0..count).map(finding).collect() }
}

fn written(format: Format, file: &FileReport) -> String {
    let files = std::slice::from_ref(file);
    let elapsed = Duration::ZERO;
    let looks = Looks { width: 80, color: true, unicode: true };
    let (rules, about) = (BTreeMap::new(), About::default());
    let run = Run { files, rules: &rules, posts: 1, elapsed, looks, about: &about };
    Screen::text(|out| output::write_every(format, &run, out)).unwrap()
}

#[test]
fn many_findings_take_linear_time() {
    for family in FAMILIES {
        for (format, size) in [
            (Format::Full, 50),
            (Format::Concise, 500),
            (Format::Json, 200),
            (Format::JsonFlat, 200),
            (Format::JsonLines, 200),
            (Format::Github, 50),
            (Format::Sarif, 200),
            (Format::Gitlab, 200),
            (Format::Junit, 200),
            (Format::Checkstyle, 200),
        ] {
            let show = |count| {
                let file = report(family, count);
                time(|| written(format, &file))
            };
            assert_eq!(superlinear(size, show), None, "{}, {format:?}", family.0);
            let [short, long] = [size, size * 4].map(|count| written(format, &report(family, count)).len());
            assert!(long < short * 5, "{}, {format:?}: {short}, {long}", family.0);
        }
    }
}

#[test]
fn long_labels_are_not_repeated_for_each_place() {
    let said = |count: usize| {
        let first = format!("<link rel=canonical href=\"https://example.com/{}\">", "a".repeat(40 * count));
        let page = format!("<html><head>{first}{}</head></html>", "<link rel=canonical href=\"/b\">".repeat(count));
        let source = Source::new(page);
        let place = Place::new("a.html", Generator::Plain, Dialect::Html);
        let document = Document::parse(&source, &place);
        let found = lint(&document, &Ruleset::recommended(Catalog::builtin()), &Demands::default());
        assert!(found.len() >= count);
        let length = |finding: &Diagnostic| {
            finding.message.len() + finding.related.iter().map(|label| label.message.len()).sum::<usize>()
        };
        found.iter().map(length).sum::<usize>()
    };
    let [short, long] = [500, 2000].map(said);
    assert!(long < short * 5, "{short}, {long}");
}
