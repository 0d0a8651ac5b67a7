//! Parses text inside a block: emphasis, links, code, HTML, typography. The result is a flat list of events, so that a
//! failed attempt is undone by truncating the list.
//!
//! In kramdown 2.4: `parser/kramdown.rb`, `parse_spans`.

mod code;
mod emphasis;
mod extension;
mod html;
mod link;
mod typography;

use crate::document::read::kramdown::attributes::AttributeList;
use crate::document::read::kramdown::block::Reader;
use crate::document::read::kramdown::code_span::Backticks;
use crate::document::read::kramdown::text::Text;
use crate::document::tree::ParseNote;
use crate::document::tree::build::NewAttribute;
use html5ever::LocalName;
pub(super) use link::decoded;
use std::borrow::Cow;
use std::ops::Range;

/// Maximum depth of nested inline elements; deeper ones are text.
const MAX_DEPTH: usize = 48;
/// Maximum number of bytes that may be parsed again after failed attempts, per byte of text.
const RETRIES_PER_BYTE: usize = 20;

/// Parsed inline syntax, in document order. All ranges are in the block's text.
#[derive(Debug)]
pub(super) enum Event {
    /// Characters that are verbatim in the text.
    Text(Range<usize>),
    /// Characters that differ from the source text in the range.
    Decoded(Range<usize>, Cow<'static, str>),
    /// The start of an element; the range is the whole construct.
    Open(Opening),
    Close(LocalName, Range<usize>),
    /// HTML, verbatim in the text.
    Markup(Range<usize>),
    Tag(OpeningTag),
    /// An end tag, and the event index of its start tag.
    EndTag(Range<usize>, usize),
    /// An implied end tag: its offset, and the event index of its start tag.
    ImpliedEnd(usize, usize),
    Math(Math),
    /// A footnote marker: its range and the range of the name.
    Footnote(Range<usize>, Range<usize>),
    /// `{::comment}`: its range and the range of its content.
    Comment(Range<usize>, Range<usize>),
    /// Syntax that produces no output.
    Nothing,
}

/// The start of an element.
#[derive(Debug)]
pub(super) struct Opening {
    pub(super) name: LocalName,
    pub(super) range: Range<usize>,
    /// Range in [`Events::attributes`].
    attributes: (u32, u32),
    /// Index of the link definition that it refers to.
    pub(super) definition: Option<u32>,
}

/// Inline mathematics.
#[derive(Debug)]
pub(super) struct Math {
    /// The whole construct, with its attribute lists.
    pub(super) range: Range<usize>,
    pub(super) inside: Range<usize>,
}

/// An HTML start tag inside text.
#[derive(Debug)]
pub(super) struct OpeningTag {
    pub(super) range: Range<usize>,
    name_len: u32,
    /// Range of `markdown="…"`, which is not emitted.
    markdown: Option<(u32, u32)>,
}

impl OpeningTag {
    pub(super) fn name(&self) -> Range<usize> {
        self.range.start + 1..self.range.start + 1 + self.name_len as usize
    }

    pub(super) fn markdown(&self) -> Option<Range<usize>> {
        self.markdown.map(|(start, end)| start as usize..end as usize)
    }
}

/// The result of parsing one text.
#[derive(Debug, Default)]
pub(super) struct Events<'s> {
    pub(super) all: Vec<Event>,
    /// Attributes of links and images.
    attributes: Vec<NewAttribute<'s>>,
    /// Attribute lists found here; their indexes continue those of the block parser.
    pub(super) lists: Vec<AttributeList>,
    /// Pairs of event index and attribute list index, sorted by event.
    applied: Vec<(u32, u32)>,
}

impl<'s> Events<'s> {
    fn clear(&mut self) {
        self.all.clear();
        self.attributes.clear();
        self.lists.clear();
        self.applied.clear();
    }

