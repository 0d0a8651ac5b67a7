//! What the terminal can show: colours, its width, box characters.

use crate::cli::{self, ColorChoice};
use std::env;
use std::io::{self, IsTerminal};

/// How output may look.
#[derive(Clone, Copy, Debug)]
pub struct Looks {
    /// Colours on standard output.
    pub color: bool,
    /// Colours on standard error.
    pub color_of_errors: bool,
    /// Box characters; otherwise ASCII.
    pub unicode: bool,
    /// Cells of a line.
    pub width: usize,
}

/// The width where there is no terminal, in cells.
const DEFAULT_WIDTH: usize = 80;

impl Looks {
    /// What the streams of this process can show.
    pub fn of_terminal(choice: ColorChoice) -> Self {
        let columns = || env::var("COLUMNS").ok()?.parse().ok();
        let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = columns().or_else(terminal).unwrap_or(DEFAULT_WIDTH);
        Looks {
            color: choice.wanted(io::stdout().is_terminal(), |name| env::var_os(name)),
            color_of_errors: choice.wanted(io::stderr().is_terminal(), |name| env::var_os(name)),
            unicode: cli::is_unicode(|name| env::var_os(name)),
            width: width.clamp(40, 200),
        }
    }
}
