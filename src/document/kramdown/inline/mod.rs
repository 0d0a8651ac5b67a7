//! Reading text inside a block: emphasis, links, code, HTML, typography. The result is a flat list of events, so that an
//! attempt that fails is taken back by cutting the list.

mod code;
mod emphasis;
mod extension;
mod html;
mod link;
mod typography;

use super::attributes::AttributeList;
use super::block::Reader;
use super::text::Text;
use crate::document::build::NewAttribute;
use crate::document::tree::Fact;
pub(super) use code::code_span;
use html5ever::LocalName;
pub(super) use link::decoded;
use std::borrow::Cow;
use std::ops::Range;

/// How deep inline elements may lie in each other; what is deeper is text.
const MAX_DEPTH: usize = 48;
/// How many bytes may be read again after an attempt that failed, per byte of text.
const RETRIES_PER_BYTE: usize = 48;

/// What is read, in document order. All ranges lie in the block's text.
#[derive(Debug)]
pub(super) enum Event<'s> {
    /// Characters as they stand.
    Text(Range<usize>),
    /// Characters written as something else.
    Decoded(Range<usize>, Cow<'static, str>),
    /// An element begins; the range is the whole construct.
    Open(Box<Opening<'s>>),
    /// The element ends.
    Close(LocalName, Range<usize>),
    /// HTML as it stands.
    Markup(Range<usize>),
    /// An HTML start tag.
    Tag(Box<OpeningTag>),
    /// The end tag of the tag that is the event of this number.
    EndTag(Range<usize>, usize),
    /// The tag that is the event of this number ends without an end tag.
    ImpliedEnd(usize, usize),
    /// `$$…$$`.
    Math(Box<Math>),
    /// A footnote's marker and the range of its name.
    Footnote(Range<usize>, Range<usize>),
    /// `{::comment}`: all of it, what is inside.
    Comment(Range<usize>, Range<usize>),
    /// Anything that leaves nothing behind.
    Nothing,
}

/// The beginning of an element.
#[derive(Debug)]
pub(super) struct Opening<'s> {
    pub(super) name: LocalName,
    pub(super) range: Range<usize>,
    pub(super) attributes: Vec<NewAttribute<'s>>,
    pub(super) lists: Vec<u32>,
    /// Attribute lists of the link definition it refers to.
    pub(super) definition_lists: Vec<u32>,
}

/// Mathematics within a line.
#[derive(Debug)]
pub(super) struct Math {
    /// All of it, with its attribute lists.
    pub(super) range: Range<usize>,
    pub(super) inside: Range<usize>,
    pub(super) lists: Vec<u32>,
}

/// An HTML start tag inside text.
#[derive(Debug)]
pub(super) struct OpeningTag {
    pub(super) range: Range<usize>,
    pub(super) name: Range<usize>,
    /// `markdown="…"`, which is left out.
    pub(super) markdown: Option<Range<usize>>,
    pub(super) lists: Vec<u32>,
}

/// What encloses the text that is being read.
#[derive(Clone, Copy, Debug, Default)]
struct Around {
    link: bool,
    em: bool,
    strong: bool,
    /// The innermost element is an `em`.
    directly_em: bool,
    /// Inside an HTML element.
    html: bool,
    /// Inside an HTML element that takes no Markdown.
    raw: bool,
    depth: usize,
}

/// What ends the text that is being read.
#[derive(Clone, Debug)]
enum Stop {
    End,
    Emphasis { mark: u8, len: usize },
    Bracket { open: isize },
    EndTag(String),
}

/// What the text stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings {
    /// HTML elements hold Markdown.
    pub(super) parse_span_html: bool,
    /// The block stands in an HTML element.
    pub(super) in_html: bool,
}

/// Reads one block's text.
pub(super) struct Inline<'r, 's> {
    reader: &'r Reader<'s>,
    text: &'r Text<'s>,
    /// The container's text up to the end of the block.
    source: &'r str,
    pub(super) events: Vec<Event<'s>>,
    /// Attribute lists found here; their numbers go on where the reader's end.
    pub(super) lists: Vec<AttributeList>,
    pub(super) facts: Vec<Fact>,
    /// Number of the event that opened the element which ended right here.
    last_element: Option<usize>,
    /// Start of the characters that are not yet an event.
    run: usize,
    start: usize,
    fuel: usize,
    /// Offset after the last `*` and the last `_`; below of the last `]`, `>` and `}`.
    last_marks: [usize; 2],
    last_bracket: usize,
    last_angle: usize,
    last_brace: usize,
    no_comment_end: bool,
    /// HTML elements hold Markdown; `{::options}` may change it.
    pub(super) parse_span_html: bool,
}

