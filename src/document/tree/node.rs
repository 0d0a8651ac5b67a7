//! Access to the tree: small copyable handles for nodes, elements and attributes.

use crate::document::tree::{AttributeData, NodeData, NodeId, NodeKind, Origin, Piece, Tree};
use crate::source::Span;
use html5ever::{LocalName, Namespace, local_name, ns};

/// A node of a tree.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    pub(crate) tree: &'t Tree<'t>,
    pub(crate) id: NodeId,
}

/// A node that is an element.
#[derive(Clone, Copy)]
pub struct Element<'t>(Node<'t>);

/// One attribute of an element.
#[derive(Clone, Copy)]
pub struct Attribute<'t> {
    tree: &'t Tree<'t>,
    data: &'t AttributeData,
}

impl<'t> Tree<'t> {
    /// The root node.
    pub fn root(&'t self) -> Node<'t> {
        self.node(NodeId::DOCUMENT)
    }

    /// The node with this id.
    pub fn node(&'t self, id: NodeId) -> Node<'t> {
        Node { tree: self, id }
    }

    /// All elements in document order, including clones and implied ones.
    pub fn elements(&'t self) -> impl Iterator<Item = Element<'t>> {
        self.element_order.iter().map(|&id| Element(self.node(id)))
    }

    /// The elements that are written as HTML, in document order.
    pub fn html_elements(&'t self) -> impl Iterator<Item = Element<'t>> {
        self.html_order.iter().map(|&id| Element(self.node(id)))
    }

    /// All text nodes in document order.
    pub fn text_nodes(&'t self) -> impl Iterator<Item = Node<'t>> {
        self.text_order.iter().map(|&id| self.node(id))
    }
}

impl<'t> Node<'t> {
    fn data(self) -> &'t NodeData {
        self.tree.data(self.id)
    }

    fn at(self, id: Option<NodeId>) -> Option<Node<'t>> {
        id.map(|id| Node { tree: self.tree, id })
    }

    /// The node's index in the tree.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The node's type.
    pub fn kind(self) -> NodeKind {
        self.data().kind
    }

    /// Where the node comes from: HTML, Markdown, a shortcode, or HTML's parsing rules.
    pub fn origin(self) -> Origin {
        self.data().origin
    }

    /// The tree the node belongs to.
    pub fn tree(self) -> &'t Tree<'t> {
        self.tree
    }

    /// The node's bytes in the file: for an element its start tag (HTML) or whole construct (Markdown).
    pub fn span(self) -> Option<Span> {
        self.data().span
    }

    /// The decoded text of a text node, comment or template node; empty for others.
    pub fn text(self) -> &'t str {
        let data = self.data();
        match data.kind {
            NodeKind::Text | NodeKind::Comment => {
                self.tree.texts[data.data.0 as usize].text.map_or("", |text| self.tree.string(text))
            }
            NodeKind::Template => data.span.map_or("", |span| span.slice(self.tree.source)),
            _ => "",
        }
    }

    /// The offset in the file of the byte at `offset` of the decoded [`text`](Self::text); inside an entity, the
    /// entity's start.
    pub fn written_offset(self, offset: u32) -> Option<u32> {
        self.written_offsets().get(offset)
    }

    /// Like [`written_offset`](Self::written_offset), for many offsets: examines all pieces of the text once instead of
    /// once per offset.
    pub fn written_offsets(self) -> WrittenOffsets<'t> {
        let mut end = 0;
        let ends = self.pieces().iter().map(|piece| {
            end += piece.decoded.unwrap_or(piece.written).len();
            end
        });
        WrittenOffsets { node: self, ends: ends.collect() }
    }

    /// The pieces of a decoded text; none for other nodes.
    fn pieces(self) -> &'t [Piece] {
        let data = self.data();
        match data.kind {
            NodeKind::Text | NodeKind::Comment => &self.tree.texts[data.data.0 as usize].pieces,
            _ => &[],
        }
    }

    /// The parts of a decoded text with their bytes in the file: the text of a part, or `None` if it is verbatim there.
    pub fn written_pieces(self) -> impl Iterator<Item = (Span, Option<&'t str>)> {
        let tree = self.tree;
        self.pieces().iter().map(|piece| (piece.written, piece.decoded.map(|span| span.slice(&tree.strings))))
    }

