//! Emits the text inside blocks.

use crate::document::read::kramdown::blocks::BlockId;
use crate::document::read::kramdown::emit::Emitter;
use crate::document::read::kramdown::inline::{
    Event, Events, Inline, Math, Opening, OpeningTag, Surroundings, next_special,
};
use crate::document::read::kramdown::text::Text;
use crate::document::tree::build::{Build, NewAttribute};
use crate::source::Span;
use html5ever::{LocalName, local_name};
use memchr::memchr3;
use std::borrow::Cow;
use std::ops::Range;

impl<'s, B: Build> Emitter<'_, 's, B> {
    /// The context in which the text of the current block is parsed.
    pub(super) fn surroundings(&self) -> Surroundings {
        Surroundings { parse_span_html: self.parse_span_html, in_html: self.in_html }
    }

    /// Parses and emits the text of a block.
    pub(super) fn inline(&mut self, text: &Text<'s>, range: Range<usize>) {
        match self.read(text, range.clone()) {
            Some(events) => self.emit_read(text, events),
            None => self.text_run(text, range, false),
        }
    }

    /// Emits parsed events, and keeps their allocation for the next block.
    pub(super) fn emit_read(&mut self, text: &Text<'s>, events: Events<'s>) {
        self.emit_events(text, &events);
        self.events = events;
    }

    /// Parses the text of a block; `None` if it contains only characters.
    pub(super) fn read(&mut self, text: &Text<'s>, range: Range<usize>) -> Option<Events<'s>> {
        let first = first_mark(text, range.clone(), self.reader.options.hard_wrap)?;
        let buffer = std::mem::take(&mut self.events);
        let inline = Inline::read_from(first, self.reader, text, range, buffer, self.surroundings());
        self.parse_span_html = inline.parse_span_html;
        self.notes.extend(inline.notes);
        Some(inline.events)
    }

    /// The text of a header from which its id is generated.
    pub(super) fn plain_text<'t>(&mut self, text: &'t Text<'s>, range: Range<usize>) -> Cow<'t, str> {
        if first_mark(text, range.clone(), self.reader.options.hard_wrap).is_none() {
            return text.as_str().get(range).unwrap_or("").into();
        }
        let buffer = std::mem::take(&mut self.events);
        let events = Inline::read(self.reader, text, range, buffer, self.surroundings()).events;
        let plain = plain(text, &events);
        self.events = events;
        plain.into()
    }

    fn emit_events(&mut self, text: &Text<'s>, events: &Events<'s>) {
        let mut index = 0;
        // The open element whose content a browser parses as raw text.
        let mut raw_text = None;
        while let Some(event) = events.all.get(index) {
            index += 1;
            match event {
                Event::Tag(tag) if raw_text.is_none() && holds_raw_text(&text.as_str()[tag.name()]) => {
                    raw_text = Some(index - 1);
                    self.emit_event(text, index - 1, events);
                }
                Event::EndTag(_, opened) | Event::ImpliedEnd(_, opened) if raw_text == Some(*opened) => {
                    raw_text = None;
                    self.emit_event(text, index - 1, events);
                }
                Event::Text(range) | Event::Decoded(range, _) if raw_text.is_some() => {
                    self.raw_text(text, range.clone(), matches!(event, Event::Text(_)));
                }
                Event::Text(range) => {
                    let mut range = range.clone();
                    while let Some(Event::Text(next)) = events.all.get(index) {
                        if next.start != range.end {
                            break;
                        }
                        range.end = next.end;
                        index += 1;
                    }
                    let in_code =
                        matches!(events.all.get(index), Some(Event::Close(name, _)) if *name == local_name!("code"));
                    self.text_run(text, range, in_code);
                }
                _ => self.emit_event(text, index - 1, events),
            }
        }
    }

    fn emit_event(&mut self, text: &Text<'s>, index: usize, events: &Events<'s>) {
        let has_lists = |index: usize| events.lists_of(index).next().is_some();
        match &events.all[index] {
            Event::Text(_) | Event::Nothing => {}
            Event::Decoded(range, decoded) => self.out.decoded_text(text.span(range.clone()), decoded),
            Event::Open(opening) => {
                let attributes = self.opening_attributes(events, index, opening);
                self.out.open(opening.name.clone(), text.span(opening.range.clone()), &attributes);
            }
            Event::Close(name, range) => self.out.close(name.clone(), text.span(range.clone())),
            Event::Markup(range) => self.markup(text, range.clone()),
            Event::Tag(tag) if has_lists(index) => {
                let mut attributes = self.tag_attributes(text, tag.range.start);
                self.apply_lists(events, index, &mut attributes);
                let name = local_name(text, tag);
                self.out.open(name, text.span(tag.range.clone()), &attributes);
            }
            Event::Tag(tag) => match tag.markdown() {
                Some(markdown) => self.markup_around(text, tag.range.clone(), markdown),
                None => self.markup(text, tag.range.clone()),
            },
            Event::EndTag(range, opened) => match &events.all[*opened] {
                Event::Tag(tag) if has_lists(*opened) => {
                    self.out.close(local_name(text, tag), text.span(range.clone()));
                }
                _ => self.markup(text, range.clone()),
            },
            Event::ImpliedEnd(at, opened) => {
                if let Event::Tag(tag) = &events.all[*opened] {
                    self.out.close(local_name(text, tag), Span::empty(text.position(*at)));
                }
            }
            Event::Math(math) => {
                let mut attributes = Vec::new();
                self.apply_lists(events, index, &mut attributes);
                self.math_within_line(text, math, &attributes);
            }
            Event::Footnote(range, name) => self.footnote_marker(text, range.clone(), name.clone()),
            Event::Comment(range, content) => self.comment(text, range.clone(), content.clone()),
        }
    }

    /// Emits characters in an element whose content a browser parses as raw text. kramdown escapes them as in other
    /// elements, except for character references, which are kept verbatim.
    fn raw_text(&mut self, text: &Text<'s>, range: Range<usize>, escape: bool) {
        let bytes = text.as_str().as_bytes().get(..range.end).unwrap_or_default();
        let mut from = range.start;
        while let Some(found) = bytes.get(from..).filter(|_| escape).and_then(|rest| memchr3(b'<', b'>', b'&', rest)) {
            let at = from + found;
            self.characters(text, from..at);
            let escaped = match bytes[at] {
                b'<' => "&lt;",
                b'>' => "&gt;",
                _ => "&amp;",
            };
            self.out.decoded_text(text.span(at..at + 1), escaped);
            from = at + 1;
        }
        self.characters(text, from..range.end);
    }

    fn math_within_line(&mut self, text: &Text<'s>, math: &Math, attributes: &[NewAttribute<'_>]) {
        let (span, inside) = (text.span(math.range.clone()), text.span(math.inside.clone()));
        // The delimiters that math scripts look for; if there are attributes, kramdown emits different ones.
        let (open, close) = if attributes.is_empty() { ("\\(", "\\)") } else { ("$", "$") };
        if !attributes.is_empty() {
            self.out.open(local_name!("span"), span, attributes);
        }
        self.out.decoded_text(Span::new(span.start, inside.start), open);
        self.characters(text, math.inside.clone());
        self.out.decoded_text(Span::new(inside.end, span.end), close);
        if !attributes.is_empty() {
            self.out.close(local_name!("span"), Span::empty(span.end));
        }
    }

    /// The attributes of the element that the event at `index` opens.
    fn opening_attributes<'e>(
        &self,
        events: &'e Events<'s>,
        index: usize,
        opening: &Opening,
    ) -> Cow<'e, [NewAttribute<'s>]> {
        let mut attributes = Cow::Borrowed(events.attributes_of(opening));
        let definition = opening.definition.and_then(|number| self.reader.links.get(number as usize));
        if let Some(definition) = definition.filter(|definition| !definition.attributes.is_empty()) {
            self.reader.apply_lists(&definition.attributes, attributes.to_mut());
        }
        if events.lists_of(index).next().is_some() {
            self.apply_lists(events, index, attributes.to_mut());
        }
        attributes
    }

    /// Applies the attribute lists after an inline element.
    fn apply_lists(&self, events: &Events<'s>, index: usize, attributes: &mut Vec<NewAttribute<'s>>) {
        for number in events.lists_of(index) {
            let list = (number as usize).checked_sub(self.reader.lists.len());
            if let Some(list) = list.and_then(|number| events.lists.get(number)) {
                list.apply(&self.reader.definitions, attributes);
            }
        }
    }

    /// Emits a paragraph of a single image marked `{:standalone}` as a figure; returns whether it was one.
    pub(super) fn figure(&mut self, id: BlockId, text: &Text<'s>, content: Range<usize>) -> bool {
        let written = text.as_str().get(content.clone()).unwrap_or("");
        if !written.starts_with("![") || !written.contains("standalone") {
            return false;
        }
        let events = Inline::read(self.reader, text, content, Events::default(), self.surroundings()).events;
        let [Event::Open(image)] = &events.all[..] else { return false };
        if !events.lists.iter().any(|list| list.refers_to("standalone")) {
            return false;
        }
        let mut attributes = self.opening_attributes(&events, 0, image).into_owned();
        let mut own = Vec::new();
        if self.reader.blocks.get(id).attributes.is_empty() {
            let is_own = |attribute: &NewAttribute<'_>| {
                attribute.name == local_name!("id") || attribute.name == local_name!("class")
            };
            own = attributes.iter().filter(|attribute| is_own(attribute)).cloned().collect();
            attributes.retain(|attribute| !is_own(attribute));
        }
        let end = self.open(local_name!("figure"), id, own);
        self.out.open(local_name!("img"), text.span(image.range.clone()), &attributes);
        if let Some(alt) = attributes.iter().find(|attribute| attribute.name == local_name!("alt")) {
            let span = alt.value_span.unwrap_or(end);
            self.out.open(local_name!("figcaption"), span, &[]);
            self.out.decoded_text(span, &alt.value);
            self.out.close(local_name!("figcaption"), Span::empty(span.end));
        }
        self.out.close(local_name!("figure"), end);
        true
    }
}

/// The offset of the first byte that may be inline syntax; `None` if there is none.
fn first_mark(text: &Text<'_>, range: Range<usize>, hard_wrap: bool) -> Option<usize> {
    next_special(text.as_str().as_bytes().get(..range.end)?, range.start, hard_wrap)
}

/// The text of `events` without markup: verbatim and decoded characters, and the content of inline math.
pub(super) fn plain(text: &Text<'_>, events: &Events<'_>) -> String {
    let mut plain = String::new();
    for event in &events.all {
        match event {
            Event::Text(range) => plain.push_str(text.as_str().get(range.clone()).unwrap_or("")),
            Event::Decoded(_, decoded) => plain.push_str(decoded),
            Event::Math(math) => plain.push_str(text.as_str().get(math.inside.clone()).unwrap_or("")),
            _ => {}
        }
    }
    plain
}

fn local_name(text: &Text<'_>, tag: &OpeningTag) -> LocalName {
    LocalName::from(text.as_str()[tag.name()].to_ascii_lowercase())
}

/// Whether a browser parses the element's content as raw text, character references included.
fn holds_raw_text(name: &str) -> bool {
    ["script", "style", "xmp", "noembed", "noframes"].into_iter().any(|known| name.eq_ignore_ascii_case(known))
}
