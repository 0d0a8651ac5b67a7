//! Whole pages: what comes before and after the content of `<body>`
//! (<https://html.spec.whatwg.org/multipage/parsing.html#the-initial-insertion-mode> and the insertion modes after it).
//!
//! Only pages with `<!doctype html>` and the tags of `html`, `head` and `body` are built natively: nothing has to be
//! implied, and no quirks apply.

use crate::document::read::html::native::class::Class;
use crate::document::read::html::native::reason::Reason;
use crate::document::read::html::native::stack::Open;
use crate::document::read::html::native::start::StartTag;
use crate::document::read::html::native::{Native, RawText};
use crate::document::tree::{NodeData, NodeId, NodeKind, no_name};
use crate::source::Span;
use html5ever::{LocalName, local_name};

/// The part of a page that is being built; for a fragment, always its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    BeforeDoctype,
    BeforeHtml,
    BeforeHead,
    Head,
    AfterHead,
    Content,
    AfterBody,
    AfterHtml,
}

impl Native<'_, '_> {
    /// Adds a doctype; `rest` is the text after `<!doctype`.
    pub(super) fn add_doctype(&mut self, span: Span, rest: &str) -> Result<(), Reason> {
        let is_space = |c: char| c.is_ascii_whitespace();
        let name = rest.trim_matches(is_space);
        if self.stage != Stage::BeforeDoctype || !rest.starts_with(is_space) || !name.eq_ignore_ascii_case("html") {
            return Err(Reason::Declaration);
        }
        self.stage = Stage::BeforeHtml;
        let mut node = NodeData::new(NodeKind::Doctype, no_name());
        node.span = Some(span);
        self.tree.push_last(NodeId::DOCUMENT, node);
        Ok(())
    }

    /// Processes a start tag outside of the content.
    pub(super) fn start_in_page(&mut self, tag: StartTag) -> Result<(), Reason> {
        let next = match (self.stage, &tag.name) {
            (Stage::BeforeHtml, &local_name!("html")) => Stage::BeforeHead,
            (Stage::BeforeHead, &local_name!("head")) => Stage::Head,
            (Stage::AfterHead, &local_name!("body")) => Stage::Content,
            (Stage::Head, name) => return self.start_in_head(name.clone(), &tag),
            _ => return Err(Reason::WholePage),
        };
        let id = self.insert(&tag);
        let class = if next == Stage::BeforeHead { Class::ROOT } else { Class::PAGE };
        self.stage = next;
        self.stack.push(Open { id, name: tag.name, class })
    }

    fn start_in_head(&mut self, name: LocalName, tag: &StartTag) -> Result<(), Reason> {
        match name {
            local_name!("base")
            | local_name!("basefont")
            | local_name!("bgsound")
            | local_name!("link")
            | local_name!("meta") => {
                self.insert(tag);
                Ok(())
            }
            local_name!("title") | local_name!("style") | local_name!("script") | local_name!("noframes") => {
                let id = self.insert(tag);
                self.raw_text = Some(RawText::of(&name));
                let class = Class::of(&name);
                self.stack.push(Open { id, name, class })
            }
            _ => Err(Reason::WholePage),
        }
    }

    /// Processes an end tag outside of the content.
    pub(super) fn end_in_page(&mut self, name: &LocalName, span: Span) -> Result<(), Reason> {
        match (self.stage, name) {
            (Stage::Head, &local_name!("head")) => {
                self.set_end(self.stack.top().id, span);
                self.stack.pop();
                self.stage = Stage::AfterHead;
            }
            (Stage::AfterBody, &local_name!("html")) => {
                self.set_end(self.stack.get(1).id, span);
                self.stage = Stage::AfterHtml;
            }
            _ => return Err(Reason::WholePage),
        }
        Ok(())
    }

    /// Processes `</body>`, which closes nothing: whitespace after it is added to what is open.
    pub(super) fn end_body(&mut self, span: Span) -> Result<(), Reason> {
        let body = self.stack.find(|open| open.name == local_name!("body"), |open| open.class.is(Class::SCOPE));
        let Some(index) = body else { return Err(Reason::PageTag) };
        self.set_end(self.stack.get(index).id, span);
        self.stage = Stage::AfterBody;
        Ok(())
    }

    /// Whether text is dropped, which must be whitespace outside of the content.
    pub(super) fn drops_text(&self, text: &str) -> Result<bool, Reason> {
        if self.stage == Stage::Content || self.raw_text.is_some() {
            return Ok(false);
        }
        if !text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            return Err(Reason::WholePage);
        }
        Ok(self.stage < Stage::Head)
    }

    /// The node that a comment is added to.
    pub(super) fn parent_of_comment(&self) -> NodeId {
        match self.stage {
            Stage::AfterBody => self.stack.get(1).id,
            Stage::AfterHtml => NodeId::DOCUMENT,
            _ => self.stack.top().id,
        }
    }
}
