//! Adds spans to html5gum's tokens: an emitter that observes every step of the tokenizer and passes on complete tokens.

use crate::document::read::html::construct::buffers::{Buffers, Chunk, RawAttribute, RawDoctype, raw_state};
use crate::document::read::html::construct::feed::Feed;
use crate::document::read::html::construct::sink::{Handle, TokenAttribute, tree_builder_needs_values};
use crate::document::tree::build::PositionMap;
use crate::document::tree::{Origin, ParseNoteKind, Text};
use crate::source::{Span, overlapping};
use html5ever::interface::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Doctype, TokenSinkResult};
use html5ever::{LocalName, QualName, ns};
use html5gum::{Emitter, Error, State};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::convert::Infallible;
use std::ops::Range;

/// Number of attributes of a tag above which duplicates are found with a set.
const MANY_ATTRIBUTES: usize = 16;

/// The file that the tokens come from.
#[derive(Clone, Copy, Debug)]
pub(super) struct File<'a, 's> {
    pub source: &'s str,
    /// Whether template syntax is masked in the tokenizer's input.
    pub is_masked: bool,
    /// The spans of template syntax found so far, sorted.
    pub templates: &'a [Span],
}

/// The tokenizer's input and its position in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Html<'a> {
    pub input: &'a str,
    pub map: PositionMap<'a>,
}

pub(super) struct Tokens<'a, 's> {
    feed: &'a Feed<'s>,
    buffers: &'a mut Buffers,
    file: File<'a, 's>,
    input: &'a str,
    map: PositionMap<'a>,
    /// The offset after the bytes that the tokenizer has read.
    position: usize,
    /// The end of the last token or chunk of text.
    last: usize,
    tag_start: usize,
    is_end_tag: bool,
    is_self_closing: bool,
}

impl<'a, 's> Tokens<'a, 's> {
    pub fn new(feed: &'a Feed<'s>, buffers: &'a mut Buffers, file: File<'a, 's>, html: Html<'a>) -> Self {
        Tokens {
            feed,
            buffers,
            file,
            input: html.input,
            map: html.map,
            position: 0,
            last: 0,
            tag_start: 0,
            is_end_tag: false,
            is_self_closing: false,
        }
    }

