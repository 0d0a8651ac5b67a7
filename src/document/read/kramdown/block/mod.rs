//! Parses blocks: determines which construct a line begins, and where blocks end.
//!
//! In kramdown 2.4: `parser/kramdown.rb`, `parse_blocks`, and `parser/kramdown/block_boundary.rb`.

mod code;
mod definition_list;
pub(super) mod extension;
mod footnote;
mod header;
mod html;
mod list;
mod math;
mod paragraph;
mod quote;
pub(super) mod reference;
mod table;

use crate::document::read::kramdown::attributes::{AttributeList, Definitions};
use crate::document::read::kramdown::blocks::{Block, BlockId, Blocks, Kind};
use crate::document::read::kramdown::html as markup;
use crate::document::read::kramdown::lines::{is_blank, leading_blanks, line, line_end, split_line};
use crate::document::read::kramdown::options::Options;
use crate::document::read::kramdown::text::Text;
use crate::document::tree::build::NewAttribute;
use crate::document::tree::{ParseNote, ParseNoteKind};
use crate::source::Span;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::rc::Rc;

/// Maximum depth of nested containers. The text of deeper ones is a single paragraph.
const MAX_DEPTH: usize = 64;
/// Maximum number of bytes copied for the texts of containers, per byte of the post. The same limit applies to bytes
/// examined for tables that turn out not to be tables.
const COPIES_PER_BYTE: usize = 24;

/// Average number of bytes of a post per block, to allocate memory once.
const BYTES_PER_BLOCK: usize = 96;

/// The target of a reference link.
#[derive(Debug)]
pub(super) struct LinkDefinition {
    pub(super) url: String,
    pub(super) url_span: Span,
    pub(super) title: Option<(String, Span)>,
    pub(super) attributes: Vec<u32>,
}

/// The expansion of an abbreviation.
#[derive(Debug)]
pub(super) struct Abbreviation {
    pub(super) title: String,
    pub(super) title_span: Span,
    pub(super) attributes: Vec<u32>,
}

/// The parser of a post's blocks, and its result.
pub(super) struct Reader<'s> {
    pub(super) options: Options,
    pub(super) templates: &'s [Span],
    pub(super) texts: Vec<Rc<Text<'s>>>,
    pub(super) blocks: Blocks,
    pub(super) lists: Vec<AttributeList>,
    pub(super) definitions: Definitions,
    pub(super) links: Vec<LinkDefinition>,
    pub(super) link_names: FxHashMap<String, u32>,
    pub(super) footnotes: FxHashMap<String, BlockId>,
    pub(super) abbreviations: FxHashMap<String, Abbreviation>,
    pub(super) notes: Vec<ParseNote>,
    /// Attribute lists that apply to the next block.
    pending: Vec<u32>,
    depth: usize,
    copied: usize,
    /// Bytes examined for tables that turned out not to be tables.
    vain: usize,
    budget: usize,
}

/// The position in a container's text, and what is known not to occur in the rest of that text.
pub(super) struct Scan<'s> {
    text: Rc<Text<'s>>,
    id: u32,
    at: usize,
    /// For `` ` `` and for `~`, the minimum length of a fence that no line in the rest of the text closes.
    unclosed_fences: [usize; 2],
    no_comment_end: bool,
    no_instruction_end: bool,
    /// Extensions whose stop tag does not occur in the rest of the text.
    unclosed_extensions: Vec<String>,
    /// The part of the current line from the position at which its end was first searched for. Cached, because one line
    /// may contain many blocks.
    line: Range<usize>,
}

impl Scan<'_> {
    fn at_end(&self) -> bool {
        self.at >= self.text.as_str().len()
    }

    /// The offset after the current line.
    fn line_end(&mut self) -> usize {
        if !self.line.contains(&self.at) {
            self.line = self.at..line_end(self.text.as_str(), self.at);
        }
        self.line.end
    }
}

