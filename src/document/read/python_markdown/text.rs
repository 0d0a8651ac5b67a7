//! Text that remembers where in the file each of its bytes was written.
//!
//! python-markdown rewrites text in place: tabs become spaces, quotes lose their `>`, what was understood is replaced by
//! placeholders. Each of these texts is kept here with pieces that map it back to the file.

use crate::source::Span;
use smallvec::SmallVec;
use std::ops::Range;

/// A part of a text and what was written for it.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Its start in the text; it ends where the next begins.
    at: u32,
    written: Span,
    /// Whether the text is verbatim in the file.
    is_linear: bool,
}

/// A text with its places in the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    content: String,
    pieces: SmallVec<[Piece; 2]>,
    /// The offset in the file of an empty text.
    origin: u32,
    /// Whether inline patterns leave it alone (`util.AtomicString`).
    pub(super) is_atomic: bool,
}

impl Text {
    /// A text that is written differently in the file, or not at all.
    pub(super) fn of(content: &str, written: Span) -> Text {
        let mut text = Text::default();
        text.push_str(content, written);
        text
    }

    /// The text as one that inline patterns leave alone.
    pub(super) fn atomic(self) -> Text {
        Text { is_atomic: true, ..self }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.content
    }

    pub(super) fn len(&self) -> usize {
        self.content.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    pub(super) fn get(&self, range: Range<usize>) -> &str {
        self.content.get(range).unwrap_or("")
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.content.as_bytes().get(at).copied()
    }

    /// Adds characters that are written differently in the file.
    pub(super) fn push_str(&mut self, content: &str, written: Span) {
        self.push_piece(content, written, false);
    }

    /// Adds characters that begin at this offset of the file.
    pub(super) fn push_verbatim(&mut self, content: &str, start: u32) {
        self.push_piece(content, Span::new(start, start + content.len() as u32), true);
    }

    fn push_piece(&mut self, content: &str, written: Span, is_linear: bool) {
        if self.content.is_empty() {
            self.origin = written.start;
        }
        if content.is_empty() {
            return;
        }
        let at = self.content.len() as u32;
        self.content.push_str(content);
        match self.pieces.last_mut() {
            Some(last) if is_linear && last.is_linear && last.written.end == written.start => {
                last.written.end = written.end;
            }
            _ => self.pieces.push(Piece { at, written, is_linear }),
        }
    }

    /// Adds a part of another text.
    pub(super) fn push(&mut self, other: &Text, range: Range<usize>) {
        if self.content.is_empty() {
            self.origin = other.offset(range.start);
        }
        let end = range.end.min(other.len());
        let mut index = other.piece_at(range.start);
        let mut from = range.start;
        while from < end {
            let Some(piece) = other.pieces.get(index) else { break };
            let to = other.piece_end(index).min(end);
            self.push_piece(other.get(from..to), other.written_of(index, from, to, piece), piece.is_linear);
            from = to;
            index += 1;
        }
    }

    pub(super) fn push_all(&mut self, other: &Text) {
        self.push(other, 0..other.len());
    }

    fn written_of(&self, index: usize, from: usize, to: usize, piece: &Piece) -> Span {
        debug_assert!(index < self.pieces.len());
        match piece.is_linear {
            true => {
                Span::new(piece.written.start + (from as u32 - piece.at), piece.written.start + (to as u32 - piece.at))
            }
            false => piece.written,
        }
    }

    /// A part of the text, which is as open to inline patterns as all of it.
    pub(super) fn slice(&self, range: Range<usize>) -> Text {
        let origin = self.offset(range.start);
        let mut text = Text { is_atomic: self.is_atomic, origin, ..Text::default() };
        text.push(self, range);
        text
    }

    /// The range without whitespace at both ends (`str.strip`).
    pub(super) fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let part = self.get(range.clone());
        let start = range.start + (part.len() - part.trim_start().len());
        start..start + part.trim().len()
    }

    /// The text without whitespace at both ends.
    pub(super) fn strip(&self) -> Text {
        self.slice(self.trimmed(0..self.len()))
    }

    pub(super) fn truncate(&mut self, len: usize) {
        if len >= self.len() || !self.content.is_char_boundary(len) {
            return;
        }
        self.origin = self.offset(0);
        self.content.truncate(len);
        self.pieces.truncate(self.pieces.partition_point(|piece| (piece.at as usize) < len));
        if let Some(last) = self.pieces.last_mut().filter(|last| last.is_linear) {
            last.written.end = last.written.start + (len as u32 - last.at);
        }
    }

    fn piece_at(&self, offset: usize) -> usize {
        self.pieces.partition_point(|piece| piece.at as usize <= offset).saturating_sub(1)
    }

    fn piece_end(&self, index: usize) -> usize {
        self.pieces.get(index + 1).map_or(self.content.len(), |next| next.at as usize)
    }

    /// Where the character at this offset is written.
    pub(super) fn offset(&self, at: usize) -> u32 {
        let index = self.piece_at(at);
        match self.pieces.get(index) {
            Some(piece) if at >= self.len() && index + 1 == self.pieces.len() => piece.written.end,
            Some(piece) if piece.is_linear => piece.written.start + (at as u32 - piece.at),
            Some(piece) => piece.written.start,
            None => self.origin,
        }
    }

    /// What is written for a range. An empty range has an empty span.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let start = self.offset(range.start);
        if range.end <= range.start {
            return Span::empty(start);
        }
        let index = self.piece_at(range.end - 1);
        let end = match self.pieces.get(index) {
            Some(piece) if piece.is_linear => piece.written.start + (range.end as u32 - piece.at),
            Some(piece) => piece.written.end,
            None => start,
        };
        Span::new(start, end.max(start))
    }

    pub(super) fn whole(&self) -> Span {
        self.span(0..self.len())
    }

    /// The parts of a range that are written in one way each: their range, what is written, and whether that is verbatim.
    pub(super) fn parts(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, Span, bool)> {
        let first = self.piece_at(range.start);
        let pieces = self.pieces.iter().enumerate().skip(first);
        pieces.map_while(move |(index, piece)| {
            let from = (piece.at as usize).max(range.start);
            let to = self.piece_end(index).min(range.end);
            (from < to).then(|| (from..to, self.written_of(index, from, to, piece), piece.is_linear))
        })
    }
}
