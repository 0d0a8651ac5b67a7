//! Math blocks: `$$ … $$`.
//!
//! In kramdown 2.4: `parser/kramdown/math.rb`, `parse_block_math`.

use crate::document::read::kramdown::block::{Reader, Scan};
use crate::document::read::kramdown::blocks::{BlockId, Kind};
use crate::document::read::kramdown::lines::{is_blank, line_end, trim};
use std::rc::Rc;

impl<'s> Reader<'s> {
    /// Skips the backslash of `\$$ … $$`, so that a paragraph with inline math starts after it. Always returns false,
    /// because the paragraph itself is parsed by the caller.
    pub(super) fn skip_math_escape(&mut self, scan: &mut Scan<'s>, blanks: usize) -> bool {
        let source = scan.text.as_str();
        let open = scan.at + blanks;
        let inside = source.get(open..).and_then(|rest| rest.strip_prefix("\\$$"));
        if let Some(len) = inside.and_then(|inside| memchr::memmem::find(inside.as_bytes(), b"$$")) {
            let close = open + 3 + len + 2;
            if is_blank(source.get(close..line_end(source, close)).unwrap_or("")) {
                scan.at = open + 1;
            }
        }
        false
    }

    pub(super) fn math(&mut self, parent: BlockId, scan: &mut Scan<'s>, blanks: usize) -> bool {
        let text = Rc::clone(&scan.text);
        let source = text.as_str();
        let open = scan.at + blanks;
        if !self.after_boundary(parent) {
            return false;
        }
        let Some(inside) = source.get(open..).and_then(|rest| rest.strip_prefix("$$")) else { return false };
        let Some(len) = memchr::memmem::find(inside.as_bytes(), b"$$") else { return false };
        let content = open + 2..open + 2 + len;
        let close = content.end + 2;
        let end = line_end(source, close);
        // An attribute list or `^` may follow on the same line.
        let end = if is_blank(source.get(close..end).unwrap_or("")) { end } else { close };
        if !self.before_boundary(&text, end) {
            return false;
        }
        let block = self.push_with(parent, Kind::Math, scan, end, trim(source, content));
        self.blocks.get_mut(block).set_end(close);
        true
    }
}
