//! Definition lists (`DefListProcessor` in `extensions/def_list.py`).

use super::{Parser, Rest, State};
use crate::document::read::python_markdown::lines::{Block, Search};
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{Node, NodeId};

impl Parser<'_> {
    pub(super) fn definition_list(&mut self, parent: NodeId, block: &Block, rest: &mut Rest) -> bool {
        let found = block.find(Search::Definition, |line, _| mark_len(self.buffer.line(line)).is_some());
        let Some((index, line)) = found.and_then(|index| Some((index, block.line(index)?))) else { return false };
        let before = block.part(0, index);
        let mut terms: Vec<Text> = before
            .lines()
            .iter()
            .map(|&line| self.buffer.trimmed(line))
            .filter(|line| !line.is_empty())
            .map(|line| self.buffer.slice(line))
            .collect();
        let mut sibling = self.last_child(parent);
        if terms.is_empty() && sibling.is_none() {
            return false;
        }
        let mut content = vec![line.from(mark_len(self.buffer.line(line)).unwrap_or(0))];
        let after = block.after(index + 1);
        let is_plain = after.line(0).is_some_and(|line| is_not_indented(self.buffer.line(line)));
        let (lines, used) = if is_plain { (after.lines().to_vec(), after.len()) } else { self.detab(&after, 4) };
        if lines.iter().any(|line| !line.is_empty()) || lines.len() > 1 {
            content.extend(lines);
        }
        let mut state = State::List;
        if terms.is_empty()
            && let Some(paragraph) = sibling.filter(|&last| self.nodes.tag(last) == "p")
        {
            state = State::LooseList;
            terms = self.nodes.get(paragraph).text.as_ref().map_or_else(Vec::new, lines_of);
            self.nodes.get_mut(parent).children.pop();
            sibling = self.last_child(parent);
        }
        let span = self.span_of(block.part(index, block.len() - after.len() + used).lines());
        let list = match sibling.filter(|&last| self.nodes.tag(last) == "dl") {
            Some(list) => {
                let last = self.last_child(list).filter(|&last| self.nodes.tag(last) == "dd");
                if terms.is_empty() && last.is_some_and(|last| !self.nodes.get(last).children.is_empty()) {
                    state = State::LooseList;
                }
                list
            }
            None => self.nodes.add(parent, "dl", span),
        };
        for term in terms {
            let id = self.nodes.push(list, Node::named("dt", term.whole()));
            self.nodes.get_mut(list).cover(term.whole());
            self.nodes.get_mut(id).text = Some(term);
        }
        let id = self.nodes.add(list, "dd", span);
        if let Some(span) = span {
            self.nodes.get_mut(list).cover(span);
        }
        self.within(state, |parser| parser.parse_one(id, Block::new(content)));
        if !is_plain {
            self.put_back(after.after(used), rest);
        }
        true
    }
}

/// The lines of a text.
fn lines_of(text: &Text) -> Vec<Text> {
    let mut start = 0;
    let mut found = Vec::new();
    for end in memchr::memchr_iter(b'\n', text.as_str().as_bytes()).chain([text.len()]) {
        found.push(text.slice(start..end));
        start = end + 1;
    }
    found
}

/// The length of `: ` at the start of a line.
fn mark_len(line: &str) -> Option<usize> {
    let indent = line.bytes().take(4).take_while(|&byte| byte == b' ').count();
    let rest = line.get(indent..).filter(|_| indent <= 3)?.strip_prefix(':')?;
    let spaces = rest.bytes().take(3).take_while(|&byte| byte == b' ').count();
    (spaces > 0).then_some(indent + 1 + spaces)
}

/// `NO_INDENT_RE`
fn is_not_indented(line: &str) -> bool {
    let indent = line.bytes().take(4).take_while(|&byte| byte == b' ').count();
    let next = line.as_bytes().get(indent).copied();
    indent <= 3 && next.is_some_and(|byte| !matches!(byte, b' ' | b':'))
}