    /// This node as an element, if it is one.
    pub fn as_element(self) -> Option<Element<'t>> {
        (self.kind() == NodeKind::Element).then_some(Element(self))
    }

    /// The parent node.
    pub fn parent(self) -> Option<Node<'t>> {
        self.at(self.data().parent)
    }

    /// The node before this one under the same parent.
    pub fn previous_sibling(self) -> Option<Node<'t>> {
        self.at(self.data().previous)
    }

    /// The node after this one under the same parent.
    pub fn next_sibling(self) -> Option<Node<'t>> {
        self.at(self.data().next)
    }

    /// The elements that contain this node, nearest first.
    pub fn ancestors(self) -> impl Iterator<Item = Element<'t>> {
        std::iter::successors(self.parent().and_then(Node::as_element), |element| element.parent())
    }

    /// The child nodes.
    pub fn children(self) -> impl Iterator<Item = Node<'t>> {
        std::iter::successors(self.at(self.data().first), |node| node.next_sibling())
    }

    /// All descendants in document order, without the node itself.
    pub fn descendants(self) -> impl Iterator<Item = Node<'t>> {
        let top = self;
        std::iter::successors(self.at(self.data().first), move |node| node.following(top))
    }

    /// The next node in document order that is still inside `top`.
    fn following(self, top: Node<'t>) -> Option<Node<'t>> {
        if let Some(first) = self.data().first {
            return self.at(Some(first));
        }
        let mut node = self;
        while node.id != top.id {
            if let Some(next) = node.next_sibling() {
                return Some(next);
            }
            node = node.parent()?;
        }
        None
    }
}

impl<'t> Element<'t> {
    /// The element as a node.
    pub fn node(self) -> Node<'t> {
        self.0
    }

    /// The tree the element belongs to.
    pub fn tree(self) -> &'t Tree<'t> {
        self.0.tree
    }

    /// The local name, in lower case for HTML elements.
    pub fn name(self) -> &'t str {
        &self.0.data().name.local
    }

    /// The local name as an atom, for fast comparison and lookup.
    pub fn local_name(self) -> &'t LocalName {
        &self.0.data().name.local
    }

    /// Whether this is a link: `<a>` with an `href`, regardless of its value.
    pub fn is_link(self) -> bool {
        *self.local_name() == local_name!("a") && self.has_attribute("href")
    }

    /// The level of a heading: 1 for `<h1>` to 6 for `<h6>`.
    pub fn heading_level(self) -> Option<u8> {
        match self.name().as_bytes() {
            [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
            _ => None,
        }
    }

    /// Whether this is an HTML element, rather than one inside `<svg>` or `<math>`.
    pub fn is_html(self) -> bool {
        self.0.data().name.ns == ns!(html)
    }

    /// The namespace: HTML, SVG or MathML.
    pub fn namespace(self) -> &'t Namespace {
        &self.0.data().name.ns
    }

    /// Where the element comes from: HTML, Markdown, a shortcode, or HTML's parsing rules.
    pub fn origin(self) -> Origin {
        self.0.origin()
    }

    /// Whether the element is in the source, as HTML, Markdown or a shortcode; false for implied elements and clones.
    pub fn is_written(self) -> bool {
        matches!(self.origin(), Origin::Html | Origin::Markdown | Origin::Shortcode)
    }

    /// The element that a clone was copied from.
    pub fn original(self) -> Option<Element<'t>> {
        self.0.at(self.0.data().original).and_then(Node::as_element)
    }

    /// Byte span of the start tag (HTML) or the whole construct (Markdown); `None` for implied elements.
    pub fn start_tag(self) -> Option<Span> {
        self.0.span()
    }

    /// Byte span of the end tag; `None` if there is none, empty for Markdown constructs.
    pub fn end_tag(self) -> Option<Span> {
        // kramdown closes raw HTML that is left open: that end is not a tag in the source.
        let written = |span: &Span| self.origin() != Origin::Html || !span.is_empty();
        self.0.data().end_tag.filter(written)
    }

    /// From the start tag to the end tag, or to the end of the last descendant if there is no end tag.
    pub fn span(self) -> Option<Span> {
        let own = match (self.origin(), self.start_tag()) {
            (Origin::Implied, _) => None,
            (_, span) => span,
        };
        let end = self.end_tag().or_else(|| {
            let mut last = self.0.at(self.0.data().last);
            while let Some(node) = last {
                let span = node.as_element().map_or(node.span(), Element::span);
                if span.is_some() {
                    return span;
                }
                last = node.previous_sibling();
            }
            None
        });
        match (own, end) {
            (Some(own), Some(end)) => Some(own.join(end)),
            (own, end) => own.or(end),
        }
    }

    /// The attributes in source order.
    pub fn attributes(self) -> impl Iterator<Item = Attribute<'t>> {
        let tree = self.0.tree;
        tree.attributes_of(self.0.id).iter().map(move |data| Attribute { tree, data })
    }

    /// The attribute with this name (lower case).
    // Inlined, so that comparing with a constant name takes only a few instructions.
    #[inline(always)]
    pub fn attribute(self, name: &str) -> Option<Attribute<'t>> {
        self.attributes().find(|attribute| attribute.name() == name)
    }

    /// Whether the attribute is present, regardless of its value.
    #[inline(always)]
    pub fn has_attribute(self, name: &str) -> bool {
        self.attribute(name).is_some()
    }

    /// Whether there is template syntax between the attributes (`<a {% if x %}rel="y"{% endif %}>`, `<img
    /// {...props}>`), so that the element may have more attributes than are visible here.
    pub fn has_unknown_attributes(self) -> bool {
        let is_tag = !matches!(self.origin(), Origin::Markdown | Origin::Shortcode);
        let Some(tag) = self.start_tag().filter(|_| is_tag) else { return false };
        let inside_value =
            |template: Span| self.attributes().any(|a| a.value_span().is_some_and(|value| value.contains(template)));
        self.tree().templates_in(tag).any(|template| !inside_value(template))
    }

    /// The parent element; `None` at the top.
    pub fn parent(self) -> Option<Element<'t>> {
        self.0.parent().and_then(Node::as_element)
    }

    /// The elements that contain this one, nearest first.
    pub fn ancestors(self) -> impl Iterator<Item = Element<'t>> {
        self.0.ancestors()
    }

    /// The child nodes.
    pub fn children(self) -> impl Iterator<Item = Node<'t>> {
        self.0.children()
    }

    /// The child elements.
    pub fn child_elements(self) -> impl Iterator<Item = Element<'t>> {
        self.children().filter_map(Node::as_element)
    }

    /// All descendant nodes in document order.
    pub fn descendants(self) -> impl Iterator<Item = Node<'t>> {
        self.0.descendants()
    }

    /// All descendant elements in document order.
    pub fn descendant_elements(self) -> impl Iterator<Item = Element<'t>> {
        self.descendants().filter_map(Node::as_element)
    }

    /// The element before this one under the same parent.
    pub fn previous_element(self) -> Option<Element<'t>> {
        std::iter::successors(self.0.previous_sibling(), |node| node.previous_sibling()).find_map(Node::as_element)
    }

    /// The element after this one under the same parent.
    pub fn next_element(self) -> Option<Element<'t>> {
        std::iter::successors(self.0.next_sibling(), |node| node.next_sibling()).find_map(Node::as_element)
    }
}