    /// The attributes of an element that come from its own syntax.
    pub(super) fn attributes_of(&self, opening: &Opening) -> &[NewAttribute<'s>] {
        let (start, end) = opening.attributes;
        self.attributes.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The indexes of the attribute lists that apply to this event.
    pub(super) fn lists_of(&self, event: usize) -> impl Iterator<Item = u32> {
        let event = event as u32;
        let first = self.applied.partition_point(|applied| applied.0 < event);
        self.applied[first..].iter().take_while(move |applied| applied.0 == event).map(|applied| applied.1)
    }
}

/// The elements around the text that is being parsed.
#[derive(Clone, Copy, Debug, Default)]
struct Around {
    link: bool,
    em: bool,
    strong: bool,
    /// Whether the innermost element is an `em`.
    directly_em: bool,
    /// Whether an HTML element is open.
    html: bool,
    /// Whether an HTML element whose content is not Markdown is open.
    raw: bool,
    depth: usize,
}

/// The condition that ends the text being parsed.
#[derive(Clone, Debug)]
enum Stop<'s> {
    End,
    Emphasis { mark: u8, len: usize },
    Bracket { open: isize },
    EndTag(Cow<'s, str>),
}

/// The context of a block's text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings {
    /// Whether HTML elements contain Markdown.
    pub(super) parse_span_html: bool,
    /// Whether the block is inside an HTML element.
    pub(super) in_html: bool,
}

/// The parser of one block's text.
pub(super) struct Inline<'r, 's> {
    reader: &'r Reader<'s>,
    text: &'r Text<'s>,
    /// The container's text up to the end of the block.
    source: &'r str,
    pub(super) events: Events<'s>,
    pub(super) notes: Vec<ParseNote>,
    /// Index of the event that opened the element that ends at the current position.
    last_element: Option<usize>,
    /// Start of the characters for which there is no event yet.
    run: usize,
    start: usize,
    fuel: usize,
    /// Same as `source`, but not truncated while the text of a nested element is parsed.
    whole: &'r [u8],
    /// The offset after the last `*`, `_`, `]`, `>` and `}`; `None` before the first search.
    last: [Option<usize>; 5],
    no_comment_end: bool,
    backticks: Backticks<'r>,
    /// Whether HTML elements contain Markdown; `{::options}` may change this.
    pub(super) parse_span_html: bool,
}

impl<'r, 's> Inline<'r, 's> {
    /// Parses `range` of `text`.
    pub(super) fn read(
        reader: &'r Reader<'s>,
        text: &'r Text<'s>,
        range: Range<usize>,
        events: Events<'s>,
        surroundings: Surroundings,
    ) -> Inline<'r, 's> {
        Inline::read_from(range.start, reader, text, range, events, surroundings)
    }

    /// Parses `range` of `text`, whose first byte that may be syntax is at `first`.
    pub(super) fn read_from(
        first: usize,
        reader: &'r Reader<'s>,
        text: &'r Text<'s>,
        range: Range<usize>,
        mut events: Events<'s>,
        surroundings: Surroundings,
    ) -> Inline<'r, 's> {
        events.clear();
        let source = text.as_str().get(..range.end).unwrap_or("");
        let mut inline = Inline {
            reader,
            text,
            source,
            events,
            notes: Vec::new(),
            last_element: None,
            run: range.start,
            start: range.start,
            fuel: range.len().saturating_mul(RETRIES_PER_BYTE) + 4096,
            whole: source.as_bytes(),
            last: [None; 5],
            no_comment_end: false,
            backticks: Backticks::new(source.as_bytes(), range.start),
            parse_span_html: surroundings.parse_span_html,
        };
        let around = Around { html: surroundings.in_html, ..Around::default() };
        inline.spans_from(range.start, first, &mut Stop::End, around);
        inline.events.applied.sort_by_key(|applied| applied.0);
        inline
    }

