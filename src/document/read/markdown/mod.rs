//! CommonMark and MDX: passes pulldown-cmark's events with their byte spans to a [`Build`] in document order.
//!
//! The parser sees a masked copy that is as long as the file, so its offsets are the file's. kramdown has a parser of
//! its own: [`crate::document::read::kramdown`].

mod block;
mod destination;
mod footnote;
mod image;
mod indented;
mod inline;
mod locate;
mod raw_html;
mod table;
mod text;

use crate::document::tree::ParseNote;
use crate::document::tree::build::{Build, Input};
use crate::place::dialect::{Dialect, Generator};
use crate::source::Span;
use destination::Destination;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// Parses a Markdown file and emits it to `build`; returns the notes.
pub fn build(
    input: &Input<'_, '_>,
    (generator, dialect): (Generator, Dialect),
    build: &mut impl Build,
) -> Vec<ParseNote> {
    let Some(text) = input.masked.get(input.body.range()) else { return Vec::new() };
    let mut reader = Reader {
        build,
        source: input.source,
        input,
        text,
        base: input.body.start,
        dialect,
        image: None,
        raw_html: Vec::new(),
        table: table::Table::default(),
        footnotes: FxHashSet::default(),
        block_ends: locate::BlockEnds::default(),
        definitions: FxHashMap::default(),
        open_svgs: 0,
        quotes: 0,
        depth: 0,
        in_html_block: false,
        indented_code: generator != Generator::Eleventy && dialect != Dialect::Mdx,
    };
    reader.read(0..text.len());
    Vec::new()
}

/// What the dialects add to CommonMark.
const EXTENSIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES);

/// Maximum number of open quotes, lists and items: markdown-it does not go deeper than 100 either. The content of
/// deeper ones is added to the container above.
const MAX_DEPTH: u32 = 100;

fn is_container(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item)
}

struct Reader<'a, B> {
    build: &'a mut B,
    source: &'a str,
    input: &'a Input<'a, 'a>,
    /// The body as the Markdown parser sees it.
    text: &'a str,
    /// Offset of the body in the file.
    base: u32,
    dialect: Dialect,
    /// The image whose alternative text is being parsed.
    image: Option<image::Image<'a>>,
    /// The lines of the HTML block that is being parsed: their spans, and their text if the file does not contain it.
    raw_html: Vec<(Span, Option<String>)>,
    table: table::Table,
    /// Labels of the footnotes defined so far.
    footnotes: FxHashSet<String>,
    block_ends: locate::BlockEnds,
    /// The parts of reference definitions by the start of the definition: many links may use one.
    definitions: FxHashMap<u32, Option<Destination>>,
    /// Number of open `<svg>`; counted for MDX.
    open_svgs: usize,
    /// Number of open quotes.
    quotes: u32,
    /// Number of open quotes, lists and items.
    depth: u32,
    in_html_block: bool,
    /// Whether indented lines are code. MDX has no indented code, and Eleventy since 2.0 has none.
    indented_code: bool,
}

impl<'a, B: Build> Reader<'a, B> {
    /// Parses a part of the text as if it were all of it.
    fn read(&mut self, part: Range<usize>) {
        let Some(text) = self.text.get(part.clone()) else { return };
        let in_text = |range: Range<usize>| range.start + part.start..range.end + part.start;
        let mut events = Parser::new_ext(text, EXTENSIONS).into_offset_iter();
        while let Some((event, range)) = events.next() {
            let range = in_text(range);
            if matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))) && self.is_indented_text(&range) {
                events.by_ref().find(|(event, _)| matches!(event, Event::End(TagEnd::CodeBlock)));
                self.indented_text(range);
                continue;
            }
            let written = self.trimmed(&event, Span::of(range));
            if let Some(mut image) = self.image.take() {
                if image.take(self, &event, written) {
                    self.image = Some(image);
                } else {
                    self.end_image(image);
                }
                continue;
            }
            match event {
                Event::Start(tag) if self.opens_too_deep(&tag) => {}
                Event::End(tag) if self.closes_too_deep(&tag) => {}
                Event::Start(tag) => self.start(tag, written, |label| {
                    events.reference_definitions().get(label).map(|definition| in_text(definition.span.clone()))
                }),
                Event::End(tag) => self.end(tag, Span::empty(written.end)),
                event => self.leaf(event, written),
            }
        }
    }

    /// Counts the open containers; returns whether this one is too deep to be emitted.
    fn opens_too_deep(&mut self, tag: &Tag<'_>) -> bool {
        let is_container = is_container(&tag.to_end());
        self.depth += u32::from(is_container);
        is_container && self.depth > MAX_DEPTH
    }

    fn closes_too_deep(&mut self, tag: &TagEnd) -> bool {
        let is_container = is_container(tag);
        let too_deep = is_container && self.depth > MAX_DEPTH;
        self.depth = self.depth.saturating_sub(u32::from(is_container));
        too_deep
    }

    /// The byte span in the file of an event's range. The parser's ranges of blocks include their last line ending and
    /// blank lines.
    fn trimmed(&mut self, event: &Event<'_>, range: Span) -> Span {
        match event {
            Event::Start(Tag::BlockQuote(_)) => self.quotes += 1,
            Event::Start(_) | Event::End(_) => {}
            _ => return Span::new(range.start + self.base, range.end + self.base),
        }
        let end = self.block_ends.trim(self.text, range.end, self.quotes > 0).max(range.start);
        if matches!(event, Event::End(TagEnd::BlockQuote(_))) {
            self.quotes = self.quotes.saturating_sub(1);
        }
        Span::new(range.start + self.base, end + self.base)
    }
}