impl<'t> Attribute<'t> {
    /// The name, in lower case.
    pub fn name(self) -> &'t str {
        &self.data.name.local
    }

    /// The name as an atom, for fast comparison and lookup.
    pub fn local_name(self) -> &'t LocalName {
        &self.data.name.local
    }

    /// The namespace: empty except for `xlink:href`, `xml:lang` and the like inside `<svg>` and `<math>`.
    pub fn namespace(self) -> &'t Namespace {
        &self.data.name.ns
    }

    /// The decoded value; empty if there is none.
    pub fn value(self) -> &'t str {
        self.tree.string(self.data.value)
    }

    /// Byte span of the name; `None` if Markdown syntax implies it.
    pub fn name_span(self) -> Option<Span> {
        self.data.name_span
    }

    /// Byte span of the value without quotes: empty for `alt=""`, `None` for a bare `alt`.
    pub fn value_span(self) -> Option<Span> {
        self.data.value_span
    }

    /// Byte span from the name to the closing quote.
    pub fn span(self) -> Option<Span> {
        let value = self.data.value_span.map(|value| match self.data.quote {
            0 => value,
            _ => Span::new(value.start - 1, value.end + 1),
        });
        match (self.data.name_span, value) {
            (Some(name), Some(value)) => Some(name.join(value)),
            (name, value) => name.or(value),
        }
    }

    /// The quote around the value: `"`, `'`, or `None`.
    pub fn quote(self) -> Option<char> {
        (self.data.quote != 0).then_some(self.data.quote as char)
    }

    /// Whether the value contains template syntax, so that it is not known.
    pub fn is_unknown(self) -> bool {
        self.data.value_span.is_some_and(|span| self.tree.has_template(span) && !self.is_parameter(span))
    }

    /// Whether the value is a parameter of a shortcode that writes the element: it is inside the template, but known.
    fn is_parameter(self, value: Span) -> bool {
        let is_around = |template: Span| template.start < value.start && value.end < template.end;
        let is_shortcode = |template: Span| template.slice(self.tree.source).starts_with("{{");
        let mut templates = self.tree.templates_in(value);
        self.data.name_span.is_none() && templates.all(|template| is_around(template) && is_shortcode(template))
    }

    /// The value if it is known; `None` if it contains template syntax.
    pub fn known_value(self) -> Option<&'t str> {
        (!self.is_unknown()).then(|| self.value())
    }
}

/// Where the bytes of a node's decoded text are in the file.
#[derive(Clone)]
pub struct WrittenOffsets<'t> {
    node: Node<'t>,
    /// Where each piece of the decoded text ends.
    ends: Vec<u32>,
}

impl WrittenOffsets<'_> {
    /// Same as [`Node::written_offset`].
    pub fn get(&self, offset: u32) -> Option<u32> {
        let pieces = self.node.pieces();
        let Some(last) = pieces.last() else { return self.node.span().map(|span| span.start + offset) };
        let at = self.ends.partition_point(|end| *end <= offset);
        let Some(piece) = pieces.get(at) else { return Some(last.written.end) };
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        Some(piece.written.start + if piece.decoded.is_some() { 0 } else { offset - start })
    }
}