impl<'r, 's> Inline<'r, 's> {
    /// Reads `range` of `text`.
    pub(super) fn read(
        reader: &'r Reader<'s>,
        text: &'r Text<'s>,
        range: Range<usize>,
        events: Vec<Event<'s>>,
        surroundings: Surroundings,
    ) -> Inline<'r, 's> {
        let source = text.as_str().get(..range.end).unwrap_or("");
        let bytes = source.as_bytes().get(range.start..).unwrap_or_default();
        let after = |mark| memchr::memrchr(mark, bytes).map_or(0, |at| range.start + at + 1);
        let mut inline = Inline {
            reader,
            text,
            source,
            events,
            lists: Vec::new(),
            facts: Vec::new(),
            last_element: None,
            run: range.start,
            start: range.start,
            fuel: range.len().saturating_mul(RETRIES_PER_BYTE) + 4096,
            last_marks: [after(b'*'), after(b'_')],
            last_bracket: after(b']'),
            last_angle: after(b'>'),
            last_brace: after(b'}'),
            no_comment_end: false,
            parse_span_html: surroundings.parse_span_html,
        };
        let around = Around { html: surroundings.in_html, ..Around::default() };
        inline.spans(range.start, &mut Stop::End, around);
        inline
    }

    /// Reads up to the stop: where it is and true, or the end and false.
    fn spans(&mut self, at: usize, stop: &mut Stop, around: Around) -> (usize, bool) {
        let source = self.source;
        let bytes = source.as_bytes();
        let first_event = self.events.len();
        let start = at;
        self.run = at;
        self.last_element = None;
        let mut at = at;
        // Characters before this offset have been read; a quote does not look back beyond it.
        let mut read = at;
        loop {
            let Some(found) = next_special(bytes, at) else {
                self.flush(source.len());
                return (source.len(), false);
            };
            at = found;
            let is_empty = at == start && self.events.len() == first_event;
            if self.stops(at, stop, is_empty) {
                self.flush(at);
                return (at, true);
            }
            match self.construct(at, read, around) {
                Some(end) if end > at => {
                    // What looked like an image and is none still opens a bracket.
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

    /// True when the text being read ends at `at`.
    fn stops(&mut self, at: usize, stop: &mut Stop, is_empty: bool) -> bool {
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

    /// Reads what may start at `at`; where it ends. `None`: nothing does, the character is text.
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
            b'\n' => self.line_break(at, read),
            b'\\' => self.escape(at, around),
            b'~' if self.reader.options.gfm => self.strike(at, around),
            _ => None,
        }
    }

    /// Makes the characters up to `end` an event.
    fn flush(&mut self, end: usize) {
        if self.run < end {
            self.last_element = None;
            self.events.push(Event::Text(self.run..end));
        }
        self.run = end;
    }

    /// Adds an event that stands for `range`, after the characters before it.
    fn push(&mut self, range: Range<usize>, event: Event<'s>) -> usize {
        self.flush(range.start);
        self.run = range.end;
        self.events.push(event);
        self.last_element = Some(self.events.len() - 1);
        range.end
    }

    /// Opens an element whose inside begins at `inside`; its event's number.
    fn open(&mut self, name: LocalName, start: usize, inside: usize) -> usize {
        self.flush(start);
        self.run = inside;
        self.events.push(Event::Open(Box::new(Opening {
            name,
            range: start..inside,
            attributes: Vec::new(),
            lists: Vec::new(),
            definition_lists: Vec::new(),
        })));
        self.events.len() - 1
    }

    /// Closes the element that event `opened` began; `at` is the closing mark-up.
    fn close(&mut self, opened: usize, at: Range<usize>) -> usize {
        self.flush(at.start);
        self.run = at.end;
        if let Some(Event::Open(opening)) = self.events.get_mut(opened) {
            opening.range.end = at.end;
            let name = opening.name.clone();
            self.events.push(Event::Close(name, at.clone()));
        }
        self.last_element = Some(opened);
        at.end
    }

    fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            events: self.events.len(),
            lists: self.lists.len(),
            facts: self.facts.len(),
            run: self.run,
            last_element: self.last_element,
        }
    }

    /// Takes back everything since `before`; `cost` is how many bytes will be read again.
    fn undo(&mut self, before: &Checkpoint, cost: usize) {
        self.events.truncate(before.events);
        self.lists.truncate(before.lists);
        self.facts.truncate(before.facts);
        self.run = before.run;
        self.last_element = before.last_element;
        self.fuel = self.fuel.saturating_sub(cost);
    }
}

/// How far reading had come before an attempt.
struct Checkpoint {
    events: usize,
    lists: usize,
    facts: usize,
    run: usize,
    last_element: Option<usize>,
}

/// The next byte at or after `at` that may start or end something.
fn next_special(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    rest.iter().position(|&byte| SPECIAL[byte as usize]).map(|found| at + found)
}

const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let marks = b"*_`<[]!\"'${&.->\n\\~";
    let mut index = 0;
    while index < marks.len() {
        table[marks[index] as usize] = true;
        index += 1;
    }
    table
};
