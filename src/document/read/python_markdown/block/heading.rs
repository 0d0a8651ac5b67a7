//! Headings and rules (`HashHeaderProcessor`, `SetextHeaderProcessor`, `HRProcessor`).

use super::{Parser, Rest, State};
use crate::document::read::python_markdown::lines::{Block, Line, Search, leading_spaces};
use crate::document::read::python_markdown::tree::NodeId;

impl Parser<'_> {
    pub(super) fn hash_header(&mut self, parent: NodeId, block: &Block, rest: &mut Rest) -> bool {
        let found = block.find(Search::Header, |line, _| header(self.buffer.line(line)).is_some());
        let Some((index, line)) = found.and_then(|index| Some((index, block.line(index)?))) else { return false };
        let Some((level, len)) = header(self.buffer.line(line)) else { return false };
        if index > 0 {
            self.parse_one(parent, block.part(0, index));
        }
        let content = Line { start: line.start + level as u32, end: line.start + (level + len) as u32 };
        self.heading(parent, level, self.buffer.trimmed(line), content);
        let after = block.after(index + 1);
        if !after.is_empty() && self.is_state(State::LooseList) {
            rest.push_front(Block::new(self.loose_detab(&after, 1)));
        } else {
            self.put_back(after, rest);
        }
        true
    }

    fn heading(&mut self, parent: NodeId, level: usize, all: Line, content: Line) {
        let name = ["h1", "h2", "h3", "h4", "h5", "h6"].get(level - 1).copied().unwrap_or("h6");
        let id = self.nodes.add(parent, name, Some(self.buffer.span(all)));
        self.nodes.get_mut(id).text = Some(self.buffer.slice(self.buffer.trimmed(content)));
    }

    pub(super) fn setext_header(&mut self, parent: NodeId, block: &Block, rest: &mut Rest) -> bool {
        let (Some(first), Some(second)) = (block.line(0), block.line(1)) else { return false };
        let under = self.buffer.line(second).trim_end_matches(' ');
        let is_line_of = |mark: u8| !under.is_empty() && under.bytes().all(|byte| byte == mark);
        let level = if is_line_of(b'=') { 1 } else { 2 };
        if level == 2 && !is_line_of(b'-') {
            return false;
        }
        let text = self.buffer.trimmed(first);
        let all = Line { start: text.start, end: second.start + under.len() as u32 };
        self.heading(parent, level, all, text);
        self.put_back(block.after(2), rest);
        true
    }

    pub(super) fn rule(&mut self, parent: NodeId, block: &Block, rest: &mut Rest) -> bool {
        let Some(index) = block.find(Search::Rule, |line, _| is_rule(self.buffer.line(line))) else { return false };
        let before = block.part(0, index);
        let last = before.lines().iter().rposition(|line| !line.is_empty());
        if let Some(last) = last {
            self.parse_one(parent, before.part(0, last + 1));
        }
        let span = block.line(index).map(|line| self.buffer.span(self.buffer.trimmed(line)));
        self.nodes.add(parent, "hr", span);
        let after = block.after(index + 1);
        let first = after.find(Search::NotEmpty, |line, _| !line.is_empty());
        if let Some(first) = first {
            rest.push_front(after.after(first));
        }
        true
    }
}

/// The level of a heading with `#`, and the length of its text.
fn header(line: &str) -> Option<(usize, usize)> {
    let bytes = line.as_bytes();
    let level = bytes.iter().take(6).take_while(|&&byte| byte == b'#').count();
    if level == 0 {
        return None;
    }
    let end = line.trim_end_matches('#').len().max(level);
    let mut at = level;
    while at < end {
        match bytes.get(at) {
            // A backslash takes the next character along, which must be there.
            Some(b'\\') => at += 1 + line.get(at + 1..)?.chars().next()?.len_utf8(),
            _ => at += 1,
        }
    }
    Some((level, at - level))
}

fn is_rule(line: &str) -> bool {
    let indent = leading_spaces(line);
    let marks = line.get(indent..).unwrap_or("").trim_end_matches(' ');
    let Some(mark) = marks.bytes().next().filter(|byte| matches!(byte, b'-' | b'_' | b'*')) else { return false };
    let count = marks.bytes().filter(|&byte| byte == mark).count();
    let is_pure = marks.bytes().all(|byte| byte == mark || byte == b' ');
    indent <= 3 && count >= 3 && is_pure && !marks.contains("   ")
}
