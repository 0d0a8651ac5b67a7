//! Emits `<abbr>` elements for abbreviations in text.
//!
//! In kramdown 2.4: `parser/kramdown/abbreviation.rb`, `replace_abbreviations`.

use crate::document::read::kramdown::emit::{Emitter, Reader};
use crate::document::read::kramdown::lines::is_word_byte;
use crate::document::read::kramdown::text::Text;
use crate::document::tree::build::{Build, NewAttribute};
use crate::source::Span;
use html5ever::local_name;
use std::ops::Range;

/// Maximum length of an abbreviation that is searched for, in bytes.
const MAX_ABBREVIATION: usize = 128;

/// The lengths and first bytes of the abbreviations, used to skip most of a text.
pub(super) struct Abbreviations {
    /// The distinct lengths, in bytes, longest first.
    lengths: Vec<usize>,
    /// Whether an abbreviation starts with this byte.
    starts: [bool; 256],
}

impl Abbreviations {
    pub(super) fn new(reader: &Reader<'_>) -> Abbreviations {
        let mut lengths: Vec<usize> = reader.abbreviations.keys().map(String::len).collect();
        lengths.retain(|len| (1..=MAX_ABBREVIATION).contains(len));
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        lengths.dedup();
        let mut starts = [false; 256];
        for first in reader.abbreviations.keys().filter_map(|name| name.bytes().next()) {
            starts[usize::from(first)] = true;
        }
        Abbreviations { lengths, starts }
    }

    /// The first abbreviation in `range` that is a whole word.
    fn find<'a>(&self, reader: &'a Reader<'_>, source: &str, range: Range<usize>) -> Option<(usize, &'a str)> {
        let text = source.get(..range.end)?;
        let bytes = text.as_bytes();
        let mut at = range.start;
        loop {
            at += bytes.get(at..)?.iter().position(|&byte| self.starts[usize::from(byte)])?;
            let in_word = at > 0 && is_word_byte(bytes[at - 1]);
            if !in_word && let Some(name) = self.longest_at(reader, text.get(at..)?) {
                return Some((at, name));
            }
            at += 1;
        }
    }

    /// The longest abbreviation at the start of the text that is a whole word.
    fn longest_at<'a>(&self, reader: &'a Reader<'_>, text: &str) -> Option<&'a str> {
        let known = self.lengths.iter().filter_map(|&len| reader.abbreviations.get_key_value(text.get(..len)?));
        known.map(|(name, _)| name.as_str()).find(|name| !text[name.len()..].bytes().next().is_some_and(is_word_byte))
    }
}

impl<'s, B: Build> Emitter<'_, 's, B> {
    /// Emits characters, and marks the abbreviations in them.
    pub(super) fn text_run(&mut self, text: &Text<'s>, range: Range<usize>, in_code: bool) {
        if self.reader.abbreviations.is_empty() || in_code {
            return self.characters(text, range);
        }
        let reader = self.reader;
        let mut from = range.start;
        while let Some((at, name)) = self.abbreviations.find(reader, text.as_str(), from..range.end) {
            self.characters(text, from..at);
            from = at + name.len();
            self.abbreviation(text, at..from, name);
        }
        self.characters(text, from..range.end);
    }

    fn abbreviation(&mut self, text: &Text<'s>, range: Range<usize>, name: &str) {
        let Some(abbreviation) = self.reader.abbreviations.get(name) else { return };
        if !self.reader.definitions.allow(abbreviation.title.len()) {
            return self.characters(text, range);
        }
        let mut attributes = Vec::new();
        if !abbreviation.title.is_empty() {
            let span = Some(abbreviation.title_span);
            attributes.push(NewAttribute::new(local_name!("title"), abbreviation.title.clone(), span));
        }
        self.reader.apply_lists(&abbreviation.attributes, &mut attributes);
        let span = text.span(range.clone());
        self.out.open(local_name!("abbr"), span, &attributes);
        self.characters(text, range);
        self.out.close(local_name!("abbr"), Span::empty(span.end));
    }
}
