//! The text of a container (a quote's lines without `>`, a list item's without indentation) and the position of each of
//! its bytes in the file.

use crate::source::Span;
use smallvec::{SmallVec, smallvec};
use std::borrow::Cow;
use std::ops::Range;

/// A container's text. Lines end in `\n`; the last one may lack it.
#[derive(Debug)]
pub(super) struct Text<'s> {
    content: Cow<'s, str>,
    /// `(offset in the text, offset in the file)`, sorted by both, with the first one at 0. If there is only one, the
    /// text is a contiguous range of the file.
    pieces: Pieces,
    /// Starts of the pieces of whitespace that differ from the file.
    replaced: Vec<u32>,
}

type Pieces = SmallVec<[(u32, u32); 1]>;

impl<'s> Text<'s> {
    /// The post's body, with `\r\n` and `\r` converted to `\n`.
    pub(super) fn of_body(parsed: &'s str, body: Span) -> Text<'s> {
        let content = body.slice(parsed);
        if memchr::memchr(b'\r', content.as_bytes()).is_none() {
            return Text { content: Cow::Borrowed(content), pieces: smallvec![(0, body.start)], replaced: Vec::new() };
        }
        let mut built = TextBuilder::default();
        let mut from = 0;
        for at in memchr::memchr_iter(b'\r', content.as_bytes()) {
            built.push_slice(&content[from..at], body.start + from as u32);
            from = at + 1;
            if content.as_bytes().get(from) != Some(&b'\n') {
                built.push_replaced("\n", body.start + at as u32);
            }
        }
        built.push_slice(&content[from..], body.start + from as u32);
        built.finish()
    }

    pub(super) fn as_str(&self) -> &str {
        &self.content
    }

    /// The characters of `range` with the lifetime of the file, if the text is a contiguous range of it.
    pub(super) fn borrowed(&self, range: Range<usize>) -> Option<&'s str> {
        match self.content {
            Cow::Borrowed(content) => content.get(range),
            Cow::Owned(_) => None,
        }
    }

    /// The offset of the text in the file, if it is a contiguous range of it.
    pub(super) fn linear(&self) -> Option<u32> {
        match self.pieces[..] {
            [(0, file)] if self.replaced.is_empty() => Some(file),
            _ => None,
        }
    }

    /// The offset in the file of the byte at `at`.
    pub(super) fn position(&self, at: usize) -> u32 {
        let at = at as u32;
        if let [(_, file)] = self.pieces[..] {
            return file + at;
        }
        let next = self.pieces.partition_point(|piece| piece.0 <= at);
        let (start, file) = self.pieces.get(next.wrapping_sub(1)).copied().unwrap_or_default();
        let end = self.pieces.get(next).map_or(u32::MAX, |piece| piece.1);
        (file + (at - start)).min(end)
    }

    /// The bytes of the file that `range` was parsed from.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let start = self.position(range.start);
        if range.is_empty() {
            return Span::empty(start);
        }
        if self.pieces.len() == 1 {
            return Span::new(start, start + range.len() as u32);
        }
        let last = range.end as u32 - 1;
        let next = self.pieces.partition_point(|piece| piece.0 <= last);
        let (at, file) = self.pieces.get(next.wrapping_sub(1)).copied().unwrap_or_default();
        let limit = self.pieces.get(next).map_or(u32::MAX, |piece| piece.1);
        Span::new(start, (file + (last - at) + 1).min(limit).max(start))
    }

    /// Whether the piece that contains `at` is whitespace that differs from the file: spaces for a tab, or a line feed
    /// for `\r`.
    pub(super) fn is_replaced(&self, at: usize) -> bool {
        if self.replaced.is_empty() {
            return false;
        }
        let next = self.pieces.partition_point(|piece| piece.0 as usize <= at);
        let start = self.pieces.get(next.wrapping_sub(1)).map(|piece| piece.0);
        start.is_some_and(|start| self.replaced.binary_search(&start).is_ok())
    }

    /// Splits `range` into runs that are contiguous in the file. Each has a range in the text and a start in the file.
    pub(super) fn stretches(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, u32)> {
        let first = self.pieces.partition_point(|piece| piece.0 as usize <= range.start).saturating_sub(1);
        let pieces = &self.pieces[first..];
        pieces
            .iter()
            .enumerate()
            .map(move |(index, &(start, file))| {
                let end = pieces.get(index + 1).map_or(usize::MAX, |piece| piece.0 as usize);
                let from = range.start.max(start as usize);
                (from..range.end.min(end), file + (from - start as usize) as u32)
            })
            .take_while(|(range, _)| !range.is_empty())
    }
}

