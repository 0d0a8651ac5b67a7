//! Parses every post of the shared corpus, if it is available, as its generator does. Nothing panics, every span is on
//! character boundaries and contains the text it refers to, and Markdown becomes the same tree as its rendered HTML.

use crate::support::shared;
use postlint::document::read::html;
use postlint::document::tree::node::{Attribute, Element, Node};
use postlint::document::{Document, NodeKind, Origin, Tree};
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::place::flavor::Flavor;
use postlint::source::{Source, Span};
use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;
use std::path::Path;
use std::time::{Duration, Instant};

/// The invalid spans of a document.
fn faults(document: &Document<'_>) -> Vec<String> {
    let source = document.source.text();
    let mut faults = Vec::new();
    for node in document.tree.root().descendants() {
        let end_tag = node.as_element().and_then(Element::end_tag);
        for span in [node.span(), end_tag].into_iter().flatten() {
            if source.get(span.range()).is_none() || !document.body.contains(span) {
                faults.push(format!("{span:?} of {:?} is no text of the body", node.kind()));
            }
        }
        match node.kind() {
            NodeKind::Element => element_faults(document, node.as_element().unwrap(), &mut faults),
            NodeKind::Text if !is_generated(node) => text_faults(source, node, &mut faults),
            NodeKind::Template if !document.tree.templates().contains(&node.span().unwrap()) => {
                faults.push(format!("{:?} is no template", node.text()));
            }
            _ => {}
        }
    }
    let templates = document.tree.templates();
    if !templates.windows(2).all(|pair| pair[0].end <= pair[1].start) {
        faults.push("templates overlap".to_owned());
    }
    faults
}

fn element_faults(document: &Document<'_>, element: Element<'_>, faults: &mut Vec<String>) {
    let source = document.source.text();
    let name = element.name();
    match (element.origin(), element.start_tag().map(|span| span.slice(source))) {
        (Origin::Html, Some(tag)) => {
            let written = tag.get(1..1 + name.len()).is_some_and(|written| written.eq_ignore_ascii_case(name));
            let quoted = tag.contains('\n') || tag.contains('\0') || name == "img";
            if !(tag.starts_with('<') && (written || quoted)) {
                faults.push(format!("the start tag of <{name}> is {tag:?}"));
            }
        }
        (Origin::Html, None) => faults.push(format!("<{name}> has no start tag")),
        _ => {}
    }
    let end_tag = element.end_tag().map(|span| span.slice(source)).filter(|tag| !tag.is_empty());
    let closes = |tag: &str| match element.origin() {
        Origin::Markdown => tag.chars().all(|c| "*_~`".contains(c)) || tag.starts_with("</"),
        _ => tag.starts_with("</") && tag.ends_with('>'),
    };
    if let Some(tag) = end_tag.filter(|tag| !closes(tag)) {
        faults.push(format!("the end tag of <{name}> is {tag:?}"));
    }
    for attribute in element.attributes() {
        attribute_faults(document, attribute, faults);
    }
}

fn attribute_faults(document: &Document<'_>, attribute: Attribute<'_>, faults: &mut Vec<String>) {
    let source = document.source.text();
    let name = attribute.name();
    if let Some(written) = attribute.name_span().map(|span| span.slice(source))
        && !written.to_ascii_lowercase().ends_with(&name.to_ascii_lowercase())
        && !written.contains(['\0', '\n'])
    {
        faults.push(format!("the name of {name} is {written:?}"));
    }
    let Some(span) = attribute.value_span() else { return };
    let Some(written) = source.get(span.range()) else {
        faults.push(format!("the value of {name} is no text"));
        return;
    };
    let is_plain = !written.contains(['&', '\\', '\n', '\r', '`', '*', '_', '[', '<', '~', '\0']);
    let derived = matches!(name, "class" | "id" | "href") || (name == "start");
    if is_plain && !attribute.is_unknown() && !derived && attribute.value() != written {
        faults.push(format!("{name}={:?} is written {written:?}", attribute.value()));
    }
    if let Some(quote) = attribute.quote().filter(|_| !attribute.is_unknown()) {
        let around = attribute.span().unwrap().slice(source);
        if !around.ends_with(quote) {
            faults.push(format!("{name} is {around:?}"));
        }
    }
}

