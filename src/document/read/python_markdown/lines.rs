//! Blocks as lines of a text that all of them share: taking off indentation moves the starts of lines and copies nothing.

use crate::document::read::python_markdown::text::Text;
use crate::source::Span;
use std::cell::Cell;
use std::rc::Rc;

/// A line without its end: a range of the shared text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Line {
    pub(super) fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The line without its first bytes.
    pub(super) fn from(self, bytes: usize) -> Line {
        Line { start: (self.start + bytes as u32).min(self.end), end: self.end }
    }
}

/// The shared text.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    text: Text,
}

impl Buffer {
    /// Adds a text; returns its lines.
    pub(super) fn add(&mut self, text: &Text) -> Vec<Line> {
        let from = self.text.len();
        self.text.push_all(text);
        let end = self.text.len();
        let added = self.text.get(from..end);
        let mut start = from;
        let mut lines = Vec::new();
        for at in memchr::memchr_iter(b'\n', added.as_bytes()) {
            lines.push(Line { start: start as u32, end: (from + at) as u32 });
            start = from + at + 1;
        }
        lines.push(Line { start: start as u32, end: end as u32 });
        // Texts do not run into each other.
        self.text.push_str("\n", self.text.span(end..end));
        lines
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn line(&self, line: Line) -> &str {
        self.text.get(line.start as usize..line.end as usize)
    }

    /// What is before a line in the shared text, up to the end of the line before.
    pub(super) fn before(&self, line: Line) -> &str {
        let until = self.text.get(0..line.start as usize);
        until.get(memchr::memrchr(b'\n', until.as_bytes()).map_or(0, |at| at + 1)..).unwrap_or("")
    }

    pub(super) fn slice(&self, line: Line) -> Text {
        self.text.slice(line.start as usize..line.end as usize)
    }

    pub(super) fn span(&self, line: Line) -> Span {
        self.text.span(line.start as usize..line.end as usize)
    }

    /// The span of these lines without whitespace around them.
    pub(super) fn span_of(&self, lines: &[Line]) -> Option<Span> {
        let mut trimmed = lines.iter().map(|&line| self.trimmed(line)).filter(|line| !line.is_empty());
        let first = self.span(trimmed.next()?);
        let mut backwards = lines.iter().rev().map(|&line| self.trimmed(line)).filter(|line| !line.is_empty());
        Some(backwards.next().map_or(first, |last| first.join(self.span(last))))
    }

    /// The line without whitespace around it.
    pub(super) fn trimmed(&self, line: Line) -> Line {
        let text = self.line(line);
        let start = line.start + (text.len() - text.trim_start().len()) as u32;
        Line { start, end: start + text.trim().len() as u32 }
    }

    /// The lines joined by line ends.
    pub(super) fn joined(&self, lines: &[Line]) -> Text {
        let mut text = Text::default();
        for (index, &line) in lines.iter().enumerate() {
            if index > 0 {
                self.push_line_end(&mut text, lines.get(index - 1).copied());
            }
            text.push(&self.text, line.start as usize..line.end as usize);
        }
        text
    }

    /// Adds the line end that follows `line`.
    fn push_line_end(&self, text: &mut Text, line: Option<Line>) {
        let end = line.map_or(0, |line| line.end as usize);
        match self.text.byte(end) {
            Some(b'\n') => text.push(&self.text, end..end + 1),
            _ => text.push_str("\n", self.text.span(end..end)),
        }
    }
}

/// Kinds of lines that are searched for in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Search {
    Header,
    Rule,
    Quote,
    Definition,
    Admonition,
    Details,
    Tabbed,
    Reference,
    Footnote,
    Abbreviation,
    NoPipe,
    NotEmpty,
}

const SEARCHES: usize = 12;

/// Lines, with what searches in them found last.
#[derive(Debug)]
struct Lines {
    all: Vec<Line>,
    /// From where each was searched, and the line it found.
    found: [Cell<(u32, u32)>; SEARCHES],
}

/// Some consecutive lines: what python-markdown has as the string of a block.
#[derive(Clone, Debug)]
pub(super) struct Block {
    lines: Rc<Lines>,
    from: u32,
    to: u32,
}

impl Block {
    pub(super) fn new(all: Vec<Line>) -> Block {
        let to = all.len() as u32;
        let found = std::array::from_fn(|_| Cell::new((u32::MAX, 0)));
        Block { lines: Rc::new(Lines { all, found }), from: 0, to }
    }

    pub(super) fn lines(&self) -> &[Line] {
        self.lines.all.get(self.from as usize..self.to as usize).unwrap_or(&[])
    }

    pub(super) fn line(&self, index: usize) -> Option<Line> {
        self.lines().get(index).copied()
    }

    pub(super) fn len(&self) -> usize {
        (self.to - self.from) as usize
    }

    /// The lines from `from` to `to`.
    pub(super) fn part(&self, from: usize, to: usize) -> Block {
        let from = (self.from + from as u32).min(self.to);
        let to = (self.from + to as u32).min(self.to).max(from);
        Block { lines: Rc::clone(&self.lines), from, to }
    }

    pub(super) fn after(&self, from: usize) -> Block {
        self.part(from, self.len())
    }

    /// Whether it has no text at all: no line, or a single one that is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0 || self.len() == 1 && self.lines().iter().all(|line| line.is_empty())
    }

    /// The first line that `is` finds; searching it again from a later line costs nothing.
    pub(super) fn find(&self, search: Search, is: impl Fn(Line, usize) -> bool) -> Option<usize> {
        let cell = &self.lines.found[search as usize];
        let (from, found) = cell.get();
        let found = if from <= self.from && self.from <= found {
            found
        } else {
            let rest = self.lines.all.iter().enumerate().skip(self.from as usize);
            let next = rest.take_while(|(index, _)| *index < self.to as usize);
            let found = next.clone().find(|(index, line)| is(**line, *index - self.from as usize));
            match found {
                Some((index, _)) => {
                    cell.set((self.from, index as u32));
                    index as u32
                }
                None => {
                    // Nothing up to the end of this block; more is not known.
                    if self.to as usize == self.lines.all.len() {
                        cell.set((self.from, u32::MAX));
                    }
                    return None;
                }
            }
        };
        (found < self.to).then(|| (found - self.from) as usize)
    }
}

/// The blocks of a text: it is split where two line ends follow each other (`text.split('\n\n')`).
pub(super) fn blocks(lines: &[Line]) -> Vec<Block> {
    let mut found = Vec::new();
    let mut current = Vec::new();
    let mut index = 0;
    while let Some(&line) = lines.get(index) {
        current.push(line);
        index += 1;
        let is_split = lines.get(index).is_some_and(|next| next.is_empty()) && index + 1 < lines.len();
        if is_split {
            found.push(Block::new(std::mem::take(&mut current)));
            index += 1;
        }
    }
    found.push(Block::new(current));
    found
}

/// The number of spaces at the start.
pub(super) fn leading_spaces(text: &str) -> usize {
    text.bytes().take_while(|&byte| byte == b' ').count()
}
