//! Blocks of code, without the elements that syntax highlighting adds to it.

use super::Emitter;
use crate::document::read::python_markdown::stash::{Code, Frame};
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{Node, NodeId};
use crate::document::tree::build::{Build, NewAttribute};
use crate::source::Span;
use html5ever::{LocalName, local_name};

impl<B: Build> Emitter<'_, '_, '_, B> {
    pub(super) fn code(&mut self, code: &Code) {
        let end = Span::empty(code.span.end);
        let class = self.classes(code);
        let mut outer: Vec<NewAttribute<'_>> = Vec::new();
        if let Some(id) = &code.id {
            outer.push(NewAttribute::new(local_name!("id"), id.as_str(), Some(id.whole())));
        }
        if !class.is_empty() {
            let single = code.class.first().filter(|only| code.class.len() == 1 && only.as_str() == class);
            outer.push(NewAttribute::new(local_name!("class"), class, single.map(Text::whole)));
        }
        let is_highlighted = code.frame != Frame::Plain;
        for (name, value) in code.attributes.iter().filter(|_| is_highlighted) {
            let name_span = Some(name.whole());
            let value_span = Some(value.whole());
            outer.push(NewAttribute {
                name: name.as_str().into(),
                value: value.as_str().into(),
                name_span,
                value_span,
            });
        }
        if is_highlighted {
            self.out.open(local_name!("div"), code.span, &outer);
            self.title(code);
            self.out.open(local_name!("pre"), code.span, &[]);
        } else {
            self.out.open(local_name!("pre"), code.span, &outer);
        }
        self.code_element(code);
        self.out.close(local_name!("pre"), end);
        if is_highlighted {
            self.out.close(local_name!("div"), end);
        }
    }

    fn classes(&self, code: &Code) -> String {
        let written = code.class.iter().map(Text::as_str);
        let frame = match code.frame {
            Frame::Plain => None,
            Frame::Highlighted(class) => Some(class),
        };
        written.chain(frame).collect::<Vec<_>>().join(" ")
    }

    fn title(&mut self, code: &Code) {
        let Some(title) = code.title.as_ref().filter(|title| !title.as_str().trim().is_empty()) else { return };
        let class = NewAttribute::new(local_name!("class"), "filename", None);
        self.out.open(local_name!("span"), title.whole(), &[class]);
        self.characters(title, title.trimmed(0..title.len()), true);
        self.out.close(local_name!("span"), Span::empty(title.whole().end));
    }

    fn code_element(&mut self, code: &Code) {
        let mut attributes: Vec<NewAttribute<'_>> = Vec::new();
        if code.frame == Frame::Plain {
            if let Some(language) = &code.language {
                let class = format!("language-{}", language.as_str());
                attributes.push(NewAttribute::new(local_name!("class"), class, Some(language.whole())));
            }
            for (name, value) in &code.attributes {
                let name_span = Some(name.whole());
                let value_span = Some(value.whole());
                let name = LocalName::from(name.as_str());
                attributes.push(NewAttribute { name, value: value.as_str().into(), name_span, value_span });
            }
        }
        let span = if code.content.is_empty() { code.span } else { code.content.whole() };
        self.out.open(local_name!("code"), span, &attributes);
        self.text(&code.content, true);
        self.out.close(local_name!("code"), Span::empty(span.end));
    }

    /// Whether indented code is put into frames of a highlighter.
    pub(super) fn is_highlighted(&self, node: &Node) -> bool {
        (self.parser.options.codehilite.is_some() || self.parser.options.highlight) && node.children.len() == 1
    }

    /// Code that is indented, in the frame of a highlighter (`HiliteTreeprocessor`, `HighlightTreeprocessor`).
    pub(super) fn indented_code(&mut self, node: &Node, code: NodeId) {
        let span = node.span.unwrap_or_default();
        let mut content = self.parser.nodes.get(code).text.clone().unwrap_or_default();
        let frame = self.parser.options.codehilite.unwrap_or("highlight");
        if self.parser.options.codehilite.is_some() {
            let skipped = language_line(content.as_str());
            content = content.slice(skipped..content.len());
        }
        self.code(&Code {
            span,
            content,
            class: Vec::new(),
            id: None,
            language: None,
            attributes: Vec::new(),
            title: None,
            frame: Frame::Highlighted(frame),
        });
    }
}

/// The length of a first line that only names the language: `:::python` (`CodeHilite._parseHeader`).
fn language_line(code: &str) -> usize {
    let blank = code.len() - code.trim_start_matches('\n').len();
    let line = code.get(blank..).unwrap_or("").split('\n').next().unwrap_or("");
    let colons = line.bytes().take_while(|&byte| byte == b':').count();
    let rest = match line.strip_prefix("#!") {
        Some(rest) => rest,
        None if colons >= 2 => line.get(colons..).unwrap_or(""),
        None => return 0,
    };
    let has_path = rest.starts_with(['/', ' ']);
    if has_path { 0 } else { (blank + line.len() + 1).min(code.len()) }
}