/// Checks that each character of a text node maps to the offset of the same character in the source, in order.
fn text_faults(source: &str, node: Node<'_>, faults: &mut Vec<String>) {
    let mut last = 0;
    for (offset, character) in node.text().char_indices() {
        let at = node.written_offset(offset as u32).unwrap();
        let rest = source.get(at as usize..).unwrap_or("?");
        let is_said = rest.starts_with(character)
            || rest.starts_with('&')
            || (matches!(character, '\n' | ' ') && rest.starts_with(['\n', '\r', '\t', ' ']))
            || (character == '\u{fffd}' && rest.starts_with('\0'))
            || typographic(character).is_some_and(|plain| rest.starts_with(plain));
        if !is_said || at < last {
            faults.push(format!("{character:?} at {at} of {:?}", node.text().chars().take(40).collect::<String>()));
            return;
        }
        last = at;
    }
}

/// Whether the engine generated the text: footnote numbers, back links of footnotes, tables of contents, and no-break
/// spaces in empty cells.
fn is_generated(node: Node<'_>) -> bool {
    if node.text() == "\u{a0}" && node.origin() == Origin::Markdown {
        return true;
    }
    let mut above = std::iter::successors(node.parent(), |node| node.parent()).filter_map(Node::as_element);
    above.any(|element| {
        let class = element.attribute("class").map_or("", |class| class.value());
        let id = element.attribute("id").map_or("", |id| id.value());
        let by_engine = matches!(class, "footnote-ref" | "footnote-backref" | "data-footnote-backref");
        by_engine
            || matches!(class, "footnote" | "reversefootnote")
            || element.attribute("data-footnote-ref").is_some()
            || id == "markdown-toc"
    })
}

/// The characters that kramdown's typography replaces by `character`.
fn typographic(character: char) -> Option<&'static [char]> {
    match character {
        '‘' | '’' | '“' | '”' => Some(&['\'', '"']),
        '–' | '—' => Some(&['-']),
        '…' => Some(&['.']),
        '«' | '»' => Some(&['<', '>']),
        // Inserted before a French quotation mark, and before the back link of a footnote.
        '\u{a0}' => Some(&['<', '>', ' ', '[', '\n', '\r']),
        _ => None,
    }
}

struct Outcome {
    path: String,
    faults: Vec<String>,
    time: Duration,
    len: usize,
}

fn check(path: &Path, root: &Path) -> Option<Outcome> {
    let source = Source::from_bytes(std::fs::read(path).ok()?);
    let name = path.strip_prefix(root).ok()?.to_string_lossy().into_owned();
    let place = shared::place(&name)?;
    let start = Instant::now();
    let document = Document::parse(&source, &place);
    let time = start.elapsed();
    Some(Outcome { faults: faults(&document), path: name, time, len: source.text().len() })
}

#[test]
fn every_span_contains_its_text() {
    let Some(root) = shared::find("corpus") else { return };
    let paths = shared::files(&root, &shared::POSTS);
    let outcomes: Vec<_> = paths.par_iter().filter_map(|path| check(path, &root)).collect();
    let slowest = outcomes.iter().max_by_key(|outcome| outcome.time).unwrap();
    let bytes: usize = outcomes.iter().map(|outcome| outcome.len).sum();
    let time: Duration = outcomes.iter().map(|outcome| outcome.time).sum();
    eprintln!("{} files, {} MB in {time:?}", outcomes.len(), bytes / 1_000_000);
    eprintln!("slowest: {} ({} bytes) {:?}", slowest.path, slowest.len, slowest.time);
    let faults: Vec<_> = outcomes
        .iter()
        .flat_map(|outcome| outcome.faults.iter().take(2).map(|fault| format!("{}: {fault}", outcome.path)))
        .collect();
    let shown: Vec<_> = faults.iter().take(40).map(String::as_str).collect();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), shown.join("\n"));
}

