//! Links and images with their target beside them (`LinkInlineProcessor`, `ImageInlineProcessor`).

use super::link_target::target;
use super::patterns::Context;
use super::{Cursor, Found, Held, Inline, Step};
use crate::document::read::python_markdown::stash;
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{Node, NodeId};
use std::ops::Range;

/// A `[` that begins a link or an image, and what is between it and its `]`.
pub(super) struct Label {
    /// With the `!` of an image.
    pub(super) start: usize,
    pub(super) text: Range<usize>,
}

impl Inline<'_, '_> {
    /// The next `[` or `![` at or after `from`, and the `]` that closes it.
    pub(super) fn label(
        at: &Cursor<'_>,
        context: &Context,
        from: usize,
        is_image: bool,
    ) -> Option<(usize, Option<Label>)> {
        let bytes = at.data.as_str().as_bytes();
        let mut next = from;
        loop {
            let open = next + memchr::memchr(b'[', bytes.get(next..)?)?;
            next = open + 1;
            let is_marked = at.before(open) == Some('!');
            if is_marked != is_image || is_image && open == from {
                continue;
            }
            let start = open - usize::from(is_image);
            let text = context.closing.get(&open).map(|&close| open + 1..close);
            return Some((open, text.map(|text| Label { start, text })));
        }
    }

    pub(super) fn link(&mut self, at: &Cursor<'_>, context: &Context, from: usize, is_image: bool) -> Option<Step> {
        let (open, label) = Self::label(at, context, from, is_image)?;
        let Some(label) = label else { return Some(Step::Skip(open + 1)) };
        let found = match at.data.byte(label.text.end + 1) {
            Some(b'(') if self.take_fuel(0) => target(at.data.as_str(), label.text.end + 1),
            _ => return Some(Step::Skip(open + 1)),
        };
        let target = match found {
            Ok(target) => target,
            Err(read) => {
                self.take_fuel(read);
                return Some(Step::Skip(open + 1));
            }
        };
        let data = at.data;
        let url = self.unescaped(&data.slice(target.url)).strip();
        let title = target.title.map(|title| self.title(&data.slice(title)));
        let span = data.span(label.start..target.end);
        let node = self.link_node(&data.slice(label.text), url, title, span, is_image);
        Some(Step::Replace(label.start, target.end, Found::Node(node)))
    }

    /// `<a>` or `<img>`
    pub(super) fn link_node(
        &mut self,
        text: &Text,
        url: Text,
        title: Option<Text>,
        span: crate::source::Span,
        is_image: bool,
    ) -> NodeId {
        let mut node = Node::named(if is_image { "img" } else { "a" }, span);
        node.set_written(if is_image { "src" } else { "href" }, url);
        if let Some(title) = title {
            node.set_written("title", title);
        }
        if is_image {
            node.set_written("alt", self.unescaped(text));
        } else {
            node.text = Some(text.clone());
        }
        self.nodes().detached(node)
    }

    /// A title on one line, without the quotes around it.
    fn title(&self, written: &Text) -> Text {
        let title = self.unescaped(&written.strip());
        let text = title.as_str();
        let is_quoted = |quote| text.len() > 1 && text.starts_with(quote) && text.ends_with(quote);
        let range = if is_quoted('"') || is_quoted('\'') { 1..text.len() - 1 } else { 0..text.len() };
        let mut clean = Text::default();
        let mut start = range.start;
        for (at, space) in title.get(range.clone()).match_indices(|c: char| c.is_whitespace() && c != ' ') {
            let at = range.start + at;
            clean.push(&title, start..at);
            start = at + space.len();
            clean.push_str(" ", title.span(at..start));
        }
        clean.push(&title, start..range.end);
        clean
    }

    /// The text with that of elements instead of their placeholders (`Pattern.unescape`).
    pub(super) fn unescaped(&self, text: &Text) -> Text {
        let mut out = Text::default();
        let mut start = 0;
        while let Some(found) = stash::next_inline(text.as_str(), start) {
            out.push(text, start..found.start);
            match self.held.get(found.index) {
                Some(Held::Text(text)) => out.push_all(text),
                Some(Held::Node(id)) => self.push_text_of(*id, &mut out, 0),
                _ => {}
            }
            start = found.end;
        }
        out.push(text, start..text.len());
        out
    }

    fn push_text_of(&self, id: NodeId, out: &mut Text, depth: usize) {
        let node = self.parser.nodes.get(id);
        if let Some(text) = &node.text {
            out.push_all(text);
        }
        for &child in node.children.iter().filter(|_| depth < 100) {
            self.push_text_of(child, out, depth + 1);
            if let Some(tail) = &self.parser.nodes.get(child).tail {
                out.push_all(tail);
            }
        }
    }
}
