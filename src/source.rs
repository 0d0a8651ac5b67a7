//! A post's text and its lines. Converts byte offsets to line and column, in the units that editors use.

mod cells;
mod encoding;

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::OnceLock;

/// A range of bytes in the original file, end exclusive. Files are smaller than 4 GiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Byte offset of the first byte.
    pub start: u32,
    /// Byte offset after the last byte.
    pub end: u32,
}

impl Span {
    /// Creates the span `start..end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Span { start, end }
    }

    /// Creates the span of a `usize` range.
    pub const fn of(range: std::ops::Range<usize>) -> Self {
        Span { start: range.start as u32, end: range.end as u32 }
    }

    /// Creates the empty span at `offset`.
    pub const fn empty(offset: u32) -> Self {
        Span { start: offset, end: offset }
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether any of the sorted `offsets` is inside this span.
    pub fn holds_one_of(self, offsets: &[u32]) -> bool {
        let next = offsets.partition_point(|at| *at < self.start);
        offsets.get(next).is_some_and(|at| *at < self.end)
    }

    /// Whether the span is empty.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Converts the span to a range for slicing.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that contains both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` is entirely inside this span, or equal to it.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The text of the span; empty if its ends are not character boundaries of `text`.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

/// The spans among the sorted and non-overlapping `spans` that share a byte with `span`.
pub fn overlapping(spans: &[Span], span: Span) -> impl Iterator<Item = Span> {
    let first = spans.partition_point(|other| other.end <= span.start);
    spans[first..].iter().copied().take_while(move |other| other.start < span.end)
}

/// Whether one of the sorted and non-overlapping `spans` contains the byte at `offset`.
pub fn holds(spans: &[Span], offset: u32) -> bool {
    overlapping(spans, Span::new(offset, offset.saturating_add(1))).next().is_some()
}

/// A position in a file. Lines and columns count from 1; a byte order mark does not count as a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// Offset in bytes from the start of the file.
    pub byte: u32,
    /// Line number; CRLF, LF and a lone CR each end a line.
    pub line: u32,
    /// Column in characters (Unicode scalar values).
    pub column: u32,
    /// Column in UTF-16 code units.
    pub column_utf16: u32,
    /// Column in UTF-8 bytes.
    pub column_byte: u32,
}

/// The first byte that is not UTF-8, and the probable encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotUtf8 {
    /// Offset of the first byte that is not UTF-8.
    pub offset: u32,
    /// The WHATWG name of the encoding that the file probably has; `None` if it is not text but binary data.
    pub looks_like: Option<&'static str>,
}

/// A file's text. If the file is not UTF-8, invalid bytes are replaced by U+FFFD, and offsets after the first one are
/// not those of the file.
#[derive(Debug)]
pub struct Source {
    text: String,
    not_utf8: Option<NotUtf8>,
    line_starts: OnceLock<Vec<u32>>,
    milestones: OnceLock<Vec<(u32, u32)>>,
    cells: OnceLock<Vec<(u32, u32)>>,
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Number of bytes between milestones, which limit the cost of computing a column on a long line.
const MILESTONE: usize = 1024;

impl Source {
    /// Creates the source of a file that is valid UTF-8.
    pub fn new(text: impl Into<String>) -> Self {
        Source {
            text: text.into(),
            not_utf8: None,
            line_starts: OnceLock::new(),
            milestones: OnceLock::new(),
            cells: OnceLock::new(),
        }
    }

    /// Creates the source of a file from its bytes, which may not be UTF-8.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        // The standard library takes ten instructions for each byte that is not ASCII.
        match simdutf8::compat::from_utf8(&bytes) {
            Ok(text) => Source::new(text),
            Err(error) => {
                let offset = error.valid_up_to() as u32;
                let not_utf8 = NotUtf8 { offset, looks_like: encoding::guess(&bytes) };
                let text = String::from_utf8_lossy(&bytes).into_owned();
                Source { not_utf8: Some(not_utf8), ..Source::new(text) }
            }
        }
    }

    /// The whole text, including a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole text, without a copy.
    pub fn into_text(self) -> String {
        self.text
    }

    /// Details if the file is not UTF-8: then only offsets up to the first invalid byte are those of the file.
    pub fn not_utf8(&self) -> Option<&NotUtf8> {
        self.not_utf8.as_ref()
    }

