//! Inline attribute lists and extensions.
//!
//! In kramdown 2.4: `parser/kramdown/extensions.rb`, `parse_span_extensions`.

use crate::document::read::kramdown::attributes::AttributeList;
use crate::document::read::kramdown::block::extension::{StartTag, attribute_list_end, is_known};
use crate::document::read::kramdown::inline::{Event, Inline, Last, Math, Opening};
use crate::document::tree::{ParseNote, ParseNoteKind};

impl Inline<'_, '_> {
    /// Parses `{: …}` after an element, or `{::name}…{:/}`; returns its end.
    pub(super) fn extension(&mut self, at: usize) -> Option<usize> {
        let rest = self.source.get(at..)?;
        if !rest.starts_with("{:") || self.last(Last::Brace) <= at || self.fuel == 0 {
            return None;
        }
        if rest.starts_with("{::") {
            return self.named_extension(at, rest);
        }
        let element = self.last_element.filter(|_| self.run == at)?;
        let Some(len) = attribute_list_end(rest) else {
            self.fuel = self.fuel.saturating_sub(rest.len());
            return None;
        };
        let list = AttributeList::parse(self.text, at + 2..at + len - 1);
        for &span in &list.malformed {
            self.notes.push(ParseNote { kind: ParseNoteKind::MalformedAttributeList, span, element: None });
        }
        let number = (self.reader.lists.len() + self.events.lists.len()) as u32;
        self.events.lists.push(list);
        self.events.applied.push((element as u32, number));
        if let Some(Event::Open(Opening { range, .. }) | Event::Math(Math { range, .. })) =
            self.events.all.get_mut(element)
        {
            range.end = at + len
        }
        self.run = at + len;
        Some(at + len)
    }

    fn named_extension(&mut self, at: usize, rest: &str) -> Option<usize> {
        if rest.starts_with("{::}") {
            self.flush(at);
            self.run = at + 4;
            return Some(at + 4);
        }
        let Some(tag) = StartTag::parse(rest).filter(|tag| is_known(tag.name)) else {
            self.fuel = self.fuel.saturating_sub(rest.len());
            return None;
        };
        let inside = at + tag.len;
        let (content, end) = if tag.closed {
            (inside..inside, inside)
        } else {
            let body = self.source.get(inside..)?;
            let found = memchr::memmem::find_iter(body.as_bytes(), b"{:/").find_map(|len| {
                let rest = &body[len + 3..];
                let rest = rest.strip_prefix(tag.name).unwrap_or(rest).strip_prefix('}')?;
                Some((len, body.len() - len - rest.len()))
            });
            let Some((len, stop)) = found else {
                self.fuel = self.fuel.saturating_sub(rest.len());
                return None;
            };
            (inside..inside + len, inside + len + stop)
        };
        let event = match tag.name {
            "comment" => Event::Comment(at..end, content),
            "nomarkdown" => {
                let list = AttributeList::parse(self.text, at + tag.list.start..at + tag.list.end);
                let shown = list.value("type").is_none_or(|types| types.split(' ').any(|word| word == "html"));
                if shown { Event::Markup(content) } else { Event::Nothing }
            }
            _ => {
                let list = AttributeList::parse(self.text, at + tag.list.start..at + tag.list.end);
                if let Some(value) = list.value("parse_span_html") {
                    self.parse_span_html = value == "true";
                }
                Event::Nothing
            }
        };
        Some(self.push(at..end, event))
    }
}
