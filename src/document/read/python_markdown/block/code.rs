//! Indented code, and blank lines in it (`CodeBlockProcessor`, `EmptyBlockProcessor`).

use super::{Parser, Rest};
use crate::document::read::python_markdown::lines::{Block, Line};
use crate::document::read::python_markdown::stash;
use crate::document::read::python_markdown::tree::NodeId;

impl Parser<'_> {
    pub(super) fn empty(&mut self, parent: NodeId, block: &Block, rest: &mut Rest) -> bool {
        let is_whole = block.is_empty();
        if !is_whole && !block.line(0).is_some_and(Line::is_empty) {
            return false;
        }
        let at = block.line(0).map(|line| self.buffer.span(line)).unwrap_or_default();
        if !is_whole {
            self.put_back(block.after(1), rest);
        }
        if let Some(code) = self.last_child(parent).and_then(|last| self.nodes.code_of(last)) {
            let text = self.nodes.get_mut(code).text.get_or_insert_default();
            text.push_str(if is_whole { "\n\n" } else { "\n" }, at);
        }
        true
    }

    pub(super) fn code(&mut self, parent: NodeId, block: &Block, rest: &mut Rest) -> bool {
        if !self.starts_with_spaces(block.line(0), 4) {
            return false;
        }
        let reverted = self.reverted(block);
        let block = reverted.as_ref().unwrap_or(block);
        let (lines, count) = self.detab(block, 4);
        let mut written = self.buffer.joined(&lines);
        written.truncate(written.as_str().trim_end().len());
        let span = self.span_of(&lines).unwrap_or_default();
        let end = crate::source::Span::empty(span.end);
        let sibling = self.last_child(parent).and_then(|last| Some((last, self.nodes.code_of(last)?)));
        match sibling {
            Some((pre, code)) => {
                let text = self.nodes.get_mut(code).text.get_or_insert_default();
                text.push_str("\n", crate::source::Span::empty(span.start));
                text.push_all(&written);
                text.push_str("\n", end);
                self.nodes.get_mut(code).cover(span);
                self.nodes.get_mut(pre).cover(span);
            }
            None => {
                let pre = self.nodes.add(parent, "pre", Some(span));
                let code = self.nodes.add(pre, "code", Some(span));
                written.push_str("\n", end);
                self.nodes.get_mut(code).text = Some(written.atomic());
            }
        }
        self.put_back(block.after(count), rest);
        true
    }

    /// The block with the fences in it as they were written: they are code already (`revert_greedy_fences`).
    fn reverted(&mut self, block: &Block) -> Option<Block> {
        if self.originals.is_empty() {
            return None;
        }
        let mut lines = Vec::new();
        let mut is_changed = false;
        for &line in block.lines() {
            let text = self.buffer.line(line);
            let indent = text.bytes().take_while(|byte| matches!(byte, b' ' | b'>')).count();
            let rest = text.get(indent..).unwrap_or("");
            let whole = stash::html_at_start(rest).filter(|found| found.end == rest.len());
            match whole.and_then(|found| self.originals.remove(&found.index)) {
                Some((original, columns)) => {
                    is_changed = true;
                    for text in original {
                        let cut = columns.saturating_sub(indent).min(text.len());
                        lines.extend(self.buffer.add(&text.slice(cut..text.len())));
                    }
                }
                None => lines.push(line),
            }
        }
        is_changed.then(|| Block::new(lines))
    }
}
