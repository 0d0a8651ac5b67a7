//! Writes the output of the kramdown parser as HTML, and compares pages by their elements, attributes and text.
#![allow(dead_code)]

pub mod pieces;

use html5ever::LocalName;
use postlint::document::read::html::{Constructor, Mode};
use postlint::document::read::kramdown::{Options, build};
use postlint::document::tree::build::{Build, Input, NewAttribute, PositionMap};
use postlint::document::{NodeKind, Tree};
use postlint::source::Span;
use scraper::{ElementRef, Html, Node};

/// A builder that writes HTML and checks every span that it receives.
pub struct Writer<'s> {
    source: &'s str,
    body: Span,
    /// Whether the current element contains raw text, which is not escaped.
    raw: bool,
    pub html: String,
    pub faults: Vec<String>,
}

impl<'s> Writer<'s> {
    fn check(&mut self, span: Span, what: &str) {
        let inside = span.start <= span.end && self.body.contains(span);
        let bounds =
            self.source.is_char_boundary(span.start as usize) && self.source.is_char_boundary(span.end as usize);
        if !inside || !bounds {
            self.faults.push(format!("{what}: {span:?}"));
        }
    }

    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                c if self.raw => self.html.push(c),
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '&' => self.html.push_str("&amp;"),
                '"' => self.html.push_str("&quot;"),
                c => self.html.push(c),
            }
        }
    }
}

impl Build for Writer<'_> {
    fn open(&mut self, name: LocalName, span: Span, attributes: &[NewAttribute<'_>]) {
        self.check(span, &name);
        self.html.push('<');
        self.html.push_str(&name);
        for attribute in attributes {
            for span in [attribute.name_span, attribute.value_span].into_iter().flatten() {
                self.check(span, &attribute.name);
            }
            self.html.push(' ');
            self.html.push_str(&attribute.name);
            self.html.push_str("=\"");
            self.escaped(&attribute.value);
            self.html.push('"');
        }
        self.html.push('>');
        self.raw = is_raw(&name);
    }

    fn close(&mut self, name: LocalName, at: Span) {
        self.check(at, "close");
        self.raw &= !is_raw(&name);
        self.html.push_str("</");
        self.html.push_str(&name);
        self.html.push('>');
    }

    fn text(&mut self, written: Span) {
        self.check(written, "text");
        self.escaped(written.slice(self.source));
    }

    fn decoded_text(&mut self, written: Span, text: &str) {
        self.check(written, text);
        self.escaped(text);
    }

    fn template(&mut self, written: Span) {
        self.check(written, "template");
        self.html.push_str("<!--template-->");
    }

    fn comment(&mut self, written: Span, content: Span) {
        self.check(written, "comment");
        self.check(content, "content of a comment");
        self.html.push_str(&format!("<!-- {} -->", content.slice(self.source)));
    }

    fn html(&mut self, input: &str, map: PositionMap<'_>) {
        let pieces = match map {
            PositionMap::Linear(at) => vec![(0, at)],
            PositionMap::Pieces(pieces) => pieces.to_vec(),
        };
        for (index, &(at, file)) in pieces.iter().enumerate() {
            let end = pieces.get(index + 1).map_or(input.len(), |next| next.0 as usize);
            let Some(piece) = input.get(at as usize..end) else {
                self.faults.push(format!("piece {at}..{end} of {input:?}"));
                continue;
            };
            self.check(Span::empty(file), "html piece");
            // kramdown replaces tabs by spaces, and a single carriage return by a line feed.
            let white = piece.bytes().all(|byte| matches!(byte, b' ' | b'\n'));
            if !white && !self.source[file as usize..].starts_with(piece) {
                self.faults.push(format!("{piece:?} is not at {file}"));
            }
        }
        self.html.push_str(input);
        self.raw = is_raw_after(input, self.raw);
    }
}

/// Whether raw text, which is not escaped, follows `input`.
fn is_raw_after(input: &str, raw: bool) -> bool {
    let name = |tag: &str| tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap().to_owned();
    match input.rsplit_once('<').map(|(_, tag)| (tag.strip_prefix('/'), tag)) {
        Some((Some(end_tag), _)) => raw && !is_raw(&name(end_tag)),
        Some((None, tag)) => raw || is_raw(&name(tag)),
        None => raw,
    }
}

/// Whether the element contains raw text, which is not escaped.
fn is_raw(name: &str) -> bool {
    matches!(name.to_ascii_lowercase().as_str(), "script" | "style" | "xmp" | "noembed" | "noframes")
}

/// Renders `body` of `source` as HTML. Returns it with the invalid spans.
pub fn render_body(options: &Options, source: &str, body: Span) -> (String, Vec<String>) {
    let mut writer = Writer { source, body, raw: false, html: String::new(), faults: Vec::new() };
    for note in build(&Input::plain(source, body), options, &mut writer) {
        writer.check(note.span, "note");
    }
    (writer.html, writer.faults)
}

/// Renders a whole text as HTML.
pub fn render(options: &Options, source: &str) -> String {
    let (html, faults) = render_body(options, source, Span::new(0, source.len() as u32));
    assert!(faults.is_empty(), "{faults:?}\n{source}");
    html
}