impl<'s> Reader<'s> {
    /// Parses all blocks of `body`. Returns the parser with the result, and the root block.
    pub(super) fn read(options: Options, parsed: &'s str, body: Span, templates: &'s [Span]) -> (Self, BlockId) {
        let mut blocks = Blocks::with_capacity(body.len() as usize / BYTES_PER_BLOCK + 4);
        let root = blocks.detached(Block::new(Kind::Root, 0, 0..0, 0..0));
        let mut reader = Reader {
            options,
            templates,
            texts: Vec::new(),
            blocks,
            lists: Vec::new(),
            definitions: Definitions::new(body.len() as usize),
            links: Vec::new(),
            link_names: FxHashMap::default(),
            footnotes: FxHashMap::default(),
            abbreviations: FxHashMap::default(),
            notes: Vec::new(),
            pending: Vec::new(),
            depth: 0,
            copied: 0,
            vain: 0,
            budget: body.len() as usize * COPIES_PER_BYTE + 4096,
        };
        reader.read_text(root, Text::of_body(parsed, body));
        (reader, root)
    }

    /// Parses the blocks of a container's text.
    fn read_text(&mut self, parent: BlockId, text: Text<'s>) {
        let text = Rc::new(text);
        let id = self.texts.len() as u32;
        self.texts.push(Rc::clone(&text));
        let mut scan = Scan {
            text,
            id,
            at: 0,
            unclosed_fences: [usize::MAX; 2],
            no_comment_end: false,
            no_instruction_end: false,
            unclosed_extensions: Vec::new(),
            line: 0..0,
        };
        self.read_blocks(parent, &mut scan, None);
    }

    /// Parses a container's text. If containers are nested too deeply or too many bytes have been copied, the text
    /// becomes a single paragraph.
    fn read_container(&mut self, parent: BlockId, text: Text<'s>) {
        self.copied += text.as_str().len();
        if self.depth >= MAX_DEPTH || self.copied > self.budget {
            let id = self.texts.len() as u32;
            let all = 0..text.as_str().len();
            let content = crate::document::read::kramdown::lines::trim(text.as_str(), all.clone());
            self.texts.push(Rc::new(text));
            self.blocks.push(parent, Block::new(Kind::Paragraph(false), id, all, content));
            return;
        }
        self.depth += 1;
        let pending = std::mem::take(&mut self.pending);
        self.read_text(parent, text);
        self.pending = pending;
        self.depth -= 1;
    }

    /// Parses blocks up to the end of the text, or up to the end tag of the HTML element `inside`. Returns whether that
    /// end tag was found.
    fn read_blocks(&mut self, parent: BlockId, scan: &mut Scan<'s>, inside: Option<&str>) -> bool {
        while !scan.at_end() {
            if let Some(name) = inside
                && let Some(end) = self.end_tag_line(scan, name)
            {
                scan.at = end;
                return true;
            }
            self.read_block(parent, scan);
        }
        false
    }

    fn read_block(&mut self, parent: BlockId, scan: &mut Scan<'s>) {
        let text = Rc::clone(&scan.text);
        let source = text.as_str();
        let next = scan.line_end();
        let line = source.get(scan.at..next).unwrap_or("");
        let line = line.strip_suffix('\n').unwrap_or(line);
        if is_blank(line) {
            return self.blank(parent, scan);
        }
        if self.template(parent, scan) {
            return;
        }
        let blanks = leading_blanks(line);
        if blanks >= 4 || line.starts_with('\t') {
            return self.indented_code(parent, scan);
        }
        let body = line.get(blanks..).unwrap_or("");
        if body.starts_with('\t') {
            // No construct matches: kramdown emits the line verbatim.
            self.push(parent, Kind::Characters, scan, next);
            return;
        }
        let read = match body.as_bytes().first() {
            Some(b'~' | b'`') => self.fenced_code(parent, scan, line),
            Some(b'>') => self.quote(parent, scan),
            Some(b'#') if blanks == 0 => self.atx_header(parent, scan, line),
            Some(b'*' | b'-' | b'_' | b'+' | b'0'..=b'9') => {
                self.rule(parent, scan, body) || self.list(parent, scan, line)
            }
            Some(b':') => self.definition_list(parent, scan, line),
            Some(b'<') => self.html(parent, scan, blanks),
            _ => false,
        };
        let read = read
            || self.setext_header(parent, scan, line, next)
            || match body.as_bytes().first() {
                Some(b'$') if self.math(parent, scan, blanks) => true,
                Some(b'\\') if self.skip_math_escape(scan, blanks) => true,
                _ => memchr::memchr(b'|', line.as_bytes()).is_some() && self.table(parent, scan, line),
            }
            || match body.as_bytes().first() {
                Some(b'[') => self.footnote(parent, scan, line) || self.link_definition(parent, scan, line),
                Some(b'*') => self.abbreviation(parent, scan, line),
                Some(b'{') => self.extension(parent, scan, line),
                Some(b'^') if blanks == 0 => self.end_of_block(parent, scan, line),
                _ => false,
            };
        if !read {
            self.paragraph(parent, scan);
        }
    }

