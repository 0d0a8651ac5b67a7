//! The html5lib tree construction tests, if the shared data is available.

use crate::support::shared;
use html5ever::{LocalName, Namespace, QualName, ns};
use html5gum::{DefaultEmitter, Token, Tokenizer};
use postlint::document::read::html::{Constructor, Mode};
use postlint::document::tree::build::{Build, PositionMap};
use postlint::document::tree::node::{Attribute, Element, Node};
use postlint::document::tree::{NodeKind, Tree};
use std::fmt::Write;

/// One test case of a `.dat` file.
#[derive(Debug, Default)]
struct Case {
    data: String,
    context: Option<String>,
    scripting: Option<bool>,
    expected: String,
}

fn cases(file: &str) -> Vec<Case> {
    let starts: Vec<usize> =
        std::iter::once(0).chain(file.match_indices("\n\n#data\n").map(|(at, _)| at + 2)).collect();
    starts
        .iter()
        .enumerate()
        .map(|(index, &start)| case(&file[start..starts.get(index + 1).map_or(file.len(), |end| end - 2)]))
        .collect()
}

fn case(text: &str) -> Case {
    let mut case = Case::default();
    let mut section = "";
    for line in text.trim_end_matches('\n').split('\n') {
        match line {
            "#data" | "#errors" | "#new-errors" | "#document-fragment" | "#document" => section = line,
            "#script-off" => case.scripting = Some(false),
            "#script-on" => case.scripting = Some(true),
            _ => match section {
                "#data" => case.data.extend([line, "\n"]),
                "#document" => case.expected.extend([line, "\n"]),
                "#document-fragment" => case.context = Some(line.to_owned()),
                _ => {}
            },
        }
    }
    case.data.pop();
    case
}

fn mode_of(context: Option<&str>) -> Mode {
    let Some(context) = context else { return Mode::Document };
    let (namespace, name) = match context.split_once(' ') {
        Some(("svg", name)) => (ns!(svg), name),
        Some(("math", name)) => (ns!(mathml), name),
        _ => (ns!(html), context),
    };
    Mode::FragmentIn(QualName::new(None, namespace, LocalName::from(name)))
}

fn print(tree: &Tree<'_>, source: &str, is_fragment: bool) -> String {
    let mut out = String::new();
    let top = if is_fragment { tree.root().children().next().unwrap() } else { tree.root() };
    for node in top.children() {
        print_node(node, source, 0, &mut out);
    }
    out
}

fn print_node(node: Node<'_>, source: &str, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match node.kind() {
        NodeKind::Doctype => writeln!(out, "| {indent}{}", doctype(node.span().unwrap().slice(source))),
        NodeKind::Element => print_start(node.as_element().unwrap(), &indent, out),
        NodeKind::Text => writeln!(out, "| {indent}\"{}\"", node.text()),
        NodeKind::Comment => writeln!(out, "| {indent}<!-- {} -->", node.text()),
        NodeKind::Fragment => writeln!(out, "| {indent}content"),
        kind => panic!("a {kind:?} in a tree of HTML"),
    }
    .unwrap();
    for child in node.children() {
        print_node(child, source, depth + 1, out);
    }
}

fn print_start(element: Element<'_>, indent: &str, out: &mut String) -> std::fmt::Result {
    let prefix = prefix_of(element.namespace());
    writeln!(out, "| {indent}<{prefix}{}>", element.name())?;
    let mut attributes: Vec<String> = element.attributes().map(attribute).collect();
    attributes.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
    attributes.iter().try_for_each(|attribute| writeln!(out, "| {indent}  {attribute}"))
}

fn attribute(attribute: Attribute<'_>) -> String {
    format!("{}{}=\"{}\"", prefix_of(attribute.namespace()), attribute.name(), attribute.value())
}

fn prefix_of(namespace: &Namespace) -> &'static str {
    match *namespace {
        ns!(svg) => "svg ",
        ns!(mathml) => "math ",
        ns!(xlink) => "xlink ",
        ns!(xml) => "xml ",
        ns!(xmlns) => "xmlns ",
        _ => "",
    }
}

fn doctype(written: &str) -> String {
    let tokens = Tokenizer::new_with_emitter(written, DefaultEmitter::<()>::default());
    let doctype = tokens.flatten().find_map(|token| match token {
        Token::Doctype(doctype) => Some(doctype),
        _ => None,
    });
    let doctype = doctype.unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let name = text(&doctype.name);
    match (doctype.public_identifier, doctype.system_identifier) {
        (None, None) => format!("<!DOCTYPE {name}>"),
        (public, system) => {
            let [public, system] = [public, system].map(|id| id.map(|id| text(&id)).unwrap_or_default());
            format!("<!DOCTYPE {name} \"{public}\" \"{system}\">")
        }
    }
}

#[test]
fn trees_are_those_of_html5lib() {
    let Some(folder) = shared::find("corpus/html5lib-tests/tree-construction") else { return };
    let (mut total, mut failed) = (0, Vec::new());
    for path in shared::files(&folder, &["dat"]) {
        let file = std::fs::read_to_string(&path).unwrap();
        for case in cases(&file) {
            if case.scripting == Some(true) {
                continue;
            }
            total += 1;
            let is_fragment = case.context.is_some();
            let mut builder = Constructor::new(&case.data, &case.data, mode_of(case.context.as_deref()));
            builder.html(&case.data, PositionMap::Linear(0));
            let tree = builder.finish(case.data.len() as u32, Vec::new());
            let printed = print(&tree, &case.data, is_fragment);
            if printed != case.expected {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                failed.push(format!("{name}: {:?}\nexpected\n{}got\n{printed}", case.data, case.expected));
            }
        }
    }
    eprintln!("html5lib: {} of {total} trees equal", total - failed.len());
    if std::env::var_os("POSTLINT_VERBOSE").is_some() {
        failed.iter().for_each(|failure| eprintln!("{failure}"));
    }
    assert!(failed.len() * 100 <= total, "{} of {total} differ, first {}", failed.len(), failed[0]);
}
