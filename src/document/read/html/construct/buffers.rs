//! Buffers that the tokenizer's emitter fills between tokens, and state that is kept between runs of the tokenizer.

use crate::document::read::html::construct::sink::Handle;
use crate::document::read::html::names::Names;
use html5ever::tokenizer::TokenSinkResult;
use html5ever::tokenizer::states::RawKind;
use html5ever::{LocalName, QualName, local_name, ns};
use html5gum::State;
use std::borrow::Cow;
use std::ops::Range;

/// Buffers and state that are kept between runs of the tokenizer.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    pub names: Names,
    pub tag_name: Vec<u8>,
    pub attributes: Vec<RawAttribute>,
    /// Decoded names and values of `attributes`.
    pub attribute_text: Vec<u8>,
    pub comment: Vec<u8>,
    pub chunks: Vec<Chunk>,
    /// Text of the chunks that are not verbatim.
    pub decoded: Vec<u8>,
    pub doctype: RawDoctype,
    pub last_start_tag: Vec<u8>,
    /// The raw text state that an open element such as `<script>` requires.
    pub raw: Option<State>,
}

/// The offsets of an attribute in the tokenizer's input and in `attribute_text`.
#[derive(Debug)]
pub(super) struct RawAttribute {
    pub name: Range<usize>,
    pub value: Option<Range<usize>>,
    pub name_text: Range<usize>,
    pub value_text: Range<usize>,
}

/// A run of text in the tokenizer's input. If it is not verbatim in the file, it has a range of `decoded`.
#[derive(Debug)]
pub(super) struct Chunk {
    pub written: Range<usize>,
    pub decoded: Option<Range<usize>>,
}

#[derive(Debug, Default)]
pub(super) struct RawDoctype {
    pub name: Vec<u8>,
    pub public_id: Option<Vec<u8>>,
    pub system_id: Option<Vec<u8>>,
    pub force_quirks: bool,
}

impl Buffers {
    pub fn decoded_text(&self, chunk: &Chunk) -> Option<Cow<'_, str>> {
        chunk.decoded.clone().map(|range| String::from_utf8_lossy(&self.decoded[range]))
    }

    /// Must be called after a Markdown construct of this name was opened: HTML inside it may have to be parsed as text.
    pub fn opened(&mut self, name: &LocalName, result: TokenSinkResult<Handle>) {
        self.raw = raw_state(result);
        self.last_start_tag.clear();
        self.last_start_tag.extend_from_slice(name.as_bytes());
    }

    /// Whether only text is allowed at this point. `closing` is the name of an element to be closed: if that element
    /// requires text, the requirement ends.
    pub fn is_in_raw_text(&mut self, closing: Option<&LocalName>) -> bool {
        if closing.is_some_and(|name| name.as_bytes() == self.last_start_tag) {
            self.raw = None;
        }
        self.raw.is_some()
    }

    /// Sets the tokenizer state that the context element of a fragment requires.
    pub fn begin_in(&mut self, context: &QualName, scripting: bool) {
        self.raw = match context.local {
            _ if context.ns != ns!(html) => None,
            local_name!("title") | local_name!("textarea") => Some(State::RcData),
            local_name!("style")
            | local_name!("xmp")
            | local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes") => Some(State::RawText),
            local_name!("noscript") if scripting => Some(State::RawText),
            local_name!("script") => Some(State::ScriptData),
            local_name!("plaintext") => Some(State::PlainText),
            _ => None,
        };
    }
}

/// The tokenizer state that a start tag requires.
pub(super) fn raw_state(result: TokenSinkResult<Handle>) -> Option<State> {
    match result {
        TokenSinkResult::Plaintext => Some(State::PlainText),
        TokenSinkResult::RawData(RawKind::Rcdata) => Some(State::RcData),
        TokenSinkResult::RawData(RawKind::Rawtext) => Some(State::RawText),
        TokenSinkResult::RawData(_) => Some(State::ScriptData),
        _ => None,
    }
}