    fn blank(&mut self, parent: BlockId, scan: &mut Scan<'s>) {
        let start = scan.at;
        let text = Rc::clone(&scan.text);
        while let (line, end) = split_line(text.as_str(), scan.at)
            && !scan.at_end()
            && is_blank(line)
        {
            scan.at = end;
        }
        let last = self.blocks.last(parent);
        match last.filter(|&last| self.blocks.kind(last) == Kind::Blank) {
            Some(last) => self.blocks.get_mut(last).set_end(scan.at),
            None => {
                self.pending.clear();
                self.blocks.push(parent, Block::new(Kind::Blank, scan.id, start..scan.at, start..scan.at));
            }
        }
    }

    fn end_of_block(&mut self, parent: BlockId, scan: &mut Scan<'s>, line: &str) -> bool {
        if !is_end_of_block(line) {
            return false;
        }
        let end = line_end(scan.text.as_str(), scan.at);
        self.push(parent, Kind::Boundary(false), scan, end);
        true
    }

    fn rule(&mut self, parent: BlockId, scan: &mut Scan<'s>, body: &str) -> bool {
        if !is_rule(body) {
            return false;
        }
        let end = line_end(scan.text.as_str(), scan.at);
        self.push(parent, Kind::Rule, scan, end);
        true
    }

    /// Parses template syntax that is alone on its lines.
    fn template(&mut self, parent: BlockId, scan: &mut Scan<'s>) -> bool {
        let Some(end) = self.template_lines(&scan.text, scan.at) else { return false };
        self.pending.clear();
        let mut templates = Vec::new();
        self.each_template(&scan.text, scan.at, |range| templates.push(range));
        for range in templates {
            self.blocks.push(parent, Block::new(Kind::Template, scan.id, range.clone(), range));
        }
        scan.at = end;
        true
    }

    /// The start of the line after the templates that fill the line at `at` and are masked as declarations.
    fn template_lines(&self, text: &Text<'_>, at: usize) -> Option<usize> {
        let first = text
            .as_str()
            .as_bytes()
            .get(at..)?
            .iter()
            .find(|&&byte| !crate::document::read::kramdown::lines::is_blank_byte(byte));
        if self.templates.is_empty() || first != Some(&b'<') {
            return None;
        }
        let after = self.each_template(text, at, |_| {});
        if after == at {
            return None;
        }
        let end = line_end(text.as_str(), after);
        is_blank(text.as_str().get(after..end)?).then_some(end)
    }

    /// Passes each template from `at` on to `take`, as long as only spaces and tabs separate them. Returns the offset
    /// after the last one and the spaces and tabs that follow it, or `at` if there is none.
    fn each_template(&self, text: &Text<'_>, at: usize, mut take: impl FnMut(Range<usize>)) -> usize {
        let white = |at: usize| {
            at + crate::document::read::kramdown::lines::leading_white(text.as_str().get(at..).unwrap_or(""))
        };
        let mut after = at;
        let mut position = white(at);
        while let Some(end) = self.template_end(text, position) {
            take(position..end);
            position = white(end);
            after = position;
        }
        after
    }

    /// The end of the template at `at`, if it is masked as a declaration.
    fn template_end(&self, text: &Text<'_>, at: usize) -> Option<usize> {
        if self.templates.is_empty() || !text.as_str().get(at..)?.starts_with("<!") {
            return None;
        }
        let position = text.position(at);
        let index = self.templates.binary_search_by_key(&position, |template| template.start).ok()?;
        let template = self.templates[index];
        let end = at + template.len() as usize;
        // A template never extends beyond the container's text.
        (end <= text.as_str().len() && text.span(at..end) == template).then_some(end)
    }

