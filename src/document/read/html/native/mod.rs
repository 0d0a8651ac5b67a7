//! The native builder: Markdown constructs and well-nested raw HTML go straight into the tree.
//!
//! It follows WHATWG tree construction as far as no error recovery is needed: elements
//! that are in order, end tags that may be omitted, tables with their implied parts, elements that contain only text,
//! stray end tags that are ignored. For everything else it gives up ([`Reason`] lists what that is), ignores the rest
//! of the post, and the tree constructor builds the post again. Giving up is always right, it only costs time; a tree
//! that is returned must be the one that the tree constructor builds, node by node: `tests/it/document/native.rs`
//! compares both ways.

mod attributes;
mod characters;
mod class;
mod end;
mod page;
mod reason;
mod references;
mod scan;
mod stack;
mod start;
mod table;

use crate::document::read::html::names::Names;
use crate::document::read::html::raw_html::RawHtml;
use crate::document::read::html::templates;
use crate::document::tree::build::{Build, NewAttribute, PositionMap};
use crate::document::tree::{AttributeData, NodeData, NodeId, NodeKind, Origin, Piece, Text, TextData, Tree, no_name};
use crate::source::Span;
use html5ever::{LocalName, QualName, local_name, ns};
use page::Stage;
pub use reason::Reason;
use scan::Scan;
use stack::Stack;
use start::{StartTag, html_name};

/// What an open element that contains only text may contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RawText {
    /// Text and character references: `<title>`, `<textarea>`.
    WithReferences,
    /// Text: `<style>`, `<iframe>` and others.
    Plain,
    /// The text of a script.
    Script,
}

impl RawText {
    fn of(name: &LocalName) -> RawText {
        match *name {
            local_name!("title") | local_name!("textarea") => RawText::WithReferences,
            local_name!("script") => RawText::Script,
            _ => RawText::Plain,
        }
    }
}

/// Builds a tree as long as no error recovery is needed.
pub struct Native<'s, 'm> {
    source: &'s str,
    /// The text that the parsers see, of the same length.
    parsed: &'m str,
    /// Whether template syntax is masked in `parsed`.
    is_masked: bool,
    /// The sorted spans of template syntax.
    templates: &'m [Span],
    tree: Tree<'s>,
    stack: Stack,
    stage: Stage,
    /// Whether this is a whole page rather than a fragment.
    is_page: bool,
    names: Names,
    raw_html: RawHtml,
    /// What the innermost element may contain, if that is only text.
    raw_text: Option<RawText>,
    /// Whether a line feed is dropped if it comes next: the first one in a `<pre>`.
    drops_line_feed: bool,
    /// Whitespace in a table that was added since the last other token, from which it gets its origin.
    table_text: Option<NodeId>,
    /// Whether a form has no end tag yet.
    has_form: bool,
    given_up: Option<Reason>,
}

impl<'s, 'm> Native<'s, 'm> {
    /// Creates a builder for content of a `body` in the file `source`. `parsed` is the file with template syntax masked at equal length, or
    /// `source` itself. `templates` are the sorted spans of template syntax.
    pub fn new(source: &'s str, parsed: &'m str, templates: &'m [Span]) -> Self {
        let mut tree = Tree::new(source);
        // The tree constructor has a context element outside of the tree.
        let mut node = NodeData::new(NodeKind::Element, html_name(local_name!("body")));
        node.origin = Origin::Implied;
        tree.push(node.clone());
        node.name = html_name(local_name!("html"));
        let root = tree.push_last(NodeId::DOCUMENT, node);
        let stack = Stack::new(root, local_name!("html"));
        Native::with(tree, stack, parsed, templates)
    }

    /// Like [`new`](Self::new), for a whole page.
    pub fn page(source: &'s str, parsed: &'m str, templates: &'m [Span]) -> Self {
        let stack = Stack::new(NodeId::DOCUMENT, local_name!(""));
        let native = Native::with(Tree::new(source), stack, parsed, templates);
        Native { stage: Stage::BeforeDoctype, is_page: true, ..native }
    }

    fn with(tree: Tree<'s>, stack: Stack, parsed: &'m str, templates: &'m [Span]) -> Self {
        let source = tree.source;
        let parsed = if parsed.len() == source.len() { parsed } else { "" };
        let is_masked = !std::ptr::eq(source, parsed) && source != parsed;
        let has_null = memchr::memchr(0, parsed.as_bytes()).is_some();
        Native {
            source,
            parsed,
            is_masked,
            templates,
            tree,
            stack,
            stage: Stage::Content,
            is_page: false,
            names: Names::default(),
            raw_html: RawHtml::default(),
            raw_text: None,
            drops_line_feed: false,
            table_text: None,
            has_form: false,
            given_up: has_null.then_some(Reason::Null),
        }
    }

