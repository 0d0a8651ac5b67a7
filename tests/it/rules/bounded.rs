//! Costly suggestions and fixes are limited in number, and a finding with several causes is reported once.

use postlint::catalog::{Catalog, Entry};
use postlint::diagnostic::{Diagnostic, Level};
use postlint::document::Document;
use postlint::engine::lint;
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::rule::{Context, Subject};
use postlint::ruleset::Ruleset;
use postlint::schema::Demands;
use postlint::source::Source;

fn found(rule: &str, text: &str) -> Vec<Diagnostic> {
    let source = Source::new(text);
    let place = Place::new("a.html", Generator::Plain, Dialect::Html);
    let mut all =
        lint(&Document::parse(&source, &place), &Ruleset::recommended(Catalog::builtin()), &Demands::default());
    all.retain(|diagnostic| &*diagnostic.rule == rule);
    all
}

fn numbered(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

#[test]
fn few_unknown_names_are_compared_with_all_known_ones() {
    let names = numbered(1_000, |number| format!("alt-mising{number}, "));
    let told = found("suppression-unknown", &format!("<!-- postlint-ignore {names} -->\n"));
    assert_eq!(told.len(), 1_000);
    let suggested = told.iter().filter(|it| it.help.as_deref() == Some("did you mean `alt-missing`?")).count();
    assert!((10..=200).contains(&suggested), "{suggested}");
}

#[test]
fn few_fragments_are_compared_with_the_ids_of_the_post() {
    let links = numbered(1_000, |number| format!("<a href=\"#stepp-{number}\">a</a>\n"));
    let told = found("fragment-broken", &format!("<p id=\"step-1\">a</p>\n{links}"));
    assert_eq!(told.len(), 1_000);
    let suggested = told.iter().filter(|it| it.help.as_deref() == Some("did you mean `#step-1`?")).count();
    assert!((10..=200).contains(&suggested), "{suggested}");
    // A very long name gets no suggestion.
    let (id, link) = ("a".repeat(10_000), format!("{}b", "a".repeat(10_000)));
    let told = found("fragment-broken", &format!("<p id=\"{id}\">a</p><a href=\"#{link}\">a</a>"));
    assert_eq!(told.iter().map(|it| &it.help).collect::<Vec<_>>(), [&None]);
}

#[test]
fn of_equally_similar_ids_the_first_is_suggested() {
    for first in ["step-1", "step-2", "step-4", "step-9"] {
        let ids = [first, "step-1", "step-2", "step-4", "step-9"].map(|id| format!("<p id=\"{id}\">a</p>\n"));
        let told = found("fragment-broken", &format!("{}<a href=\"#step-3\">a</a>\n", ids.concat()));
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].help, Some(format!("did you mean `#{first}`?")));
    }
}

#[test]
fn a_match_of_several_patterns_is_reported_once() {
    let equal = "    - select: b\n".repeat(500);
    let alike = "    - select: b\n    - select: 'p b'\n    - select: 'p > b'\n    - all: [{select: b}, {select: p}]\n";
    for any in [&*equal, alike] {
        let page =
            format!("---\nsummary: s\ngroup: markup\nlevel: warn\nmatch:\n  any:\n{any}label: l\n---\n\n# Why\n\nx\n");
        let entry = Entry::load_users("own-rule", &page).unwrap();
        let source = Source::new("<p><b>a</b> <b>b</b></p><b>c</b>");
        let place = Place::new("a.html", Generator::Plain, Dialect::Html);
        let document = Document::parse(&source, &place);
        let mut found = Vec::new();
        let check = entry.check().clone();
        let demands = Demands::default();
        let subject = Subject::new(&document, &demands);
        check.document(&mut Context::new(&subject, &entry.page.meta, Level::Warn, &mut found), &document);
        assert_eq!(found.len(), 3, "{found:?}");
    }
}