    /// Adds a block from the current position to `end` and continues there.
    fn push(&mut self, parent: BlockId, kind: Kind, scan: &mut Scan<'s>, end: usize) -> BlockId {
        self.push_with(parent, kind, scan, end, scan.at..end)
    }

    /// Like [`push`](Self::push), with the range of the content.
    fn push_with(
        &mut self,
        parent: BlockId,
        kind: Kind,
        scan: &mut Scan<'s>,
        end: usize,
        content: Range<usize>,
    ) -> BlockId {
        let range = scan.at..end;
        scan.at = end;
        self.add(parent, kind, scan.id, range, content)
    }

    /// Adds a block, with the attribute lists before it.
    fn add(&mut self, parent: BlockId, kind: Kind, text: u32, range: Range<usize>, content: Range<usize>) -> BlockId {
        let mut block = Block::new(kind, text, range, content);
        block.attributes = std::mem::take(&mut self.pending);
        self.blocks.push(parent, block)
    }

    /// Whether a block that must start at a block boundary may start here.
    fn after_boundary(&self, parent: BlockId) -> bool {
        !self.pending.is_empty()
            || match self.blocks.last(parent).map(|last| self.blocks.kind(last)) {
                None => true,
                Some(kind) => matches!(kind, Kind::Blank | Kind::Boundary(false) | Kind::Template),
            }
    }

    /// Whether a block that must end at a block boundary may end before the line at `at`.
    fn before_boundary(&self, text: &Text<'_>, at: usize) -> bool {
        let source = text.as_str();
        if at >= source.len() {
            return true;
        }
        let line = line(source, at);
        is_blank(line)
            || extension::is_attribute_list_line(line)
            || is_end_of_block(line)
            || self.template_lines(text, at).is_some()
    }

    /// Whether `line`, which starts at `at`, ends a block with lazy continuation lines.
    fn ends_lazy(&self, text: &Text<'_>, at: usize, line: &str) -> bool {
        let source = text.as_str();
        let blanks = leading_blanks(line);
        match line.as_bytes().get(blanks) {
            None => true,
            Some(b'^') => is_end_of_block(line),
            Some(b'{') if blanks <= 3 => extension::is_attribute_list_line(line) || self.is_template_line(text, at),
            Some(b'<') => {
                (blanks <= 3 && markup::ends_lazy(source.get(at + blanks..).unwrap_or("")))
                    || self.is_template_line(text, at)
            }
            Some(byte) if crate::document::read::kramdown::lines::is_space(*byte) => {
                is_blank(line) || self.is_template_line(text, at)
            }
            Some(_) => false,
        }
    }

    fn is_template_line(&self, text: &Text<'_>, at: usize) -> bool {
        self.template_lines(text, at).is_some()
    }

    /// Sets the attributes of the lists with these indexes.
    pub(super) fn apply_lists(&self, lists: &[u32], attributes: &mut Vec<NewAttribute<'_>>) {
        let lists = lists.iter().take_while(|_| !self.definitions.is_used_up());
        lists.for_each(|&list| self.lists[list as usize].apply(&self.definitions, attributes));
    }

    fn note(&mut self, kind: ParseNoteKind, span: Span) {
        self.notes.push(ParseNote { kind, span, element: None });
    }

    /// Stores an attribute list; returns its index.
    fn keep_list(&mut self, list: AttributeList) -> u32 {
        for &span in &list.malformed {
            self.notes.push(ParseNote { kind: ParseNoteKind::MalformedAttributeList, span, element: None });
        }
        self.lists.push(list);
        self.lists.len() as u32 - 1
    }
}

/// Whether the line is `^` alone.
fn is_end_of_block(line: &str) -> bool {
    line.strip_prefix('^').is_some_and(is_blank)
}

/// Whether the line consists of three or more of one mark (`*`, `-` or `_`), with optional spaces and tabs between
/// them.
fn is_rule(body: &str) -> bool {
    let Some(&mark @ (b'*' | b'-' | b'_')) = body.as_bytes().first() else { return false };
    let mut marks = 0;
    for &byte in body.as_bytes() {
        if byte == mark {
            marks += 1;
        } else if !crate::document::read::kramdown::lines::is_blank_byte(byte) {
            return false;
        }
    }
    marks >= 3
}
