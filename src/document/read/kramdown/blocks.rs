//! The blocks of a post as they are read, before their text is: a flat arena of linked siblings.

use std::ops::Range;

/// Index of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct BlockId(u32);

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Root,
    Blank,
    /// `^`, and definitions that leave nothing behind; `true` for the latter, which are no block boundary.
    Boundary(bool),
    /// A link definition: an attribute list after it goes to the links.
    LinkDefinition(u32),
    /// A footnote's definition.
    Footnote,
    /// An abbreviation's definition; the content is the abbreviation.
    Abbreviation,
    /// `true`: stands for its text alone, as in a tight list item.
    Paragraph(bool),
    Heading(u8),
    Quote,
    List {
        ordered: bool,
    },
    Item,
    DefinitionList,
    Term,
    Definition,
    /// The language is a range of the text; empty where there is none.
    Code {
        language: (u32, u32),
    },
    Rule,
    Table,
    TableHead,
    TableBody,
    TableFoot,
    Row,
    Cell(Align),
    HeadCell(Align),
    Math,
    /// A run of HTML, with the parts it was read in as its children.
    Html,
    /// Mark-up and text that HTML's reader gets as it stands.
    Markup,
    /// A start tag without its `markdown` attribute, whose bytes these are.
    MarkupWithout {
        from: u32,
        to: u32,
    },
    /// What looks like a tag and is text.
    Characters,
    /// Inside an HTML element: text with Markdown's inline syntax.
    Inline,
    /// The end of an HTML element that is written nowhere; the content is its name in the start tag.
    ImpliedEnd,
    /// `{::nomarkdown}`.
    Raw,
    /// `{::comment}`.
    Comment,
    Template,
}

/// How a table's column is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Align {
    #[default]
    Default,
    Left,
    Center,
    Right,
}

/// A block: `range` is all of it, `content` what is inside, both in the text numbered `text`.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) text: u32,
    range: (u32, u32),
    content: (u32, u32),
    /// The attribute lists that apply, in order.
    pub(super) attributes: Vec<u32>,
    previous: Option<BlockId>,
    next: Option<BlockId>,
    first: Option<BlockId>,
    last: Option<BlockId>,
}

impl Block {
    pub(super) fn new(kind: Kind, text: u32, range: Range<usize>, content: Range<usize>) -> Block {
        let pair = |range: Range<usize>| (range.start as u32, range.end as u32);
        Block {
            kind,
            text,
            range: pair(range),
            content: pair(content),
            attributes: Vec::new(),
            previous: None,
            next: None,
            first: None,
            last: None,
        }
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.range.0 as usize..self.range.1 as usize
    }

    pub(super) fn content(&self) -> Range<usize> {
        self.content.0 as usize..self.content.1 as usize
    }

    pub(super) fn set_end(&mut self, end: usize) {
        self.range.1 = end as u32;
    }

    pub(super) fn set_content_end(&mut self, end: usize) {
        self.content.1 = end as u32;
    }
}

/// All blocks of a post.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    all: Vec<Block>,
}

impl Blocks {
    /// None yet, with room for so many.
    pub(super) fn with_capacity(blocks: usize) -> Blocks {
        Blocks { all: Vec::with_capacity(blocks) }
    }

    /// Adds a block that hangs on nothing yet.
    pub(super) fn detached(&mut self, block: Block) -> BlockId {
        self.all.push(block);
        BlockId(self.all.len() as u32 - 1)
    }

    /// Adds a block as the last inside `parent`.
    pub(super) fn push(&mut self, parent: BlockId, block: Block) -> BlockId {
        let id = self.detached(block);
        self.append(parent, id);
        id
    }

    /// Hangs a detached block under `parent`.
    pub(super) fn append(&mut self, parent: BlockId, id: BlockId) {
        let last = self.get_mut(parent).last.replace(id);
        self.get_mut(id).previous = last;
        self.get_mut(id).next = None;
        match last {
            Some(last) => self.get_mut(last).next = Some(id),
            None => self.get_mut(parent).first = Some(id),
        }
    }

    /// Takes the last block out of `parent`.
    pub(super) fn pop(&mut self, parent: BlockId) -> Option<BlockId> {
        let last = self.last(parent)?;
        let previous = self.get(last).previous;
        self.get_mut(parent).last = previous;
        match previous {
            Some(previous) => self.get_mut(previous).next = None,
            None => self.get_mut(parent).first = None,
        }
        self.get_mut(last).previous = None;
        Some(last)
    }

    /// Moves everything inside `from` to the end of `to`.
    pub(super) fn move_children(&mut self, from: BlockId, to: BlockId) {
        let mut next = self.get(from).first;
        while let Some(id) = next {
            next = self.get(id).next;
            self.append(to, id);
        }
        let from = self.get_mut(from);
        (from.first, from.last) = (None, None);
    }

    pub(super) fn get(&self, id: BlockId) -> &Block {
        &self.all[id.0 as usize]
    }

    pub(super) fn get_mut(&mut self, id: BlockId) -> &mut Block {
        &mut self.all[id.0 as usize]
    }

    pub(super) fn kind(&self, id: BlockId) -> Kind {
        self.get(id).kind
    }

    pub(super) fn first(&self, id: BlockId) -> Option<BlockId> {
        self.get(id).first
    }

    pub(super) fn last(&self, id: BlockId) -> Option<BlockId> {
        self.get(id).last
    }

    pub(super) fn next(&self, id: BlockId) -> Option<BlockId> {
        self.get(id).next
    }

    pub(super) fn previous(&self, id: BlockId) -> Option<BlockId> {
        self.get(id).previous
    }

    /// The blocks directly inside.
    pub(super) fn children(&self, id: BlockId) -> impl Iterator<Item = BlockId> {
        std::iter::successors(self.first(id), |&id| self.next(id))
    }
}
