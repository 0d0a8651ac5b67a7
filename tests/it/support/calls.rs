//! Sequences of calls of a builder, for tests that generate them.
#![allow(dead_code)]

use html5ever::LocalName;
use postlint::document::tree::build::{Build, PositionMap};
use postlint::source::Span;
use proptest::prelude::*;

/// Elements of every kind.
const TAGS: &[&str] = &[
    "a", "b", "i", "p", "div", "table", "tbody", "tr", "td", "caption", "colgroup", "col", "ul", "li", "h2", "h3",
    "form", "select", "option", "button", "svg", "math", "mi", "annotation-xml", "foreignObject", "desc", "template",
    "textarea", "script", "style", "title", "pre", "br", "img", "hr", "input", "html", "head", "body", "frameset",
    "frame", "noscript", "plaintext", "nobr", "marquee", "object", "dd", "dt", "ruby", "rt", "image", "main", "font",
];

/// One call of a method of [`Build`].
#[derive(Clone, Debug)]
pub enum Step {
    Html(String),
    Open(&'static str),
    Close(&'static str),
    Text,
    Template,
}

fn tag() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(TAGS)
}

/// Any piece of HTML.
pub fn html() -> impl Strategy<Value = String> {
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

/// Any call.
pub fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => html().prop_map(Step::Html),
        2 => tag().prop_map(Step::Open),
        2 => tag().prop_map(Step::Close),
        1 => Just(Step::Text),
        1 => Just(Step::Template),
    ]
}

/// The elements that posts consist of.
const COMMON: &[&str] = &[
    "a", "b", "em", "code", "p", "p", "div", "span", "ul", "li", "table", "tr", "td", "th", "h2", "blockquote", "pre",
    "button", "form", "dl", "dt", "dd", "kbd", "figure", "select", "option", "optgroup", "h3", "x-y", "object",
    "summary", "caption", "tbody", "ruby", "rt",
];

/// Well-nested calls: an element with elements, HTML and text in it, written as Markdown or as HTML.
pub fn nested() -> impl Strategy<Value = Vec<Step>> {
    let leaf = prop_oneof![
        3 => Just(vec![Step::Text]),
        1 => Just(vec![Step::Template]),
        3 => proptest::sample::select(vec!["<br>", "<img src=a alt='b &amp; c'>", "<!-- x -->", "\n", "\n", "x & y",
            "&lt;", "<script>if (a < b) {}</script>", "<style>\n</style>", "<title>&amp;</title>", "</span>", "<hr/>"])
            .prop_map(|html| vec![Step::Html(html.to_owned())]),
    ];
    leaf.prop_recursive(5, 60, 5, |inner| {
        let children = proptest::collection::vec(inner, 0..5).prop_map(|all| all.concat());
        (proptest::sample::select(COMMON), any::<bool>(), 0..12u8, children).prop_map(
            |(name, is_html, end, children)| {
                let (start, end_tag) = match is_html {
                    true => (Step::Html(format!("<{name} id=a>")), Step::Html(format!("</{name}>"))),
                    false => (Step::Open(name), Step::Close(name)),
                };
                let mut all = vec![start];
                all.extend(children);
                // Some end tags are missing.
                all.extend((end > 0).then_some(end_tag));
                all
            },
        )
    })
}

/// The file that the calls are made for.
pub fn source(steps: &[Step]) -> String {
    steps
        .iter()
        .map(|step| match step {
            Step::Html(html) => html.clone(),
            _ => "글 {{}}".to_owned(),
        })
        .collect()
}

/// The spans of the templates in the file.
pub fn templates(steps: &[Step]) -> Vec<Span> {
    replay(steps, &mut postlint::document::tree::build::Nowhere)
}

/// Makes the calls. Returns the spans of the templates.
pub fn replay(steps: &[Step], builder: &mut impl Build) -> Vec<Span> {
    let mut at = 0;
    let mut templates = Vec::new();
    for step in steps {
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
    templates
}
