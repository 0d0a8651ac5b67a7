//! Mark-up nobody should write: parsing never panics, never takes long, and never makes a huge tree.
use html5ever::LocalName;
use postlint::document::build::{Build, PositionMap};
use postlint::document::html::{Builder, Mode};
use postlint::document::tree::{NodeKind, Tree};
use postlint::source::Span;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn parse(source: &str, mode: Mode) -> Tree<'_> {
    let mut builder = Builder::new(source, source, mode);
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
            let start = Instant::now();
            let tree = parse(bomb, mode);
            let nodes = tree.root().descendants().count();
            let took = start.elapsed();
            let name = &bomb[..bomb.len().min(40)];
            assert!(took < Duration::from_secs(10), "{name:?} took {took:?}");
            assert!(nodes < bomb.len() * 2 + 20_000, "{name:?} has {nodes} nodes");
        }
    }
}

#[test]
fn a_deep_tree_keeps_its_end_tags() {
    let source = "<div>".repeat(2000) + "x" + &"</div>".repeat(2000);
    let tree = parse(&source, Mode::Fragment);
    assert!(tree.facts().is_empty());
    let divs = || tree.elements().filter(|element| element.name() == "div");
    assert_eq!(divs().count(), 2000);
    assert!(divs().all(|div| div.end_tag().is_some()));
    let ends: std::collections::BTreeSet<_> = divs().map(|div| div.end_tag().unwrap()).collect();
    assert_eq!(ends.len(), 2000);
}

const TAGS: &[&str] = &[
    "a", "b", "i", "p", "div", "table", "tbody", "tr", "td", "caption", "colgroup", "col", "ul", "li", "h2", "h3",
    "form", "select", "option", "button", "svg", "math", "mi", "annotation-xml", "foreignObject", "desc", "template",
    "textarea", "script", "style", "title", "pre", "br", "img", "hr", "input", "html", "head", "body", "frameset",
    "frame", "noscript", "plaintext", "nobr", "marquee", "object", "dd", "dt", "ruby", "rt", "image", "main", "font",
];

/// A call of the builder.
#[derive(Clone, Debug)]
enum Step {
    Html(String),
    Open(&'static str),
    Close(&'static str),
    Text,
    Template,
}

fn tag() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(TAGS)
}

fn html() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => tag().prop_map(|tag| format!("<{tag}>")),
        3 => tag().prop_map(|tag| format!("</{tag}>")),
        1 => tag().prop_map(|tag| format!("<{tag} class=x id='y' hidden>")),
        1 => tag().prop_map(|tag| format!("<{tag}/>")),
        2 => proptest::sample::select(vec!["한글", " ", "x\r\n", "\0", "&amp;", "&notin;", "</>", "<", "<!--x-->",
            "<!doctype html>", "<![CDATA[x]]>", "<!-- ", "<div", "</", "<a href=\"", "\n", "<?x?>", "<font color=red>",
            "<input type=hidden>", "<annotation-xml encoding=text/html>"]).prop_map(str::to_owned),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => html().prop_map(Step::Html),
        2 => tag().prop_map(Step::Open),
        2 => tag().prop_map(Step::Close),
        1 => Just(Step::Text),
        1 => Just(Step::Template),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_calls_makes_a_tree(steps in proptest::collection::vec(step(), 0..40), is_page in any::<bool>()) {
        let source: String = steps.iter().map(|step| match step {
            Step::Html(html) => html.clone(),
            _ => "글 {{}}".to_owned(),
        }).collect();
        let mode = if is_page { Mode::Document } else { Mode::Fragment };
        let mut builder = Builder::new(&source, &source, mode);
        let mut at = 0;
        let mut templates = Vec::new();
        for step in &steps {
            match step {
                Step::Html(html) => {
                    builder.html(html, PositionMap::Linear(at));
                    at += html.len() as u32;
                    continue;
                }
                Step::Open(name) => builder.open(LocalName::from(*name), Span::new(at, at + 8), &[]),
                Step::Close(name) => builder.close(LocalName::from(*name), Span::empty(at)),
                Step::Text => builder.text(Span::new(at, at + 8)),
                Step::Template => builder.template(Span::new(at + 4, at + 8)),
            }
            templates.push(Span::new(at + 4, at + 8));
            at += 8;
        }
        let tree = builder.finish(source.len() as u32, templates);
        for node in tree.root().descendants() {
            if let Some(span) = node.span() {
                prop_assert!(source.get(span.range()).is_some(), "{:?} in {:?}", span, source);
            }
            prop_assert!(node.kind() != NodeKind::Text || !node.text().contains("{{"), "{:?}", node.text());
        }
    }
}
