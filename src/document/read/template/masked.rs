//! A file whose template syntax is masked, and where that was.

use crate::source::Span;
use std::borrow::Cow;

/// A file whose template syntax is masked.
#[derive(Debug)]
pub struct Masked<'s> {
    /// The file, byte for byte as long as it was: what the parsers see.
    pub html: Cow<'s, str>,
    /// Every stretch of template syntax, ascending, none overlapping.
    pub templates: Vec<Span>,
    /// Those of `templates` that stand as nodes of their own: `html` has a declaration (`<!x…>`) there.
    pub blocks: Vec<Span>,
}

impl<'s> Masked<'s> {
    /// A file without templates.
    pub fn none(source: &'s str) -> Self {
        Masked { html: Cow::Borrowed(source), templates: Vec::new(), blocks: Vec::new() }
    }

    /// The blocks that lie inside `span`.
    pub(crate) fn blocks_in(&self, span: Span) -> &[Span] {
        let first = self.blocks.partition_point(|block| block.start < span.start);
        let rest = self.blocks.get(first..).unwrap_or(&[]);
        rest.get(..rest.partition_point(|block| block.end <= span.end)).unwrap_or(&[])
    }
}
