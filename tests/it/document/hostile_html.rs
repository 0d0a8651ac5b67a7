//! Hostile HTML: parsing never panics, is never slow, and never creates a huge tree.
use crate::support::{calls, growth};
use postlint::document::read::html::{Constructor, Mode};
use postlint::document::tree::build::{Build, PositionMap};
use postlint::document::tree::{NodeKind, Origin, Tree};
use proptest::prelude::*;
use std::time::Duration;

fn parse(source: &str, mode: Mode) -> Tree<'_> {
    let mut builder = Constructor::new(source, source, mode);
    builder.html(source, PositionMap::Linear(0));
    builder.finish(source.len() as u32, Vec::new())
}

#[test]
fn hostile_files_take_linear_time() {
    let bombs = [
        "<div>".repeat(20_000),
        "<div>".repeat(10_000) + &"</div>".repeat(10_000),
        "<b><i>".repeat(10_000),
        (0..8_000).map(|n| format!("<b id={n}>")).collect::<String>() + &"<p>x".repeat(8_000),
        (0..400).map(|n| format!("<b id={n}>")).collect::<String>() + &"<p>x".repeat(20_000),
        "<a><div>".repeat(10_000),
        "<table><td>".repeat(8_000),
        "<p></p></b></i>".repeat(6_000),
        "<ul><li>".repeat(10_000) + &"</ul>".repeat(10_000),
        "</p>".repeat(20_000),
        format!("<p {}>", (0..12_000).map(|n| format!("a{n} ")).collect::<String>()),
        "<!-- --></html>".repeat(6_000),
        "<svg><desc>".repeat(8_000),
        "<math><annotation-xml encoding=text/html></math>".repeat(10_000),
        "<table>x".repeat(12_000),
        "\0".repeat(60_000),
        "<frameset>".to_owned() + &"a b ".repeat(20_000),
        "&amp;".repeat(20_000),
        "<template>".repeat(10_000),
        "<select><option>".repeat(6_000),
        "<form><form></form>".repeat(20_000),
    ];
    for bomb in &bombs {
        for mode in [Mode::Document, Mode::Fragment] {
            let mut nodes = 0;
            let took = growth::time(|| nodes = parse(bomb, mode.clone()).root().descendants().count());
            let name = &bomb[..bomb.len().min(40)];
            assert!(took < Duration::from_secs(10), "{name:?} took {took:?}");
            assert!(nodes < bomb.len() * 2 + 20_000, "{name:?} has {nodes} nodes");
        }
    }
}

/// Texts that are repeated; `%N` is the number of the repetition.
const GROWING: &[&str] = &[
    "<html a%N=b>",
    "<body a%N=b>",
    "<html a%N=b><body a%N=b>",
    "<b id=%N><p>",
    "<b id=%N></p>x",
    "<p><b id=%N></p>x",
    "<font size=%N><div>",
    "<a href=%N><div></a>",
    "<div><b id=%N></div>x",
    "<table><b id=%N>",
    "<li><b id=%N>",
    "<x%N></y%N>",
    "<b></p>",
    "<span></div>",
    "<template><td>",
    "<select><table>",
];

#[test]
fn time_grows_no_faster_than_the_file() {
    let text = |pattern: &str, size: usize| {
        let copies = (0..size / pattern.len()).map(|n| pattern.replace("%N", &n.to_string()));
        copies.collect::<String>()
    };
    for pattern in GROWING {
        let slow = growth::superlinear(20_000, |size| {
            let source = text(pattern, size);
            growth::time(|| parse(&source, Mode::Document).len())
        });
        assert!(slow.is_none(), "{pattern:?}: {}", slow.unwrap_or_default());
    }
}

#[test]
fn the_number_of_clones_is_limited() {
    let attributes: String = (0..400).map(|n| format!("a{n}=b ")).collect();
    let bombs = [
        (0..8_000).map(|n| format!("<b id={n}><p>")).collect::<String>(),
        (0..400).map(|n| format!("<b id={n}>")).collect::<String>() + &"<p>x</p>".repeat(200),
        format!("<b {attributes}>") + &"<p>x</p>".repeat(8_000),
    ];
    for bomb in &bombs {
        let tree = parse(bomb, Mode::Document);
        let copies: Vec<_> = tree.elements().filter(|it| it.origin() == Origin::Clone).collect();
        let attributes: usize = copies.iter().map(|it| it.attributes().count()).sum();
        let most = 2_000 + bomb.len() / 16;
        assert!(copies.len() < most, "{}: {} copies, {most} are enough", &bomb[..20], copies.len());
        assert!(attributes < most * 32, "{}: {attributes} attributes copied", &bomb[..20]);
    }
}

#[test]
fn further_html_and_body_tags_add_missing_attributes() {
    let source = "<html a=1 b=2><body c=3><html b=4 d=5><body c=6 e=7><html d=8 f=9>";
    let tree = parse(source, Mode::Document);
    let attributes = |name| {
        let element = tree.elements().find(|element| element.name() == name).unwrap();
        element.attributes().map(|it| format!("{}={}", it.name(), it.value())).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(attributes("html"), "a=1 b=2 d=5 f=9");
    assert_eq!(attributes("body"), "c=3 e=7");
}

#[test]
fn a_tag_with_many_attributes_is_parsed_completely() {
    // A tag this long reaches the tokenizer in several pieces.
    for quote in ["\"", "'", ""] {
        let tag: String = (0..1_000).map(|n| format!(" a{n}={quote}b&amp;{n}{quote}")).collect();
        let source = format!("<p{tag}>x</p><i title=\"y\">z</i>");
        let tree = parse(&source, Mode::Fragment);
        let p = tree.elements().find(|element| element.name() == "p").unwrap();
        assert_eq!(p.attributes().count(), 1_000);
        for (number, attribute) in p.attributes().enumerate() {
            assert_eq!((attribute.name(), attribute.value()), (&*format!("a{number}"), &*format!("b&{number}")));
            assert_eq!(attribute.value_span().unwrap().slice(&source), format!("b&amp;{number}"));
        }
        assert_eq!(tree.elements().filter(|element| element.name() == "i").count(), 1);
    }
}

#[test]
fn a_deep_tree_keeps_its_end_tags() {
    let source = "<div>".repeat(2000) + "x" + &"</div>".repeat(2000);
    let tree = parse(&source, Mode::Fragment);
    assert!(tree.notes().is_empty());
    let divs = || tree.elements().filter(|element| element.name() == "div");
    assert_eq!(divs().count(), 2000);
    assert!(divs().all(|div| div.end_tag().is_some()));
    let ends: std::collections::BTreeSet<_> = divs().map(|div| div.end_tag().unwrap()).collect();
    assert_eq!(ends.len(), 2000);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_calls_makes_a_tree(steps in proptest::collection::vec(calls::step(), 0..40), is_page in any::<bool>()) {
        let source = calls::source(&steps);
        let mode = if is_page { Mode::Document } else { Mode::Fragment };
        let mut builder = Constructor::new(&source, &source, mode);
        let templates = calls::replay(&steps, &mut builder);
        let tree = builder.finish(source.len() as u32, templates);
        for node in tree.root().descendants() {
            if let Some(span) = node.span() {
                prop_assert!(source.get(span.range()).is_some(), "{:?} in {:?}", span, source);
            }
            prop_assert!(node.kind() != NodeKind::Text || !node.text().contains("{{"), "{:?}", node.text());
        }
    }
}