/// Builds a container's text from ranges of the enclosing text.
#[derive(Debug, Default)]
pub(super) struct TextBuilder<'s> {
    /// The text and its offset in the file, as long as it is a contiguous range of the file.
    only: Option<(&'s str, u32)>,
    content: String,
    pieces: Pieces,
    replaced: Vec<u32>,
}

impl<'s> TextBuilder<'s> {
    /// Adds `range` of `outer`.
    pub(super) fn push(&mut self, outer: &Text<'s>, range: Range<usize>) {
        if range.is_empty() || self.push_borrowed(outer, range.clone()).is_some() {
            return;
        }
        self.copy();
        for (part, file) in outer.stretches(range) {
            let Some(slice) = outer.content.get(part.clone()) else { continue };
            if outer.is_replaced(part.start) {
                self.push_replaced(slice, file);
            } else {
                self.push_slice(slice, file);
            }
        }
    }

    /// Adds `range` without copying it, if the result is still a contiguous range of the file.
    fn push_borrowed(&mut self, outer: &Text<'s>, range: Range<usize>) -> Option<()> {
        let file = outer.linear()? + range.start as u32;
        self.only = Some(match self.only {
            None if self.content.is_empty() => (outer.borrowed(range)?, file),
            Some((before, start)) if start + before.len() as u32 == file => {
                (outer.borrowed(range.start.checked_sub(before.len())?..range.end)?, start)
            }
            _ => return None,
        });
        Some(())
    }

    /// Copies the text that was borrowed so far.
    fn copy(&mut self) {
        if let Some((slice, file)) = self.only.take() {
            self.push_slice(slice, file);
        }
    }

    /// Adds spaces that replace tabs; the tabs begin at `file`.
    pub(super) fn push_blanks(&mut self, count: usize, file: u32) {
        if count > 0 {
            self.copy();
            self.push_replaced(&" ".repeat(count), file);
        }
    }

    /// Adds whitespace in place of different whitespace, which begins at `file`.
    fn push_replaced(&mut self, white: &str, file: u32) {
        let at = self.content.len() as u32;
        self.pieces.push((at, file));
        self.replaced.push(at);
        self.content.push_str(white);
    }

    fn push_slice(&mut self, slice: &str, file: u32) {
        if slice.is_empty() {
            return;
        }
        let at = self.content.len() as u32;
        let blank = self.pieces.last().is_some_and(|(start, _)| self.replaced.last() == Some(start));
        let continues = !blank && self.pieces.last().is_some_and(|&(start, from)| from + (at - start) == file);
        if !continues {
            self.pieces.push((at, file));
        }
        self.content.push_str(slice);
    }

    /// The text built so far.
    pub(super) fn as_str(&self) -> &str {
        self.only.map_or(&self.content, |(slice, _)| slice)
    }

    /// Returns the finished text.
    pub(super) fn finish(mut self) -> Text<'s> {
        if let Some((slice, file)) = self.only {
            return Text { content: Cow::Borrowed(slice), pieces: smallvec![(0, file)], replaced: Vec::new() };
        }
        if self.pieces.is_empty() {
            self.pieces.push((0, 0));
        }
        Text { content: Cow::Owned(self.content), pieces: self.pieces, replaced: self.replaced }
    }
}
