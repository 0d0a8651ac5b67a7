//! Lines of a post that it also shows as code: they are there to be seen as they are.

use crate::document::Document;
use crate::document::ask::prose;
use crate::text::{line_after, line_before};
use rustc_hash::FxHashSet;

/// Minimum length of a line in bytes: `</div>` alone is in every second block of code.
const MIN_LINE: usize = 24;

/// The lines in the blocks of code of a post.
pub(super) struct Demonstrated(FxHashSet<String>);

impl Demonstrated {
    pub(super) fn of(document: &Document<'_>) -> Self {
        let blocks = document.tree.elements().filter(|element| element.name() == "pre");
        let mut lines = FxHashSet::default();
        for block in blocks {
            let text = prose::text(block);
            let long = text.lines().map(str::trim).filter(|line| line.len() >= MIN_LINE);
            lines.extend(long.map(str::to_owned));
        }
        Demonstrated(lines)
    }

    /// Whether the line around `offset` is also in a block of code.
    pub(super) fn holds(&self, document: &Document<'_>, offset: u32) -> bool {
        let source = document.source.text();
        let line = || format!("{}{}", line_before(source, offset), line_after(source, offset));
        !self.0.is_empty() && self.0.contains(line().trim())
    }
}