    /// The offset after the last of these marks in the whole text, which is searched once.
    fn last(&mut self, mark: Last) -> usize {
        let (start, whole) = (self.start, self.whole);
        *self.last[mark as usize].get_or_insert_with(|| {
            let byte = match mark {
                Last::Asterisk => b'*',
                Last::Underscore => b'_',
                Last::Bracket => b']',
                Last::Angle => b'>',
                Last::Brace => b'}',
            };
            memchr::memrchr(byte, whole.get(start..).unwrap_or_default()).map_or(0, |at| start + at + 1)
        })
    }

    /// Parses up to the stop. Returns its offset and true, or the end of the text and false.
    fn spans(&mut self, at: usize, stop: &mut Stop<'_>, around: Around) -> (usize, bool) {
        self.spans_from(at, at, stop, around)
    }

    /// Like [`spans`](Self::spans), if there is no syntax before `first`.
    fn spans_from(&mut self, start: usize, first: usize, stop: &mut Stop<'_>, around: Around) -> (usize, bool) {
        let source = self.source;
        let bytes = source.as_bytes();
        let first_event = self.events.all.len();
        self.run = start;
        self.last_element = None;
        let mut at = first;
        // Characters before this offset are consumed; a quote does not look back beyond it.
        let mut read = start;
        loop {
            let Some(found) = next_special(bytes, at, self.reader.options.hard_wrap) else {
                self.flush(source.len());
                return (source.len(), false);
            };
            at = found;
            let is_empty = at == start && self.events.all.len() == first_event;
            if self.stops(at, stop, is_empty) {
                self.flush(at);
                return (at, true);
            }
            match self.construct(at, read, around) {
                Some(end) if end > at => {
                    // `![` that does not start an image still opens a bracket.
                    if let Stop::Bracket { open } = stop
                        && bytes[at] == b'!'
                        && end == at + 2
                    {
                        *open += 1;
                    }
                    at = end;
                    read = end;
                }
                _ => at += 1,
            }
        }
    }

    /// Whether the text being parsed ends at `at`.
    fn stops(&mut self, at: usize, stop: &mut Stop<'_>, is_empty: bool) -> bool {
        let bytes = self.source.as_bytes();
        match stop {
            Stop::End => false,
            Stop::Emphasis { mark, len } => !is_empty && emphasis::closes(self.source, at, *mark, *len),
            Stop::Bracket { open } => {
                match bytes[at] {
                    b'[' => *open += 1,
                    b']' => *open -= 1,
                    _ => return false,
                }
                *open == 0
            }
            Stop::EndTag(name) => html::is_end_tag(self.source, at, name),
        }
    }

    /// Parses the construct at `at` and returns its end. `None` if the character is text.
    fn construct(&mut self, at: usize, read: usize, around: Around) -> Option<usize> {
        let byte = *self.source.as_bytes().get(at)?;
        if around.raw {
            return match byte {
                b'<' => self.html(at, around),
                b'&' => self.entity(at),
                _ => None,
            };
        }
        match byte {
            b'*' | b'_' => Some(self.emphasis(at, around)),
            b'`' => Some(self.code(at)),
            b'<' => self.autolink(at).or_else(|| self.html(at, around)).or_else(|| self.typography(at, read)),
            b'[' | b'!' => self.footnote(at).or_else(|| self.link(at, around)),
            b'"' | b'\'' if self.reader.options.smart_quotes => self.quote(at, read),
            b'$' => self.math(at),
            b'{' => self.extension(at),
            b'&' => self.entity(at),
            b'.' | b'-' | b'>' => self.typography(at, read),
            b'\n' => self.line_break(at, read, around),
            b'\\' => self.escape(at, around),
            b'~' if self.reader.options.gfm => self.strike(at, around),
            _ => None,
        }
    }

    /// Turns the characters up to `end` into an event.
    fn flush(&mut self, end: usize) {
        if self.run < end {
            self.last_element = None;
            self.events.all.push(Event::Text(self.run..end));
        }
        self.run = end;
    }

