//! Reads blocks into elements: `blockparser.py`, `blockprocessors.py`, and the processors of extensions, by priority.

mod code;
mod container;
mod definition_list;
mod heading;
mod html;
mod indent;
mod list;
mod math;
mod paragraph;
mod quote;
mod reference;
mod tabbed;
mod table;

use crate::document::read::python_markdown::html::Extracted;
use crate::document::read::python_markdown::html::State as InsideState;
use crate::document::read::python_markdown::lines::{Block, Buffer, Line, blocks};
use crate::document::read::python_markdown::options::Options;
use crate::document::read::python_markdown::stash::Stash;
use crate::document::read::python_markdown::superfences::Originals;
use crate::document::read::python_markdown::text::Text;
use crate::document::read::python_markdown::tree::{NodeId, Nodes};
use crate::source::Span;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// What a block is part of (`State` in `blockparser.py`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    List,
    LooseList,
    Detabbed,
    Quote,
}

/// The target of a link reference.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub(super) url: Text,
    pub(super) title: Option<Text>,
}

/// A footnote's text, and all that is written for it.
#[derive(Clone, Debug)]
pub(super) struct Footnote {
    pub(super) name: String,
    pub(super) lines: Vec<Line>,
    pub(super) span: Span,
}

/// What blocks define for the inline text of all of them.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    pub(super) references: FxHashMap<String, Reference>,
    pub(super) footnotes: Vec<Footnote>,
    pub(super) footnote_indexes: FxHashMap<String, usize>,
    /// Abbreviations with their titles, in the order of the file.
    pub(super) abbreviations: Vec<(String, Text)>,
}

pub(super) struct Parser<'o> {
    pub(super) options: &'o Options,
    /// The file, with its templates masked.
    masked: &'o str,
    pub(super) buffer: Buffer,
    pub(super) nodes: Nodes,
    pub(super) stash: Stash,
    pub(super) definitions: Definitions,
    inside: FxHashMap<NodeId, InsideState>,
    originals: Originals,
    states: Vec<State>,
    depth: usize,
    tab_groups: usize,
}

/// How deep blocks may be nested: python-markdown stops at Python's limit of recursion.
const MAX_DEPTH: usize = 100;

type Rest = VecDeque<Block>;

impl<'o> Parser<'o> {
    /// Reads all blocks of a text below the root.
    pub(super) fn read(
        options: &'o Options,
        masked: &'o str,
        extracted: Extracted,
        (nodes, stash): (Nodes, Stash),
        originals: Originals,
    ) -> Self {
        let mut parser = Parser {
            options,
            masked,
            buffer: Buffer::default(),
            nodes,
            stash,
            definitions: Definitions::default(),
            inside: extracted.inside.states,
            originals,
            states: Vec::new(),
            depth: 0,
            tab_groups: 0,
        };
        let lines = parser.buffer.add(&extracted.text);
        parser.parse_chunk(Nodes::ROOT, &lines);
        parser
    }

    /// Reads the blocks of some lines (`parseChunk`).
    pub(super) fn parse_chunk(&mut self, parent: NodeId, lines: &[Line]) {
        self.parse_blocks(parent, blocks(lines).into());
    }

    fn parse_one(&mut self, parent: NodeId, block: Block) {
        self.parse_blocks(parent, VecDeque::from([block]));
    }

    fn parse_blocks(&mut self, parent: NodeId, mut blocks: Rest) {
        self.depth += 1;
        while let Some(block) = blocks.pop_front() {
            if self.depth > MAX_DEPTH {
                self.paragraph(parent, &block);
            } else {
                self.parse_block(parent, block, &mut blocks);
            }
        }
        self.depth -= 1;
    }

