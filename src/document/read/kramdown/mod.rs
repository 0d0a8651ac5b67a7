//! kramdown with Jekyll's settings: a hand-written parser that emits events with byte spans to a [`Build`]. Written
//! from kramdown's syntax reference and checked against kramdown itself. Syntax highlighting and math rendering are not
//! included.
//!
//! No other Rust library parses kramdown, and its syntax differs from CommonMark in nearly every block: lists, HTML
//! blocks, tables of prose, attribute lists, footnotes, ids of headers. With a CommonMark parser, rules would report
//! findings in text that the page does not have, so Jekyll's posts need this one. The cost is a parser of some 6,000
//! lines that has to reproduce another program's quirks, most of which its reference does not mention:
//! `tests/kramdown_cases.rs` runs kramdown's own cases, and each module names the corresponding code in kramdown 2.4.

mod attributes;
mod block;
mod blocks;
mod code_span;
mod emit;
mod entities;
mod html;
mod ids;
mod inline;
mod lines;
mod options;
mod text;
pub mod unread;

use crate::document::tree::ParseNote;
use crate::document::tree::build::{Build, Input, NewAttribute, PositionMap};
use crate::source::{Span, overlapping};
use html5ever::LocalName;
pub use options::Options;

/// Parses a Markdown file and emits it to `out`. Returns the notes.
pub fn build(input: &Input<'_, '_>, options: &Options, out: &mut impl Build) -> Vec<ParseNote> {
    let Input { source, masked, body, templates, .. } = *input;
    let (reader, root) = block::Reader::read(options.clone(), masked, body, templates);
    if templates.is_empty() {
        return emit::emit(reader, root, out);
    }
    emit::emit(reader, root, &mut Unmasked { source, templates, out })
}

/// A builder that takes attribute values from the file instead of the masked text.
struct Unmasked<'a, B> {
    source: &'a str,
    templates: &'a [Span],
    out: &'a mut B,
}

impl<B> Unmasked<'_, B> {
    fn is_masked(&self, span: Span) -> bool {
        overlapping(self.templates, span).next().is_some()
    }
}

impl<B: Build> Build for Unmasked<'_, B> {
    fn open(&mut self, name: LocalName, span: Span, attributes: &[NewAttribute<'_>]) {
        if attributes.is_empty()
            || !self.is_masked(span)
                && !attributes.iter().filter_map(|a| a.value_span).any(|value| self.is_masked(value))
        {
            return self.out.open(name, span, attributes);
        }
        let mut attributes = attributes.to_vec();
        for attribute in &mut attributes {
            let verbatim = attribute.value_span.filter(|value| value.len() as usize == attribute.value.len());
            if let Some(value) = verbatim.filter(|&value| self.is_masked(value)) {
                attribute.value = value.slice(self.source).to_owned().into();
            }
        }
        self.out.open(name, span, &attributes);
    }

    fn close(&mut self, name: LocalName, at: Span) {
        self.out.close(name, at);
    }

    fn text(&mut self, written: Span) {
        self.out.text(written);
    }

    fn decoded_text(&mut self, written: Span, text: &str) {
        self.out.decoded_text(written, text);
    }

    fn template(&mut self, written: Span) {
        self.out.template(written);
    }

    fn comment(&mut self, written: Span, content: Span) {
        self.out.comment(written, content);
    }

    fn html(&mut self, input: &str, map: PositionMap<'_>) {
        self.out.html(input, map);
    }
}
