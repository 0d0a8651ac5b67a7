//! Containers of VitePress and Docusaurus: lines from `::: tip Title` to `:::`, and VitePress's `<<< file`.
//! <https://vitepress.dev/guide/markdown#custom-containers>

use crate::document::read::markdown::Reader;
use crate::document::read::markdown::attribute_list::{self, Value};
use crate::document::tree::build::{Build, NewAttribute};
use crate::place::flavor::HeadingAttributes;
use crate::source::Span;
use html5ever::{LocalName, local_name};
use pulldown_cmark::BlockQuoteKind;
use std::ops::Range;

/// Kinds of containers.
const KINDS: [&str; 10] =
    ["tip", "info", "warning", "danger", "details", "note", "caution", "important", "raw", "code-group"];

/// A line that opens or closes a container. Offsets are in the text.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub line: Range<usize>,
    role: Role,
    /// The end of the container that the line opens.
    end: usize,
}

/// What a line does.
#[derive(Clone, Debug)]
enum Role {
    /// Opens a container, with the ranges of its kind and its title.
    Opens(Range<usize>, Range<usize>),
    Closes,
    /// Includes a file as code: `<<< @/snippet.js`.
    Snippet,
}

/// The lines that open or close containers, outside of fenced code.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    if !text.contains(":::") && !text.contains("<<<") {
        return marks;
    }
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut fence: Option<&str> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim();
        if let Some(mark) = fence {
            fence = Some(mark).filter(|mark| !content.starts_with(mark));
            continue;
        }
        if content.starts_with("```") || content.starts_with("~~~") {
            fence = content.get(..3);
            continue;
        }
        if content.strip_prefix("<<<").is_some_and(|file| file.starts_with([' ', '@', '.', '/'])) {
            let line = start..start + line.trim_end().len();
            marks.push(Mark { end: line.end, line, role: Role::Snippet });
            continue;
        }
        let colons = content.len() - content.trim_start_matches(':').len();
        if colons < 3 {
            continue;
        }
        let line = start..start + line.trim_end().len();
        let rest = content.get(colons..).unwrap_or("").trim();
        if rest.is_empty() {
            if let Some((index, _)) = open.pop_if(|(_, opened)| colons >= *opened) {
                marks[index].end = line.end;
                marks.push(Mark { end: line.end, line, role: Role::Closes });
            }
            continue;
        }
        let kind = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
        if KINDS.contains(&rest.get(..kind).unwrap_or("")) {
            let from = line.end - rest.len();
            // Attributes may follow the title.
            let end = rest.find('{').map_or(line.end, |list| from + rest[..list].trim_end().len());
            let start = from + rest.len() - rest.get(kind..).unwrap_or("").trim_start().len();
            let title = start..end.max(start);
            open.push((marks.len(), colons));
            marks.push(Mark { end: text.len(), line, role: Role::Opens(from..from + kind, title) });
        }
    }
    marks
}

impl<B: Build> Reader<'_, B> {
    /// Opens and closes the containers whose lines are before `to`.
    pub(super) fn containers_above(&mut self, to: u32) {
        while let Some(mark) = self.containers.get(self.next_container).cloned() {
            let line = self.in_file(mark.line.clone());
            if line.start >= to {
                return;
            }
            self.next_container += 1;
            self.flush();
            match mark.role {
                Role::Opens(kind, title) => {
                    let whole = Span::new(line.start, self.in_file(mark.line.start..mark.end).end);
                    self.open_container((self.in_file(kind), self.in_file(title)), whole, line);
                }
                Role::Closes => {
                    let (name, elements) = self.open_containers.pop().unwrap_or((local_name!("div"), 1));
                    (0..elements).for_each(|_| self.build.close(name.clone(), line));
                }
                Role::Snippet => self.snippet(line),
            }
        }
    }

    /// Code from another file, which is not known.
    fn snippet(&mut self, line: Span) {
        self.build.open(local_name!("pre"), line, &[]);
        self.build.open(local_name!("code"), line, &[]);
        self.build.template(line);
        self.build.close(local_name!("code"), Span::empty(line.end));
        self.build.close(local_name!("pre"), Span::empty(line.end));
    }

    fn open_container(&mut self, (kind, title): (Span, Span), whole: Span, line: Span) {
        let word = self.written(kind).to_owned();
        let is_details = word == "details";
        let (name, heading) = if is_details {
            (local_name!("details"), local_name!("summary"))
        } else {
            (local_name!("div"), local_name!("p"))
        };
        let attributes = self.attributes_of_container(&word, kind, line);
        self.build.open(name.clone(), whole, &attributes);
        let is_group = word == "code-group";
        self.open_containers.push((name, if is_group { 2 } else { 1 }));
        if is_group {
            let class = NewAttribute::new(local_name!("class"), "blocks", None);
            self.build.open(local_name!("div"), whole, &[class]);
        }
        if is_group || word == "raw" {
            return;
        }
        let class = NewAttribute::new(local_name!("class"), "custom-block-title", None);
        let class: &[NewAttribute<'_>] = if is_details { &[] } else { &[class] };
        let written = if title.is_empty() { kind } else { title };
        self.build.open(heading.clone(), written, class);
        match () {
            () if !title.is_empty() => self.verbatim(title),
            () if is_details => self.build.decoded_text(kind, "Details"),
            () => self.build.decoded_text(kind, &word.to_uppercase()),
        }
        self.build.close(heading, Span::empty(written.end));
    }

    /// Opens a quote that begins with `[!NOTE]`. <https://vitepress.dev/guide/markdown#github-flavored-alerts>
    pub(super) fn open_alert(&mut self, kind: BlockQuoteKind, written: Span) {
        let word = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let quote = self.written(written);
        let at = quote.find("[!").unwrap_or(0) as u32;
        let mark = Span::new(written.start + at, written.start + at + word.len() as u32 + "[!]".len() as u32);
        let class = |class: &str| NewAttribute::new(local_name!("class"), class.to_owned(), Some(mark));
        self.build.open(local_name!("div"), written, &[class(&format!("{word} custom-block github-alert"))]);
        self.build.open(local_name!("p"), mark, &[class("custom-block-title")]);
        self.build.decoded_text(mark, &word.to_uppercase());
        self.build.close(local_name!("p"), Span::empty(mark.end));
    }

    /// The class of the kind, and the attributes in `{…}` at the end of the line.
    fn attributes_of_container(&self, kind: &str, at: Span, line: Span) -> Vec<NewAttribute<'static>> {
        let written = self.written(line);
        let list = attribute_list::at_end(written, HeadingAttributes::MarkdownItAttrs).unwrap_or_default();
        let span = |value: &Value<'_>| {
            let start = line.start + value.at as u32;
            Span::new(start, start + value.text.len() as u32)
        };
        let class = match kind {
            "code-group" => "vp-code-group vp-adaptive-theme".to_owned(),
            kind => list.classes.iter().fold(format!("{kind} custom-block"), |all, class| all + " " + class.text),
        };
        let mut attributes = vec![NewAttribute::new(local_name!("class"), class, Some(at))];
        if let Some(id) = &list.id {
            attributes.push(NewAttribute::new(local_name!("id"), id.text.to_owned(), Some(span(id))));
        }
        let others = list.others.iter();
        let other = |(key, value): &(Value<'_>, Value<'_>)| {
            NewAttribute::new(LocalName::from(key.text), value.text.to_owned(), Some(span(value)))
        };
        attributes.extend(others.map(other));
        attributes
    }

    fn in_file(&self, range: Range<usize>) -> Span {
        Span::new(range.start as u32 + self.base, range.end as u32 + self.base)
    }
}
