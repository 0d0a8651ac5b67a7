//! Maps offsets in the tokenizer's input to spans in the file.

use crate::document::tree::build::PositionMap;
use crate::source::Span;
use std::ops::Range;

impl PositionMap<'_> {
    /// The offset in the file of the byte at `offset`.
    pub(super) fn start(self, offset: usize) -> u32 {
        match self {
            PositionMap::Linear(base) => base + offset as u32,
            PositionMap::Pieces(pieces) => {
                let after = pieces.partition_point(|piece| piece.0 <= offset as u32);
                let (text, file) = pieces.get(after.wrapping_sub(1)).copied().unwrap_or((0, 0));
                file + (offset as u32 - text)
            }
        }
    }

    /// The offset in the file of the end of a range that ends at `offset` in the input.
    pub(super) fn end(self, offset: usize) -> u32 {
        match self {
            PositionMap::Linear(base) => base + offset as u32,
            PositionMap::Pieces(_) if offset == 0 => self.start(0),
            PositionMap::Pieces(_) => self.start(offset - 1) + 1,
        }
    }

    /// The span in the file from the first to the last byte of `range`.
    pub(super) fn span(self, range: Range<usize>) -> Span {
        let start = self.start(range.start);
        if range.is_empty() { Span::empty(start) } else { Span::new(start, self.end(range.end)) }
    }

    /// Whether `range` is contiguous in the file.
    pub(super) fn is_contiguous(self, range: Range<usize>) -> bool {
        let len = range.len();
        self.span(range).len() as usize == len
    }

    /// Passes the pieces of `range` with their spans to `give`, split where the file has other bytes in between, such
    /// as the `> ` of a quote. A piece is longer than its span if its spaces replace a tab.
    pub(super) fn each_piece(self, range: Range<usize>, mut give: impl FnMut(Range<usize>, Span)) {
        let PositionMap::Pieces(pieces) = self else {
            let span = self.span(range.clone());
            return give(range, span);
        };
        let mut at = range.start;
        while at < range.end {
            let after = pieces.partition_point(|piece| piece.0 <= at as u32);
            let (next, limit) = pieces.get(after).map_or((usize::MAX, u32::MAX), |piece| (piece.0 as usize, piece.1));
            let stop = range.end.min(next);
            let start = self.start(at).min(limit);
            give(at..stop, Span::new(start, (start + (stop - at) as u32).min(limit)));
            at = stop;
        }
    }
}
