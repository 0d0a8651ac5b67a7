//! Lists (`OListProcessor`, `UListProcessor`; `extensions/sane_lists.py`).

use super::{Parser, State};
use crate::document::read::python_markdown::lines::{Block, Line};
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{Node, NodeId};

/// The mark at the start of an item.
struct Mark {
    indent: usize,
    ordered: bool,
    /// Up to the item's text.
    len: usize,
}

impl Parser<'_> {
    pub(super) fn list(&mut self, parent: NodeId, block: &Block, ordered: bool) -> bool {
        let Some(line) = block.line(0) else { return false };
        let first = self.buffer.line(line);
        let Some(mark) = mark(first).filter(|mark| mark.indent <= 3 && mark.ordered == ordered) else { return false };
        let number = first.get(mark.indent..).unwrap_or("");
        let number = number.bytes().take_while(u8::is_ascii_digit).count();
        let number = line.start + mark.indent as u32..line.start + (mark.indent + number) as u32;
        let mut items = self.items(block, ordered).into_iter();
        let sibling = self.last_child(parent).filter(|&last| self.continues(last, ordered));
        let list = match sibling {
            Some(list) => {
                self.make_loose(list);
                if let Some(item) = items.next() {
                    let id = self.item(list, &item);
                    self.within(State::LooseList, |parser| parser.parse_one(id, Block::new(item)));
                }
                list
            }
            None if self.nodes.is(parent, &["ol", "ul"]) => parent,
            None => {
                let list = self.nodes.add(parent, if ordered { "ol" } else { "ul" }, self.span_of(block.lines()));
                let start = self.buffer.slice(Line { start: number.start, end: number.end });
                if self.options.sane_lists && ordered && start.as_str() != "1" {
                    self.nodes.get_mut(list).set_written("start", start);
                }
                list
            }
        };
        if let Some(span) = self.span_of(block.lines()) {
            self.nodes.get_mut(list).cover(span);
        }
        self.within(State::List, |parser| {
            for item in items {
                let is_indented = parser.starts_with_spaces(item.first().copied(), 4);
                let id = match parser.last_child(list).filter(|_| is_indented) {
                    Some(last) => last,
                    None => parser.item(list, &item),
                };
                parser.parse_one(id, Block::new(item));
            }
        });
        true
    }

    fn item(&mut self, list: NodeId, lines: &[Line]) -> NodeId {
        let span = self.span_of(lines).map(|span| self.with_mark(span, lines));
        self.nodes.add(list, "li", span.or_else(|| lines.first().map(|&line| self.buffer.span(line))))
    }

    /// The span with the mark of the item before it: its lines begin after that.
    fn with_mark(&self, span: crate::source::Span, lines: &[Line]) -> crate::source::Span {
        let Some(first) = lines.first() else { return span };
        let before = self.buffer.before(*first);
        let marked = before.trim_end_matches(' ');
        let digits = marked.trim_end_matches(['.', '*', '+', '-']).len();
        let mark = marked.get(..digits).unwrap_or("").trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let start =
            self.buffer.span(Line { start: first.start - (before.len() - mark) as u32, end: first.start }).start;
        crate::source::Span::new(start.min(span.start), span.end)
    }

    /// Whether a list after this element is part of it.
    fn continues(&self, last: NodeId, ordered: bool) -> bool {
        match (self.options.sane_lists, ordered) {
            (false, _) => self.nodes.is(last, &["ol", "ul"]),
            (true, true) => self.nodes.tag(last) == "ol",
            (true, false) => self.nodes.tag(last) == "ul",
        }
    }

    /// The last item of a list gets a paragraph, as another item follows it after a blank line.
    fn make_loose(&mut self, list: NodeId) {
        let Some(last) = self.last_child(list) else { return };
        self.wrap_text(last, true);
        let Some(child) = self.last_child(last) else { return };
        let Some(tail) = self.nodes.get_mut(child).tail.take().filter(|tail| !tail.is_empty()) else { return };
        let lead = tail.len() - tail.as_str().trim_start().len();
        let text: Text = tail.slice(lead..tail.len());
        let id = self.nodes.push(last, Node::named("p", text.whole()));
        self.nodes.get_mut(id).text = Some(text);
    }

    /// The lines of each item (`get_items`).
    fn items(&self, block: &Block, ordered: bool) -> Vec<Vec<Line>> {
        let mut items: Vec<Vec<Line>> = Vec::new();
        for &line in block.lines() {
            let found = mark(self.buffer.line(line));
            match (found, items.last_mut()) {
                (Some(mark), _) if mark.indent <= 3 && (!self.options.sane_lists || mark.ordered == ordered) => {
                    items.push(vec![line.from(mark.len)]);
                }
                (Some(mark), Some(last)) if mark.indent > 3 => {
                    match self.starts_with_spaces(last.first().copied(), 4) {
                        true => last.push(line),
                        false => items.push(vec![line]),
                    }
                }
                (_, Some(last)) => last.push(line),
                (_, None) => {}
            }
        }
        items
    }
}

/// `* ` or `1. ` after up to seven spaces.
fn mark(line: &str) -> Option<Mark> {
    let bytes = line.as_bytes();
    let indent = bytes.iter().take(8).take_while(|&&byte| byte == b' ').count();
    let rest = bytes.get(indent..).filter(|_| indent <= 7)?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let ordered = digits > 0;
    let len = match (rest.get(digits), ordered) {
        (Some(b'.'), true) => digits + 1,
        (Some(b'*' | b'+' | b'-'), false) => 1,
        _ => return None,
    };
    let spaces = rest.iter().skip(len).take_while(|&&byte| byte == b' ').count();
    (spaces > 0).then_some(Mark { indent, ordered, len: indent + len + spaces })
}
