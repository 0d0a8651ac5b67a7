//! CommonMark with the extensions of an engine, and MDX: passes pulldown-cmark's events with their byte spans to a
//! [`Build`] in document order.
//!
//! The parser reads a masked copy of the same length as the file, so its offsets are those of the file. Differences
//! between engines ([`Flavor`]) are handled in three places: by masking before parsing (bare URLs, block attributes),
//! by looking ahead at an event (heading ids, footnotes), and in text (links). kramdown has a separate parser:
//! [`crate::document::read::kramdown`].

mod attribute_list;
mod autolink;
mod block;
mod block_attributes;
mod containers;
mod destination;
mod events;
mod footnote;
mod heading;
mod ids;
mod image;
mod indented;
mod inline;
mod locate;
mod mask;
mod mdx;
mod raw_html;
mod run;
mod slug;
mod table;
mod text;

use crate::document::tree::ParseNote;
use crate::document::tree::build::{Build, Input};
use crate::place::dialect::Dialect;
use crate::place::flavor::{DefinitionLists, Flavor, Footnotes, HeadingAttributes, Strikethrough};
use crate::source::Span;
use destination::Destination;
use events::Events;
use html5ever::LocalName;
use pulldown_cmark::{CodeBlockKind, Event, Options, Tag, TagEnd};
use rustc_hash::FxHashMap;
pub use slug::{github, zola};
use std::ops::Range;

/// Parses a Markdown file and emits it to `build`. Returns the notes.
pub fn build(input: &Input<'_, '_>, (flavor, dialect): (&Flavor, Dialect), build: &mut impl Build) -> Vec<ParseNote> {
    let Some(text) = input.masked.get(input.body.range()) else { return Vec::new() };
    let options = options(flavor);
    let containers = if flavor.containers { containers::marks(text) } else { Vec::new() };
    let attribute_lines = if flavor.block_attributes { block_attributes::lines(text) } else { Vec::new() };
    let lines = containers.iter().map(|mark| mark.line.clone()).chain(attribute_lines.iter().cloned());
    let prepared = mask::prepared(text, (flavor, dialect), options, lines);
    let mut reader = Reader {
        build,
        source: input.source,
        input,
        text: &prepared,
        base: input.body.start,
        dialect,
        flavor,
        options,
        image: None,
        raw_html: Vec::new(),
        table: table::Table::default(),
        footnotes: footnote::Notes::default(),
        attribute_lines: attribute_lines.into_iter().map(|line| (line, false)).collect(),
        containers,
        next_container: 0,
        open_containers: Vec::new(),
        ids: ids::Ids::default(),
        heading_end: None,
        run: None,
        around: run::Around::default(),
        open_links: 0,
        in_code: false,
        block_ends: locate::BlockEnds::default(),
        definitions: FxHashMap::default(),
        open_svgs: 0,
        quotes: 0,
        depth: 0,
        in_html_block: false,
        in_comment: false,
        bare_paragraph: false,
        is_in_tags: false,
        tight_definitions: Vec::new(),
        literal_tildes: Vec::new(),
        indented_code: flavor.indented_code && dialect != Dialect::Mdx,
        notes: Vec::new(),
    };
    reader.reserve_ids();
    reader.read(0..text.len());
    reader.containers_above(u32::MAX);
    reader.notes
}

/// The extensions of CommonMark in pulldown-cmark that are enabled for this flavor.
fn options(flavor: &Flavor) -> Options {
    let extensions = [
        (flavor.tables, Options::ENABLE_TABLES),
        (flavor.footnotes != Footnotes::Off, Options::ENABLE_FOOTNOTES),
        (flavor.strikethrough != Strikethrough::Off, Options::ENABLE_STRIKETHROUGH),
        (flavor.task_lists, Options::ENABLE_TASKLISTS),
        (flavor.alerts, Options::ENABLE_GFM),
        (flavor.definition_lists != DefinitionLists::Off, Options::ENABLE_DEFINITION_LIST),
        (flavor.heading_attributes == HeadingAttributes::Pulldown, Options::ENABLE_HEADING_ATTRIBUTES),
    ];
    extensions.into_iter().filter(|(is_on, _)| *is_on).map(|(_, option)| option).collect()
}

/// Maximum number of open quotes, lists and items, the same as in markdown-it. Deeper ones are not emitted: their
/// content is added to the innermost container that is emitted.
const MAX_DEPTH: u32 = 100;

