//! The arena that a post is parsed into. Strings are slices of the file if the decoded text is verbatim in it.

pub mod build;
mod ids;
pub mod node;
pub mod select;

use crate::source::{Span, overlapping};
use html5ever::{QualName, local_name, ns};
use smallvec::SmallVec;
use std::num::NonZeroU32;
use std::sync::OnceLock;

/// Index of a node in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(NonZeroU32);

impl NodeId {
    /// The id of the root.
    pub const DOCUMENT: NodeId = NodeId(NonZeroU32::MIN);

    /// Stores the index plus one, so that `Option<NodeId>` is as small as `NodeId`.
    pub(crate) const fn from_index(index: usize) -> Self {
        NodeId(NonZeroU32::MIN.saturating_add(index as u32))
    }

    pub(crate) const fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// The type of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// The root, which contains all other nodes.
    Document,
    /// A doctype: `<!doctype …>`.
    Doctype,
    /// An element of any origin.
    Element,
    /// A run of characters with entities decoded.
    Text,
    /// A comment: `<!-- … -->`.
    Comment,
    /// Template syntax, which the generator replaces: `{{ … }}`, `{% … %}`, `{{< … >}}`, and `{…}` in MDX.
    Template,
    /// The content of a `<template>` element.
    Fragment,
}

/// Where a node comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A tag, comment or text written as HTML.
    Html,
    /// Markdown syntax; an element's span is then the whole construct.
    Markdown,
    /// Written by a built-in shortcode of Hugo; an element's span is then the whole shortcode.
    Shortcode,
    /// Not in the source: `html`, `head`, `body`, `tbody`, or the `<p>` that a stray `</p>` creates.
    Implied,
    /// A copy of a formatting element, made by HTML's error recovery; its span is the original's.
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
    /// Span of the name; `None` if the name is not in the source (the `src` of a Markdown image).
    pub name_span: Option<Span>,
    /// Span of the value without quotes: empty for `alt=""`, `None` for a bare `alt` and for a value that is not in the
    /// source.
    pub value_span: Option<Span>,
    /// The quote around the value: `"`, `'`, or 0 if there is none.
    pub quote: u8,
}

/// A run of text and its span in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub written: Span,
    /// The decoded text as a range of [`Tree::strings`]; `None` if it is verbatim at `written`.
    pub decoded: Option<Span>,
}

#[derive(Debug, Default)]
pub(crate) struct TextData {
    pub pieces: SmallVec<[Piece; 1]>,
    /// The whole text, set by [`Tree::freeze`].
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
    /// Span of the start tag (HTML), the whole construct (Markdown), the text or the comment; `None` for implied nodes.
    pub span: Option<Span>,
    pub end_tag: Option<Span>,
    /// A range of `attributes` for elements; `(index in texts, 0)` for text and comments.
    pub data: (u32, u32),
    /// The element that a clone was copied from.
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

/// The name of nodes that are not elements.
pub(crate) fn no_name() -> QualName {
    QualName::new(None, ns!(), local_name!(""))
}

/// A defect in the source that is not visible in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseNote {
    /// The kind of defect.
    pub kind: ParseNoteKind,
    /// The span of the defect.
    pub span: Span,
    /// The affected element, if there is one.
    pub element: Option<NodeId>,
}

/// The kinds of [`ParseNote`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseNoteKind {
    /// An attribute that is repeated in one tag; the later one (the span) is ignored.
    DuplicateAttribute,
    /// An end tag that does not close an element.
    StrayEndTag,
    /// The start tag of a block element inside a line, which kramdown prints as text.
    PrintedStartTag,
    /// An end tag like `</h3>` that closes an `<h2>`: the span is the end tag, the element is the heading.
    MismatchedEndTag,
    /// Text in a kramdown attribute list that is not an attribute (`:rel="noopener"`) and is dropped.
    MalformedAttributeList,
    /// Prose that kramdown parses as a table without a header because each line contains a `|`.
    TableFromProse,
    /// The start tag of an HTML block without an end tag: the block extends to the end of the post.
    UnclosedHtmlBlock,
    /// Markdown inside an HTML block, where it is not parsed as Markdown.
    MarkdownInHtml,
    /// HTML in Markdown that the site's engine leaves out of the page.
    DroppedHtml,
}

