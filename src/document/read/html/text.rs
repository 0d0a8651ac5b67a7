//! The characters handed to the tree builder that it has not put into the tree yet, with their places.
//!
//! The tree builder may keep text of a table until a later token, split off blanks, or drop a line feed; matching what
//! comes out against what went in, in order, gives every character its bytes back.

use crate::source::Span;

/// A queue of characters.
#[derive(Debug, Default)]
pub(super) struct Pending {
    fed: String,
    pieces: Vec<FedPiece>,
    /// How much of `fed` came out again.
    taken: usize,
    /// The piece that `taken` lies in.
    piece: usize,
    /// A token other than text came: what is left is dropped before the next text.
    stale: bool,
    /// The last token opened a `<pre>` or the like.
    after_pre: bool,
    /// Where a line feed may be dropped: as the first character in a `<pre>`.
    first_in_pre: Option<usize>,
}

#[derive(Debug)]
struct FedPiece {
    /// Where it ends in `fed`.
    end: usize,
    written: Span,
    verbatim: bool,
}

/// Characters that came out again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken<'a> {
    pub written: Span,
    /// `None` where `written` says it verbatim.
    pub decoded: Option<&'a str>,
}

impl Pending {
    /// A token other than text is about to be processed. All but a doctype make the tree builder put the characters it
    /// kept into the tree.
    pub fn interrupt(&mut self, opens_pre: bool, flushes: bool) {
        self.stale |= flushes;
        self.after_pre = opens_pre;
    }

    /// A run of characters is about to be pushed. Returns where it will start.
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

    /// Adds characters.
    pub fn push(&mut self, text: &str, written: Span, verbatim: bool) {
        self.fed.push_str(text);
        let verbatim = verbatim && written.len() as usize == text.len();
        self.pieces.push(FedPiece { end: self.fed.len(), written, verbatim });
    }

    /// All that was pushed since `start`.
    pub fn since(&self, start: usize) -> &str {
        self.fed.get(start..).unwrap_or("")
    }

    /// The tree builder puts `text` into the tree: says piece by piece where it was written. False when it was never
    /// pushed.
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

    /// Where `text` begins, past characters that the tree builder dropped. Those differ from what it keeps in their
    /// first byte (blanks against others), so this does not look at long stretches twice.
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
