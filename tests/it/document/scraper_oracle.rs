//! Compares the tree of every file of the shared corpus, if it is available, with the tree of scraper, and checks all
//! spans.

use crate::support::shared;
use postlint::document::read::html::{Constructor, Mode};
use postlint::document::tree::build::{Build, PositionMap};
use postlint::document::tree::node::{Attribute, Element, Node};
use postlint::document::tree::{NodeKind, Origin, ParseNoteKind, Tree};
use postlint::source::Span;
use rayon::prelude::*;
use scraper::node::Node as Theirs;
use std::path::PathBuf;

fn parse(source: &str, mode: Mode) -> Tree<'_> {
    let mut builder = Constructor::with_scripting(source, source, mode, true);
    builder.html(source, PositionMap::Linear(0));
    builder.finish(source.len() as u32, Vec::new())
}

/// One line for each node, in document order.
fn ours(tree: &Tree<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut stack: Vec<(Node<'_>, usize)> = vec![(tree.root(), 0)];
    while let Some((node, depth)) = stack.pop() {
        match node.kind() {
            NodeKind::Element => {
                let element = node.as_element().unwrap();
                let mut attributes: Vec<_> =
                    element.attributes().map(|a| format!("{}={:?}", a.name(), a.value())).collect();
                attributes.sort();
                lines.push(format!("{depth} <{} {}>", element.name(), attributes.join(" ")));
            }
            NodeKind::Text => lines.push(format!("{depth} text {:?}", node.text())),
            NodeKind::Comment => lines.push(format!("{depth} comment {:?}", node.text())),
            NodeKind::Doctype => lines.push(format!("{depth} doctype")),
            NodeKind::Fragment => lines.push(format!("{depth} content")),
            NodeKind::Document | NodeKind::Template => {}
        }
        let children: Vec<_> = node.children().map(|child| (child, depth + 1)).collect();
        stack.extend(children.into_iter().rev());
    }
    lines
}

fn theirs(html: &scraper::Html) -> Vec<String> {
    let mut lines = Vec::new();
    let mut stack = vec![(html.tree.root(), 0)];
    while let Some((node, depth)) = stack.pop() {
        match node.value() {
            Theirs::Element(element) => {
                let mut attributes: Vec<_> = element.attrs().map(|(k, v)| format!("{k}={v:?}")).collect();
                attributes.sort();
                lines.push(format!("{depth} <{} {}>", element.name(), attributes.join(" ")));
            }
            Theirs::Text(text) => lines.push(format!("{depth} text {:?}", &**text)),
            Theirs::Comment(text) => lines.push(format!("{depth} comment {:?}", &**text)),
            Theirs::Doctype(_) => lines.push(format!("{depth} doctype")),
            Theirs::Fragment if depth > 0 => lines.push(format!("{depth} content")),
            _ => {}
        }
        let children: Vec<_> = node.children().map(|child| (child, depth + 1)).collect();
        stack.extend(children.into_iter().rev());
    }
    lines
}

/// The invalid spans of a tree.
fn faults(source: &str, tree: &Tree<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    for node in tree.root().descendants() {
        let end_tag = node.as_element().and_then(Element::end_tag);
        for span in [node.span(), end_tag].into_iter().flatten() {
            if source.get(span.range()).is_none() {
                faults.push(format!("{span:?} is no text"));
            }
        }
        match node.kind() {
            NodeKind::Element => element_faults(source, node.as_element().unwrap(), &mut faults),
            NodeKind::Text => text_faults(source, node, &mut faults),
            NodeKind::Comment | NodeKind::Doctype => {
                let written = node.span().unwrap().slice(source);
                if !written.starts_with('<') {
                    faults.push(format!("{:?} is {written:?}", node.kind()));
                }
            }
            kind => faults.extend((kind != NodeKind::Fragment).then(|| format!("{kind:?}"))),
        }
    }
    let is_stray = |span: Span| span.slice(source).starts_with("</");
    let strays = tree.notes().iter().filter(|note| note.kind != ParseNoteKind::DuplicateAttribute);
    faults.extend(strays.filter(|note| !is_stray(note.span)).map(|note| format!("{note:?}")));
    faults
}

fn element_faults(source: &str, element: Element<'_>, faults: &mut Vec<String>) {
    let name = element.name();
    let expected = matches!(element.origin(), Origin::Html | Origin::Clone);
    if expected != element.start_tag().is_some() {
        faults.push(format!("<{name}> {:?} has start tag {:?}", element.origin(), element.start_tag()));
    }
    if (element.origin() == Origin::Clone) != element.original().is_some() {
        faults.push(format!("<{name}> {:?} has original {}", element.origin(), element.original().is_some()));
    }
    if let Some(tag) = element.start_tag().map(|span| span.slice(source)) {
        let is_named = tag.get(1..1 + name.len()).is_some_and(|written| written.eq_ignore_ascii_case(name));
        let is_changed = name == "img" || tag.contains('\0');
        if !(tag.starts_with('<') && tag.ends_with('>') && (is_named || is_changed)) {
            faults.push(format!("the start tag of <{name}> is {tag:?}"));
        }
    }
    if let Some(tag) = element.end_tag().map(|span| span.slice(source)) {
        let is_named = tag.get(2..2 + name.len()).is_some_and(|written| written.eq_ignore_ascii_case(name));
        let is_heading =
            name.len() == 2 && name.starts_with('h') && tag.get(2..3).is_some_and(|h| h.eq_ignore_ascii_case("h"));
        if !(tag.starts_with("</") && tag.ends_with('>') && (is_named || is_heading || tag.contains('\0'))) {
            faults.push(format!("the end tag of <{name}> is {tag:?}"));
        }
    }
    for attribute in element.attributes() {
        attribute_faults(source, attribute, faults);
    }
}

fn attribute_faults(source: &str, attribute: Attribute<'_>, faults: &mut Vec<String>) {
    let name = attribute.name_span().unwrap().slice(source);
    let is_named = name.eq_ignore_ascii_case(attribute.name()) || name.ends_with(&format!(":{}", attribute.name()));
    if !is_named && !name.contains('\0') {
        faults.push(format!("the name of {} is {name:?}", attribute.name()));
    }
    let Some(span) = attribute.value_span() else {
        faults.extend((!attribute.value().is_empty()).then(|| format!("{} has no value span", attribute.name())));
        return;
    };
    let quote = attribute.quote().map(String::from).unwrap_or_default();
    let value = span.slice(source);
    let around = attribute.span().unwrap().slice(source);
    if !around.ends_with(&format!("{quote}{value}{quote}")) {
        faults.push(format!("{} is {around:?}", attribute.name()));
    }
    let decoded = decode(value, &quote);
    if decoded.as_deref() != Some(attribute.value()) {
        faults.push(format!("{}={value:?} decodes to {decoded:?}, not {:?}", attribute.name(), attribute.value()));
    }
}

/// Decodes an attribute value as it is written in the source.
fn decode(value: &str, quote: &str) -> Option<String> {
    if value.is_empty() {
        return Some(String::new());
    }
    let tag = format!("<a b={quote}{value}{quote}>");
    html5gum::Tokenizer::new(&tag).flatten().find_map(|token| match token {
        html5gum::Token::StartTag(tag) => {
            tag.attributes.values().next().map(|value| String::from_utf8_lossy(&value.value).into_owned())
        }
        _ => None,
    })
}

/// Checks that each character of a text node maps to the offset of the same character in the source.
fn text_faults(source: &str, node: Node<'_>, faults: &mut Vec<String>) {
    let text = node.text();
    let span = node.span().unwrap();
    let mut last = 0;
    for (offset, character) in text.char_indices() {
        let at = node.written_offset(offset as u32).unwrap();
        let rest = source.get(at as usize..).unwrap_or("");
        let is_said = rest.starts_with(character)
            || rest.starts_with('&')
            || (character == '\n' && rest.starts_with('\r'))
            || (character == '\u{fffd}' && rest.starts_with('\0'));
        if !is_said || at < span.start || at >= span.end || at < last {
            faults.push(format!("{character:?} of {:?} at {at} in {span:?}", &text[..text.len().min(offset + 9)]));
            return;
        }
        last = at;
    }
}

fn check(paths: &[PathBuf]) {
    let results: Vec<_> = paths
        .par_iter()
        .filter_map(|path| {
            let source = String::from_utf8(std::fs::read(path).ok()?).ok()?;
            // html5ever drops a byte order mark, which is not part of a post's body.
            let source = source.trim_start_matches('\u{feff}');
            let mut wrong = Vec::new();
            for (mode, html) in [
                (Mode::Document, scraper::Html::parse_document as fn(&str) -> scraper::Html),
                (Mode::Fragment, scraper::Html::parse_fragment),
            ] {
                let tree = parse(source, mode.clone());
                let (ours, theirs) = (ours(&tree), theirs(&html(source)));
                if ours != theirs {
                    let at = ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
                    wrong.push(format!("{mode:?}: {:?} is {:?} in scraper", ours.get(at), theirs.get(at)));
                }
                wrong.extend(faults(source, &tree));
            }
            let wrong: Vec<_> = wrong.into_iter().take(3).map(|fault| format!("{}: {fault}", path.display())).collect();
            Some((source.len(), wrong))
        })
        .collect();
    let bytes: usize = results.iter().map(|(len, _)| len).sum();
    let wrong: Vec<_> = results.iter().flat_map(|(_, wrong)| wrong).collect();
    eprintln!("{} files, {} MB, {} faults", results.len(), bytes / 1_000_000, wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.iter().take(20).map(|w| w.as_str()).collect::<Vec<_>>().join("\n"));
}

#[test]
fn html_files_become_the_tree_of_scraper() {
    let Some(folder) = shared::find("corpus") else { return };
    check(&shared::every(4, shared::files(&folder, &["html", "htm"])));
}

#[test]
fn markdown_parsed_as_html_becomes_the_tree_of_scraper() {
    let Some(folder) = shared::find("corpus") else { return };
    check(&shared::every(8, shared::files(&folder, &["md", "markdown", "mdx"])));
}
