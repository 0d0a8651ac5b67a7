//! Indented lines that are text: in dialects without indented code, below another indented line.

use crate::document::read::markdown::Reader;
use crate::document::tree::build::Build;
use crate::place::dialect::Dialect;
use std::ops::Range;

/// Number of columns of indentation that make a line code.
const CODE: usize = 4;

impl<B: Build> Reader<'_, B> {
    /// Whether an indented block is text, because the dialect has no indented code: the nearest non-blank line above is
    /// indented by [`CODE`] columns or more, as in an element that extends over several lines, and the block has no
    /// fence and is not in a quote or list. Other indented blocks are parsed as code: Eleventy before 2.0 does so, and
    /// later versions can enable it. MDX never has indented code.
    pub(super) fn is_indented_text(&self, block: &Range<usize>) -> bool {
        if self.dialect == Dialect::Mdx {
            return self.depth == 0;
        }
        let above = self.text.get(..block.start).unwrap_or("").trim_end_matches([' ', '\t']).trim_end();
        let line = above.rsplit('\n').next().unwrap_or("");
        let has_fence = || {
            let inside = self.text.get(block.clone()).unwrap_or("");
            inside.lines().any(|line| line.trim_start().starts_with(['`', '~']))
        };
        !self.indented_code && self.depth == 0 && columns(line) >= CODE && !has_fence()
    }

    /// Parses the paragraphs of an indented block. The indentation of the first line is removed; other lines may keep
    /// theirs.
    pub(super) fn indented_text(&mut self, block: Range<usize>) {
        let Some(inside) = self.text.get(block.clone()) else { return };
        // A block that is indented further than these paragraphs is code.
        self.indented_code = true;
        let mut at = block.start;
        let mut paragraph = None;
        for line in inside.split_inclusive('\n') {
            let end = at + line.len();
            if line.trim().is_empty() {
                paragraph.take().into_iter().for_each(|start| self.read(start..at));
            } else if paragraph.is_none() {
                paragraph = Some(end - line.trim_start().len());
            }
            at = end;
        }
        paragraph.into_iter().for_each(|start| self.read(start..at));
        self.indented_code = false;
    }
}

/// The width of a line's indentation, in columns.
fn columns(line: &str) -> usize {
    let blanks = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
    blanks.fold(0, |at, byte| if byte == b'\t' { at / CODE * CODE + CODE } else { at + 1 })
}
