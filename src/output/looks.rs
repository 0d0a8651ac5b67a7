//! The capabilities of the output stream.

/// The capabilities of a stream. The default is plain: no colours, ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looks {
    /// Width of a line in cells.
    pub width: usize,
    /// Whether to write ANSI colours.
    pub color: bool,
    /// Whether to draw with box-drawing characters instead of ASCII.
    pub unicode: bool,
}

impl Looks {
    /// The width without a terminal, in cells.
    pub const DEFAULT_WIDTH: usize = 80;
}

impl Default for Looks {
    fn default() -> Self {
        Looks { width: Self::DEFAULT_WIDTH, color: false, unicode: false }
    }
}
