//! HTML in Markdown: blocks, which may stand in quotes and lists, and tags in text.

use super::Reader;
use super::kramdown_mask::Kind;
use super::locate::align_lines;
use crate::document::build::{Build, PositionMap};
use crate::document::template::Masked;
use crate::source::Span;

impl<B: Build> Reader<'_, B> {
    pub(super) fn html_block_line(&mut self, text: &str, written: Span) {
        let line = match self.located(text) {
            Some(span) => (span, None),
            None if self.seen(written) == text => (written, None),
            None => (written, Some(text.to_owned())),
        };
        match self.raw_html.last_mut() {
            Some((last, None)) if line.1.is_none() && last.end == line.0.start => last.end = line.0.end,
            _ => self.raw_html.push(line),
        }
    }

    pub(super) fn end_html_block(&mut self) {
        self.in_html_block = false;
        let mut lines = std::mem::take(&mut self.raw_html);
        if let Some((first, _)) = lines.first_mut()
            && let Some(region) = self.kramdown.region_in(*first)
        {
            match region.kind {
                Kind::AttributeList => return,
                Kind::HtmlBlock => {
                    // The parser saw one line; the block is all of the element.
                    first.end = first.end.max(region.span.end);
                }
                Kind::SpanTag => {}
            }
        }
        emit(self.masked, &lines, self.build);
        lines.clear();
        self.raw_html = lines;
    }

    pub(super) fn inline_html(&mut self, text: &str, written: Span) {
        match self.located(text) {
            Some(span) => emit(self.masked, &[(span, None)], self.build),
            None => match align_lines(text, self.seen(written), written.start) {
                Some(pieces) => self.build.html(text, PositionMap::Pieces(&pieces)),
                None => self.build.html(text, PositionMap::Pieces(&[(0, written.start)])),
            },
        }
    }
}

/// Tells raw HTML that stands on `lines`, and the templates in it that are nodes of their own.
pub(super) fn emit(masked: &Masked<'_>, lines: &[(Span, Option<String>)], build: &mut impl Build) {
    for (span, invented) in lines {
        if let Some(text) = invented {
            build.html(text, PositionMap::Pieces(&[(0, span.start)]));
            continue;
        }
        let mut at = span.start;
        for &block in masked.blocks_in(*span) {
            verbatim(masked, Span::new(at, block.start.max(at)), build);
            build.template(block);
            at = block.end;
        }
        verbatim(masked, Span::new(at, span.end), build);
    }
}

fn verbatim(masked: &Masked<'_>, span: Span, build: &mut impl Build) {
    if !span.is_empty() {
        build.html(span.slice(&masked.html), PositionMap::Linear(span.start));
    }
}
