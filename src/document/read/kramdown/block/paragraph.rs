//! Paragraphs.
//!
//! In kramdown 2.4: `parser/kramdown/paragraph.rb`, `parse_paragraph`.

use crate::document::read::kramdown::block::{Reader, Scan, code, header, list};
use crate::document::read::kramdown::blocks::{BlockId, Kind};
use crate::document::read::kramdown::lines::{is_blank, leading_blanks, line_end, split_line, trim};
use crate::document::read::kramdown::text::Text;
use std::rc::Rc;

impl<'s> Reader<'s> {
    /// Parses a paragraph: all lines up to one that ends it. If the block directly above is a paragraph, the lines are
    /// added to that one.
    pub(super) fn paragraph(&mut self, parent: BlockId, scan: &mut Scan<'s>) {
        let text = Rc::clone(&scan.text);
        let source = text.as_str();
        let mut end = line_end(source, scan.at);
        while end < source.len() {
            let (line, next) = split_line(source, end);
            if self.ends_paragraph(&text, end, line) {
                break;
            }
            end = next;
        }
        let content = trim(source, scan.at..end);
        let last = self.blocks.last(parent).filter(|&last| {
            let block = self.blocks.get(last);
            let between = source.get(block.range().end..scan.at).unwrap_or("");
            block.kind == Kind::Paragraph(false)
                && block.text == scan.id
                && is_blank(between)
                && self.pending.is_empty()
        });
        match last {
            Some(last) => {
                let block = self.blocks.get_mut(last);
                block.set_end(content.end);
                block.set_content_end(content.end);
                scan.at = end;
            }
            None => {
                let id = self.push_with(parent, Kind::Paragraph(false), scan, end, content.clone());
                self.blocks.get_mut(id).set_end(content.end);
            }
        }
    }

    fn ends_paragraph(&self, text: &Text<'_>, at: usize, line: &str) -> bool {
        if self.ends_lazy(text, at, line) {
            return true;
        }
        let blanks = leading_blanks(line);
        if blanks > 3 {
            return false;
        }
        let body = line.get(blanks..).unwrap_or("");
        match body.as_bytes().first() {
            Some(b':') => list::marker_ends(body, 1),
            Some(_) if !self.options.gfm => false,
            Some(b'#') => blanks == 0 && header::is_atx(body, true),
            Some(b'>') => true,
            Some(b'~' | b'`') => code::starts_fence(body),
            Some(b'*' | b'+' | b'-' | b'0'..=b'9') => list::marker(body).is_some(),
            _ => false,
        }
    }
}