/// The page as lines: elements with sorted attributes, text with whitespace collapsed.
pub fn outline(html: &str) -> Vec<String> {
    let page = Html::parse_fragment(html);
    let mut lines = Vec::new();
    walk(page.root_element(), &mut lines);
    tidy(lines)
}

fn walk(element: ElementRef<'_>, lines: &mut Vec<String>) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => match lines.last_mut() {
                Some(last) if last.starts_with('"') => last.push_str(text),
                _ => lines.push(format!("\"{}", &**text)),
            },
            Node::Element(data) => {
                let mut attributes: Vec<_> =
                    data.attrs().map(|(name, value)| format!(" {name}={}", fold(value))).collect();
                attributes.sort();
                lines.push(format!("<{}{}", data.name(), attributes.concat()));
                if let Some(inner) = ElementRef::wrap(child) {
                    walk(inner, lines);
                }
                lines.push(format!("/{}", data.name()));
            }
            _ => {}
        }
    }
}

/// Builds a tree from `body` of `source`. Returns its outline and its invalid spans.
pub fn tree_outline(options: &Options, source: &str, body: Span) -> (Vec<String>, Vec<String>) {
    let mut builder = Constructor::new(source, source, Mode::Fragment);
    build(&Input::plain(source, body), options, &mut builder);
    let tree = builder.finish(body.end, Vec::new());
    outline_of(&tree, source, &|_| String::new())
}

/// Returns the text that replaces a template in the page.
pub type Written<'w> = &'w dyn Fn(&str) -> String;

/// The outline of a tree, and its invalid spans.
pub fn outline_of(tree: &Tree<'_>, source: &str, written: Written<'_>) -> (Vec<String>, Vec<String>) {
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    // The implied `html` element of a fragment is left out.
    let top = tree.root().children().find(|node| node.as_element().is_some_and(|element| element.name() == "html"));
    walk_tree(top.unwrap_or(tree.root()), source, written, &mut lines, &mut faults);
    (tidy(lines), faults)
}

fn walk_tree(
    node: postlint::document::Node<'_>,
    source: &str,
    written: Written<'_>,
    lines: &mut Vec<String>,
    faults: &mut Vec<String>,
) {
    for child in node.children() {
        if let Some(span) = child.span() {
            let valid = source.get(span.range()).is_some();
            if !valid {
                faults.push(format!("{:?} {span:?}", child.kind()));
            }
        }
        match (child.kind(), child.as_element()) {
            (NodeKind::Text, _) => push_text(lines, child.text()),
            (NodeKind::Template, _) => push_text(lines, &written(child.span().unwrap().slice(source))),
            (_, Some(element)) => {
                let attributes = element.attributes();
                let mut attributes: Vec<_> = attributes.map(|a| format!(" {}={}", a.name(), fold(a.value()))).collect();
                attributes.sort();
                lines.push(format!("<{}{}", element.name(), attributes.concat()));
                walk_tree(child, source, written, lines, faults);
                lines.push(format!("/{}", element.name()));
            }
            _ => walk_tree(child, source, written, lines, faults),
        }
    }
}

fn push_text(lines: &mut Vec<String>, text: &str) {
    match lines.last_mut() {
        Some(last) if last.starts_with('"') => last.push_str(text),
        _ => lines.push(format!("\"{text}")),
    }
}

/// Collapses whitespace like HTML, which keeps no-break spaces.
fn fold(text: &str) -> String {
    let words: Vec<&str> = text.split([' ', '\t', '\n', '\r', '\x0c']).filter(|word| !word.is_empty()).collect();
    let mut folded = words.join(" ");
    let space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c');
    if text.starts_with(space) {
        folded.insert(0, ' ');
    }
    if text.ends_with(space) && folded.len() > 1 {
        folded.push(' ');
    }
    folded
}

const INLINE: &[&str] = &[
    "a", "abbr", "b", "button", "cite", "code", "del", "em", "font", "i", "img", "input", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "select", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
];

/// Collapses the whitespace of text, and removes it at the start and end of blocks.
fn tidy(lines: Vec<String>) -> Vec<String> {
    let is_block = |line: Option<&String>| {
        line.is_none_or(|line| {
            let name = line[1..].split(' ').next().unwrap_or("");
            !line.starts_with('"') && !INLINE.contains(&name)
        })
    };
    let mut tidied = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let Some(text) = line.strip_prefix('"') else {
            tidied.push(line.clone());
            continue;
        };
        let folded = fold(text);
        let mut text = folded.as_str();
        if index == 0 || is_block(lines.get(index - 1)) {
            text = text.trim_start_matches(' ');
        }
        if is_block(lines.get(index + 1)) {
            text = text.trim_end_matches(' ');
        }
        if !text.is_empty() {
            tidied.push(format!("\"{text}"));
        }
    }
    tidied
}

/// The first line in which two outlines differ, with the lines before it.
pub fn difference(ours: &[String], theirs: &[String]) -> Option<String> {
    let at = (0..ours.len().max(theirs.len())).find(|&at| ours.get(at) != theirs.get(at))?;
    let before = &theirs[at.saturating_sub(4)..at.min(theirs.len())];
    let show = |lines: &[String]| lines.get(at..(at + 3).min(lines.len())).unwrap_or_default().join("\n    ");
    Some(format!("after\n    {}\nours\n    {}\nkramdown\n    {}", before.join("\n    "), show(ours), show(theirs)))
}
