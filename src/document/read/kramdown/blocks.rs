//! The blocks of a post before their inline text is parsed: a flat arena of linked siblings.

use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct BlockId(u32);

/// The type of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Root,
    Blank,
    /// `^`, or a definition that produces no output; `true` for the latter, which is not a block boundary.
    Boundary(bool),
    /// A link definition: an attribute list after it applies to the links.
    LinkDefinition(u32),
    Footnote,
    /// An abbreviation definition; the content is the abbreviation.
    Abbreviation,
    /// A paragraph; `true` if it has no `<p>`, as in a tight list item.
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
    /// A code block. The language is a range of the text, empty if there is none.
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
    /// A run of HTML. Its children are the parts it was parsed into.
    Html,
    /// Markup and text that are passed to the HTML parser verbatim.
    Markup,
    /// A start tag whose `markdown` attribute, in this range, is not emitted.
    MarkupWithout {
        from: u32,
        to: u32,
    },
    /// Text that resembles a tag.
    Characters,
    /// Text with Markdown's inline syntax inside an HTML element.
    Inline,
    /// The implied end of an HTML element; the content is its name in the start tag.
    ImpliedEnd,
    Raw,
    Comment,
    Template,
}

/// The alignment of a table column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Align {
    #[default]
    Default,
    Left,
    Center,
    Right,
}

/// A block. `range` covers all of it, `content` excludes its markup. Both are ranges in the text with the index `text`.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) text: u32,
    range: (u32, u32),
    content: (u32, u32),
    /// Indexes of the attribute lists that apply, in order.
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

#[derive(Debug, Default)]
pub(super) struct Blocks {
    all: Vec<Block>,
}

impl Blocks {
    /// Creates an empty arena with room for `blocks` blocks.
    pub(super) fn with_capacity(blocks: usize) -> Blocks {
        Blocks { all: Vec::with_capacity(blocks) }
    }

    /// Adds a block without a parent.
    pub(super) fn detached(&mut self, block: Block) -> BlockId {
        self.all.push(block);
        BlockId(self.all.len() as u32 - 1)
    }

    /// Adds a block as the last child of `parent`.
    pub(super) fn push(&mut self, parent: BlockId, block: Block) -> BlockId {
        let id = self.detached(block);
        self.append(parent, id);
        id
    }

    /// Makes a detached block the last child of `parent`.
    pub(super) fn append(&mut self, parent: BlockId, id: BlockId) {
        let last = self.get_mut(parent).last.replace(id);
        self.get_mut(id).previous = last;
        self.get_mut(id).next = None;
        match last {
            Some(last) => self.get_mut(last).next = Some(id),
            None => self.get_mut(parent).first = Some(id),
        }
    }

    /// Detaches the last child of `parent`.
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

    /// Moves all children of `from` to the end of `to`.
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

    /// The block's children.
    pub(super) fn children(&self, id: BlockId) -> impl Iterator<Item = BlockId> {
        std::iter::successors(self.first(id), |&id| self.next(id))
    }
}
