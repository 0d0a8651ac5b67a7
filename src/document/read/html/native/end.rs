//! End tags: the "in body" insertion mode (<https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody>).

use crate::document::read::html::native::Native;
use crate::document::read::html::native::class::{Class, reason_to_leave};
use crate::document::read::html::native::page::Stage;
use crate::document::read::html::native::reason::Reason;
use crate::document::tree::{NodeId, Origin, ParseNote, ParseNoteKind};
use crate::source::Span;
use html5ever::{LocalName, local_name};

impl Native<'_, '_> {
    /// Processes an end tag, or the end of a Markdown construct.
    pub(super) fn end(&mut self, name: &LocalName, span: Span, origin: Origin) -> Result<(), Reason> {
        self.begin(origin);
        let was_raw_text = self.raw_text.take().is_some();
        if self.stage != Stage::Content && !was_raw_text {
            return self.end_in_page(name, span);
        }
        let top = self.stack.top();
        let class = if top.name == *name { top.class } else { Class::of(name) };
        if *name == local_name!("body") && self.is_page {
            return self.end_body(span);
        }
        if class.is(Class::LEFT) {
            return Err(reason_to_leave(name).unwrap_or(Reason::RareElement));
        }
        if class.is(Class::STRUCTURE) || class.is(Class::CELL) {
            let part = self.close_table_part(name)?;
            self.set_end(part.id, span);
            return Ok(());
        }
        if *name == local_name!("form") {
            return self.end_form(span);
        }
        if self.stack.top().name == *name {
            self.set_end(self.stack.top().id, span);
            self.stack.pop();
            return Ok(());
        }
        if self.stack.is_in_table() {
            return Err(Reason::Fostered);
        }
        match self.element_to_close(name, class)? {
            Some(index) => {
                let open = self.stack.get(index);
                let id = open.id;
                // `</h3>` closes `<h2>`.
                if open.name != *name && origin == Origin::Html {
                    let kind = ParseNoteKind::MismatchedEndTag;
                    self.tree.notes.push(ParseNote { kind, span, element: Some(id) });
                }
                self.set_end(id, span);
                self.stack.close_with_end_tag(index)
            }
            None => {
                // `</p>` without a `<p>` creates one, and `</br>` is a `<br>`.
                let creates = matches!(*name, local_name!("p") | local_name!("br"));
                let element = creates.then(|| self.insert_implied(name.clone()));
                if origin == Origin::Html {
                    let kind = ParseNoteKind::StrayEndTag;
                    self.tree.notes.push(ParseNote { kind, span, element });
                }
                Ok(())
            }
        }
    }

    /// The index of the element that an end tag closes if it is not the innermost one; `None` if the tag is ignored.
    fn element_to_close(&self, name: &LocalName, class: Class) -> Result<Option<usize>, Reason> {
        let stack = &self.stack;
        if class.is(Class::FORMATTING) {
            if !stack.has(name) {
                return Ok(None);
            }
            let stops = Class::FORMATTING;
            let found =
                stack.find(|open| open.name == *name, |open| open.class.is(stops) || open.class.is(Class::SPECIAL));
            return found.map(Some).ok_or(Reason::Misnested);
        }
        if class.is(Class::HEADING) {
            return Ok(stack.find(|open| open.class.is(Class::HEADING), |open| open.class.is(Class::SCOPE)));
        }
        match *name {
            local_name!("p") => Ok(stack.find_p()),
            local_name!("applet") | local_name!("marquee") | local_name!("object") => Err(Reason::Misnested),
            local_name!("li") => Ok(stack.find(
                |open| open.name == *name,
                |open| open.class.is(Class::SCOPE) || matches!(open.name, local_name!("ul") | local_name!("ol")),
            )),
            local_name!("dd") | local_name!("dt") => {
                Ok(stack.find(|open| open.name == *name, |open| open.class.is(Class::SCOPE)))
            }
            _ if class.is(Class::BLOCK) => {
                Ok(stack.find(|open| open.name == *name, |open| open.class.is(Class::SCOPE)))
            }
            _ => Ok(stack.find(|open| open.name == *name, |open| open.class.is(Class::SPECIAL))),
        }
    }

    /// `</form>` closes the form only, not the elements in it.
    fn end_form(&mut self, span: Span) -> Result<(), Reason> {
        let form = self.stack.find(|open| open.name == local_name!("form"), |open| !open.class.is(Class::IMPLIED_END));
        let Some(index) = form.filter(|_| self.has_form) else { return Err(Reason::Misnested) };
        self.has_form = false;
        self.set_end(self.stack.get(index).id, span);
        self.stack.close_with_end_tag(index)
    }

    /// Records the end tag of an element.
    pub(super) fn set_end(&mut self, id: NodeId, span: Span) {
        self.tree.data_mut(id).end_tag = Some(span);
    }
}