fn is_container(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListDefinition
    )
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
    flavor: &'a Flavor,
    options: Options,
    /// The image whose alternative text is being parsed.
    image: Option<image::Image<'a>>,
    /// The lines of the HTML block that is being parsed: their spans, and their text if it is not verbatim in the file.
    raw_html: Vec<(Span, Option<String>)>,
    table: table::Table,
    footnotes: footnote::Notes<'a>,
    /// The attribute lines of blocks, each with whether its block has been opened.
    attribute_lines: Vec<(Range<usize>, bool)>,
    /// The lines that open or close containers, in order.
    containers: Vec<containers::Mark>,
    next_container: usize,
    open_containers: Vec<(LocalName, usize)>,
    ids: ids::Ids,
    /// The end of the open heading's text, if attributes follow it.
    heading_end: Option<u32>,
    /// Verbatim text that may contain URLs.
    run: Option<run::Run>,
    around: run::Around,
    /// Number of open links.
    open_links: u32,
    in_code: bool,
    block_ends: locate::BlockEnds,
    /// The parts of reference definitions, by the start of the definition. Cached, because many links may use the same
    /// one.
    definitions: FxHashMap<u32, Option<Destination>>,
    /// Number of open `<svg>` elements. Only counted for MDX.
    open_svgs: usize,
    /// Number of open quotes.
    quotes: u32,
    /// Number of open quotes, lists and items.
    depth: u32,
    in_html_block: bool,
    /// Whether a comment is open in HTML that the engine drops.
    in_comment: bool,
    /// Whether the open paragraph gets no `<p>`.
    bare_paragraph: bool,
    /// Whether the text of an element on one line is being parsed, in MDX.
    is_in_tags: bool,
    /// The depths of open definitions whose paragraphs get no `<p>`.
    tight_definitions: Vec<u32>,
    /// How many tildes are text at both ends of what pulldown-cmark strikes out, for each that is open.
    literal_tildes: Vec<u32>,
    /// Whether indented lines are code. MDX has no indented code.
    indented_code: bool,
    notes: Vec<ParseNote>,
}

impl<'a, B: Build> Reader<'a, B> {
    /// Parses a part of the text as if it were a whole text.
    fn read(&mut self, part: Range<usize>) {
        let Some(text) = self.text.get(part.clone()) else { return };
        let mut events = Events::of(text, part.start, self.options);
        self.read_events(&mut events);
        self.emit_footnotes(&mut events);
    }

    fn read_events(&mut self, events: &mut Events<'a>) {
        while let Some((event, range)) = events.next() {
            if matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))) && self.is_indented_text(&range) {
                self.flush();
                events.by_ref().find(|(event, _)| matches!(event, Event::End(TagEnd::CodeBlock)));
                if self.dialect == Dialect::Mdx {
                    self.unindented(range)
                } else {
                    self.indented_text(range)
                }
                continue;
            }
            if matches!(event, Event::Start(Tag::HtmlBlock)) && self.is_mixed_block(&range) {
                self.flush();
                events.by_ref().find(|(event, _)| matches!(event, Event::End(TagEnd::HtmlBlock)));
                self.mixed_block(range);
                continue;
            }
            let written = self.trimmed(&event, Span::of(range));
            if !matches!(event, Event::Text(_)) {
                self.flush();
            }
            let is_end = matches!(event, Event::End(_));
            self.containers_above(if is_end { written.end } else { written.start });
            if self.is_after_heading(written) {
                continue;
            }
            if let Some(mut image) = self.image.take() {
                if image.take(self, &event, written) {
                    self.image = Some(image);
                } else {
                    self.end_image(image);
                }
                continue;
            }
            if let Event::Start(tag) = &event {
                self.note_block(tag);
            }
            match event {
                Event::Start(tag) if self.opens_too_deep(&tag) => {}
                Event::End(tag) if self.closes_too_deep(&tag) => {}
                Event::Start(tag) => self.start(tag, written, events),
                Event::End(tag) => self.end(tag, Span::empty(written.end)),
                event => self.leaf(event, written),
            }
        }
        self.flush();
    }

    /// Counts the open containers. Returns whether this one is too deep to be emitted.
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

    /// The span of an event in the file. The parser's ranges of blocks include their last line ending and the blank
    /// lines after it.
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