/// A post's body, parsed as HTML, with the byte span of everything that is in the source.
#[derive(Debug)]
pub struct Tree<'s> {
    pub(crate) source: &'s str,
    pub(crate) nodes: Vec<NodeData>,
    pub(crate) attributes: Vec<AttributeData>,
    pub(crate) texts: Vec<TextData>,
    pub(crate) strings: String,
    pub(crate) notes: Vec<ParseNote>,
    /// Sorted spans of template syntax: see [`crate::document::read::template`].
    pub(crate) templates: Vec<Span>,
    /// The elements in document order. Set by [`Tree::freeze`], like the next two.
    pub(crate) element_order: Vec<NodeId>,
    /// The elements that are written as HTML, in document order.
    pub(crate) html_order: Vec<NodeId>,
    /// The text nodes in document order.
    pub(crate) text_order: Vec<NodeId>,
    /// Set by the first question about an id.
    ids: OnceLock<ids::Ids>,
}

impl<'s> Tree<'s> {
    pub(crate) fn new(source: &'s str) -> Self {
        let mut tree = Tree {
            source,
            nodes: Vec::with_capacity(source.len() / 24 + 8),
            attributes: Vec::with_capacity(source.len() / 64 + 8),
            texts: Vec::with_capacity(source.len() / 48 + 8),
            strings: String::new(),
            notes: Vec::new(),
            templates: Vec::new(),
            element_order: Vec::new(),
            html_order: Vec::new(),
            text_order: Vec::new(),
            ids: OnceLock::new(),
        };
        tree.nodes.push(NodeData::new(NodeKind::Document, no_name()));
        tree
    }

    /// Number of nodes, including the root.
    #[expect(clippy::len_without_is_empty, reason = "the root is always there")]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The defects in the source, in source order.
    pub fn notes(&self) -> &[ParseNote] {
        &self.notes
    }

    /// The spans of template syntax, in source order.
    pub fn templates(&self) -> &[Span] {
        &self.templates
    }

    /// The spans of template syntax that overlap `span`, in source order.
    pub fn templates_in(&self, span: Span) -> impl Iterator<Item = Span> {
        overlapping(&self.templates, span)
    }

    /// Whether `span` contains template syntax, so that its final text is unknown.
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

    /// Adds a new node after the last child of `parent`.
    pub(crate) fn push_last(&mut self, parent: NodeId, mut node: NodeData) -> NodeId {
        let id = NodeId::from_index(self.nodes.len());
        let last = self.data_mut(parent).last.replace(id);
        node.parent = Some(parent);
        node.previous = last;
        match last {
            Some(last) => self.data_mut(last).next = Some(id),
            None => self.data_mut(parent).first = Some(id),
        }
        self.nodes.push(node);
        id
    }

    pub(crate) fn push_string(&mut self, text: &str) -> Span {
        let start = self.strings.len();
        self.strings.push_str(text);
        Span::of(start..self.strings.len())
    }

    /// Creates an empty text node that is not in the tree yet.
    pub(crate) fn push_text(&mut self, origin: Origin) -> NodeId {
        self.texts.push(TextData::default());
        let mut node = NodeData::new(NodeKind::Text, no_name());
        node.data = (self.texts.len() as u32 - 1, 0);
        node.origin = origin;
        self.push(node)
    }

    /// Appends a run of text to the text node `id`. `decoded` is the text if it is not verbatim at `written`.
    pub(crate) fn add_piece(&mut self, id: NodeId, written: Span, decoded: Option<&str>) {
        let decoded = decoded.map(|text| self.push_string(text));
        let node = self.data_mut(id);
        node.span = Some(node.span.map_or(written, |span| span.join(written)));
        let index = node.data.0 as usize;
        let pieces = &mut self.texts[index].pieces;
        if let (Some(last), None) = (pieces.last_mut(), decoded)
            && last.decoded.is_none()
            && last.written.end == written.start
        {
            last.written.end = written.end;
            return;
        }
        pieces.push(Piece { written, decoded });
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

    /// Joins the text of every text node into one contiguous decoded string, and records the order of nodes. Must be
    /// called once, after the tree has been built.
    pub(crate) fn freeze(&mut self) {
        self.join_texts();
        self.set_order();
    }

    /// Records the order of nodes. Must be called again when nodes have been added.
    pub(crate) fn set_order(&mut self) {
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
