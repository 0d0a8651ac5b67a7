//! Inline HTML: tags must match inside the block's text, and block elements are text.
//!
//! In kramdown 2.4: `parser/kramdown/html.rb`, `parse_span_html`.

use crate::document::read::kramdown::html::{self, Model};
use crate::document::read::kramdown::inline::{Around, Event, Inline, OpeningTag, Stop};
use crate::document::read::kramdown::unread;
use crate::document::tree::{ParseNote, ParseNoteKind};

impl Inline<'_, '_> {
    /// Parses the tag or comment at `at`, or text that resembles one. Returns the end.
    pub(super) fn html(&mut self, at: usize, around: Around) -> Option<usize> {
        let source = self.source;
        let rest = source.get(at..)?;
        if rest.starts_with("<!--") {
            return self.comment(at);
        }
        if let Some((_, end)) = html::end_tag(source, at) {
            let span = self.text.span(at..end);
            self.notes.push(ParseNote { kind: ParseNoteKind::StrayEndTag, span, element: None });
            return Some(end);
        }
        let tag = html::start_tag(source, at)?;
        let name = html::canonical(&source[tag.name.clone()]);
        if html::is_block(&name) || around.depth >= crate::document::read::kramdown::inline::MAX_DEPTH {
            let span = self.text.span(at..tag.end);
            self.notes.push(ParseNote { kind: ParseNoteKind::PrintedStartTag, span, element: None });
            return Some(tag.end);
        }
        let default = html::model(&name) != Model::Raw || !is_raw_within_lines(&name);
        let parse = match tag.markdown.as_ref().map(|(_, value)| &source[value.clone()]) {
            Some("0") => false,
            Some("span") => true,
            Some("1") => html::model(&name) != Model::Raw,
            _ => default && !around.raw && self.parse_span_html,
        };
        let has_end = !html::is_void(&name);
        let event = Event::Tag(OpeningTag {
            range: at..tag.end,
            name_len: tag.name.len() as u32,
            markdown: tag.markdown.as_ref().map(|(written, _)| (written.start as u32, written.end as u32)),
        });
        let end = self.push(at..tag.end, event);
        if !has_end {
            return Some(end);
        }
        let number = self.events.all.len() - 1;
        if tag.self_closing {
            self.events.all.push(Event::ImpliedEnd(end, number));
            self.last_element = Some(number);
            return Some(end);
        }
        let outer = around;
        let around = Around { html: true, raw: !parse, directly_em: false, depth: around.depth + 1, ..around };
        let (stop, found) = self.spans(end, &mut Stop::EndTag(name), around);
        if !found {
            self.events.all.push(Event::ImpliedEnd(stop, number));
            self.last_element = Some(number);
            return Some(stop);
        }
        if !parse && !outer.raw && !outer.link && holds_prose(&source[self.name_of(number)]) {
            self.unread_markdown(end..stop);
        }
        let end = html::end_tag(source, stop).map_or(stop, |(_, end)| end);
        self.push(stop..end, Event::EndTag(stop..end, number));
        self.last_element = Some(number);
        Some(end)
    }

    /// The range of the name in the start tag that event `number` emits.
    fn name_of(&self, number: usize) -> std::ops::Range<usize> {
        match self.events.all.get(number) {
            Some(Event::Tag(tag)) => tag.name(),
            _ => 0..0,
        }
    }

    /// Adds notes for text in an element that resembles Markdown, which kramdown does not parse there.
    fn unread_markdown(&mut self, range: std::ops::Range<usize>) {
        for found in unread::markdown_in(self.source, range) {
            let span = self.text.span(found);
            self.notes.push(ParseNote { kind: ParseNoteKind::MarkdownInHtml, span, element: None });
        }
    }

    fn comment(&mut self, at: usize) -> Option<usize> {
        if self.no_comment_end {
            return None;
        }
        let found = memchr::memmem::find(self.source.as_bytes().get(at + 4..)?, b"-->");
        self.no_comment_end = found.is_none();
        let end = at + 4 + found? + 3;
        Some(self.push(at..end, Event::Markup(at..end)))
    }
}

/// Whether the end tag of `name` is at `at`.
pub(super) fn is_end_tag(source: &str, at: usize, name: &str) -> bool {
    source.as_bytes()[at] == b'<'
        && html::end_tag(source, at).is_some_and(|(found, _)| *html::canonical(&source[found]) == *name)
}

/// Whether inline elements of this name contain words in which kramdown parses no Markdown. It knows neither `<font>` nor
/// `<s>`.
fn holds_prose(name: &str) -> bool {
    const PROSE: [&str; 9] = ["bdi", "center", "font", "mark", "nobr", "s", "strike", "time", "u"];
    PROSE.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether inline elements of this name contain no Markdown. This includes elements unknown to kramdown.
fn is_raw_within_lines(name: &str) -> bool {
    !html::is_known(name)
        || matches!(
            name,
            "code" | "kbd" | "math" | "option" | "samp" | "script" | "style" | "textarea" | "var" | "mark" | "u"
        )
}
