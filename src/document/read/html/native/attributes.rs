//! The inside of tags (<https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state>).

use crate::document::read::html::native::reason::Reason;
use crate::document::read::html::native::references::{Reference, reference};
use crate::document::read::html::native::scan::{Scan, is_space};
use crate::document::tree::{AttributeData, ParseNote, ParseNoteKind, Text};
use crate::source::Span;
use html5ever::{LocalName, QualName, ns};
use memchr::{memchr, memchr2};
use std::ops::Range;

/// Maximum number of attributes of a tag, each of which is compared with those before it.
const MAX_ATTRIBUTES: usize = 32;

/// Where an attribute is in the input.
struct Written {
    name: Range<usize>,
    value: Option<Range<usize>>,
    /// The quote around the value: `"`, `'`, or 0 if there is none.
    quote: u8,
}

impl Scan<'_, '_, '_, '_> {
    /// Scans the name of a tag, which starts at `start`, and moves the position to its end.
    pub(super) fn tag_name(&mut self, start: usize) -> LocalName {
        let end = self.skip_until(start, |byte| is_space(byte) || matches!(byte, b'/' | b'>'));
        self.at = end;
        self.name(start..end)
    }

    /// Scans the attributes of an end tag, which have no effect.
    pub(super) fn skip_attributes(&mut self) -> Result<(), Reason> {
        while self.next_attribute()?.is_some() {}
        Ok(())
    }

    /// Scans the attributes of a start tag and adds them to the tree, where its first one has the index `first`.
    pub(super) fn attributes(&mut self, first: usize) -> Result<(), Reason> {
        while let Some(written) = self.next_attribute()? {
            let name = self.name(written.name.clone());
            let known = self.native.tree.attributes.get(first..).unwrap_or(&[]);
            if known.len() == MAX_ATTRIBUTES {
                return Err(Reason::ManyAttributes);
            }
            let name_span = self.span(written.name);
            if known.iter().any(|known| known.name.local == name) {
                let kind = ParseNoteKind::DuplicateAttribute;
                self.native.tree.notes.push(ParseNote { kind, span: name_span, element: None });
                continue;
            }
            let value_span = written.value.clone().map(|value| self.span(value));
            let value = match written.value {
                None => Text::Verbatim(Span::empty(name_span.end)),
                Some(value) => self.value(value)?,
            };
            let name = QualName::new(None, ns!(), name);
            let attribute = AttributeData { name, value, name_span: Some(name_span), value_span, quote: written.quote };
            self.native.tree.attributes.push(attribute);
        }
        Ok(())
    }

    /// The next attribute of the tag; moves the position to its end, or to the end of the tag.
    fn next_attribute(&mut self) -> Result<Option<Written>, Reason> {
        let start = self.skip_until(self.at, |byte| !is_space(byte) && byte != b'/');
        match self.byte(start) {
            None => return Err(Reason::Unfinished),
            Some(b'>') => {
                self.at = start + 1;
                return Ok(None);
            }
            Some(_) => {}
        }
        // A `=` at the start is a part of the name.
        let end = self.skip_until(start + 1, |byte| is_space(byte) || matches!(byte, b'/' | b'>' | b'='));
        let mut written = Written { name: start..end, value: None, quote: 0 };
        self.at = end;
        let equals = self.skip_until(end, |byte| !is_space(byte));
        if self.byte(equals) == Some(b'=') {
            self.written_value(equals + 1, &mut written)?;
        }
        Ok(Some(written))
    }

    /// Scans the value of an attribute after the `=`.
    fn written_value(&mut self, after: usize, written: &mut Written) -> Result<(), Reason> {
        let start = self.skip_until(after, |byte| !is_space(byte));
        match self.byte(start) {
            Some(quote @ (b'"' | b'\'')) => {
                let rest = self.input.as_bytes().get(start + 1..).unwrap_or(&[]);
                let len = memchr(quote, rest).ok_or(Reason::Unfinished)?;
                written.value = Some(start + 1..start + 1 + len);
                written.quote = quote;
                self.at = start + len + 2;
            }
            Some(b'>') => return Err(Reason::AttributeValue),
            None => return Err(Reason::Unfinished),
            Some(_) => {
                let end = self.skip_until(start, |byte| is_space(byte) || byte == b'>');
                written.value = Some(start..end);
                self.at = end;
            }
        }
        Ok(())
    }

    /// The decoded value at `range`.
    fn value(&mut self, range: Range<usize>) -> Result<Text, Reason> {
        let input = self.input.get(range.clone()).unwrap_or("");
        let span = self.span(range.clone());
        let native = &mut *self.native;
        let is_contiguous = self.map.is_contiguous(range);
        let text = match (native.is_masked, is_contiguous) {
            (true, true) => native.source.get(span.range()).ok_or(Reason::AttributeValue)?,
            (true, false) => return Err(Reason::AttributeValue),
            (false, _) => input,
        };
        let is_verbatim = |text: &str| is_contiguous && native.source.get(span.range()) == Some(text);
        if memchr2(b'&', b'\r', input.as_bytes()).is_none() {
            return Ok(match is_verbatim(text) {
                true => Text::Verbatim(span),
                false => Text::Decoded(native.tree.push_string(text)),
            });
        }
        let decoded = decoded(input, text)?;
        Ok(match is_verbatim(&decoded) {
            true => Text::Verbatim(span),
            false => Text::Decoded(native.tree.push_string(&decoded)),
        })
    }

    /// The name at `range` in lower case.
    fn name(&mut self, range: Range<usize>) -> LocalName {
        let written = self.input.get(range).unwrap_or("").as_bytes();
        match written.iter().any(u8::is_ascii_uppercase) {
            true => self.native.names.get(&written.to_ascii_lowercase()),
            false => self.native.names.get(written),
        }
    }

    /// The offset of the first byte from `start` on for which `is_end` returns true, or the end.
    fn skip_until(&self, start: usize, is_end: impl Fn(u8) -> bool) -> usize {
        let rest = self.input.as_bytes().get(start..).unwrap_or(&[]);
        start + rest.iter().position(|byte| is_end(*byte)).unwrap_or(rest.len())
    }
}

/// Decodes the references of `input` in `text`, which has the same length and differs from it in template syntax.
fn decoded(input: &str, text: &str) -> Result<String, Reason> {
    let mut decoded = String::with_capacity(text.len());
    let (mut from, mut searched) = (0, 0);
    while let Some(found) = memchr2(b'&', b'\r', input.as_bytes().get(searched..).unwrap_or(&[])) {
        let at = searched + found;
        if input.as_bytes().get(at) == Some(&b'\r') {
            return Err(Reason::AttributeValue);
        }
        searched = at + 1;
        if let Some(Reference { len, characters: (first, second) }) = reference(input.get(at..).unwrap_or(""), true)? {
            decoded.push_str(text.get(from..at).unwrap_or(""));
            decoded.push(first);
            decoded.extend(second);
            searched = at + len;
            from = searched;
        }
    }
    decoded.push_str(text.get(from..).unwrap_or(""));
    Ok(decoded)
}
