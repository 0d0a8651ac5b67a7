//! Emits characters, HTML and comments that are verbatim in the file.

use crate::document::read::kramdown::blocks::{BlockId, Kind};
use crate::document::read::kramdown::emit::Emitter;
use crate::document::read::kramdown::html;
use crate::document::read::kramdown::inline::decoded;
use crate::document::read::kramdown::lines::trim;
use crate::document::read::kramdown::text::Text;
use crate::document::tree::build::{Build, NewAttribute, PositionMap};
use crate::source::Span;
use html5ever::LocalName;
use std::ops::Range;

impl<'s, B: Build> Emitter<'_, 's, B> {
    /// Emits characters that are verbatim in the file, except for line prefixes and tabs expanded to spaces.
    pub(super) fn characters(&mut self, text: &Text<'s>, range: Range<usize>) {
        if let Some(start) = text.linear() {
            if !range.is_empty() {
                self.out.text(Span::new(start + range.start as u32, start + range.end as u32));
            }
            return;
        }
        for (part, file) in text.stretches(range) {
            let span = text.span(part.clone());
            let slice = text.as_str().get(part.clone()).unwrap_or("");
            if span.len() as usize == slice.len() && span.start == file && !text.is_replaced(part.start) {
                self.out.text(span);
            } else {
                self.out.decoded_text(span, slice);
            }
        }
    }

    /// Emits HTML verbatim.
    pub(super) fn markup(&mut self, text: &Text<'s>, range: Range<usize>) {
        let Some(slice) = text.as_str().get(range.clone()).filter(|slice| !slice.is_empty()) else { return };
        if let Some(start) = text.linear() {
            return self.out.html(slice, PositionMap::Linear(start + range.start as u32));
        }
        let mut pieces: Vec<(u32, u32)> = Vec::new();
        let mut stretches = text.stretches(range.clone());
        let Some((first, file)) = stretches.next() else { return };
        if first.end >= range.end {
            if text.is_replaced(first.start) {
                return self.characters(text, range);
            }
            return self.out.html(slice, PositionMap::Linear(file));
        }
        pieces.push((0, file));
        pieces.extend(stretches.map(|(part, file)| ((part.start - range.start) as u32, file)));
        if text.is_replaced(range.end - 1) {
            // The markup ends in whitespace that differs from the file, such as spaces for a tab: map its end
            // explicitly, because the two may differ in length.
            pieces.push((slice.len() as u32, text.span(range).end));
        }
        self.out.html(slice, PositionMap::Pieces(&pieces));
    }

    /// Emits a tag without the part at `without`.
    pub(super) fn markup_around(&mut self, text: &Text<'s>, range: Range<usize>, without: Range<usize>) {
        self.markup(text, range.start..without.start);
        self.markup(text, without.end..range.end);
    }

    pub(super) fn markup_without(&mut self, id: BlockId, without: Range<usize>) {
        let text = self.text_of(id);
        self.markup_around(text, self.reader.blocks.get(id).content(), without);
    }

    /// Emits the end of an element that has no end tag.
    pub(super) fn implied_end(&mut self, id: BlockId) {
        let text = self.text_of(id);
        let name = text.as_str().get(self.reader.blocks.get(id).content()).unwrap_or("");
        let at = Span::empty(text.position(self.reader.blocks.get(id).range().start));
        self.out.close(LocalName::from(name.to_ascii_lowercase()), at);
    }

    /// Emits a run of HTML; attribute lists after it apply to its first tag.
    pub(super) fn html_block(&mut self, id: BlockId) {
        let reader = self.reader;
        let lists = &reader.blocks.get(id).attributes;
        let Some(first) = reader.blocks.first(id) else { return };
        let text = self.text_of(first);
        let range = reader.blocks.get(first).range();
        let tag = html::start_tag(text.as_str(), range.start);
        let Some(tag) = tag.filter(|_| !lists.is_empty()) else { return self.children(id) };
        let attributes = self.tag_attributes(text, range.start);
        let attributes = self.attributes(id, attributes);
        let name = LocalName::from(text.as_str()[tag.name].to_ascii_lowercase());
        self.out.open(name, text.span(range.start..tag.end), &attributes);
        for child in reader.blocks.children(id) {
            if child != first {
                self.block(child);
            } else if reader.blocks.kind(child) == Kind::Markup {
                self.markup(text, tag.end..range.end);
            }
        }
    }

    /// The attributes of the HTML tag at `at`, without `markdown`, which is not emitted.
    pub(super) fn tag_attributes(&self, text: &Text<'s>, at: usize) -> Vec<NewAttribute<'s>> {
        let source = text.as_str();
        let mut attributes = Vec::new();
        for attribute in html::tag_attributes(source, at) {
            let name = source[attribute.name.clone()].to_ascii_lowercase();
            if name == "markdown" {
                continue;
            }
            let value = attribute.value.clone().map_or(String::new(), |value| decoded(&source[value]).into_owned());
            attributes.push(NewAttribute {
                name: LocalName::from(name),
                value: value.into(),
                name_span: Some(text.span(attribute.name)),
                value_span: attribute.value.map(|value| text.span(value)),
            });
        }
        attributes
    }

    /// Emits `{::comment}`.
    pub(super) fn comment(&mut self, text: &Text<'s>, range: Range<usize>, content: Range<usize>) {
        self.out.comment(text.span(trim(text.as_str(), range)), text.span(content));
    }
}
