//! Blocks with indented content: `extensions/admonition.py`, `pymdownx/details.py`.

use super::{Parser, Rest};
use crate::document::read::python_markdown::lines::{Block, Line, Search};
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{Node, NodeId};
use std::ops::Range;

/// What the first line of a container says.
struct Start {
    class: Option<Range<usize>>,
    title: Option<Range<usize>>,
    is_open: bool,
}

/// More content of a container: the element it belongs to, its lines, and how many lines of the block they are.
pub(super) struct Content {
    pub(super) parent: NodeId,
    pub(super) lines: Vec<Line>,
    pub(super) used: usize,
}

impl Parser<'_> {
    pub(super) fn admonition(&mut self, parent: NodeId, block: &Block, rest: &mut Rest) -> bool {
        let found = block.find(Search::Admonition, |line, _| admonition_start(self.buffer.line(line)).is_some());
        let Some((index, line)) = found.and_then(|index| Some((index, block.line(index)?))) else {
            let is_own = |parser: &Self, last| {
                parser.nodes.tag(last) == "div" && parser.nodes.class(last).contains("admonition")
            };
            return self.more_content(parent, block, rest, is_own);
        };
        let Some(start) = admonition_start(self.buffer.line(line)) else { return false };
        let class = start.class.map(|range| self.part(line, range)).unwrap_or_default();
        let lower = spaces_compressed(&class.as_str().to_lowercase());
        let span = self.span_with_content(block, index);
        let mut node = Node::named("div", span);
        node.set("class", &format!("admonition {lower}"));
        let title = match start.title {
            None => Some(Text::of(&capitalized(lower.split(' ').next().unwrap_or("")), class.whole())),
            Some(range) if range.is_empty() => None,
            Some(range) => Some(self.part(line, range)),
        };
        let before = block.part(0, index);
        if index > 0 {
            self.parse_one(parent, before);
        }
        let id = self.nodes.push(parent, node);
        if let Some(title) = title {
            let mut node = Node::named("p", title.whole());
            node.set("class", "admonition-title");
            node.text = Some(title);
            self.nodes.push(id, node);
        }
        self.content_below(id, block, index, rest);
        true
    }

    pub(super) fn details(&mut self, parent: NodeId, block: &Block, rest: &mut Rest) -> bool {
        let found = block.find(Search::Details, |line, _| details_start(self.buffer.line(line)).is_some());
        let Some((index, line)) = found.and_then(|index| Some((index, block.line(index)?))) else {
            let is_own = |parser: &Self, last| parser.nodes.tag(last) == "details";
            return self.more_content(parent, block, rest, is_own);
        };
        let Some(start) = details_start(self.buffer.line(line)) else { return false };
        let class = start.class.map(|range| self.part(line, range)).unwrap_or_default();
        let lower = spaces_compressed(&class.as_str().to_lowercase());
        let mut node = Node::named("details", self.span_with_content(block, index));
        if start.is_open {
            node.set("open", "open");
        }
        if !lower.is_empty() {
            node.set("class", &lower);
        }
        let title = match start.title {
            Some(range) => self.part(line, range),
            None => Text::of(&capitalized(lower.split(' ').next().unwrap_or("")), class.whole()),
        };
        if index > 0 {
            self.parse_one(parent, block.part(0, index));
        }
        let id = self.nodes.push(parent, node);
        let mut summary = Node::named("summary", title.whole());
        summary.text = Some(title);
        self.nodes.push(id, summary);
        self.content_below(id, block, index, rest);
        true
    }

    /// A part of a line, by offsets in it.
    pub(super) fn part(&self, line: Line, range: Range<usize>) -> Text {
        let start = line.start + range.start as u32;
        self.buffer.slice(Line { start, end: line.start + range.end as u32 })
    }

    /// The span of a container that begins on the line `index`, with its indented lines.
    pub(super) fn span_with_content(&self, block: &Block, index: usize) -> crate::source::Span {
        let (_, used) = self.detab(&block.after(index + 1), 4);
        self.span_of(block.part(index, index + 1 + used).lines()).unwrap_or_default()
    }

    /// Reads the indented lines after the first line of a container.
    pub(super) fn content_below(&mut self, id: NodeId, block: &Block, index: usize, rest: &mut Rest) {
        let after = block.after(index + 1);
        let (lines, used) = self.detab(&after, 4);
        self.parse_chunk(id, &lines);
        self.put_back(after.after(used), rest);
    }

    /// Reads a block that continues the container before it (`parse_content`).
    fn more_content(
        &mut self,
        parent: NodeId,
        block: &Block,
        rest: &mut Rest,
        is_own: impl Fn(&Self, NodeId) -> bool,
    ) -> bool {
        let Some(last) = self.last_child(parent).filter(|&last| is_own(self, last)) else { return false };
        let Some(content) = self.content_of(last, block) else { return false };
        if self.nodes.is(content.parent, &["li", "dd"]) {
            self.wrap_text(content.parent, false);
        }
        self.add_content(content.parent, last, content, block, rest);
        true
    }

    pub(super) fn add_content(&mut self, id: NodeId, outer: NodeId, content: Content, block: &Block, rest: &mut Rest) {
        if let Some(span) = self.span_of(&content.lines) {
            self.nodes.get_mut(outer).cover(span);
            self.nodes.get_mut(id).cover(span);
        }
        self.parse_chunk(id, &content.lines);
        self.put_back(block.after(content.used), rest);
    }

    /// The element that an indented block continues: the container, or an item of the lists at its end.
    fn content_of(&self, container: NodeId, block: &Block) -> Option<Content> {
        let list = |id: NodeId| Some(id).filter(|&id| self.is_list(id));
        self.content_in(container, self.last_child(container), block, list)
    }

    pub(super) fn is_list(&self, id: NodeId) -> bool {
        self.nodes.is(id, &["ul", "ol", "dl"])
    }

    /// The element that an indented block continues: `outer`, or an item of the lists at its end (`parse_content`).
    /// `last` is the last element of `outer`, `list` is the list that such an element is, or has at its end.
    pub(super) fn content_in(
        &self,
        outer: NodeId,
        mut last: Option<NodeId>,
        block: &Block,
        list: impl Fn(NodeId) -> Option<NodeId>,
    ) -> Option<Content> {
        let mut spaces = block.line(0).map_or(0, |line| self.indentation(line));
        let mut sibling = Some(outer);
        let mut indent = 0;
        while let Some(list) = last.filter(|_| spaces >= 8).and_then(&list) {
            sibling = self.last_child(list);
            last = sibling.and_then(|item| self.last_child(item));
            spaces -= 4;
            indent += 4;
        }
        let parent = sibling.filter(|_| spaces >= 4)?;
        let (lines, used) = self.detab(block, indent + 4);
        Some(Content { parent, lines, used })
    }
}

