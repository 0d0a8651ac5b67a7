//! The arena a post is parsed into. Strings are slices of the file wherever the decoded text stands there verbatim.

pub mod build;
pub mod node;
pub mod select;

use crate::source::{Span, overlapping};
use html5ever::QualName;
use smallvec::SmallVec;
use std::num::NonZeroU32;

/// Index of a node in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(NonZeroU32);

impl NodeId {
    /// The root.
    pub const DOCUMENT: NodeId = NodeId(NonZeroU32::MIN);

    /// One more than the index is kept: so a link to a node that may be missing takes no more room.
    pub(crate) const fn from_index(index: usize) -> Self {
        NodeId(NonZeroU32::MIN.saturating_add(index as u32))
    }

    pub(crate) const fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// The root.
    Document,
    /// `<!doctype …>`
    Doctype,
    /// An element, of whatever origin.
    Element,
    /// A run of characters, entities decoded.
    Text,
    /// `<!-- … -->`
    Comment,
    /// Template syntax that the generator replaces before the page exists: `{{ … }}`, `{% … %}`, `{{< … >}}`, `{…}` in MDX.
    Template,
    /// What a `<template>` element holds.
    Fragment,
}

/// Who made a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A tag, comment or text written as HTML.
    Html,
    /// Markdown syntax; an element's span is then the whole construct.
    Markdown,
    /// Nobody wrote it: `html`, `head`, `body`, `tbody`, or the `<p>` a stray `</p>` makes.
    Implied,
    /// A copy of a formatting element that HTML's error recovery made; its span is the original's.
    Clone,
}

/// A decoded string: bytes of the file, or of [`Tree::strings`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Text {
    Verbatim(Span),
    Decoded(Span),
}

#[derive(Clone, Debug)]
pub(crate) struct AttributeData {
    pub name: QualName,
    pub value: Text,
    /// `None` where no name is written (the `src` of a Markdown image).
    pub name_span: Option<Span>,
    /// Without quotes; empty for `alt=""`, `None` for a bare `alt` and for what is not written.
    pub value_span: Option<Span>,
    /// `"`, `'` or 0.
    pub quote: u8,
}

/// A stretch of text and where it was written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub written: Span,
    /// `None`: the text is `written` verbatim; else a range of [`Tree::strings`].
    pub decoded: Option<Span>,
}

#[derive(Debug, Default)]
pub(crate) struct TextData {
    pub pieces: SmallVec<[Piece; 1]>,
    /// Set by [`Tree::freeze`].
    pub text: Option<Text>,
}

#[derive(Clone, Debug)]
pub(crate) struct NodeData {
    pub parent: Option<NodeId>,
    pub previous: Option<NodeId>,
    pub next: Option<NodeId>,
    pub first: Option<NodeId>,
    pub last: Option<NodeId>,
    pub name: QualName,
    /// Start tag (HTML), whole construct (Markdown), text, comment; `None` for what nobody wrote.
    pub span: Option<Span>,
    pub end_tag: Option<Span>,
    /// Range of `attributes` for elements, `(index, 0)` into `texts` for text and comments.
    pub data: (u32, u32),
    /// The element a clone was copied from.
    pub original: Option<NodeId>,
    pub kind: NodeKind,
    pub origin: Origin,
}

impl NodeData {
    pub(crate) fn new(kind: NodeKind, name: QualName) -> Self {
        NodeData {
            parent: None,
            previous: None,
            next: None,
            first: None,
            last: None,
            name,
            span: None,
            end_tag: None,
            data: (0, 0),
            original: None,
            kind,
            origin: Origin::Html,
        }
    }
}

/// Something broken in the source that the tree itself no longer shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub kind: FactKind,
    /// The bytes it is about.
    pub span: Span,
    /// The element it happened to, when there is one.
    pub element: Option<NodeId>,
}

/// The kinds of [`Fact`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// An attribute name given twice in one tag; the later one (the span) is ignored.
    DuplicateAttribute,
    /// An end tag that closes nothing.
    StrayEndTag,
    /// The start tag of a block element within a line, which kramdown prints as text.
    PrintedStartTag,
    /// `</h3>` closing an `<h2>`: the span is the end tag, the element the heading.
    MismatchedEndTag,
    /// Something in a kramdown attribute list that is no attribute (`:rel="noopener"`) and is dropped.
    MalformedAttributeList,
    /// Prose that kramdown reads as a table without header because each line holds a `|`.
    TableFromProse,
    /// A start tag of an HTML block whose end tag is missing: it takes in the rest of the post.
    UnclosedHtmlBlock,
    /// Markdown inside an HTML block that is not read as Markdown there.
    MarkdownInHtml,
}

/// A post's body as HTML sees it, with the bytes of everything that was written.
#[derive(Debug)]
pub struct Tree<'s> {
    pub(crate) source: &'s str,
    pub(crate) nodes: Vec<NodeData>,
    pub(crate) attributes: Vec<AttributeData>,
    pub(crate) texts: Vec<TextData>,
    pub(crate) strings: String,
    pub(crate) facts: Vec<Fact>,
    /// Template regions, ascending: see [`crate::document::read::template`].
    pub(crate) templates: Vec<Span>,
    /// The elements in document order. Set by [`Tree::freeze`], as the next.
    pub(crate) element_order: Vec<NodeId>,
    /// Those of them that are written as HTML.
    pub(crate) html_order: Vec<NodeId>,
    /// The text nodes in document order.
    pub(crate) text_order: Vec<NodeId>,
}

