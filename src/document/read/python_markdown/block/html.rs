//! Elements with Markdown in them (`MarkdownInHtmlProcessor` in `extensions/md_in_html.py`).

use super::{Parser, Rest};
use crate::document::read::python_markdown::html::State;
use crate::document::read::python_markdown::lines::Block;
use crate::document::read::python_markdown::stash::{self, Stashed};
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::NodeId;

impl Parser<'_> {
    pub(super) fn element(&mut self, parent: NodeId, block: &Block, rest: &mut Rest) -> bool {
        let Some(line) = block.line(0) else { return false };
        let Some(found) = stash::html_at_start(self.buffer.line(line)) else { return false };
        let Some(&Stashed::Element(id)) = self.stash.get(found.index) else { return false };
        self.stash.take(found.index);
        self.nodes.get_mut(parent).children.push(id);
        self.element_content(id);
        let mut lines = block.lines().to_vec();
        if let Some(first) = lines.first_mut() {
            *first = first.from(found.end);
        }
        self.put_back(Block::new(lines), rest);
        true
    }

    /// Reads the content of an element (`parse_element_content`).
    fn element_content(&mut self, id: NodeId) {
        self.depth += 1;
        match self.inside.get(&id).copied().unwrap_or(State::Off) {
            _ if self.depth > super::MAX_DEPTH => {}
            State::Block => {
                if let Some(mut text) = self.nodes.get_mut(id).text.take() {
                    text.truncate(text.as_str().trim_end_matches('\n').len());
                    let lines = self.buffer.add(&text);
                    if !text.is_empty() {
                        self.parse_chunk(id, &lines);
                    }
                }
            }
            State::Span => self.span_content(id),
            State::Off => {
                let node = self.nodes.get_mut(id);
                node.text = node.text.take().map(Text::atomic);
                for child in node.children.clone() {
                    self.element_content(child);
                    let child = self.nodes.get_mut(child);
                    child.tail = child.tail.take().map(Text::atomic);
                }
            }
        }
        self.depth -= 1;
    }

    /// Puts the elements in the text of an element that holds inline text where their placeholders are.
    fn span_content(&mut self, id: NodeId) {
        let text = self.nodes.get_mut(id).text.take().unwrap_or_default();
        let mut start = 0;
        let mut last: Option<NodeId> = None;
        let mut from = 0;
        while let Some(found) = stash::next_html(text.as_str(), from) {
            from = found.end;
            let Some(&Stashed::Element(child)) = self.stash.get(found.index) else { continue };
            self.add_text(id, last, text.slice(start..found.start));
            self.stash.take(found.index);
            self.nodes.get_mut(id).children.push(child);
            self.element_content(child);
            last = Some(child);
            start = found.end;
        }
        self.add_text(id, last, text.slice(start..text.len()));
    }

    fn add_text(&mut self, id: NodeId, last: Option<NodeId>, text: Text) {
        let place = match last {
            Some(last) => &mut self.nodes.get_mut(last).tail,
            None => &mut self.nodes.get_mut(id).text,
        };
        place.get_or_insert_default().push_all(&text);
    }
}
