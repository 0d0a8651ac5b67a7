//! Emits the tree to a builder, as it would be serialized and then parsed by a browser (`serializers.py`,
//! `postprocessors.py`).

mod characters;
mod code;
mod raw;

pub(super) use characters::{decoded, escape_at, is_reference};

use crate::document::read::python_markdown::block::Parser;
use crate::document::read::python_markdown::html::is_block_level;
use crate::document::read::python_markdown::stash::{self, Stashed};
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{Attribute, Node, NodeId, Nodes};
use crate::document::tree::build::{Build, Input, NewAttribute};
use crate::source::Span;
use html5ever::{LocalName, local_name};
use std::borrow::Cow;

/// How deep the tree is emitted.
const MAX_DEPTH: usize = 400;

/// Emits all of the tree.
pub(super) fn emit<B: Build>(parser: &Parser<'_>, input: &Input<'_, '_>, out: &mut B) {
    let mut emitter = Emitter { parser, input, out, depth: 0, stash_depth: 0 };
    emitter.children(Nodes::ROOT, false);
}

struct Emitter<'a, 'p, 'o, B> {
    parser: &'p Parser<'o>,
    input: &'a Input<'a, 'a>,
    out: &'a mut B,
    depth: usize,
    stash_depth: usize,
}

impl<B: Build> Emitter<'_, '_, '_, B> {
    fn children(&mut self, id: NodeId, is_code: bool) {
        let parser = self.parser;
        let node = parser.nodes.get(id);
        if let Some(text) = &node.text {
            self.text(text, is_code);
        }
        for &child in &node.children {
            self.node(child);
            if let Some(tail) = &parser.nodes.get(child).tail {
                self.text(tail, false);
            }
        }
    }

    fn node(&mut self, id: NodeId) {
        let node = self.parser.nodes.get(id);
        if self.depth > MAX_DEPTH || self.is_placeholder(node) {
            return self.children(id, false);
        }
        self.depth += 1;
        if let Some(code) = self.parser.nodes.code_of(id).filter(|_| self.is_highlighted(node)) {
            self.indented_code(node, code);
        } else {
            self.element(id, node);
        }
        self.depth -= 1;
    }

    /// Whether the element is `<p>` around a block of HTML, which it is left out of (`RawHtmlPostprocessor`).
    fn is_placeholder(&self, node: &Node) -> bool {
        if node.tag != local_name!("p")
            || !node.children.is_empty()
            || !node.attributes.is_empty()
            || node.tags.is_some()
        {
            return false;
        }
        let text = node.text.as_ref().map_or("", Text::as_str);
        let whole = stash::html_at_start(text).filter(|found| found.end == text.len());
        match whole.and_then(|found| self.parser.stash.get(found.index)) {
            Some(Stashed::Html(html)) => is_block(html.as_str()),
            Some(Stashed::Code(_) | Stashed::Element(_)) => true,
            _ => false,
        }
    }

    fn element(&mut self, id: NodeId, node: &Node) {
        let span = node.span.unwrap_or(Span::empty(self.input.body.start));
        let end = Span::empty(span.end);
        let is_code = node.tag == local_name!("code");
        if let Some(tags) = node.tags.as_ref().filter(|_| !node.has_changed) {
            self.html(&tags.start);
            self.children(id, is_code);
            return match &tags.end {
                Some(end) => self.html(end),
                None => self.out.close(node.tag.clone(), end),
            };
        }
        self.open(node.tag.clone(), span, &node.attributes);
        if is_void(&node.tag) {
            return;
        }
        self.children(id, is_code);
        self.out.close(node.tag.clone(), end);
    }

    fn open(&mut self, name: LocalName, span: Span, attributes: &[Attribute]) {
        let attributes: Vec<NewAttribute<'_>> = attributes.iter().map(|it| self.attribute(it)).collect();
        self.out.open(name, span, &attributes);
    }

    fn attribute<'t>(&self, attribute: &'t Attribute) -> NewAttribute<'t> {
        let Attribute { name, value, name_span, is_written } = attribute;
        let span = value.whole();
        let made = |value| NewAttribute { name: name.clone(), value, name_span: *name_span, value_span: None };
        if !is_written {
            return made(self.plain(value));
        }
        let value_span = Some(span);
        // A template is written in the file where the mask has letters.
        let written = self.input.source.get(span.range()).filter(|written| written.len() == value.len());
        let is_masked = crate::source::overlapping(self.input.templates, span).next().is_some();
        let value = match written.filter(|_| is_masked) {
            Some(written) => Cow::Owned(written.to_owned()),
            None => self.plain(value),
        };
        NewAttribute { name: name.clone(), value, name_span: *name_span, value_span }
    }

    /// A value as the page has it.
    fn plain<'t>(&self, value: &'t Text) -> Cow<'t, str> {
        let text = value.as_str();
        if memchr::memchr2(b'&', 2, text.as_bytes()).is_none() {
            return Cow::Borrowed(text);
        }
        let mut plain = String::with_capacity(text.len());
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            if let Some(found) = stash::html_at_start(rest) {
                if let Some(Stashed::Html(html) | Stashed::Characters(html)) = self.parser.stash.get(found.index) {
                    plain.push_str(html.as_str());
                }
                at += found.end;
            } else if let Some((len, c)) = escape_at(rest) {
                plain.push(c);
                at += len;
            } else {
                let len = rest.get(1..).and_then(|more| more.find(stash::STX)).map_or(rest.len(), |len| len + 1);
                plain.push_str(rest.get(..len).unwrap_or(""));
                at += len.max(1);
            }
        }
        match decoded(&plain) {
            Cow::Borrowed(_) => Cow::Owned(plain),
            Cow::Owned(decoded) => Cow::Owned(decoded),
        }
    }

    /// Emits a text with what placeholders in it stand for.
    fn text(&mut self, text: &Text, is_code: bool) {
        let mut start = 0;
        let mut at = 0;
        let content = text.as_str();
        while let Some(found) = content.get(at..).and_then(|rest| memchr::memchr(2, rest.as_bytes())) {
            at += found;
            let rest = content.get(at..).unwrap_or("");
            if let Some(found) = stash::html_at_start(rest) {
                self.characters(text, start..at, is_code);
                self.stashed(found.index);
                at += found.end;
                start = at;
            } else if let Some((len, c)) = escape_at(rest) {
                self.characters(text, start..at, is_code);
                let span = text.span(at..at + len);
                self.out.decoded_text(span, c.encode_utf8(&mut [0; 4]));
                at += len;
                start = at;
            } else {
                at += 1;
            }
        }
        self.characters(text, start..content.len(), is_code);
    }

    pub(super) fn stashed(&mut self, index: usize) {
        if self.stash_depth > 20 {
            return;
        }
        self.stash_depth += 1;
        match self.parser.stash.get(index) {
            Some(Stashed::Html(html)) => self.html(html),
            Some(Stashed::Characters(text)) => self.out.decoded_text(text.whole(), text.as_str()),
            Some(Stashed::Ordinal(number, letters)) => {
                self.characters(number, 0..number.len(), true);
                self.out.open(local_name!("sup"), letters.whole(), &[]);
                self.characters(letters, 0..letters.len(), true);
                self.out.close(local_name!("sup"), Span::empty(letters.whole().end));
            }
            Some(Stashed::Code(code)) => self.code(code),
            Some(Stashed::Element(id)) => self.node(*id),
            Some(Stashed::CheckBox { written, checked }) => self.check_box(*written, *checked),
            Some(Stashed::Taken) | None => {}
        }
        self.stash_depth -= 1;
    }

    fn check_box(&mut self, span: Span, checked: bool) {
        let Some(options) = self.parser.options.tasklist else { return };
        let made = |name: &str, value: &'static str| NewAttribute::new(LocalName::from(name), value, None);
        let mut attributes = vec![made("type", "checkbox")];
        if !options.clickable {
            attributes.push(made("disabled", ""));
        }
        if checked {
            attributes.push(made("checked", ""));
        }
        let end = Span::empty(span.end);
        if options.custom {
            self.out.open(local_name!("label"), span, &[made("class", "task-list-control")]);
        }
        self.out.open(local_name!("input"), span, &attributes);
        if options.custom {
            self.out.open(local_name!("span"), span, &[made("class", "task-list-indicator")]);
            self.out.close(local_name!("span"), end);
            self.out.close(local_name!("label"), end);
        }
        self.out.decoded_text(end, " ");
    }
}

/// Whether HTML begins with a block (`isblocklevel`).
fn is_block(html: &str) -> bool {
    let Some(rest) = html.strip_prefix('<') else { return false };
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let name = rest.split([' ', '>']).next().unwrap_or("");
    name.starts_with(['!', '?', '@', '%']) || is_block_level(name)
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "isindex"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}