impl<'s> Tree<'s> {
    pub(crate) fn new(source: &'s str) -> Self {
        let mut tree = Tree {
            source,
            nodes: Vec::with_capacity(source.len() / 24 + 8),
            attributes: Vec::with_capacity(source.len() / 64 + 8),
            texts: Vec::with_capacity(source.len() / 48 + 8),
            strings: String::new(),
            facts: Vec::new(),
            templates: Vec::new(),
            element_order: Vec::new(),
            html_order: Vec::new(),
            text_order: Vec::new(),
        };
        let no_name = QualName::new(None, html5ever::ns!(), html5ever::local_name!(""));
        tree.nodes.push(NodeData::new(NodeKind::Document, no_name));
        tree
    }

    /// Number of nodes, the root included.
    #[expect(clippy::len_without_is_empty, reason = "the root is always there")]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// What is broken in the source, in order.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The spans of template syntax, in order.
    pub fn templates(&self) -> &[Span] {
        &self.templates
    }

    /// The spans of template syntax that share a byte with `span`, in order.
    pub fn templates_in(&self, span: Span) -> impl Iterator<Item = Span> {
        overlapping(&self.templates, span)
    }

    /// True when `span` holds template syntax: what will stand there is unknown.
    pub fn has_template(&self, span: Span) -> bool {
        !self.templates.is_empty() && self.templates_in(span).next().is_some()
    }

    pub(crate) fn string(&self, text: Text) -> &str {
        match text {
            Text::Verbatim(span) => span.slice(self.source),
            Text::Decoded(span) => span.slice(&self.strings),
        }
    }

    pub(crate) fn push(&mut self, node: NodeData) -> NodeId {
        self.nodes.push(node);
        NodeId::from_index(self.nodes.len() - 1)
    }

    pub(crate) fn push_string(&mut self, text: &str) -> Span {
        let start = self.strings.len();
        self.strings.push_str(text);
        Span::of(start..self.strings.len())
    }

    pub(crate) fn data(&self, id: NodeId) -> &NodeData {
        &self.nodes[id.index()]
    }

    pub(crate) fn data_mut(&mut self, id: NodeId) -> &mut NodeData {
        &mut self.nodes[id.index()]
    }

    pub(crate) fn attributes_of(&self, id: NodeId) -> &[AttributeData] {
        let node = self.data(id);
        if node.kind != NodeKind::Element {
            return &[];
        }
        &self.attributes[node.data.0 as usize..(node.data.0 + node.data.1) as usize]
    }

    pub(crate) fn detach(&mut self, id: NodeId) {
        let node = self.data_mut(id);
        let (previous, next) = (node.previous.take(), node.next.take());
        let Some(parent) = node.parent.take() else { return };
        match previous {
            Some(previous) => self.data_mut(previous).next = next,
            None => self.data_mut(parent).first = next,
        }
        match next {
            Some(next) => self.data_mut(next).previous = previous,
            None => self.data_mut(parent).last = previous,
        }
    }

    pub(crate) fn append(&mut self, parent: NodeId, id: NodeId) {
        self.detach(id);
        let last = self.data_mut(parent).last.replace(id);
        let node = self.data_mut(id);
        node.parent = Some(parent);
        node.previous = last;
        match last {
            Some(last) => self.data_mut(last).next = Some(id),
            None => self.data_mut(parent).first = Some(id),
        }
    }

    pub(crate) fn insert_before(&mut self, sibling: NodeId, id: NodeId) {
        self.detach(id);
        let at = self.data_mut(sibling);
        let previous = at.previous.replace(id);
        let parent = at.parent;
        let node = self.data_mut(id);
        node.parent = parent;
        node.previous = previous;
        node.next = Some(sibling);
        match (previous, parent) {
            (Some(previous), _) => self.data_mut(previous).next = Some(id),
            (None, Some(parent)) => self.data_mut(parent).first = Some(id),
            (None, None) => {}
        }
    }

    /// Gives every text node one contiguous decoded string, and remembers the order of nodes. Call once, when the tree is
    /// built.
    pub(crate) fn freeze(&mut self) {
        self.join_texts();
        self.set_order();
    }

    fn set_order(&mut self) {
        let mut elements = Vec::with_capacity(self.nodes.len());
        let mut html = Vec::new();
        let mut texts = Vec::with_capacity(self.texts.len());
        for node in self.root().descendants() {
            match node.kind() {
                NodeKind::Element => {
                    elements.push(node.id());
                    if node.origin() == Origin::Html {
                        html.push(node.id());
                    }
                }
                NodeKind::Text => texts.push(node.id()),
                _ => {}
            }
        }
        (self.element_order, self.html_order, self.text_order) = (elements, html, texts);
    }

    fn join_texts(&mut self) {
        for data in &mut self.texts {
            data.text = match &data.pieces[..] {
                [] => None,
                [Piece { written, decoded: None }] => Some(Text::Verbatim(*written)),
                [Piece { decoded: Some(decoded), .. }] => Some(Text::Decoded(*decoded)),
                pieces => {
                    let start = self.strings.len();
                    for piece in pieces {
                        match piece.decoded {
                            None => self.strings.push_str(piece.written.slice(self.source)),
                            Some(decoded) => self.strings.extend_from_within(decoded.range()),
                        }
                    }
                    Some(Text::Decoded(Span::of(start..self.strings.len())))
                }
            };
        }
    }
}
