//! HTML as the author wrote it.

use super::Emitter;
use crate::document::read::python_markdown::stash;
use crate::document::read::python_markdown::text::Text;
use crate::document::tree::build::{Build, PositionMap};
use std::ops::Range;

impl<B: Build> Emitter<'_, '_, '_, B> {
    /// Emits HTML with what placeholders in it stand for.
    pub(super) fn html(&mut self, html: &Text) {
        let mut start = 0;
        let mut is_commented = false;
        while let Some(found) = stash::next_html(html.as_str(), start) {
            self.raw(html, start..found.start);
            // Code in a comment is a part of it.
            is_commented = is_comment_open(html.get(start..found.start), is_commented);
            if !is_commented {
                self.stashed(found.index);
            }
            start = found.end;
        }
        self.raw(html, start..html.len());
    }

    /// Emits HTML, and templates in it that are blocks.
    fn raw(&mut self, html: &Text, range: Range<usize>) {
        let blocks = self.input.blocks_in(html.span(range.clone()));
        let mut start = range.start;
        for &block in blocks {
            let part =
                html.parts(start..range.end).find(|(_, written, is_linear)| *is_linear && written.contains(block));
            let Some((part, written, _)) = part else { continue };
            let at = part.start + (block.start - written.start) as usize;
            self.tokens(html, start..at);
            self.out.template(block);
            start = at + block.len() as usize;
        }
        self.tokens(html, start..range.end);
    }

    /// Emits tokens, without line ends that python-markdown puts around placeholders: the file has other characters there.
    fn tokens(&mut self, html: &Text, range: Range<usize>) {
        let bytes = self.input.masked.as_bytes();
        let mut start = range.start;
        for (part, written, is_linear) in html.parts(range.clone()) {
            let is_space = bytes.get(written.start as usize).is_some_and(u8::is_ascii_whitespace);
            if !is_linear && !is_space && html.get(part.clone()).trim().is_empty() {
                self.run(html, start..part.start);
                start = part.end;
            }
        }
        self.run(html, start..range.end);
    }

    fn run(&mut self, html: &Text, range: Range<usize>) {
        let input = html.get(range.clone());
        if input.is_empty() {
            return;
        }
        let mut pieces: Vec<(u32, u32)> = Vec::new();
        for (part, written, is_linear) in html.parts(range.clone()) {
            let at = (part.start - range.start) as u32;
            pieces.push((at, written.start));
            if !is_linear {
                // All its bytes are at one place.
                pieces.extend((1..part.len() as u32).map(|byte| (at + byte, written.start)));
                pieces.push((at + part.len() as u32, written.end));
            }
        }
        pieces.dedup_by_key(|piece| piece.0);
        match pieces[..] {
            [(0, start)] => self.out.html(input, PositionMap::Linear(start)),
            _ => self.out.html(input, PositionMap::Pieces(&pieces)),
        }
    }
}

/// Whether a comment is open after some HTML.
fn is_comment_open(html: &str, is_open: bool) -> bool {
    match (html.rfind("<!--"), html.rfind("-->")) {
        (None, None) => is_open,
        (open, close) => open > close,
    }
}
