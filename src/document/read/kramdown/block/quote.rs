//! Block quotes.
//!
//! In kramdown 2.4: `parser/kramdown/blockquote.rb`, `parse_blockquote`.

use crate::document::read::kramdown::block::{Reader, Scan};
use crate::document::read::kramdown::blocks::{BlockId, Kind};
use crate::document::read::kramdown::lines::{line, split_line, trim, unindented};
use crate::document::read::kramdown::text::TextBuilder;
use std::rc::Rc;

impl<'s> Reader<'s> {
    /// Parses a quote: a line with `>` and all following lines up to one that is not a lazy continuation line.
    pub(super) fn quote(&mut self, parent: BlockId, scan: &mut Scan<'s>) -> bool {
        let text = Rc::clone(&scan.text);
        let source = text.as_str();
        let mut inside = TextBuilder::default();
        let mut at = scan.at;
        loop {
            let (line, end) = split_line(source, at);
            inside.push(&text, at + marker_len(line)..end);
            at = end;
            if at >= source.len() || self.ends_lazy(&text, at, self::line(source, at)) {
                break;
            }
        }
        let start = scan.at;
        let id = self.push(parent, Kind::Quote, scan, at);
        self.blocks.get_mut(id).set_end(trim(source, start..at).end);
        self.read_container(id, inside.finish());
        true
    }
}

/// Length of the marker at the start of a quote's line: up to three spaces, `>`, one space.
fn marker_len(line: &str) -> usize {
    let Some(rest) = unindented(line).and_then(|body| body.strip_prefix('>')) else { return 0 };
    line.len() - rest.strip_prefix(' ').unwrap_or(rest).len()
}
