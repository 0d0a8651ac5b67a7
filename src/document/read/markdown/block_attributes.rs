//! Attributes on the line below a block, as in Hugo: `{.class key="value"}`.

use crate::document::read::markdown::Reader;
use crate::document::read::markdown::attribute_list;
use crate::document::read::markdown::inline::Attributes;
use crate::document::tree::build::Build;
use crate::place::flavor::HeadingAttributes;
use crate::source::Span;
use std::ops::Range;

/// The ranges of the attribute lines directly below a line that is not blank, outside of fenced code.
pub(super) fn lines(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut fence: Option<&str> = None;
    let (mut at, mut below_text) = (0, false);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim();
        let mark = content.get(..3).filter(|mark| matches!(*mark, "```" | "~~~"));
        if fence.is_some() || mark.is_some() {
            fence = match fence {
                Some(open) => Some(open).filter(|open| !content.starts_with(open)),
                None => mark,
            };
            below_text = fence.is_none();
            continue;
        }
        let list = attribute_list::at_end(content, HeadingAttributes::Goldmark).filter(|list| list.text == 0);
        if below_text && list.is_some() {
            lines.push(start..start + line.trim_end().len());
        }
        below_text = !content.is_empty();
    }
    lines
}

impl<'a, B: Build> Reader<'a, B> {
    /// Takes the attributes on the line directly below a block. If several blocks end there, only the outermost one
    /// gets them.
    pub(super) fn block_attributes(&mut self, block: Span) -> Attributes<'a> {
        let mut attributes = Attributes::new();
        if self.attribute_lines.is_empty() {
            return attributes;
        }
        let Some(end) = block.end.checked_sub(self.base).map(|end| end as usize) else { return attributes };
        let below = self.attribute_lines.partition_point(|(line, _)| line.start <= end);
        let Some((line, false)) = self.attribute_lines.get(below).cloned() else { return attributes };
        let between = self.text.get(end..line.start).unwrap_or("x");
        if !matches!(between, "\n" | "\r\n") {
            return attributes;
        }
        if let Some((_, is_used)) = self.attribute_lines.get_mut(below) {
            *is_used = true;
        }
        let span = Span::new(line.start as u32 + self.base, line.end as u32 + self.base);
        let written = self.written(span);
        let start = span.start + (written.len() - written.trim_start().len()) as u32;
        if let Some(list) = attribute_list::at_end(written.trim(), HeadingAttributes::Goldmark) {
            self.add_list(&list, start, &mut attributes);
        }
        attributes
    }
}
