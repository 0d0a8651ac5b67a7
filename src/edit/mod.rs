//! Edits of a text: what to replace, how to apply it, and the lines around a span.

pub mod lines;

use crate::source::Span;
use serde::{Deserialize, Serialize};

/// Replaces the bytes of `span` by `text`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The bytes to replace; empty for an insertion.
    pub span: Span,
    /// The replacement; empty for a deletion.
    pub text: String,
}

impl Edit {
    /// Whether the `sorted` edits are inside `text`, on character boundaries, and do not overlap.
    pub fn are_applicable(text: &str, sorted: &[Edit]) -> bool {
        let mut done = 0;
        sorted.iter().all(|edit| {
            let is_after = done <= edit.span.start;
            done = edit.span.end;
            is_after && text.get(edit.span.range()).is_some()
        })
    }

    /// Applies `edits` to `text`; `None` if two of them overlap or one is outside of it.
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
