//! `import` and `export` statements between a post's blocks.

use crate::document::read::template::cursor::is_blank_line;

/// Finds the ends of blocks of statements.
#[derive(Default)]
pub(super) struct Esm {
    /// Whether a block extended to the end of the file because of an open bracket: later blocks end at their first
    /// blank line.
    unbalanced: bool,
}

impl Esm {
    /// The end (before the line ending) of the block of statements that starts at `at`, if there is one.
    pub(super) fn end(&mut self, text: &[u8], at: usize) -> Option<usize> {
        let rest = text.get(at..)?;
        if !(rest.starts_with(b"import ") || rest.starts_with(b"export ") || rest.starts_with(b"import{")) {
            return None;
        }
        let mut depth = 0_i32;
        let mut first_blank = None;
        let mut line = at;
        loop {
            let end = memchr::memchr(b'\n', text.get(line..)?).map_or(text.len(), |newline| line + newline);
            depth += balance(text.get(line..end)?);
            if end == text.len() || is_blank_line(text, end + 1) {
                if depth <= 0 || self.unbalanced {
                    return Some(without_carriage_return(text, end));
                }
                first_blank.get_or_insert(end);
                if end == text.len() {
                    self.unbalanced = true;
                    return first_blank.map(|end| without_carriage_return(text, end));
                }
            }
            line = end + 1;
        }
    }
}

/// The number of brackets that a line opens, minus the number that it closes.
fn balance(line: &[u8]) -> i32 {
    line.iter().fold(0, |depth, byte| match byte {
        b'{' | b'(' | b'[' => depth + 1,
        b'}' | b')' | b']' => depth - 1,
        _ => depth,
    })
}

fn without_carriage_return(text: &[u8], end: usize) -> usize {
    if text.get(end.wrapping_sub(1)) == Some(&b'\r') { end - 1 } else { end }
}
