//! A file with masked template syntax, and the spans of that syntax.

use crate::source::Span;
use std::borrow::Cow;

/// A file with masked template syntax.
#[derive(Debug)]
pub struct Masked<'s> {
    /// The text that the parsers see, as long in bytes as the file.
    pub html: Cow<'s, str>,
    /// Byte spans of all template syntax, sorted, without overlaps.
    pub templates: Vec<Span>,
    /// Those of `templates` that are separate nodes: `html` has a declaration (`<!x…>`) there.
    pub blocks: Vec<Span>,
}

impl<'s> Masked<'s> {
    /// A file without templates.
    pub fn none(source: &'s str) -> Self {
        Masked { html: Cow::Borrowed(source), templates: Vec::new(), blocks: Vec::new() }
    }

    /// The blocks inside `span`.
    pub(crate) fn blocks_in(&self, span: Span) -> &[Span] {
        let first = self.blocks.partition_point(|block| block.start < span.start);
        let rest = self.blocks.get(first..).unwrap_or(&[]);
        rest.get(..rest.partition_point(|block| block.end <= span.end)).unwrap_or(&[])
    }
}
