//! A file with masked template syntax, and the spans of that syntax.

use crate::document::tree::build::Input;
use crate::source::Span;
use std::borrow::Cow;

/// A file with masked template syntax.
#[derive(Debug)]
pub struct Masked<'s> {
    /// The text that the parsers see, as long in bytes as the file.
    pub html: Cow<'s, str>,
    /// Byte spans of all template syntax, sorted, without overlaps.
    pub templates: Vec<Span>,
    /// Those of `templates` that are separate nodes: in `html`, each is a declaration (`<!x…>`).
    pub blocks: Vec<Span>,
}

impl<'s> Masked<'s> {
    /// A file without templates.
    pub fn none(source: &'s str) -> Self {
        Masked { html: Cow::Borrowed(source), templates: Vec::new(), blocks: Vec::new() }
    }

    /// The parser input for `body` of the file `source`.
    pub fn input<'m>(&'m self, source: &'s str, body: Span) -> Input<'s, 'm> {
        Input { source, masked: &self.html, body, templates: &self.templates, blocks: &self.blocks }
    }
}
