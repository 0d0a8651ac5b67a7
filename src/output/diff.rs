//! Unified diffs of posts.

use crate::output::{Screen, visible};
use similar::{ChangeTag, TextDiff};
use std::io;

/// Number of unchanged lines around each change.
const CONTEXT: usize = 3;

const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const CYAN: &str = "\u{1b}[36m";
const BOLD: &str = "\u{1b}[1m";
const RESET: &str = "\u{1b}[0m";

/// Writes the difference between two texts of the file at `path`. A carriage return at the end of a line is not shown;
/// other control characters are made visible, as in all output.
pub fn write(path: &str, before: &str, after: &str, color: bool, out: &mut Screen<'_>) -> io::Result<()> {
    let mut line = |style: &str, text: &str| {
        let text = visible::piece(text);
        match color && !style.is_empty() {
            true => out.painted(&format!("{style}{text}{RESET}\n")),
            false => out.painted(&format!("{text}\n")),
        }
    };
    let path = visible::path(path);
    line(BOLD, &format!("--- {path}"))?;
    line(BOLD, &format!("+++ {path}"))?;
    let diff = TextDiff::from_lines(before, after);
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        line(CYAN, &hunk.header().to_string())?;
        for change in hunk.iter_changes() {
            let (mark, style) = match change.tag() {
                ChangeTag::Equal => (' ', ""),
                ChangeTag::Delete => ('-', RED),
                ChangeTag::Insert => ('+', GREEN),
            };
            line(style, &format!("{mark}{}", change.value().trim_end_matches(['\n', '\r'])))?;
            if change.missing_newline() {
                line("", "\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}