/// `str.capitalize`
fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    let first: String = characters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    first + &characters.as_str().to_lowercase()
}

fn spaces_compressed(text: &str) -> String {
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The length of words, separated by spaces, at the start of the text: `[\w\-]+(?: +[\w\-]+)*`.
fn words_len(text: &str) -> usize {
    let word = |text: &str| -> usize {
        text.chars().take_while(|&c| c.is_alphanumeric() || matches!(c, '_' | '-')).map(char::len_utf8).sum()
    };
    let mut len = word(text);
    while len > 0 {
        let rest = text.get(len..).unwrap_or("");
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        let next = word(rest.get(spaces..).unwrap_or(""));
        if spaces == 0 || next == 0 {
            break;
        }
        len += spaces + next;
    }
    len
}

/// `"title"` at the end of a line, from `from` on: the range between its quotes.
pub(super) fn title_at(line: &str, from: usize) -> Option<Range<usize>> {
    let rest = line.get(from..)?;
    let open = from + rest.len() - rest.trim_start_matches(' ').len();
    let end = line.trim_end_matches(' ').len();
    let inside = open + 1..end.checked_sub(1)?;
    let is_quoted = line.get(open..)?.starts_with('"') && line.get(..end)?.ends_with('"') && inside.start <= inside.end;
    is_quoted.then_some(inside)
}

/// `!!! note "Title"`
fn admonition_start(line: &str) -> Option<Start> {
    let rest = line.strip_prefix("!!!")?;
    let from = 3 + usize::from(rest.starts_with(' '));
    let len = words_len(line.get(from..)?);
    if len == 0 {
        return None;
    }
    let class = Some(from..from + len);
    let after = line.get(from + len..)?;
    if after.trim_matches(' ').is_empty() {
        return Some(Start { class, title: None, is_open: false });
    }
    let title = Some(title_at(line, from + len).filter(|_| after.starts_with(' '))?);
    Some(Start { class, title, is_open: false })
}

/// `??? note "Title"`, `???+ "Title"`
fn details_start(line: &str) -> Option<Start> {
    let rest = line.strip_prefix("???")?;
    let is_open = rest.starts_with('+');
    let mark = 3 + usize::from(is_open);
    let from = mark + usize::from(line.get(mark..)?.starts_with(' '));
    let len = words_len(line.get(from..)?);
    let class = (len > 0).then_some(from..from + len);
    let after = line.get(from + len..)?;
    if len > 0 && after.trim_matches(' ').is_empty() {
        return Some(Start { class, title: None, is_open });
    }
    // A space comes before the title; it may be the one after the mark.
    let spaced = after.starts_with(' ') || len == 0 && from > mark && line.get(from..)?.starts_with('"');
    let title = Some(title_at(line, from + len).filter(|_| spaced)?);
    Some(Start { class, title, is_open })
}
