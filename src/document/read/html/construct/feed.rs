//! Passes tokens with their spans to html5ever's tree builder and finds out which element each end tag closed.

use crate::document::read::html::construct::limits::Limits;
use crate::document::read::html::construct::sink::{Handle, Sink, TokenKind};
use crate::document::read::html::construct::text::Pending;
use crate::document::tree::{NodeId, Origin, ParseNote, ParseNoteKind, Piece, Tree};
use crate::source::Span;
use html5ever::interface::Attribute;
use html5ever::interface::tree_builder::Tracer;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeSink};
use html5ever::{LocalName, local_name};
use std::cell::RefCell;

/// html5ever's tree builder, and the state needed to query it.
pub(super) struct Feed<'s> {
    tree_builder: TreeBuilder<Handle, Sink<'s>>,
    /// Whether this is a whole page rather than a fragment.
    is_page: bool,
    pub limits: Limits,
    /// The number of references from the tree builder to each node; all 0 between end tags.
    held: RefCell<Vec<u32>>,
}

/// The nodes that the tree builder has references to, outermost first.
type Held = Vec<NodeId>;

/// Collects the nodes with the wanted names.
struct Collect<'a> {
    held: &'a RefCell<Held>,
    wants: &'a dyn Fn(&LocalName) -> bool,
}

impl Tracer for Collect<'_> {
    type Handle = Handle;

    fn trace_handle(&self, node: &Handle) {
        if (self.wants)(&node.name.local) {
            self.held.borrow_mut().push(node.id);
        }
    }
}

impl<'s> Feed<'s> {
    pub fn new(tree_builder: TreeBuilder<Handle, Sink<'s>>, is_page: bool) -> Self {
        Feed { tree_builder, is_page, limits: Limits::default(), held: RefCell::default() }
    }

