//! Start tags: the "in body" insertion mode (<https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody>).

use crate::document::read::html::native::class::{Class, reason_to_leave};
use crate::document::read::html::native::page::Stage;
use crate::document::read::html::native::reason::Reason;
use crate::document::read::html::native::stack::Open;
use crate::document::read::html::native::{Native, RawText};
use crate::document::tree::{NodeData, NodeId, NodeKind, Origin};
use crate::source::Span;
use html5ever::{LocalName, QualName, local_name, ns};

/// A start tag, or the start of a Markdown construct.
#[derive(Clone, Debug)]
pub(super) struct StartTag {
    pub name: LocalName,
    pub span: Span,
    pub origin: Origin,
    /// The index of its first attribute in the tree; it has all from there on.
    pub attributes: usize,
}

impl Native<'_, '_> {
    /// Processes a start tag, whose attributes are already in the tree.
    pub(super) fn start(&mut self, tag: StartTag) -> Result<(), Reason> {
        self.begin(tag.origin);
        if self.stage != Stage::Content {
            return self.start_in_page(tag);
        }
        let class = Class::of(&tag.name);
        if class.is(Class::LEFT) {
            return Err(reason_to_leave(&tag.name).unwrap_or(Reason::RareElement));
        }
        if class.is(Class::CELL) || (class.is(Class::STRUCTURE) && tag.name != local_name!("table")) {
            self.open_table_part(&tag.name)?;
        } else if self.stack.is_in_table() {
            if !class.is(Class::SCRIPTING) {
                return Err(Reason::Fostered);
            }
        } else {
            self.close_before(&tag.name, class)?;
        }
        let raw_text = class.is(Class::RAW).then(|| RawText::of(&tag.name));
        self.drops_line_feed =
            matches!(tag.name, local_name!("pre") | local_name!("listing") | local_name!("textarea"));
        let id = self.insert(&tag);
        if !class.is(Class::VOID) {
            self.raw_text = raw_text;
            self.stack.push(Open { id, name: tag.name, class })?;
        }
        Ok(())
    }

    /// Closes the elements that end before a start tag outside of tables.
    fn close_before(&mut self, name: &LocalName, class: Class) -> Result<(), Reason> {
        if class == Class::NONE {
            return Ok(());
        }
        match *name {
            local_name!("li") => self.close_item(|open| *open == local_name!("li"))?,
            local_name!("dd") | local_name!("dt") => {
                self.close_item(|open| matches!(*open, local_name!("dd") | local_name!("dt")))?;
            }
            local_name!("a") => {
                let around = self.stack.find(|open| open.name == *name, |open| open.class.is(Class::MARKER));
                return if around.is_some() { Err(Reason::Nested) } else { Ok(()) };
            }
            local_name!("button") if self.stack.has(name) => return Err(Reason::Nested),
            local_name!("form") if std::mem::replace(&mut self.has_form, true) => return Err(Reason::Nested),
            local_name!("select") | local_name!("input") | local_name!("hr") if self.has_select() => {
                return Err(Reason::Select);
            }
            _ => {}
        }
        if class.is(Class::OPTION) {
            self.close_option(name)?;
        }
        if class.is(Class::RUBY) && self.stack.top().class.is(Class::IMPLIED_END) {
            return Err(Reason::Ruby);
        }
        if class.is(Class::CLOSES_P) {
            self.stack.close_p()?;
            if class.is(Class::HEADING) && self.stack.top().class.is(Class::HEADING) {
                self.stack.pop();
            }
        }
        Ok(())
    }

    fn has_select(&self) -> bool {
        self.stack.has(&local_name!("select"))
    }

    /// Closes the open option before the next one, and the open group before the next one.
    fn close_option(&mut self, name: &LocalName) -> Result<(), Reason> {
        let is_select = |open: &Open| open.name == local_name!("select");
        if self.stack.find(is_select, |open| open.class.is(Class::SCOPE)).is_none() {
            return Err(Reason::Select);
        }
        let keeps = |open: &Open| *name == local_name!("option") && open.name == local_name!("optgroup");
        while self.stack.top().class.is(Class::IMPLIED_END) && !keeps(self.stack.top()) {
            self.stack.pop();
        }
        Ok(())
    }

    /// Closes the open item before a start tag of the next one, and the `<p>` around that.
    fn close_item(&mut self, is_item: impl Fn(&LocalName) -> bool) -> Result<(), Reason> {
        let is_around = |open: &Open| {
            open.class.is(Class::SPECIAL)
                && !matches!(open.name, local_name!("address") | local_name!("div") | local_name!("p"))
        };
        if let Some(index) = self.stack.find(|open| is_item(&open.name), is_around) {
            self.stack.close(index)?;
        }
        self.stack.close_p()
    }

    /// Adds the element of a start tag to the innermost open one.
    pub(super) fn insert(&mut self, tag: &StartTag) -> NodeId {
        let mut node = NodeData::new(NodeKind::Element, html_name(tag.name.clone()));
        node.span = Some(tag.span);
        node.origin = tag.origin;
        node.data = (tag.attributes as u32, (self.tree.attributes.len() - tag.attributes) as u32);
        self.tree.push_last(self.stack.top().id, node)
    }

    /// Opens an element that is not in the source.
    pub(super) fn open_implied(&mut self, name: LocalName) -> Result<(), Reason> {
        let id = self.insert_implied(name.clone());
        let class = Class::of(&name);
        self.stack.push(Open { id, name, class })
    }

    /// Adds an element that is not in the source to the innermost open one.
    pub(super) fn insert_implied(&mut self, name: LocalName) -> NodeId {
        let mut node = NodeData::new(NodeKind::Element, html_name(name));
        node.origin = Origin::Implied;
        self.tree.push_last(self.stack.top().id, node)
    }
}

/// The name of an HTML element.
pub(super) fn html_name(local: LocalName) -> QualName {
    QualName::new(None, ns!(html), local)
}
