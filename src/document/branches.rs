//! Where a template decides whether what is written becomes part of the page: `{% if … %}` to `{% endif %}` and the
//! like. What stands there may be there once, never or many times.

use super::Tree;
use crate::source::Span;

/// The stretches of a tree's source that a template may leave out or repeat, ascending.
pub struct Branches(Vec<Span>);

/// Tags of Liquid, Nunjucks and Hugo's templates whose content is conditional or repeated.
const OPENERS: &[&str] = &["if", "unless", "case", "for", "tablerow", "ifversion", "switch", "range", "with", "macro"];

impl Branches {
    /// Finds the branches of `tree`.
    pub fn of(tree: &Tree<'_>) -> Self {
        let mut found: Vec<Span> = Vec::new();
        let mut open = Vec::new();
        for &span in tree.templates() {
            let word = tag_name(span.slice(tree.source));
            if OPENERS.contains(&word) {
                open.push(span.start);
            } else if word.strip_prefix("end").is_some_and(|word| OPENERS.contains(&word) || word.is_empty())
                && let Some(start) = open.pop()
                && open.is_empty()
            {
                found.push(Span::new(start, span.end));
            }
        }
        Branches(found)
    }

    /// True when the byte at `offset` stands in a branch.
    pub fn hold(&self, offset: u32) -> bool {
        let next = self.0.partition_point(|span| span.end <= offset);
        self.0.get(next).is_some_and(|span| span.start <= offset)
    }

    /// True when one of the branches holds a tag of this element: start or end of it then depend on the template.
    pub fn hold_tag(&self, source: &str, name: &str) -> bool {
        self.0.iter().any(|span| holds_tag(span.slice(source), name))
    }
}

/// `if` of `{%- if x %}` or `{{ if x }}`; empty where there is no word.
pub fn tag_name(template: &str) -> &str {
    let inner = template.trim_start_matches(['{', '%', '-', '<', '#', '~']).trim_start();
    let end = inner.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(inner.len());
    inner.get(..end).unwrap_or("")
}

fn holds_tag(text: &str, name: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = text.get(at + 1..).unwrap_or("");
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let is_name = rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        is_name && !rest.as_bytes().get(name.len()).is_some_and(u8::is_ascii_alphanumeric)
    })
}
