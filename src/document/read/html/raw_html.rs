//! Raw HTML that is not tokenized yet: a tag may continue in the next call of [`Build::html`].
//!
//! [`Build::html`]: crate::document::tree::build::Build::html

use crate::document::tree::build::PositionMap;

/// Raw HTML and the positions of its runs in the file.
#[derive(Debug, Default)]
pub(super) struct RawHtml {
    pub input: String,
    pieces: Vec<(u32, u32)>,
}

impl RawHtml {
    /// Appends HTML.
    pub fn push(&mut self, input: &str, map: PositionMap<'_>) {
        let offset = self.input.len() as u32;
        self.input.push_str(input);
        match map {
            PositionMap::Linear(start) => self.push_piece(offset, start),
            PositionMap::Pieces(pieces) => {
                for &(text, file) in pieces {
                    self.push_piece(offset + text, file);
                }
            }
        }
    }

    fn push_piece(&mut self, text: u32, file: u32) {
        let continues = self.pieces.last().is_some_and(|last| file.checked_sub(last.1) == Some(text - last.0));
        if !continues {
            self.pieces.push((text, file));
        }
    }

    /// Where `input` is in the file.
    pub fn map(&self) -> PositionMap<'_> {
        match self.pieces[..] {
            [(0, start)] => PositionMap::Linear(start),
            _ => PositionMap::Pieces(&self.pieces),
        }
    }

    /// Removes everything, but keeps the memory.
    pub fn clear(&mut self) {
        self.input.clear();
        self.pieces.clear();
    }
}
