//! The seam between parsers and the tree: a Markdown front end says what it read, a builder makes HTML's tree of it.

use crate::source::Span;
use html5ever::LocalName;
use std::borrow::Cow;

/// An attribute of a Markdown construct (`src`, `alt`, `href`, `title`, `id`, …).
#[derive(Clone, Debug)]
pub struct NewAttribute<'a> {
    /// The HTML attribute it becomes.
    pub name: LocalName,
    /// Its decoded value.
    pub value: Cow<'a, str>,
    /// Where the name is written, in an attribute list; `None` where syntax stands for it.
    pub name_span: Option<Span>,
    /// Where the value is written; `None` when it stands nowhere.
    pub value_span: Option<Span>,
}

impl<'a> NewAttribute<'a> {
    /// An attribute that syntax stands for.
    pub fn new(name: LocalName, value: impl Into<Cow<'a, str>>, value_span: Option<Span>) -> Self {
        NewAttribute { name, value: value.into(), name_span: None, value_span }
    }
}

/// Maps offsets in the text handed to [`Build::html`] to offsets in the file.
#[derive(Clone, Copy, Debug)]
pub enum PositionMap<'a> {
    /// The text lies in the file as it is, starting at this offset.
    Linear(u32),
    /// Stretches `(offset in the text, offset in the file)`, ascending, the first at 0.
    Pieces(&'a [(u32, u32)]),
}

/// Takes a post's constructs in document order and builds the tree by the rules of WHATWG tree construction,
/// so that Markdown and raw HTML nest in each other as they do in a browser.
pub trait Build {
    /// A Markdown construct begins. `span` covers the whole construct, `>`-prefixes and trailing line end excluded.
    fn open(&mut self, name: LocalName, span: Span, attributes: &[NewAttribute<'_>]);
    /// The innermost open construct of this name ends. `at` is empty, or the closing mark-up.
    fn close(&mut self, name: LocalName, at: Span);
    /// Characters that stand verbatim in the file.
    fn text(&mut self, written: Span);
    /// Characters written as something else: an entity, an escape, a line end inside a quote.
    fn decoded_text(&mut self, written: Span, text: &str);
    /// Template syntax that stands as a block of its own.
    fn template(&mut self, written: Span);
    /// A comment in Markdown's own syntax, which the page has as one of HTML; `content` is what stands in it.
    fn comment(&mut self, written: Span, content: Span);
    /// Raw HTML: `input` is tokenised. It may be a fragment of mark-up (`</p><div`): state carries over to the next call.
    fn html(&mut self, input: &str, map: PositionMap<'_>);
}

/// Takes everything and keeps nothing: for who wants to know what the front end learns, or how fast it is.
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
