//! The elements of a post while it is read, as `xml.etree.ElementTree` has them: an element's text is what comes before
//! its first child, its tail what comes after its end.

use crate::document::read::python_markdown::text::Text;
use crate::source::Span;
use html5ever::LocalName;

/// An element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct NodeId(u32);

/// An attribute.
#[derive(Clone, Debug)]
pub(super) struct Attribute {
    pub(super) name: LocalName,
    pub(super) value: Text,
    /// Where its name is written, in an attribute list.
    pub(super) name_span: Option<Span>,
    /// Whether its value is written there, in whole.
    pub(super) is_written: bool,
}

/// An element with its text and its children.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) tag: LocalName,
    pub(super) span: Option<Span>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) text: Option<Text>,
    pub(super) tail: Option<Text>,
    pub(super) children: Vec<NodeId>,
    /// The start and end tag, if the author wrote HTML (`md_in_html`).
    pub(super) tags: Option<Box<Tags>>,
    /// Whether attributes differ from those of the tags.
    pub(super) has_changed: bool,
}

/// Tags of an element that is written as HTML.
#[derive(Clone, Debug, Default)]
pub(super) struct Tags {
    pub(super) start: Text,
    pub(super) end: Option<Text>,
}

/// All elements. The first is the root.
#[derive(Debug)]
pub(super) struct Nodes {
    all: Vec<Node>,
}

impl Nodes {
    pub(super) const ROOT: NodeId = NodeId(0);

    pub(super) fn new() -> Nodes {
        Nodes { all: vec![Node::new(LocalName::from("div"), None)] }
    }

    /// Adds an element without a parent.
    pub(super) fn detached(&mut self, node: Node) -> NodeId {
        self.all.push(node);
        NodeId(self.all.len() as u32 - 1)
    }

    /// Adds an element as the last child of `parent` (`etree.SubElement`).
    pub(super) fn push(&mut self, parent: NodeId, node: Node) -> NodeId {
        let id = self.detached(node);
        self.get_mut(parent).children.push(id);
        id
    }

    /// Adds an element with this name as the last child of `parent`.
    pub(super) fn add(&mut self, parent: NodeId, tag: &str, span: Option<Span>) -> NodeId {
        self.push(parent, Node::new(LocalName::from(tag), span))
    }

    pub(super) fn get(&self, id: NodeId) -> &Node {
        &self.all[id.0 as usize]
    }

    pub(super) fn get_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.all[id.0 as usize]
    }

    pub(super) fn tag(&self, id: NodeId) -> &str {
        &self.get(id).tag
    }

    pub(super) fn is(&self, id: NodeId, names: &[&str]) -> bool {
        names.contains(&self.tag(id))
    }

    pub(super) fn last_child(&self, id: NodeId) -> Option<NodeId> {
        self.get(id).children.last().copied()
    }

    /// Whether the element is `<pre>` with `<code>` as its first child; returns the latter.
    pub(super) fn code_of(&self, id: NodeId) -> Option<NodeId> {
        let first = self.get(id).children.first().copied()?;
        (self.tag(id) == "pre" && self.tag(first) == "code").then_some(first)
    }

    pub(super) fn class(&self, id: NodeId) -> &str {
        self.get(id).attribute("class").map_or("", |class| class.value.as_str())
    }

    /// All elements below `id`, it included, in document order.
    pub(super) fn descendants(&self, id: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        let mut stack = vec![id];
        while let Some(id) = stack.pop() {
            found.push(id);
            stack.extend(self.get(id).children.iter().rev());
        }
        found
    }
}

impl Node {
    pub(super) fn new(tag: LocalName, span: Option<Span>) -> Node {
        Node {
            tag,
            span,
            attributes: Vec::new(),
            text: None,
            tail: None,
            children: Vec::new(),
            tags: None,
            has_changed: false,
        }
    }

    pub(super) fn named(tag: &str, span: Span) -> Node {
        Node::new(LocalName::from(tag), Some(span))
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| &*attribute.name == name)
    }

    /// Sets an attribute that the engine makes.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        self.put(Attribute {
            name: LocalName::from(name),
            value: Text::of(value, Span::default()),
            name_span: None,
            is_written: false,
        });
    }

    /// Sets an attribute whose value the author wrote.
    pub(super) fn set_written(&mut self, name: &str, value: Text) {
        self.put(Attribute { name: LocalName::from(name), value, name_span: None, is_written: true });
    }

    pub(super) fn put(&mut self, attribute: Attribute) {
        self.has_changed = true;
        match self.attributes.iter_mut().find(|known| known.name == attribute.name) {
            Some(known) => *known = attribute,
            None => self.attributes.push(attribute),
        }
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.has_changed = true;
        self.attributes.retain(|attribute| &*attribute.name != name);
    }

    pub(super) fn has_text(&self) -> bool {
        self.text.as_ref().is_some_and(|text| !text.is_empty())
    }

    /// Makes the span cover this one as well.
    pub(super) fn cover(&mut self, span: Span) {
        self.span = Some(self.span.map_or(span, |own| own.join(span)));
    }
}