/// The elements with depth and name, and all text without whitespace.
fn signature(tree: &Tree<'_>) -> (Vec<String>, String) {
    let (mut elements, mut text) = (Vec::new(), String::new());
    let mut stack: Vec<(Node<'_>, usize)> = vec![(tree.root(), 0)];
    while let Some((node, depth)) = stack.pop() {
        match node.kind() {
            NodeKind::Element => elements.push(format!("{depth} {}", node.as_element().unwrap().name())),
            NodeKind::Text => text.extend(node.text().chars().filter(|c| !c.is_ascii_whitespace())),
            _ => {}
        }
        let children: Vec<_> = node.children().map(|child| (child, depth + 1)).collect();
        stack.extend(children.into_iter().rev());
    }
    (elements, text)
}

/// The difference between the tree of a Markdown body and the tree of its rendered HTML. The outer `None` is for posts
/// that are not compared: those with footnotes, for which postlint generates different markup, and with templates.
fn difference(path: &Path) -> Option<Option<String>> {
    let text = String::from_utf8(std::fs::read(path).ok()?).ok()?;
    let source = Source::new(text);
    // Plain CommonMark, because pulldown-cmark renders no extensions of the engines.
    let place = Place { flavor: Flavor::unknown(), ..Place::new("a.md", Generator::Astro, Dialect::CommonMark) };
    let document = Document::parse(&source, &place);
    let body = document.body.slice(source.text());
    if ["[^", "{{", "{%"].iter().any(|unlike| body.contains(unlike)) {
        return None;
    }
    let mut rendered = String::new();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    pulldown_cmark::html::push_html(&mut rendered, Parser::new_ext(body, options));
    let mut builder = html::Constructor::new(&rendered, &rendered, html::Mode::Fragment);
    postlint::document::tree::build::Build::html(
        &mut builder,
        &rendered,
        postlint::document::tree::build::PositionMap::Linear(0),
    );
    let (elements, text) = signature(&document.tree);
    let (their_elements, their_text) = signature(&builder.finish(rendered.len() as u32, Vec::new()));
    if elements == their_elements && text == their_text {
        return Some(None);
    }
    let at = elements.iter().zip(&their_elements).take_while(|(a, b)| a == b).count();
    let chars = text.chars().zip(their_text.chars()).take_while(|(a, b)| a == b).count();
    let cut = |text: &str| text.chars().skip(chars.saturating_sub(10)).take(40).collect::<String>();
    Some(Some(format!(
        "element {at} {:?} / {:?}, text {:?} / {:?}",
        elements.get(at),
        their_elements.get(at),
        cut(&text),
        cut(&their_text)
    )))
}

#[test]
fn markdown_becomes_the_tree_of_its_rendered_html() {
    let Some(root) = shared::find("corpus") else { return };
    let paths = shared::every(4, shared::files(&root, &["md", "markdown"]));
    let results: Vec<_> = paths.par_iter().filter_map(|path| Some((path, difference(path)?))).collect();
    let different: Vec<_> = results
        .iter()
        .filter_map(|(path, difference)| Some(format!("{}: {}", path.display(), difference.as_ref()?)))
        .collect();
    eprintln!("{} of {} files differ", different.len(), results.len());
    for difference in different.iter().take(40) {
        eprintln!("{difference}");
    }
    assert!(
        results.len() > 1000 && different.len() * 1000 <= results.len() * 5,
        "{} of {}",
        different.len(),
        results.len()
    );
}

#[test]
fn templates_and_markdown_become_the_expected_tree() {
    let Some(path) = shared::find("cases/templating/2024-01-01-liquid.md") else { return };
    let source = Source::from_bytes(std::fs::read(path).unwrap());
    let place = Place::new("_posts/2024-01-01-liquid.md", Generator::Jekyll, Dialect::Kramdown);
    let document = Document::parse(&source, &place);
    assert_eq!(faults(&document), Vec::<String>::new());
    let image = document.tree.elements().find(|element| element.name() == "img").unwrap();
    assert_eq!(
        image.start_tag().unwrap().slice(source.text()),
        "![A cat]({{ site.baseurl }}/assets/img/cat.png){: .center width=\"300\"}"
    );
    assert!(image.attribute("src").unwrap().is_unknown());
    assert!(document.tree.elements().any(Element::has_unknown_attributes));
    let blocks = ["{% include", "{% for", "{% endfor", "{% highlight", "{% raw", "{% endraw"];
    let nodes: Vec<_> = document.tree.root().descendants().filter(|node| node.kind() == NodeKind::Template).collect();
    for block in blocks {
        assert!(nodes.iter().any(|node| node.text().starts_with(block)), "{block}");
    }
    let at = |start: &str| nodes.iter().find(|node| node.text().starts_with(start)).unwrap().span().unwrap();
    let raw = Span::new(at("{% raw").end, at("{% endraw").start);
    let texts = document.tree.root().descendants().filter(|node| node.kind() == NodeKind::Text);
    let written = texts.into_iter().filter(|text| text.text().contains("{{"));
    assert!(written.into_iter().all(|text| raw.contains(text.span().unwrap())));
}
