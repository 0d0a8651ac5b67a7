//! Footnote definitions: `[^name]: text` and the indented lines after it.
//!
//! In kramdown 2.4: `parser/kramdown/footnote.rb`, `parse_footnote_definition`.

use crate::document::read::kramdown::block::{Reader, Scan, code};
use crate::document::read::kramdown::blocks::{Block, BlockId, Kind};
use crate::document::read::kramdown::lines::{code_indent, leading_blanks, line_end, name_len, unindented};
use crate::document::read::kramdown::text::TextBuilder;
use std::rc::Rc;

impl<'s> Reader<'s> {
    pub(super) fn footnote(&mut self, parent: BlockId, scan: &mut Scan<'s>, first: &str) -> bool {
        let Some(inside) = unindented(first).and_then(|body| body.strip_prefix("[^")) else { return false };
        let len = name_len(inside);
        let name = inside.get(..len).unwrap_or("");
        if len == 0 || !inside.get(len..).is_some_and(|rest| rest.starts_with("]:")) {
            return false;
        }
        let text = Rc::clone(&scan.text);
        let source = text.as_str();
        let first_end = line_end(source, scan.at);
        let after = scan.at + leading_blanks(first) + 2 + len + 2;
        let end = code::code_end(&text, first_end).max(first_end);
        let mut inside = TextBuilder::default();
        let mut at = after;
        while at < end {
            let next = line_end(source, at).min(end);
            let indent = code_indent(source.get(at..next).unwrap_or("")).unwrap_or(0);
            inside.push(&text, at + indent..next);
            at = next;
        }
        let note = self.blocks.detached(Block::new(Kind::Item, scan.id, scan.at..end, after..end));
        self.footnotes.insert(name.to_owned(), note);
        self.push(parent, Kind::Footnote, scan, end);
        self.read_container(note, inside.finish());
        true
    }
}
