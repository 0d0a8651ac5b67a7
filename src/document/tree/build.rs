//! The interface between parsers and the tree: a Markdown parser emits events, from which a builder constructs the
//! tree.

use crate::source::Span;
use html5ever::LocalName;
use std::borrow::Cow;

/// The input of a parser. Every parser has the signature `build(&Input, options, &mut impl Build) -> Vec<ParseNote>`:
/// it emits events in source order, and returns notes about defects that are not visible in the tree.
#[derive(Clone, Copy, Debug)]
pub struct Input<'s, 'm> {
    /// The text of the file.
    pub source: &'s str,
    /// The text that the parser reads, of the same length in bytes: template syntax is masked, by letters or, if it is
    /// a separate node, by a declaration `<!x…>`.
    pub masked: &'m str,
    /// The range of the file to parse.
    pub body: Span,
    /// Byte spans of all template syntax, sorted, without overlaps.
    pub templates: &'m [Span],
    /// Those of `templates` that become separate nodes.
    pub blocks: &'m [Span],
}

impl<'s, 'm> Input<'s, 'm> {
    /// Creates the input for the `body` of a file without templates.
    pub fn plain(source: &'s str, body: Span) -> Self
    where
        's: 'm,
    {
        Input { source, masked: source, body, templates: &[], blocks: &[] }
    }

    /// The template blocks inside `span`.
    pub fn blocks_in(&self, span: Span) -> &'m [Span] {
        let first = self.blocks.partition_point(|block| block.start < span.start);
        let rest = self.blocks.get(first..).unwrap_or(&[]);
        rest.get(..rest.partition_point(|block| block.end <= span.end)).unwrap_or(&[])
    }
}

/// An attribute of a Markdown construct (`src`, `alt`, `href`, `title`, `id`, …).
#[derive(Clone, Debug)]
pub struct NewAttribute<'a> {
    /// The HTML attribute it becomes.
    pub name: LocalName,
    /// The decoded value.
    pub value: Cow<'a, str>,
    /// Byte span of the name in an attribute list; `None` if the name is implied by Markdown syntax.
    pub name_span: Option<Span>,
    /// Byte span of the value; `None` if the file does not contain it.
    pub value_span: Option<Span>,
}

impl<'a> NewAttribute<'a> {
    /// Creates an attribute that is implied by Markdown syntax.
    pub fn new(name: LocalName, value: impl Into<Cow<'a, str>>, value_span: Option<Span>) -> Self {
        NewAttribute { name, value: value.into(), name_span: None, value_span }
    }
}

/// Maps offsets in the text passed to [`Build::html`] to offsets in the file.
#[derive(Clone, Copy, Debug)]
pub enum PositionMap<'a> {
    /// The text is contiguous in the file and starts at this offset.
    Linear(u32),
    /// Pairs `(offset in the text, offset in the file)` at which a contiguous run begins, sorted, the first at 0.
    Pieces(&'a [(u32, u32)]),
}

/// Receives a post's constructs in document order and builds the tree by the rules of WHATWG tree construction, so that
/// Markdown and raw HTML nest in each other as they do in a browser.
pub trait Build {
    /// Starts a Markdown construct. `span` covers the whole construct, without `>` prefixes and the trailing line
    /// ending.
    fn open(&mut self, name: LocalName, span: Span, attributes: &[NewAttribute<'_>]);
    /// Ends the innermost open construct of this name. `at` is empty or covers the closing markup.
    fn close(&mut self, name: LocalName, at: Span);
    /// Adds characters that are verbatim in the file.
    fn text(&mut self, written: Span);
    /// Adds characters that differ from the source: an entity, an escape, a line ending inside a quote.
    fn decoded_text(&mut self, written: Span, text: &str);
    /// Adds template syntax that becomes a separate node.
    fn template(&mut self, written: Span);
    /// Adds a comment in Markdown's own syntax, which becomes an HTML comment; `content` is the span of its text.
    fn comment(&mut self, written: Span, content: Span);
    /// Tokenizes raw HTML. `input` may be an incomplete part of the markup (`</p><div`): the state is kept for the next
    /// call.
    fn html(&mut self, input: &str, map: PositionMap<'_>);
}

/// Either builder of the tree, so that parsers are compiled once.
impl Build for &mut dyn Build {
    fn open(&mut self, name: LocalName, span: Span, attributes: &[NewAttribute<'_>]) {
        (**self).open(name, span, attributes);
    }

    fn close(&mut self, name: LocalName, at: Span) {
        (**self).close(name, at);
    }

    fn text(&mut self, written: Span) {
        (**self).text(written);
    }

    fn decoded_text(&mut self, written: Span, text: &str) {
        (**self).decoded_text(written, text);
    }

    fn template(&mut self, written: Span) {
        (**self).template(written);
    }

    fn comment(&mut self, written: Span, content: Span) {
        (**self).comment(written, content);
    }

    fn html(&mut self, input: &str, map: PositionMap<'_>) {
        (**self).html(input, map);
    }
}

/// A builder that discards everything, to get a parser's notes or to measure its speed.
#[derive(Debug)]
pub struct Nowhere;

impl Build for Nowhere {
    fn open(&mut self, _: LocalName, _: Span, _: &[NewAttribute<'_>]) {}
    fn close(&mut self, _: LocalName, _: Span) {}
    fn text(&mut self, _: Span) {}
    fn decoded_text(&mut self, _: Span, _: &str) {}
    fn template(&mut self, _: Span) {}
    fn comment(&mut self, _: Span, _: Span) {}
    fn html(&mut self, _: &str, _: PositionMap<'_>) {}
}
