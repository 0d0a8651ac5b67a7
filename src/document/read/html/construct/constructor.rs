//! Builds a post's tree from Markdown constructs and raw HTML with html5ever's tree builder.

use crate::document::read::html::construct::buffers::Buffers;
use crate::document::read::html::construct::feed::Feed;
use crate::document::read::html::construct::reader::Reader;
use crate::document::read::html::construct::sink::{Sink, TokenAttribute, tree_builder_needs_values};
use crate::document::read::html::construct::tokens::{File, Html, Tokens};
use crate::document::read::html::mode::Mode;
use crate::document::read::html::raw_html::RawHtml;
use crate::document::read::html::templates;
use crate::document::tree::build::{Build, NewAttribute, PositionMap};
use crate::document::tree::{Origin, Text, Tree};
use crate::source::Span;
use html5ever::interface::{Attribute, create_element};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, QualName, local_name, ns};
use html5gum::Tokenizer;

/// Builds a tree by the rules of WHATWG tree construction.
pub struct Constructor<'s> {
    source: &'s str,
    /// The text that the parsers see, if it differs from the file.
    masked: Option<Box<str>>,
    feed: Feed<'s>,
    buffers: Buffers,
    templates: Vec<Span>,
    /// Raw HTML that is not tokenized yet: a tag may continue in the next call.
    raw_html: RawHtml,
}

impl<'s> Constructor<'s> {
    /// Creates a builder for the file `source`. `parsed` is the file with template syntax masked at equal length, or
    /// `source` itself. `parsed` determines whitespace and markup; the strings of the tree are taken from `source`.
    pub fn new(source: &'s str, parsed: &str, mode: Mode) -> Self {
        Constructor::with_scripting(source, parsed, mode, false)
    }

    /// Like [`new`](Self::new), for a browser that runs scripts: `<noscript>` then contains text.
    pub fn with_scripting(source: &'s str, parsed: &str, mode: Mode, scripting: bool) -> Self {
        let is_same = std::ptr::eq(source, parsed) || parsed.len() != source.len() || source == parsed;
        let options = TreeBuilderOpts { scripting_enabled: scripting, ..Default::default() };
        let is_page = mode == Mode::Document;
        let mut buffers = Buffers::default();
        let sink = Sink::new(source);
        let context = match mode {
            Mode::Document => None,
            Mode::Fragment => Some(QualName::new(None, ns!(html), local_name!("body"))),
            Mode::FragmentIn(context) => Some(context),
        };
        let tree_builder = match context {
            None => TreeBuilder::new(sink, options),
            Some(name) => {
                buffers.begin_in(&name, scripting);
                let context = create_element(&sink, name, Vec::new());
                TreeBuilder::new_for_fragment(sink, context, None, options)
            }
        };
        Constructor {
            source,
            masked: (!is_same).then(|| parsed.into()),
            feed: Feed::new(tree_builder, is_page),
            buffers,
            templates: Vec::new(),
            raw_html: RawHtml::default(),
        }
    }

    /// Passes the sorted spans of template syntax in advance: then a template in raw HTML keeps its place even in a
    /// table or a `<head>`, where text would be moved.
    pub fn expect_templates(&mut self, templates: Vec<Span>) {
        self.templates = templates;
    }

    /// Ends the file at `end` and returns the tree. `templates` are the sorted spans of template syntax; each one
    /// inside text becomes a separate node.
    pub fn finish(mut self, end: u32, templates: Vec<Span>) -> Tree<'s> {
        self.tokenize_raw_html();
        let mut tree = self.feed.finish(end);
        tree.templates = templates;
        templates::split_texts(&mut tree);
        tree.freeze();
        tree
    }

    /// Tokenizes all of `input`.
    pub fn tokenize(&mut self, input: &str, map: PositionMap<'_>) {
        let state = self.buffers.raw;
        let file = File { source: self.source, is_masked: self.masked.is_some(), templates: &self.templates };
        let tokens = Tokens::new(&self.feed, &mut self.buffers, file, Html { input, map });
        let mut tokenizer = Tokenizer::new_with_emitter(Reader::new(input), tokens);
        if let Some(state) = state {
            tokenizer.set_state(state);
        }
        // Tokens go to the emitter; the iterator only yields pauses.
        tokenizer.for_each(drop);
    }

    fn tokenize_raw_html(&mut self) {
        if self.raw_html.input.is_empty() {
            return;
        }
        let raw_html = std::mem::take(&mut self.raw_html);
        self.tokenize(&raw_html.input, raw_html.map());
        self.raw_html = raw_html;
        self.raw_html.clear();
    }

    /// Passes an attribute's spans to the sink. Returns the attribute for the tree builder, with its value only if that
    /// is needed.
    fn push_attribute(&self, attribute: &NewAttribute<'_>, is_needed: bool) -> Attribute {
        let state = &mut *self.feed.sink().state.borrow_mut();
        let NewAttribute { ref name, ref value, name_span, value_span } = *attribute;
        let place = match value_span {
            Some(written) if written.slice(self.source) == value => Text::Verbatim(written),
            _ => Text::Decoded(state.tree.push_string(value)),
        };
        state.token.attributes.push(TokenAttribute { name_span, value_span, quote: 0, value: place });
        let value = StrTendril::from_slice(if is_needed { value } else { "" });
        Attribute { name: QualName::new(None, ns!(), name.clone()), value }
    }
}

impl Build for Constructor<'_> {
    fn open(&mut self, name: LocalName, span: Span, attributes: &[NewAttribute<'_>]) {
        self.tokenize_raw_html();
        if self.buffers.is_in_raw_text(None) {
            return;
        }
        let needs_values = tree_builder_needs_values(&name);
        self.feed.sink().state.borrow_mut().token.attributes.clear();
        let attributes = attributes.iter().map(|attribute| self.push_attribute(attribute, needs_values)).collect();
        let result = self.feed.start(name.clone(), span, attributes, false, Origin::Markdown);
        self.buffers.opened(&name, result);
    }

    fn close(&mut self, name: LocalName, at: Span) {
        self.tokenize_raw_html();
        if !self.buffers.is_in_raw_text(Some(&name)) {
            let _ = self.feed.end(name, at, Origin::Markdown);
        }
    }

    fn text(&mut self, written: Span) {
        self.tokenize_raw_html();
        let text = written.slice(self.masked.as_deref().unwrap_or(self.source));
        self.feed.characters(written, Origin::Markdown, |pending| pending.push(text, written, true));
    }

    fn decoded_text(&mut self, written: Span, text: &str) {
        self.tokenize_raw_html();
        self.feed.characters(written, Origin::Markdown, |pending| pending.push(text, written, false));
    }

    fn template(&mut self, written: Span) {
        self.tokenize_raw_html();
        if self.buffers.is_in_raw_text(None) {
            // Only text is allowed at this point; the template becomes a separate node when the tree is finished.
            return self.text(written);
        }
        self.feed.template(written, Origin::Html);
    }

    fn comment(&mut self, written: Span, content: Span) {
        self.tokenize_raw_html();
        if self.buffers.is_in_raw_text(None) {
            let inside = content.slice(self.masked.as_deref().unwrap_or(self.source));
            return self.decoded_text(written, &format!("<!-- {inside} -->"));
        }
        self.feed.comment(written, StrTendril::new(), Some(content));
    }

    fn html(&mut self, input: &str, map: PositionMap<'_>) {
        self.raw_html.push(input, map);
    }
}
