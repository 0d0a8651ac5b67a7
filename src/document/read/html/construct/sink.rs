//! Implements html5ever's tree operations on the arena of [`Tree`]. The sink knows the token that the tree builder is
//! processing, so that every new node gets the span of that token.

use crate::document::read::html::construct::formatting::{Formatting, look};
use crate::document::read::html::construct::merged::Merged;
use crate::document::read::html::construct::text::Pending;
use crate::document::read::html::names::is_formatting_name;
use crate::document::tree::{
    AttributeData, NodeData, NodeId, NodeKind, Origin, ParseNote, ParseNoteKind, Piece, Text, TextData, Tree, no_name,
};
use crate::source::Span;
use html5ever::interface::{Attribute, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{LocalName, QualName, local_name, ns};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// Cloning an element takes time and memory proportional to its attributes: every 16 of them count as an additional
/// clone.
const ATTRIBUTES_PER_CLONE: usize = 16;

/// A reference to a node. It contains the name, so that html5ever can ask for the name without borrowing the tree.
#[derive(Clone, Debug)]
pub(super) struct Handle {
    pub id: NodeId,
    pub name: QualName,
}

/// The kinds of token that a new node may come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Start,
    End,
    Comment,
    Template,
    Doctype,
    Other,
}

/// One attribute of the current start tag, at the same index as in html5ever's list.
#[derive(Clone, Copy, Debug)]
pub(super) struct TokenAttribute {
    pub name_span: Option<Span>,
    pub value_span: Option<Span>,
    pub quote: u8,
    pub value: Text,
}

/// The token that the tree builder is processing.
#[derive(Debug)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub name: LocalName,
    pub span: Span,
    pub origin: Origin,
    pub attributes: Vec<TokenAttribute>,
    /// The text of a comment.
    pub content: Option<Piece>,
}

/// The last element created for the current start tag. Unless another one follows, it is the tag's own element.
#[derive(Debug)]
struct Made {
    id: NodeId,
    attributes: Vec<Attribute>,
}

#[derive(Debug)]
pub(super) struct State<'s> {
    pub tree: Tree<'s>,
    pub token: Token,
    pub pending: Pending,
    /// The newest element with the name of the current start tag.
    own: Option<Made>,
    /// The element that the current end tag created: `</p>` and `</br>` create one if none is open.
    pub made_by_end_tag: Option<NodeId>,
    formatting: Formatting,
    merged: Merged,
    /// MathML `annotation-xml` elements that contain HTML.
    integration_points: FxHashSet<NodeId>,
    /// The first `html` and `body` elements.
    page: [Option<NodeId>; 2],
    /// The number of clones so far; those with many attributes count more than once.
    pub clones: usize,
}

/// The arena behind html5ever's interface.
#[derive(Debug)]
pub(super) struct Sink<'s> {
    pub state: RefCell<State<'s>>,
    /// The element whose name html5ever queried last.
    pub asked: Cell<NodeId>,
}

fn is_formatting(name: &QualName) -> bool {
    name.ns == ns!(html) && is_formatting_name(&name.local)
}

/// Whether the tree builder needs the attribute values of elements of this name; the values of others are not copied.
pub(super) fn tree_builder_needs_values(name: &LocalName) -> bool {
    is_formatting_name(name)
        || matches!(*name, local_name!("input") | local_name!("template") | local_name!("annotation-xml"))
}

impl<'s> Sink<'s> {
    pub fn new(source: &'s str) -> Self {
        let token = Token {
            kind: TokenKind::Other,
            name: local_name!(""),
            span: Span::empty(0),
            origin: Origin::Implied,
            attributes: Vec::new(),
            content: None,
        };
        let state = State {
            tree: Tree::new(source),
            token,
            pending: Pending::default(),
            own: None,
            made_by_end_tag: None,
            formatting: Formatting::default(),
            merged: Merged::default(),
            integration_points: FxHashSet::default(),
            page: [None; 2],
            clones: 0,
        };
        Sink { state: RefCell::new(state), asked: Cell::new(NodeId::DOCUMENT) }
    }