    fn input_is(&self, at: usize, text: &[u8]) -> bool {
        self.input.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(text))
    }

    /// The span of the token that ends here; the next one begins here.
    fn token_span(&mut self) -> Span {
        self.last = self.position;
        self.map.span(self.tag_start..self.position)
    }

    fn push_verbatim(&mut self, written: Range<usize>) {
        self.last = written.end;
        match self.buffers.chunks.last_mut() {
            Some(Chunk { written: before, decoded: None }) if before.end == written.start => before.end = written.end,
            _ => self.buffers.chunks.push(Chunk { written, decoded: None }),
        }
    }

    fn push_decoded(&mut self, written: Range<usize>, text: &[u8]) {
        self.last = written.end;
        let start = self.buffers.decoded.len();
        self.buffers.decoded.extend_from_slice(text);
        let decoded = start..self.buffers.decoded.len();
        self.buffers.chunks.push(Chunk { written, decoded: Some(decoded) });
    }

    fn flush_text(&mut self) {
        let (Some(first), Some(last)) = (self.buffers.chunks.first(), self.buffers.chunks.last()) else { return };
        let span = self.map.span(first.written.start..last.written.end);
        if self.buffers.raw.is_none() && overlapping(self.file.templates, span).next().is_some() {
            self.flush_around_templates();
        } else {
            let (buffers, map, input) = (&*self.buffers, self.map, self.input);
            self.feed.characters(span, Origin::Html, |pending| {
                for chunk in &buffers.chunks {
                    match buffers.decoded_text(chunk) {
                        Some(text) => pending.push(&text, map.span(chunk.written.clone()), false),
                        None => map.each_piece(chunk.written.clone(), |range, written| {
                            let text = input.get(range).unwrap_or("");
                            pending.push(text, written, text.len() == written.len() as usize);
                        }),
                    }
                }
            });
        }
        self.buffers.chunks.clear();
        self.buffers.decoded.clear();
    }

    /// Flushes text before and after templates, so that template syntax in a table or a `<head>` is not moved together
    /// with the text.
    fn flush_around_templates(&self) {
        let text = |text: &str, written: Span, verbatim: bool| {
            self.feed.characters(written, Origin::Html, |pending| pending.push(text, written, verbatim));
        };
        let mut last = None;
        for chunk in &self.buffers.chunks {
            if let Some(decoded) = self.buffers.decoded_text(chunk) {
                text(&decoded, self.map.span(chunk.written.clone()), false);
                continue;
            }
            self.map.each_piece(chunk.written.clone(), |range, written| {
                if range.len() != written.len() as usize {
                    return text(self.input.get(range).unwrap_or(""), written, false);
                }
                let verbatim = |start: u32, end: u32| {
                    let offset = |at: u32| range.start + (at - written.start) as usize;
                    let input = if start < end { self.input.get(offset(start)..offset(end)) } else { None };
                    text(input.unwrap_or(""), Span::new(start, end.max(start)), true);
                };
                let mut at = written.start;
                for template in overlapping(self.file.templates, written) {
                    verbatim(at, template.start);
                    if last.replace(template) != Some(template) {
                        self.feed.template(template, Origin::Html);
                    }
                    at = template.end.min(written.end);
                }
                verbatim(at, written.end);
            });
        }
    }

    fn next_state(&mut self, result: TokenSinkResult<Handle>) -> Option<State> {
        self.buffers.raw = raw_state(result);
        self.buffers.raw
    }

    fn emit_start_tag(&mut self, name: LocalName, span: Span) -> Option<State> {
        self.buffers.last_start_tag.clone_from(&self.buffers.tag_name);
        let mut attributes: Vec<Attribute> = Vec::with_capacity(self.buffers.attributes.len());
        let mut seen = FxHashSet::default();
        let needs_values = tree_builder_needs_values(&name);
        let raw_attributes = std::mem::take(&mut self.buffers.attributes);
        self.feed.sink().state.borrow_mut().token.attributes.clear();
        for raw in &raw_attributes {
            let local = self.buffers.names.get(&self.buffers.attribute_text[raw.name_text.clone()]);
            let is_duplicate = match raw_attributes.len() {
                0..=MANY_ATTRIBUTES => attributes.iter().any(|known| known.name.local == local),
                _ => !seen.insert(local.clone()),
            };
            if is_duplicate {
                self.feed.sink().note(ParseNoteKind::DuplicateAttribute, self.map.span(raw.name.clone()), None);
                continue;
            }
            let value = self.push_attribute(raw, needs_values);
            attributes.push(Attribute { name: QualName::new(None, ns!(), local), value });
        }
        self.buffers.attributes = raw_attributes;
        let result = self.feed.start(name, span, attributes, self.is_self_closing, Origin::Html);
        self.next_state(result)
    }

    /// Passes an attribute's spans to the sink; returns its value if the tree builder needs it.
    fn push_attribute(&self, raw: &RawAttribute, is_needed: bool) -> StrTendril {
        let state = &mut *self.feed.sink().state.borrow_mut();
        let text = &self.buffers.attribute_text[raw.value_text.clone()];
        let name_span = self.map.span(raw.name.clone());
        let value_span = raw.value.clone().map(|value| self.map.span(value));
        let quote = raw.value.as_ref().map_or(0, |value| quote_before(self.input, value.start));
        let value = match (&raw.value, value_span) {
            (None, _) => Text::Verbatim(Span::empty(name_span.end)),
            (Some(range), Some(span)) if self.is_verbatim(range.clone(), text) => Text::Verbatim(span),
            _ => Text::Decoded(state.tree.push_string(&String::from_utf8_lossy(text))),
        };
        state.token.attributes.push(TokenAttribute { name_span: Some(name_span), value_span, quote, value });
        StrTendril::from_slice(if is_needed { state.tree.string(value) } else { "" })
    }

    /// Whether the file contains `text` at `range` of the input.
    fn is_verbatim(&self, range: Range<usize>, text: &[u8]) -> bool {
        self.map.is_contiguous(range.clone()) && self.source_bytes(range) == Some(text)
    }

    fn source_bytes(&self, range: Range<usize>) -> Option<&'s [u8]> {
        self.file.source.as_bytes().get(self.map.span(range).range())
    }

    /// The text that the tokenizer has just read, with template syntax unmasked.
    fn unmasked<'t>(&self, text: &'t [u8]) -> &'t [u8]
    where
        's: 't,
    {
        let range = self.position.wrapping_sub(text.len())..self.position;
        if !self.file.is_masked || !self.input_is(range.start, text) || !self.map.is_contiguous(range.clone()) {
            return text;
        }
        self.source_bytes(range).unwrap_or(text)
    }
}

