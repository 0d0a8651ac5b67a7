//! The cells of a terminal that the characters of a line take.

use unicode_width::UnicodeWidthChar;

/// Number of cells from one tab stop to the next, as in terminals, the GNU coding standards and the default of Vim's
/// `tabstop`.
const TAB: u32 = 8;

/// Number of cells of a control character, which editors show as `^A`.
const CONTROL: u32 = 2;

/// The number of cells of a line after `text`, which begins after `cells`.
pub(super) fn after(cells: u32, text: &str) -> u32 {
    text.chars().fold(cells, next)
}

/// The offsets after every `distance` bytes of a line, on character boundaries, with the number of cells before each.
pub(super) fn milestones(line: &str, distance: usize) -> Vec<(u32, u32)> {
    let mut all = Vec::new();
    let (mut cells, mut last) = (0, 0);
    for (at, c) in line.char_indices() {
        if at - last >= distance {
            all.push((at as u32, cells));
            last = at;
        }
        cells = next(cells, c);
    }
    all
}

fn next(cells: u32, c: char) -> u32 {
    match c {
        '\t' => (cells / TAB + 1) * TAB,
        c => cells + c.width().map_or(CONTROL, |width| width as u32),
    }
}
