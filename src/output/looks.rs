//! What the stream that output is written to can show.

/// What a stream can show. The default is plain: no colours, ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looks {
    /// Cells of a line.
    pub width: usize,
    /// Whether to write ANSI colours.
    pub color: bool,
    /// Whether to draw with box characters; otherwise with ASCII.
    pub unicode: bool,
}

impl Looks {
    /// The width if there is no terminal, in cells.
    pub const DEFAULT_WIDTH: usize = 80;
}

impl Default for Looks {
    fn default() -> Self {
        Looks { width: Self::DEFAULT_WIDTH, color: false, unicode: false }
    }
}