    /// Starts the next token, which must not be text: see `Feed::characters`. Its attributes must have been passed
    /// before.
    pub fn begin(&self, kind: TokenKind, name: LocalName, span: Span, origin: Origin) {
        let state = &mut *self.state.borrow_mut();
        let opens_pre = kind == TokenKind::Start
            && matches!(name, local_name!("pre") | local_name!("listing") | local_name!("textarea"));
        state.pending.interrupt(opens_pre, kind != TokenKind::Doctype);
        let token = &mut state.token;
        (token.kind, token.name, token.span, token.origin) = (kind, name, span, origin);
        state.own = None;
        state.made_by_end_tag = None;
    }

    /// Ends the current start tag. Returns its own element, which is the last one with its name.
    pub fn settle(&self) -> Option<NodeId> {
        let state = &mut *self.state.borrow_mut();
        let made = state.own.take()?;
        let own = made.id;
        state.settle_own(made);
        Some(own)
    }

    pub fn note(&self, kind: ParseNoteKind, span: Span, element: Option<NodeId>) {
        self.state.borrow_mut().tree.notes.push(ParseNote { kind, span, element });
    }
}

impl State<'_> {
    fn names_token(&self, name: &LocalName) -> bool {
        let written = &self.token.name;
        name == written || (*name == local_name!("img") && *written == *"image") || name.eq_ignore_ascii_case(written)
    }

    fn settle_own(&mut self, made: Made) {
        let start = self.tree.attributes.len() as u32;
        let count = made.attributes.len() as u32;
        let name = &self.tree.data(made.id).name;
        if is_formatting(name) {
            self.formatting.push(made.id, look(&name.local, &made.attributes));
        }
        self.tree.attributes.extend(written(made.attributes, &self.token));
        let node = self.tree.data_mut(made.id);
        node.span = Some(self.token.span);
        node.origin = self.token.origin;
        node.data = (start, count);
    }

    fn settle_clone(&mut self, made: Made) {
        self.clones += 1 + made.attributes.len() / ATTRIBUTES_PER_CLONE;
        let original = self.original_of(&made);
        let (span, data) = match original {
            Some(id) => (self.tree.data(id).span, self.tree.data(id).data),
            None => (None, (0, 0)),
        };
        let node = self.tree.data_mut(made.id);
        (node.origin, node.original, node.span, node.data) = (Origin::Clone, original, span, data);
    }

    /// The newest open formatting element that this one may be a copy of.
    fn original_of(&self, made: &Made) -> Option<NodeId> {
        let name = &self.tree.data(made.id).name.local;
        self.formatting.like(look(name, &made.attributes)).find(|&id| {
            let attributes = self.tree.attributes_of(id);
            self.tree.data(id).name.local == *name
                && attributes.len() == made.attributes.len()
                && attributes
                    .iter()
                    .zip(&made.attributes)
                    .all(|(known, copied)| known.name == copied.name && *self.tree.string(known.value) == *copied.value)
        })
    }

    /// Sets the end tag of an element.
    pub fn close(&mut self, id: NodeId, end_tag: Span) {
        let node = self.tree.data_mut(id);
        node.end_tag = Some(end_tag);
        if is_formatting(&node.name) {
            self.formatting.remove(node.original.unwrap_or(id));
        }
    }

    /// The page's `html` or `body` element, unless it already has an end tag: these end tags do not close the elements.
    pub fn page_element(&self, name: &LocalName) -> Option<NodeId> {
        let element = match *name {
            local_name!("html") => self.page[0],
            local_name!("body") => self.page[1],
            _ => None,
        };
        element.filter(|&id| self.tree.data(id).end_tag.is_none())
    }

    fn new_node(&mut self, kind: NodeKind) -> NodeId {
        let mut node = NodeData::new(kind, no_name());
        node.span = Some(self.token.span);
        self.tree.push(node)
    }

    fn new_text(&mut self) -> NodeId {
        self.tree.push_text(self.token.origin)
    }

    /// Appends text to the text node `before`, or to a new one that `insert` adds to the tree.
    fn add_text_after(&mut self, before: Option<NodeId>, text: &str, insert: impl FnOnce(&mut Tree<'_>, NodeId)) {
        let before = before.filter(|&before| self.tree.data(before).kind == NodeKind::Text);
        let node = before.unwrap_or_else(|| {
            let node = self.new_text();
            insert(&mut self.tree, node);
            node
        });
        self.add_text(node, text);
    }

    fn add_text(&mut self, node: NodeId, text: &str) {
        let State { tree, pending, token, .. } = self;
        if !pending.take(text, |taken| tree.add_piece(node, taken.written, taken.decoded)) {
            tree.add_piece(node, Span::empty(token.span.start), Some(text));
        }
    }
}