    /// Ends the file and returns the tree, or why the builder has given up.
    pub fn finish(mut self) -> Result<Tree<'s>, Reason> {
        self.scan_raw_html();
        self.begin(Origin::Implied);
        if let Some(reason) = self.given_up {
            return Err(reason);
        }
        if self.stage < Stage::Content {
            return Err(Reason::WholePage);
        }
        self.tree.templates = self.templates.to_vec();
        templates::split_texts(&mut self.tree);
        self.tree.freeze();
        Ok(self.tree)
    }

    /// Parses `input`, the body of an HTML file or a part of raw HTML in Markdown.
    pub(super) fn parse(&mut self, input: &str, map: PositionMap<'_>) {
        self.attempt(|native| Scan::new(native, input, map).run());
    }

    /// Does the next step, unless the builder has given up.
    fn attempt(&mut self, step: impl FnOnce(&mut Self) -> Result<(), Reason>) {
        if self.given_up.is_none() {
            self.given_up = step(self).err();
        }
    }

    fn scan_raw_html(&mut self) {
        if self.raw_html.input.is_empty() {
            return;
        }
        let mut raw_html = std::mem::take(&mut self.raw_html);
        self.parse(&raw_html.input, raw_html.map());
        raw_html.clear();
        self.raw_html = raw_html;
    }

    /// Must be called for every token that is not text.
    fn begin(&mut self, origin: Origin) {
        self.drops_line_feed = false;
        if let Some(text) = self.table_text.take() {
            self.tree.data_mut(text).origin = origin;
        }
    }

    fn add_comment(&mut self, span: Span, content: Piece) {
        self.begin(Origin::Html);
        self.tree.texts.push(TextData { pieces: smallvec::smallvec![content], text: None });
        let mut node = NodeData::new(NodeKind::Comment, no_name());
        node.span = Some(span);
        node.data = (self.tree.texts.len() as u32 - 1, 0);
        self.tree.push_last(self.parent_of_comment(), node);
    }

    fn add_template(&mut self, span: Span) {
        self.begin(Origin::Html);
        let mut node = NodeData::new(NodeKind::Template, no_name());
        node.span = Some(span);
        self.tree.push_last(self.parent_of_comment(), node);
    }

    fn add_markdown_attribute(&mut self, attribute: &NewAttribute<'_>) {
        let NewAttribute { ref name, ref value, name_span, value_span } = *attribute;
        let value = match value_span {
            Some(written) if written.slice(self.source) == value => Text::Verbatim(written),
            _ => Text::Decoded(self.tree.push_string(value)),
        };
        let name = QualName::new(None, ns!(), name.clone());
        self.tree.attributes.push(AttributeData { name, value, name_span, value_span, quote: 0 });
    }
}

impl Build for Native<'_, '_> {
    fn open(&mut self, name: LocalName, span: Span, attributes: &[NewAttribute<'_>]) {
        self.scan_raw_html();
        if self.raw_text.is_some() || self.given_up.is_some() {
            return;
        }
        let first = self.tree.attributes.len();
        attributes.iter().for_each(|attribute| self.add_markdown_attribute(attribute));
        self.attempt(|native| native.start(StartTag { name, span, origin: Origin::Markdown, attributes: first }));
    }

    fn close(&mut self, name: LocalName, at: Span) {
        self.scan_raw_html();
        if self.raw_text.is_none() || self.stack.top().name == name {
            self.attempt(|native| native.end(&name, at, Origin::Markdown));
        }
    }

    fn text(&mut self, written: Span) {
        self.scan_raw_html();
        let text = written.slice(self.parsed);
        self.attempt(|native| native.add_text(text, written, true, Origin::Markdown));
    }

    fn decoded_text(&mut self, written: Span, text: &str) {
        self.scan_raw_html();
        self.attempt(|native| native.add_text(text, written, false, Origin::Markdown));
    }

    fn template(&mut self, written: Span) {
        self.scan_raw_html();
        if self.raw_text.is_some() {
            // Only text is allowed at this point; the template becomes a separate node when the tree is finished.
            return self.text(written);
        }
        self.add_template(written);
    }

    fn comment(&mut self, written: Span, content: Span) {
        self.scan_raw_html();
        if self.raw_text.is_some() {
            let inside = content.slice(self.parsed);
            return self.decoded_text(written, &format!("<!-- {inside} -->"));
        }
        self.add_comment(written, Piece { written: content, decoded: None });
    }

    fn html(&mut self, input: &str, map: PositionMap<'_>) {
        if self.given_up.is_none() {
            self.raw_html.push(input, map);
        }
    }
}