    pub fn sink(&self) -> &Sink<'s> {
        &self.tree_builder.sink
    }

    fn process(&self, token: Token) -> TokenSinkResult<Handle> {
        self.tree_builder.process_token(token, 1)
    }

    /// Processes a start tag. The sink already has the spans of its attributes.
    pub fn start(
        &self,
        name: LocalName,
        span: Span,
        attributes: Vec<Attribute>,
        self_closing: bool,
        origin: Origin,
    ) -> TokenSinkResult<Handle> {
        let local = name.clone();
        self.sink().begin(TokenKind::Start, name.clone(), span, origin);
        let result = self.process(Token::TagToken(Tag {
            kind: TagKind::StartTag,
            name,
            self_closing,
            attrs: attributes,
            had_duplicate_attributes: false,
        }));
        if let Some(own) = self.sink().settle()
            && matches!(result, TokenSinkResult::Continue)
        {
            self.limit(own, &local);
        }
        result
    }

    /// Processes an end tag, or the end of a Markdown construct.
    pub fn end(&self, name: LocalName, span: Span, origin: Origin) -> TokenSinkResult<Handle> {
        if self.take_end_of_closed_early(&name, span) {
            return TokenSinkResult::Continue;
        }
        self.sink().begin(TokenKind::End, name.clone(), span, origin);
        let current = self.current_node();
        let names_current = self.is_named(current, &name);
        let closes = |local: &LocalName| may_close(&name, local);
        let held = if names_current { Held::new() } else { self.held_nodes(&closes) };
        let result = self.end_tag(name.clone());
        let closed = match names_current {
            true if self.current_node() != current => vec![current],
            false if !held.is_empty() => self.released(held, &closes),
            _ => Vec::new(),
        };
        self.record_end(&name, span, origin, &closed);
        result
    }

    pub(super) fn end_tag(&self, name: LocalName) -> TokenSinkResult<Handle> {
        self.process(Token::TagToken(Tag {
            kind: TagKind::EndTag,
            name,
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        }))
    }

    /// The innermost open element, which the tree builder reveals by asking the sink for the name of that element.
    pub(super) fn current_node(&self) -> NodeId {
        self.sink().asked.set(NodeId::DOCUMENT);
        self.tree_builder.adjusted_current_node_present_but_not_in_html_namespace();
        self.sink().asked.get()
    }

    pub(super) fn is_named(&self, id: NodeId, name: &LocalName) -> bool {
        let state = self.sink().state.borrow();
        is_same(&state.tree.data(id).name.local, name)
    }

    /// The elements that are open or will be reopened and whose names `wants` accepts.
    pub(super) fn held_nodes(&self, wants: &dyn Fn(&LocalName) -> bool) -> Held {
        let held = RefCell::default();
        self.tree_builder.trace_handles(&Collect { held: &held, wants });
        held.into_inner()
    }

    /// The number of references from the tree builder to nodes: an upper bound for the number of open elements.
    pub(super) fn depth(&self) -> usize {
        self.held_nodes(&|_| true).len()
    }

    /// The nodes to which the tree builder has fewer references than in `before`. `TreeSink::pop` is not sufficient:
    /// the tree builder usually pops without calling it.
    fn released(&self, before: Held, wants: &dyn Fn(&LocalName) -> bool) -> Vec<NodeId> {
        let counts = &mut *self.held.borrow_mut();
        let after = self.held_nodes(wants);
        let most = before.iter().chain(&after).map(|id| id.index() + 1).max().unwrap_or(0);
        counts.resize(counts.len().max(most), 0);
        for id in &before {
            counts[id.index()] += 1;
        }
        for id in &after {
            counts[id.index()] = counts[id.index()].saturating_sub(1);
        }
        let released = before.into_iter().filter(|id| std::mem::take(&mut counts[id.index()]) > 0).collect();
        for id in &after {
            counts[id.index()] = 0;
        }
        released
    }

    fn record_end(&self, name: &LocalName, span: Span, origin: Origin, closed: &[NodeId]) {
        let state = &mut *self.sink().state.borrow_mut();
        let tree = &state.tree;
        let innermost = |is: &dyn Fn(&LocalName) -> bool| {
            closed.iter().rev().copied().find(|&id| tree.data(id).end_tag.is_none() && is(&tree.data(id).name.local))
        };
        if let Some(id) = innermost(&|local| local.eq_ignore_ascii_case(name)) {
            return state.close(id, span);
        }
        let heading = if is_heading(name) { innermost(&is_heading) } else { None };
        if heading.is_none()
            && self.is_page
            && let Some(id) = state.page_element(name)
        {
            return state.close(id, span);
        }
        let (kind, element) = match heading {
            Some(_) => (ParseNoteKind::MismatchedEndTag, heading),
            None => (ParseNoteKind::StrayEndTag, state.made_by_end_tag),
        };
        if let Some(id) = heading {
            state.close(id, span);
        }
        if origin == Origin::Html {
            state.tree.notes.push(ParseNote { kind, span, element });
        }
    }

    /// Processes a run of characters, which `push` adds piece by piece. Does nothing if `push` adds no characters.
    pub fn characters(&self, span: Span, origin: Origin, push: impl FnOnce(&mut Pending)) {
        let text = {
            let state = &mut *self.sink().state.borrow_mut();
            (state.token.kind, state.token.span, state.token.origin) = (TokenKind::Other, span, origin);
            let start = state.pending.begin();
            push(&mut state.pending);
            StrTendril::from_slice(state.pending.since(start))
        };
        if !text.is_empty() {
            let _ = self.process(Token::CharacterTokens(text));
        }
    }

    /// Processes U+0000, which the tree builder drops or replaces.
    pub fn null(&self, span: Span) {
        {
            let state = &mut *self.sink().state.borrow_mut();
            (state.token.kind, state.token.span, state.token.origin) = (TokenKind::Other, span, Origin::Html);
            state.pending.begin();
            state.pending.push("\u{fffd}", span, false);
        }
        let _ = self.process(Token::NullCharacterToken);
    }

    /// Processes a comment. `content` is the span of its text; `None` if `text` is not verbatim.
    pub fn comment(&self, span: Span, text: StrTendril, content: Option<Span>) {
        self.sink().begin(TokenKind::Comment, local_name!(""), span, Origin::Html);
        self.sink().state.borrow_mut().token.content = content.map(|written| Piece { written, decoded: None });
        let _ = self.process(Token::CommentToken(text));
    }

    /// Processes template syntax. The tree builder receives it as a comment, which is allowed everywhere and does not
    /// move other nodes.
    pub fn template(&self, span: Span, origin: Origin) {
        self.sink().begin(TokenKind::Template, local_name!(""), span, origin);
        let _ = self.process(Token::CommentToken(StrTendril::new()));
    }

    pub fn doctype(&self, span: Span, doctype: Doctype) {
        self.sink().begin(TokenKind::Doctype, local_name!(""), span, Origin::Html);
        let _ = self.process(Token::DoctypeToken(doctype));
    }

    pub fn is_in_foreign_content(&self) -> bool {
        self.tree_builder.adjusted_current_node_present_but_not_in_html_namespace()
    }

    /// Processes the end of the file.
    pub fn finish(self, end: u32) -> Tree<'s> {
        self.sink().begin(TokenKind::Other, local_name!(""), Span::empty(end), Origin::Implied);
        let _ = self.process(Token::EOFToken);
        self.tree_builder.sink.finish()
    }
}

fn is_same(one: &LocalName, other: &LocalName) -> bool {
    one == other || one.eq_ignore_ascii_case(other)
}

/// Whether the end tag `name` may close an element named `local`. `</h3>` closes any heading.
fn may_close(name: &LocalName, local: &LocalName) -> bool {
    is_same(local, name) || (is_heading(name) && is_heading(local))
}

fn is_heading(name: &LocalName) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}
