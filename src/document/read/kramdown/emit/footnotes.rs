//! Footnotes: the markers in the text, and the contents at the end of the post.

use crate::document::read::kramdown::blocks::{BlockId, Kind};
use crate::document::read::kramdown::emit::Emitter;
use crate::document::read::kramdown::text::Text;
use crate::document::tree::build::{Build, NewAttribute};
use crate::source::Span;
use html5ever::{LocalName, local_name};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The footnotes referred to so far, each with the number of its markers.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    used: Vec<(String, usize)>,
    /// Index in `used` by name.
    indexes: FxHashMap<String, usize>,
    /// All footnotes, known in advance if a list marked `{:footnotes}` is to be replaced by them.
    planned: Vec<(String, usize)>,
    /// Whether the footnotes have already replaced a list.
    pub(super) placed: bool,
}

impl Footnotes {
    /// Adopts the footnotes that a first pass over the post, `other`, has found.
    pub(super) fn plan(&mut self, other: Footnotes) {
        self.planned = other.used;
    }
}

fn attribute<'a>(name: &str, value: impl Into<std::borrow::Cow<'a, str>>) -> NewAttribute<'a> {
    NewAttribute::new(LocalName::from(name), value, None)
}

impl<'s, B: Build> Emitter<'_, 's, B> {
    pub(super) fn footnote_marker(&mut self, text: &Text<'s>, range: Range<usize>, name: Range<usize>) {
        let written = text.as_str()[name.clone()].to_owned();
        let next = self.footnotes.used.len();
        let index = *self.footnotes.indexes.entry(written.clone()).or_insert(next);
        if index == next {
            self.footnotes.used.push((written.clone(), 0));
        }
        let count = self.footnotes.used[index].1;
        self.footnotes.used[index].1 += 1;
        let id = if count == 0 { format!("fnref:{written}") } else { format!("fnref:{written}:{count}") };
        let span = text.span(range);
        let href = NewAttribute::new(local_name!("href"), format!("#fn:{written}"), Some(text.span(name)));
        self.out.open(local_name!("sup"), span, &[attribute("id", id), attribute("role", "doc-noteref")]);
        self.out.open(local_name!("a"), span, &[href, attribute("class", "footnote"), attribute("rel", "footnote")]);
        self.out.decoded_text(span, &(index + 1).to_string());
        let end = Span::empty(span.end);
        self.out.close(local_name!("a"), end);
        self.out.close(local_name!("sup"), end);
    }

    /// Emits the contents of all footnotes, including those that only other footnotes refer to.
    pub(super) fn emit_footnotes(&mut self) {
        if self.footnotes.used.is_empty() || self.footnotes.placed {
            return;
        }
        let reader = self.reader;
        let span_of = |emitter: &Self, name: &str| reader.footnotes.get(name).map(|&note| emitter.span_of(note));
        let first = self.footnotes.used.first().and_then(|(name, _)| span_of(self, name)).unwrap_or_default();
        let around = [attribute("class", "footnotes"), attribute("role", "doc-endnotes")];
        self.out.open(local_name!("div"), first, &around);
        self.out.open(local_name!("ol"), first, &[]);
        let mut index = 0;
        while let Some((name, _)) = self.footnotes.used.get(index) {
            let name = name.clone();
            if let Some(&note) = reader.footnotes.get(&name) {
                self.footnote(note, index, &name);
            }
            index += 1;
        }
        let end = Span::empty(first.end);
        self.out.close(local_name!("ol"), end);
        self.out.close(local_name!("div"), end);
    }

    /// Emits the footnotes in place of a list marked `{:footnotes}`.
    pub(super) fn place_footnotes(&mut self) {
        let planned = Footnotes { used: std::mem::take(&mut self.footnotes.planned), ..Footnotes::default() };
        let outer = std::mem::replace(&mut self.footnotes, planned);
        self.emit_footnotes();
        self.footnotes = outer;
        self.footnotes.placed = true;
    }

    fn footnote(&mut self, note: BlockId, index: usize, name: &str) {
        let reader = self.reader;
        let span = self.span_of(note);
        let id = attribute("id", format!("fn:{name}"));
        self.out.open(local_name!("li"), span, &[id, attribute("role", "doc-endnote")]);
        let last = reader.blocks.children(note).filter(|&id| reader.blocks.kind(id) != Kind::Blank).last();
        let paragraph = last.filter(|&last| matches!(reader.blocks.kind(last), Kind::Paragraph(_)));
        self.after_footnote = paragraph.map(|last| (last, index));
        self.children(note);
        let end = Span::empty(span.end);
        if paragraph.is_none() {
            self.out.open(local_name!("p"), end, &[]);
            self.links_to_markers(index, end);
            self.out.close(local_name!("p"), end);
        }
        self.after_footnote = None;
        self.out.close(local_name!("li"), end);
    }

    /// Emits the back links of a footnote at the end of the paragraph `id`, if they belong there.
    pub(super) fn links_back(&mut self, id: BlockId) {
        if let Some((last, index)) = self.after_footnote.filter(|(last, _)| *last == id) {
            let end = Span::empty(self.span_of(last).end);
            self.out.decoded_text(end, "\u{a0}");
            self.links_to_markers(index, end);
        }
    }

    fn links_to_markers(&mut self, index: usize, at: Span) {
        let Some((name, count)) = self.footnotes.used.get(index).cloned() else { return };
        for number in 0..count {
            let href = if number == 0 { format!("#fnref:{name}") } else { format!("#fnref:{name}:{number}") };
            let attributes =
                [attribute("href", href), attribute("class", "reversefootnote"), attribute("role", "doc-backlink")];
            if number > 0 {
                self.out.decoded_text(at, "\u{a0}");
            }
            self.out.open(local_name!("a"), at, &attributes);
            self.out.decoded_text(at, "\u{21a9}");
            if number > 0 {
                self.out.open(local_name!("sup"), at, &[]);
                self.out.decoded_text(at, &(number + 1).to_string());
                self.out.close(local_name!("sup"), at);
            }
            self.out.close(local_name!("a"), at);
        }
    }
}