/// The attributes of the current start tag with their spans.
fn written(attributes: Vec<Attribute>, token: &Token) -> impl Iterator<Item = AttributeData> {
    attributes.into_iter().zip(&token.attributes).map(|(attribute, written)| AttributeData {
        name: attribute.name,
        value: written.value,
        name_span: written.name_span,
        value_span: written.value_span,
        quote: written.quote,
    })
}

impl<'s> TreeSink for Sink<'s> {
    type Handle = Handle;
    type Output = Tree<'s>;
    type ElemName<'a>
        = &'a QualName
    where
        Self: 'a;

    fn finish(self) -> Tree<'s> {
        let State { mut tree, merged, .. } = self.state.into_inner();
        merged.settle(&mut tree);
        tree
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: NodeId::DOCUMENT, name: no_name() }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        self.asked.set(target.id);
        &target.name
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> Handle {
        let state = &mut *self.state.borrow_mut();
        let mut node = NodeData::new(NodeKind::Element, name.clone());
        node.origin = Origin::Implied;
        let id = state.tree.push(node);
        let made = Made { id, attributes };
        if state.token.kind == TokenKind::Start && state.names_token(&name.local) {
            // The previous element with this name was a copy, made to reopen another element.
            if let Some(copy) = state.own.replace(made) {
                state.settle_clone(copy);
            }
        } else if is_formatting(&name) {
            state.settle_clone(made);
        } else if state.token.kind == TokenKind::End {
            state.made_by_end_tag = Some(id);
        }
        match name.local {
            local_name!("html") => _ = state.page[0].get_or_insert(id),
            local_name!("body") => _ = state.page[1].get_or_insert(id),
            _ => {}
        }
        if flags.template {
            let content = state.tree.push(NodeData::new(NodeKind::Fragment, no_name()));
            state.tree.append(id, content);
        }
        if flags.mathml_annotation_xml_integration_point {
            state.integration_points.insert(id);
        }
        Handle { id, name }
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        let state = &mut *self.state.borrow_mut();
        if state.token.kind == TokenKind::Template {
            let id = state.new_node(NodeKind::Template);
            state.tree.data_mut(id).origin = state.token.origin;
            return Handle { id, name: no_name() };
        }
        let id = state.new_node(NodeKind::Comment);
        let piece = state
            .token
            .content
            .unwrap_or_else(|| Piece { written: state.token.span, decoded: Some(state.tree.push_string(&text)) });
        state.tree.texts.push(TextData { pieces: smallvec::smallvec![piece], text: None });
        state.tree.data_mut(id).data = (state.tree.texts.len() as u32 - 1, 0);
        Handle { id, name: no_name() }
    }

    fn create_pi(&self, _target: StrTendril, data: StrTendril) -> Handle {
        self.create_comment(data)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let state = &mut *self.state.borrow_mut();
        match child {
            NodeOrText::AppendNode(node) => state.tree.append(parent.id, node.id),
            NodeOrText::AppendText(text) => {
                let last = state.tree.data(parent.id).last;
                state.add_text_after(last, &text, |tree, node| tree.append(parent.id, node));
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.state.borrow().tree.data(element.id).parent.is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {
        let state = &mut *self.state.borrow_mut();
        let id = state.new_node(NodeKind::Doctype);
        state.tree.append(NodeId::DOCUMENT, id);
    }

    fn get_template_contents(&self, template: &Handle) -> Handle {
        let first = self.state.borrow().tree.data(template.id).first;
        Handle { id: first.unwrap_or(template.id), name: no_name() }
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.id == other.id
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let state = &mut *self.state.borrow_mut();
        match child {
            NodeOrText::AppendNode(node) => state.tree.insert_before(sibling.id, node.id),
            NodeOrText::AppendText(text) => {
                let previous = state.tree.data(sibling.id).previous;
                state.add_text_after(previous, &text, |tree, node| tree.insert_before(sibling.id, node));
            }
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        let state = &mut *self.state.borrow_mut();
        state.merged.add(&state.tree, target.id, written(attributes, &state.token));
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.state.borrow_mut().tree.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let tree = &mut self.state.borrow_mut().tree;
        while let Some(child) = tree.data(node.id).first {
            tree.append(new_parent.id, child);
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &Handle) -> bool {
        self.state.borrow().integration_points.contains(&handle.id)
    }
}
