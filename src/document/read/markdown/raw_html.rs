//! HTML in Markdown: blocks, which may be in quotes and lists, and inline tags.

use crate::document::read::html::is_void;
use crate::document::read::kramdown::unread;
use crate::document::read::markdown::Reader;
use crate::document::read::markdown::locate::align_lines;
use crate::document::tree::build::{Build, PositionMap};
use crate::document::tree::{ParseNote, ParseNoteKind};
use crate::place::dialect::Dialect;
use crate::place::flavor::RawHtml;
use crate::source::Span;
use html5ever::{LocalName, local_name};

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
        self.in_comment = false;
        let mut lines = std::mem::take(&mut self.raw_html);
        let mut opaque = 0;
        for (span, invented) in &lines {
            match invented {
                Some(_) if self.flavor.raw_html == RawHtml::Dropped => self.note_dropped(*span),
                Some(text) => self.build.html(text, PositionMap::Pieces(&[(0, span.start)])),
                None => {
                    self.note_markdown(*span, &mut opaque);
                    self.html(*span);
                }
            }
        }
        lines.clear();
        self.raw_html = lines;
    }

    pub(super) fn inline_html(&mut self, text: &str, written: Span) {
        if self.flavor.raw_html == RawHtml::Dropped && !text.starts_with("<!") {
            return self.note_dropped(written);
        }
        match self.located(text) {
            Some(span) => self.html(span),
            None => match align_lines(text, self.seen(written), written.start) {
                Some(pieces) => self.build.html(text, PositionMap::Pieces(&pieces)),
                None => self.build.html(text, PositionMap::Pieces(&[(0, written.start)])),
            },
        }
    }

    /// Emits raw HTML that is verbatim in the file, and the templates in it that are separate nodes.
    pub(super) fn html(&mut self, span: Span) {
        let mut at = span.start;
        for &block in self.input.blocks_in(span) {
            self.html_without_templates(Span::new(at, block.start.max(at)));
            self.build.template(block);
            at = block.end;
        }
        self.html_without_templates(Span::new(at, span.end));
    }

    fn html_without_templates(&mut self, span: Span) {
        let text = span.slice(self.input.masked);
        if self.flavor.raw_html == RawHtml::Dropped {
            return self.comments(text, span);
        }
        if self.dialect != Dialect::Mdx {
            return self.html_at(text, span.start);
        }
        let (mut at, mut last_end) = (0, 0);
        for (slash, _) in text.match_indices("/>") {
            let end = slash + 2;
            let before = text.get(last_end..slash).unwrap_or("");
            last_end = end;
            self.note_svg(before);
            let Some(name) = self_closed(before) else { continue };
            if name == local_name!("svg") {
                self.open_svgs = self.open_svgs.saturating_sub(1);
            } else if self.open_svgs == 0 {
                self.html_at(text.get(at..end).unwrap_or(""), span.start + at as u32);
                self.build.close(name, Span::empty(span.start + end as u32));
                at = end;
            }
        }
        self.note_svg(text.get(last_end..).unwrap_or(""));
        self.html_at(text.get(at..).unwrap_or(""), span.start + at as u32);
    }

    /// Emits the comments in HTML that the engine drops, because they may suppress findings.
    fn comments(&mut self, text: &str, span: Span) {
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let start = if self.in_comment { Some(0) } else { rest.find("<!--") };
            let dropped = rest.get(..start.unwrap_or(rest.len())).unwrap_or("");
            if dropped.contains('<') {
                self.note_dropped(Span::new(span.start + at as u32, span.start + (at + dropped.len()) as u32));
            }
            let Some(comment) = start.and_then(|start| rest.get(start..)) else { return };
            let end = comment.find("-->").map(|end| end + 3);
            self.in_comment = end.is_none();
            let comment = comment.get(..end.unwrap_or(comment.len())).unwrap_or("");
            self.html_at(comment, span.start + (at + dropped.len()) as u32);
            at += dropped.len() + comment.len();
        }
    }

    /// Adds notes for what resembles Markdown in a block of HTML, where the engine does not parse it.
    fn note_markdown(&mut self, span: Span, opaque: &mut usize) {
        if self.flavor.raw_html == RawHtml::Dropped || self.dialect == Dialect::Mdx {
            return;
        }
        for found in unread::markdown_between_tags(span.slice(self.input.masked), opaque) {
            let span = Span::new(span.start + found.start as u32, span.start + found.end as u32);
            self.notes.push(ParseNote { kind: ParseNoteKind::MarkdownInHtml, span, element: None });
        }
    }

    fn note_dropped(&mut self, span: Span) {
        let trimmed = self.written(span).trim_end().len() as u32;
        let span = Span::new(span.start, span.start + trimmed);
        self.notes.push(ParseNote { kind: ParseNoteKind::DroppedHtml, span, element: None });
    }

    /// Counts `<svg>` elements, inside which HTML supports self-closing tags.
    fn note_svg(&mut self, text: &str) {
        self.open_svgs += text.matches("<svg").count();
        self.open_svgs = self.open_svgs.saturating_sub(text.matches("</svg").count());
    }

    /// Emits HTML. JSX allows the end tag of an element that HTML ends at its start tag: `<br></br>` is one break.
    fn html_at(&mut self, text: &str, start: u32) {
        let mut at = 0;
        if self.dialect == Dialect::Mdx {
            for (slash, _) in text.match_indices("</") {
                let Some(end) = void_end(text, slash) else { continue };
                self.html_part(text.get(at..slash).unwrap_or(""), start + at as u32);
                at = end;
            }
        }
        self.html_part(text.get(at..).unwrap_or(""), start + at as u32);
    }

    fn html_part(&mut self, text: &str, start: u32) {
        if !text.is_empty() {
            self.build.html(text, PositionMap::Linear(start));
        }
    }
}

/// The end of the end tag at `at`, if it is that of a void element.
fn void_end(text: &str, at: usize) -> Option<usize> {
    let tag = text.get(at + 2..)?;
    let len = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let rest = tag.get(len..)?.trim_start();
    (is_void(tag.get(..len)?) && rest.starts_with('>')).then(|| text.len() - rest.len() + 1)
}

/// The element whose tag ends in the `/>` after `text`. JSX closes the element there, HTML does not. `None` for void
/// elements.
fn self_closed(text: &str) -> Option<LocalName> {
    let tag = text.get(text.rfind('<')? + 1..)?;
    let name = tag.get(..tag.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count())?;
    if name.is_empty() || is_void(name) {
        return None;
    }
    Some(LocalName::from(name.to_ascii_lowercase()))
}
