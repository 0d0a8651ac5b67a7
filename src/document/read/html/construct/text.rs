//! Tracks characters, with their spans, that were passed to the tree builder and are not in the tree yet.
//!
//! The tree builder may keep the text of a table until a later token, split off whitespace, or drop a line feed.
//! Matching its output against its input, in order, recovers the span of every character.

use crate::source::Span;

#[derive(Debug, Default)]
pub(super) struct Pending {
    fed: String,
    pieces: Vec<FedPiece>,
    /// The number of bytes of `fed` that the tree builder has returned.
    taken: usize,
    /// The index of the piece that contains `taken`.
    piece: usize,
    /// Whether another token has followed: the remaining characters are dropped before the next text.
    stale: bool,
    /// Whether the last token opened a `<pre>`, `<listing>` or `<textarea>`.
    after_pre: bool,
    /// The offset at which a line feed may be dropped: the first character in a `<pre>`.
    first_in_pre: Option<usize>,
}

#[derive(Debug)]
struct FedPiece {
    /// The end of the piece in `fed`.
    end: usize,
    written: Span,
    verbatim: bool,
}

/// Characters that the tree builder has returned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken<'a> {
    pub written: Span,
    /// The characters; `None` if they are verbatim at `written`.
    pub decoded: Option<&'a str>,
}

impl Pending {
    /// Must be called before a token other than text is processed. All of them except a doctype make the tree builder
    /// insert the characters that it kept.
    pub fn interrupt(&mut self, opens_pre: bool, flushes: bool) {
        self.stale |= flushes;
        self.after_pre = opens_pre;
    }

    /// Begins a run of characters and returns its start.
    pub fn begin(&mut self) -> usize {
        if std::mem::take(&mut self.stale) {
            self.fed.clear();
            self.pieces.clear();
            self.taken = 0;
            self.piece = 0;
        }
        self.first_in_pre = std::mem::take(&mut self.after_pre).then_some(self.fed.len());
        self.fed.len()
    }

    pub fn push(&mut self, text: &str, written: Span, verbatim: bool) {
        self.fed.push_str(text);
        let verbatim = verbatim && written.len() as usize == text.len();
        self.pieces.push(FedPiece { end: self.fed.len(), written, verbatim });
    }

    /// All characters pushed since `start`.
    pub fn since(&self, start: usize) -> &str {
        self.fed.get(start..).unwrap_or("")
    }

    /// Passes the pieces of `text`, which the tree builder inserts, with their spans to `give`. Returns false if the
    /// text was never pushed.
    pub fn take(&mut self, text: &str, mut give: impl FnMut(Taken<'_>)) -> bool {
        let Some(start) = self.find(text) else { return false };
        let end = start + text.len();
        self.taken = end;
        let mut at = start;
        while at < end {
            while self.pieces.get(self.piece).is_some_and(|piece| piece.end <= at) {
                self.piece += 1;
            }
            let Some(piece) = self.pieces.get(self.piece) else { break };
            let piece_start = self.piece.checked_sub(1).map_or(0, |before| self.pieces[before].end);
            let stop = piece.end.min(end);
            give(match piece.verbatim {
                true => {
                    let offset = |at: usize| piece.written.start + (at - piece_start) as u32;
                    Taken { written: Span::new(offset(at), offset(stop)), decoded: None }
                }
                false => Taken { written: piece.written, decoded: self.fed.get(at..stop) },
            });
            at = stop;
        }
        true
    }

    /// Finds the start of `text` after characters that the tree builder has dropped. Dropped characters differ from
    /// kept ones in their first byte (whitespace or not), so long runs are not compared twice.
    fn find(&mut self, text: &str) -> Option<usize> {
        let fed = self.fed.as_bytes();
        let mut start = self.taken;
        let may_be_dropped = self.first_in_pre == Some(start) && fed.get(start) == Some(&b'\n');
        if may_be_dropped && text.len() < fed.len() - start {
            start += 1;
        }
        while start + text.len() <= fed.len() {
            if fed[start..].starts_with(text.as_bytes()) {
                return Some(start);
            }
            start += 1;
        }
        self.taken = fed.len();
        None
    }
}