fn quote_before(input: &str, at: usize) -> u8 {
    let before = at.checked_sub(1).and_then(|before| input.as_bytes().get(before));
    before.copied().filter(|byte| matches!(byte, b'"' | b'\'')).unwrap_or(0)
}

fn tendril(bytes: &[u8]) -> StrTendril {
    match String::from_utf8_lossy(bytes) {
        Cow::Borrowed(text) => StrTendril::from_slice(text),
        Cow::Owned(text) => StrTendril::from(text),
    }
}

impl Emitter for Tokens<'_, '_> {
    type Token = Infallible;

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.wrapping_add_signed(offset);
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.buffers.last_start_tag = name.unwrap_or_default().to_vec();
    }

    fn emit_eof(&mut self) {
        self.flush_text();
    }

    /// Returns false: rules do not use these errors, and reporting them makes the tokenizer examine every byte three
    /// times.
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _error: Error) {}

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_string(&mut self, text: &[u8]) {
        let (start, end) = (self.last, self.position);
        if text == b"\0" {
            self.flush_text();
            self.last = end;
            return self.feed.null(self.map.span(start..end));
        }
        let Some(&first) = text.first() else { return };
        let bytes = self.input.as_bytes();
        let starts_entity = bytes.get(start) == Some(&b'&');
        let exact = end.wrapping_sub(text.len());
        if (exact == start || (exact > start && !starts_entity)) && self.input_is(exact, text) {
            return self.push_verbatim(exact..end);
        }
        // `</a` in a script is emitted as `</` and `a`, both after the position has moved beyond them.
        if first != b'&' && start + text.len() < end && self.input_is(start, text) {
            return self.push_verbatim(start..start + text.len());
        }
        let written = match bytes.get(start..end).unwrap_or_default() {
            [.., b'\r'] => end - 1..end + self.input_is(end, b"\n") as usize,
            [.., b'\0'] => end - 1..end,
            // `</>` is dropped without an event, so text may start later than the last event ended.
            entity => start + memchr::memrchr(b'&', entity).unwrap_or(0)..end,
        };
        self.push_decoded(written, text);
    }

    fn init_start_tag(&mut self) {
        self.buffers.tag_name.clear();
        self.buffers.attributes.clear();
        self.buffers.attribute_text.clear();
        self.is_end_tag = false;
        self.is_self_closing = false;
    }

    fn init_end_tag(&mut self) {
        self.init_start_tag();
        self.is_end_tag = true;
    }

    fn init_comment(&mut self) {
        self.buffers.comment.clear();
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.flush_text();
        let span = self.token_span();
        let name = self.buffers.names.get(&self.buffers.tag_name);
        if self.is_end_tag {
            let result = self.feed.end(name, span, Origin::Html);
            return self.next_state(result);
        }
        self.emit_start_tag(name, span)
    }

    fn emit_current_comment(&mut self) {
        self.flush_text();
        let start = self.tag_start;
        let span = self.token_span();
        let opening = match self.input.get(start..).unwrap_or("") {
            comment if comment.starts_with("<!--") => 4,
            comment if comment.starts_with("<?") => 1,
            _ => 2,
        };
        let content = start + opening..start + opening + self.buffers.comment.len();
        let is_written = self.is_verbatim(content.clone(), &self.buffers.comment);
        self.feed.comment(span, tendril(&self.buffers.comment), is_written.then(|| self.map.span(content)));
    }

    fn emit_current_doctype(&mut self) {
        self.flush_text();
        let span = self.token_span();
        let raw = std::mem::take(&mut self.buffers.doctype);
        let doctype = Doctype {
            name: (!raw.name.is_empty()).then(|| tendril(&raw.name)),
            public_id: raw.public_id.as_deref().map(tendril),
            system_id: raw.system_id.as_deref().map(tendril),
            force_quirks: raw.force_quirks,
        };
        self.feed.doctype(span, doctype);
    }

    fn set_self_closing(&mut self) {
        self.is_self_closing = !self.is_end_tag;
    }

    fn set_force_quirks(&mut self) {
        self.buffers.doctype.force_quirks = true;
    }

    fn push_tag_name(&mut self, text: &[u8]) {
        self.buffers.tag_name.extend_from_slice(text);
    }

    fn push_comment(&mut self, text: &[u8]) {
        let text = self.unmasked(text);
        self.buffers.comment.extend_from_slice(text);
    }

    fn push_doctype_name(&mut self, text: &[u8]) {
        self.buffers.doctype.name.extend_from_slice(text);
    }

    fn init_doctype(&mut self) {
        self.buffers.doctype = RawDoctype::default();
    }

    /// html5gum calls this after the first character of the name.
    fn init_attribute(&mut self) {
        let (at, end) = (self.position.saturating_sub(1), self.buffers.attribute_text.len());
        let empty = end..end;
        self.buffers.attributes.push(RawAttribute {
            name: at..at,
            value: None,
            name_text: empty.clone(),
            value_text: empty,
        });
    }

    /// html5gum calls this after the opening quote, or before an unquoted value.
    fn init_attribute_value(&mut self) {
        let (at, end) = (self.position, self.buffers.attribute_text.len());
        if let Some(attribute) = self.buffers.attributes.last_mut() {
            attribute.value = Some(at..at);
            attribute.value_text = end..end;
        }
    }

    fn push_attribute_name(&mut self, text: &[u8]) {
        self.buffers.attribute_text.extend_from_slice(text);
        let end = self.buffers.attribute_text.len();
        if let Some(attribute) = self.buffers.attributes.last_mut() {
            attribute.name.end = self.position;
            attribute.name_text.end = end;
            attribute.value_text = end..end;
        }
    }

    fn push_attribute_value(&mut self, text: &[u8]) {
        let text = self.unmasked(text);
        self.buffers.attribute_text.extend_from_slice(text);
        let end = self.buffers.attribute_text.len();
        if let Some(attribute) = self.buffers.attributes.last_mut() {
            if let Some(value) = &mut attribute.value {
                value.end = self.position;
            }
            attribute.value_text.end = end;
        }
    }

    fn set_doctype_public_identifier(&mut self, text: &[u8]) {
        self.buffers.doctype.public_id = Some(text.to_vec());
    }

    fn set_doctype_system_identifier(&mut self, text: &[u8]) {
        self.buffers.doctype.system_id = Some(text.to_vec());
    }

    fn push_doctype_public_identifier(&mut self, text: &[u8]) {
        self.buffers.doctype.public_id.get_or_insert_default().extend_from_slice(text);
    }

    fn push_doctype_system_identifier(&mut self, text: &[u8]) {
        self.buffers.doctype.system_id.get_or_insert_default().extend_from_slice(text);
    }

    fn start_open_tag(&mut self) {
        self.tag_start = self.position.saturating_sub(1);
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end_tag
            && !self.buffers.last_start_tag.is_empty()
            && self.buffers.last_start_tag == self.buffers.tag_name
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.feed.is_in_foreign_content()
    }
}