    fn parse_block(&mut self, parent: NodeId, block: Block, rest: &mut Rest) {
        let options = self.options;
        let _ = options.admonition && self.admonition(parent, &block, rest)
            || options.md_in_html && self.element(parent, &block, rest)
            || options.details && self.details(parent, &block, rest)
            || options.tabbed.is_some() && self.tabbed(parent, &block, rest)
            || self.empty(parent, &block, rest)
            || self.indent(parent, &block, false)
            || options.def_list && self.indent(parent, &block, true)
            || self.code(parent, &block, rest)
            || options.arithmatex.is_some() && self.math(parent, &block)
            || options.tables && self.table(parent, &block)
            || self.hash_header(parent, &block, rest)
            || self.setext_header(parent, &block, rest)
            || self.rule(parent, &block, rest)
            || self.list(parent, &block, true)
            || self.list(parent, &block, false)
            || options.def_list && self.definition_list(parent, &block, rest)
            || self.quote(parent, &block)
            || options.footnotes && self.footnote(&block, rest)
            || options.abbr && self.abbreviation(&block, rest)
            || self.reference(&block, rest)
            || self.paragraph(parent, &block);
    }

    fn is_state(&self, state: State) -> bool {
        self.states.last() == Some(&state)
    }

    /// Runs `read` while blocks are part of this.
    fn within(&mut self, state: State, read: impl FnOnce(&mut Self)) {
        self.states.push(state);
        read(self);
        self.states.pop();
    }

    fn last_child(&self, id: NodeId) -> Option<NodeId> {
        self.nodes.last_child(id)
    }

    fn starts_with_spaces(&self, line: Option<Line>, spaces: usize) -> bool {
        line.is_some_and(|line| self.indentation(line) >= spaces)
    }

    fn indentation(&self, line: Line) -> usize {
        self.buffer.line(line).bytes().take_while(|&byte| byte == b' ').count()
    }

    fn is_blank(&self, line: Line) -> bool {
        self.buffer.line(line).trim().is_empty()
    }

    fn is_blank_block(&self, block: &Block) -> bool {
        block.lines().iter().all(|&line| self.is_blank(line))
    }

    /// The indented lines at the start of a block without their indentation, and the number of them (`detab`).
    fn detab(&self, block: &Block, spaces: usize) -> (Vec<Line>, usize) {
        let mut lines = Vec::new();
        for &line in block.lines() {
            if self.indentation(line) >= spaces {
                lines.push(line.from(spaces));
            } else if self.is_blank(line) {
                lines.push(Line { start: line.end, end: line.end });
            } else {
                break;
            }
        }
        let count = lines.len();
        (lines, count)
    }

    /// The lines with less indentation, where they have it (`looseDetab`).
    fn loose_detab(&self, block: &Block, levels: usize) -> Vec<Line> {
        let spaces = 4 * levels;
        let cut = |&line: &Line| if self.indentation(line) >= spaces { line.from(spaces) } else { line };
        block.lines().iter().map(cut).collect()
    }

    /// Puts lines back to be read next, if they hold anything.
    fn put_back(&self, block: Block, rest: &mut Rest) {
        if !block.is_empty() {
            rest.push_front(block);
        }
    }

    /// The text of an element becomes a paragraph, its first child or its last.
    fn wrap_text(&mut self, id: NodeId, first: bool) {
        let Some(text) = self.nodes.get_mut(id).text.take().filter(|text| !text.is_empty()) else { return };
        let span = text.whole();
        let paragraph = self.nodes.detached(crate::document::read::python_markdown::tree::Node::named("p", span));
        self.nodes.get_mut(paragraph).text = Some(text);
        let children = &mut self.nodes.get_mut(id).children;
        children.insert(if first { 0 } else { children.len() }, paragraph);
    }

    /// Adds what is written in the file.
    pub(super) fn push_written(&self, text: &mut Text, span: Span) {
        text.push_verbatim(span.slice(self.masked), span.start);
    }

    /// A formula in the marks that scripts look for.
    pub(super) fn wrapped_math(&self, content: &Text, (open, close): (&str, &str)) -> Text {
        let span = content.whole();
        let mut text = Text::of(open, Span::empty(span.start));
        text.push_all(content);
        text.push_str(close, Span::empty(span.end));
        text.atomic()
    }

    fn span_of(&self, lines: &[Line]) -> Option<Span> {
        self.buffer.span_of(lines)
    }
}
