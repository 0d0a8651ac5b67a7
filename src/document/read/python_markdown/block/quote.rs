//! Quotes (`BlockQuoteProcessor`).

use super::{Parser, State};
use crate::document::read::python_markdown::lines::{Block, Line, Search};
use crate::document::read::python_markdown::tree::NodeId;

impl Parser<'_> {
    pub(super) fn quote(&mut self, parent: NodeId, block: &Block) -> bool {
        let found = block.find(Search::Quote, |line, _| mark_len(self.buffer.line(line)).is_some());
        let Some(index) = found else { return false };
        if index > 0 {
            self.parse_one(parent, block.part(0, index));
        }
        let written = block.after(index);
        let lines: Vec<Line> = written.lines().iter().map(|&line| self.without_mark(line)).collect();
        let span = self.span_of(written.lines());
        let quote = match self.last_child(parent).filter(|&last| self.nodes.tag(last) == "blockquote") {
            Some(quote) => quote,
            None => self.nodes.add(parent, "blockquote", span),
        };
        if let Some(span) = span {
            self.nodes.get_mut(quote).cover(span);
        }
        self.within(State::Quote, |parser| parser.parse_chunk(quote, &lines));
        true
    }

    fn without_mark(&self, line: Line) -> Line {
        let text = self.buffer.line(line);
        if text.trim() == ">" {
            return Line { start: line.end, end: line.end };
        }
        mark_len(text).map_or(line, |len| line.from(len))
    }
}

/// The length of `> ` at the start of a line.
fn mark_len(line: &str) -> Option<usize> {
    let indent = line.bytes().take(4).take_while(|&byte| byte == b' ').count();
    let rest = line.get(indent..).filter(|_| indent <= 3)?.strip_prefix('>')?;
    Some(indent + 1 + usize::from(rest.starts_with(' ')))
}
