//! Edits on a text: what to replace, applying it, and the lines around a span.

pub mod lines;

use crate::source::Span;

/// Replace the bytes of `span` by `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// What to put there; empty to delete.
    pub text: String,
}

impl Edit {
    /// `text` with `edits` made; `None` when two of them overlap or one lies outside.
    pub fn apply(text: &str, edits: &[Edit]) -> Option<String> {
        let mut sorted: Vec<&Edit> = edits.iter().collect();
        sorted.sort_by_key(|edit| edit.span);
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for edit in sorted {
            out.push_str(text.get(done..edit.span.start as usize)?);
            out.push_str(&edit.text);
            done = edit.span.end as usize;
        }
        out.push_str(text.get(done..)?);
        Some(out)
    }
}