    /// Length of the byte order mark in bytes: 3 or 0.
    pub fn bom_len(&self) -> u32 {
        if self.text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() as u32 } else { 0 }
    }

    /// The text of `span`.
    pub fn slice(&self, span: Span) -> &str {
        span.slice(&self.text)
    }

    /// The number of lines. Text without a line ending is one line.
    pub fn line_count(&self) -> u32 {
        self.line_starts().len() as u32
    }

    /// The line number (from 1) of `offset`.
    pub fn line_of(&self, offset: u32) -> u32 {
        self.line_starts().partition_point(|&start| start <= offset) as u32
    }

    /// The byte span of `line` (from 1), without its line ending and, on the first line, without a byte order mark.
    pub fn line_span(&self, line: u32) -> Span {
        let starts = self.line_starts();
        let index = (line.max(1) as usize - 1).min(starts.len() - 1);
        let start = if index == 0 { self.bom_len() } else { starts[index] };
        let end = starts.get(index + 1).copied().unwrap_or(self.text.len() as u32);
        let written = Span::new(start, end).slice(&self.text);
        Span::new(start, start + written.trim_end_matches(['\r', '\n']).len() as u32)
    }

    /// Converts `offset` to line and columns. An offset inside a character counts as that character's start.
    pub fn position(&self, offset: u32) -> Position {
        let byte = self.floor_char_boundary(offset);
        let line = self.line_of(byte);
        let start = self.line_starts()[line as usize - 1].max(if line == 1 { self.bom_len() } else { 0 });
        let before = Span::new(start.min(byte), byte);
        let (chars, units) = self.count(before);
        Position { byte, line, column: chars + 1, column_utf16: units + 1, column_byte: before.len() + 1 }
    }

    /// The column of `offset` in cells, from 1: a tab reaches to the next column after a multiple of eight, and all other
    /// characters have the width that `wcwidth` gives them, each for itself. A joined emoji is as wide as its parts.
    pub fn cell_column(&self, offset: u32) -> u32 {
        let to = self.floor_char_boundary(offset);
        let start = self.line_span(self.line_of(to)).start.min(to);
        let is_far = (to - start) as usize > MILESTONE;
        let (from, before) = if is_far { self.cells_near(start, to) } else { (start, 0) };
        cells::after(before, self.slice(Span::new(from, to))) + 1
    }

    /// The last milestone on the line from `start` that is not after `to`, and the number of cells of the line before it.
    fn cells_near(&self, start: u32, to: u32) -> (u32, u32) {
        let of_line = |line: u32| {
            let span = self.line_span(line);
            cells::milestones(self.slice(span), MILESTONE).into_iter().map(move |(at, cells)| (span.start + at, cells))
        };
        let milestones = self.cells.get_or_init(|| (1..=self.line_count()).flat_map(of_line).collect());
        let nearest = milestones.partition_point(|(at, _)| *at <= to).checked_sub(1);
        let nearest = nearest.and_then(|nearest| milestones.get(nearest)).copied();
        nearest.filter(|(at, _)| *at > start).unwrap_or((start, 0))
    }

    /// Counts characters and UTF-16 units in `span`, whose ends are character boundaries.
    fn count(&self, span: Span) -> (u32, u32) {
        if span.len() as usize <= MILESTONE {
            return count(&self.text.as_bytes()[span.range()]);
        }
        let (chars_to_end, units_to_end) = self.count_to(span.end as usize);
        let (chars_to_start, units_to_start) = self.count_to(span.start as usize);
        (chars_to_end - chars_to_start, units_to_end - units_to_start)
    }

    fn count_to(&self, offset: usize) -> (u32, u32) {
        let bytes = self.text.as_bytes();
        let milestones = self.milestones.get_or_init(|| milestones(bytes));
        let nearest = offset / MILESTONE;
        let (chars, units) = count(&bytes[nearest * MILESTONE..offset]);
        (milestones[nearest].0 + chars, milestones[nearest].1 + units)
    }

    fn floor_char_boundary(&self, offset: u32) -> u32 {
        let mut at = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at as u32
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| line_starts(self.text.as_bytes()))
    }
}

fn line_starts(bytes: &[u8]) -> Vec<u32> {
    let mut starts = vec![0];
    starts.extend(
        memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
            .map(|at| at as u32 + 1),
    );
    starts
}

/// Counts the characters and UTF-16 units that start in `bytes`. Every byte except continuation bytes starts a
/// character, and the lead byte of a four-byte sequence starts a surrogate pair, which is two units.
fn count(bytes: &[u8]) -> (u32, u32) {
    bytes.iter().fold((0, 0), |(chars, units), &byte| {
        let starts = u32::from(byte & 0xc0 != 0x80);
        (chars + starts, units + starts + u32::from(byte >= 0xf0))
    })
}

/// The number of characters and UTF-16 units before every [`MILESTONE`]th byte.
fn milestones(bytes: &[u8]) -> Vec<(u32, u32)> {
    let mut all = vec![(0, 0)];
    let mut total = (0, 0);
    for stretch in bytes.chunks(MILESTONE) {
        let (chars, units) = count(stretch);
        total = (total.0 + chars, total.1 + units);
        all.push(total);
    }
    all
}

/// The first `characters` of `text`, with an ellipsis if there are more.
pub fn beginning(text: &str, characters: usize) -> Cow<'_, str> {
    match text.char_indices().nth(characters) {
        Some((at, _)) => Cow::Owned(format!("{}…", text.get(..at).unwrap_or(text))),
        None => Cow::Borrowed(text),
    }
}