    /// Adds an event for `range`, after the characters before it.
    fn push(&mut self, range: Range<usize>, event: Event) -> usize {
        self.flush(range.start);
        self.run = range.end;
        self.events.all.push(event);
        self.last_element = Some(self.events.all.len() - 1);
        range.end
    }

    /// Opens an element whose content begins at `inside`; returns the index of its event.
    fn open(&mut self, name: LocalName, start: usize, inside: usize) -> usize {
        self.flush(start);
        self.run = inside;
        self.events.all.push(Event::Open(Opening { name, range: start..inside, attributes: (0, 0), definition: None }));
        self.events.all.len() - 1
    }

    /// Closes the element that the event `opened` opened; `at` is the closing markup.
    fn close(&mut self, opened: usize, at: Range<usize>) -> usize {
        self.flush(at.start);
        self.run = at.end;
        if let Some(Event::Open(opening)) = self.events.all.get_mut(opened) {
            opening.range.end = at.end;
            let name = opening.name.clone();
            self.events.all.push(Event::Close(name, at.clone()));
        }
        self.last_element = Some(opened);
        at.end
    }

    fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            events: self.events.all.len(),
            attributes: self.events.attributes.len(),
            lists: self.events.lists.len(),
            applied: self.events.applied.len(),
            notes: self.notes.len(),
            run: self.run,
            last_element: self.last_element,
        }
    }

    /// Removes the attribute lists added since the checkpoint.
    fn forget_lists(&mut self, before: &Checkpoint) {
        self.events.attributes.truncate(before.attributes);
        self.events.lists.truncate(before.lists);
        self.events.applied.truncate(before.applied);
        self.notes.truncate(before.notes);
    }

    /// Undoes everything since the checkpoint. `cost` is the number of bytes that will be parsed again.
    fn undo(&mut self, before: &Checkpoint, cost: usize) {
        self.events.all.truncate(before.events);
        self.forget_lists(before);
        self.run = before.run;
        self.last_element = before.last_element;
        self.fuel = self.fuel.saturating_sub(cost);
    }
}

/// Closing marks. If none follows, the opening mark is text.
#[derive(Clone, Copy)]
enum Last {
    Asterisk,
    Underscore,
    Bracket,
    Angle,
    Brace,
}

/// The state of the parser before an attempt that may fail.
struct Checkpoint {
    events: usize,
    attributes: usize,
    lists: usize,
    applied: usize,
    notes: usize,
    run: usize,
    last_element: Option<usize>,
}

/// The next byte at or after `at` that may start or end a construct. With `hard_wrap`, each line ending does.
pub(super) fn next_special(bytes: &[u8], at: usize, hard_wrap: bool) -> Option<usize> {
    (at..bytes.len()).find(|&at| is_special(bytes[at]) && !is_idle(bytes, at, hard_wrap))
}

/// Whether the byte may be syntax.
const fn is_special(byte: u8) -> bool {
    matches!(
        byte,
        b'*' | b'_'
            | b'`'
            | b'<'
            | b'['
            | b']'
            | b'!'
            | b'"'
            | b'\''
            | b'$'
            | b'{'
            | b'&'
            | b'.'
            | b'-'
            | b'>'
            | b'\\'
            | b'~'
            | b'\n'
    )
}

/// Whether a special byte is alone and therefore text: its construct needs two of them, or another byte before or after
/// it.
fn is_idle(bytes: &[u8], at: usize, hard_wrap: bool) -> bool {
    let next = bytes.get(at + 1);
    match bytes[at] {
        byte @ (b'.' | b'-' | b'>' | b'$' | b'~') => next != Some(&byte),
        b'!' => next != Some(&b'['),
        b'\n' => !hard_wrap && !bytes[..at].ends_with(b"  "),
        _ => false,
    }
}
