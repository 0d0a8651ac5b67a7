//! The parts of a post that are conditional or repeated: `{% if … %}` to `{% endif %}` and the like. The page may
//! contain them once, never or many times.

use crate::document::Tree;
use crate::source::{Span, holds};
use rustc_hash::FxHashSet;

/// The spans of a tree's source that a template may leave out or repeat, and the tags in them.
pub struct Branches {
    /// The spans, sorted and without overlaps.
    spans: Vec<Span>,
    /// Lower case names of the elements whose start or end tag is in one of the spans.
    tags: FxHashSet<String>,
}

/// Tags of Liquid, Nunjucks and Hugo's templates whose content is conditional or repeated.
const OPENERS: &[&str] = &["if", "unless", "case", "for", "tablerow", "ifversion", "switch", "range", "with", "macro"];

/// Maximum number of bytes examined for each part of a template tag: delimiter, whitespace, word, element name.
const MAX_PART: usize = 64;

impl Branches {
    /// Finds the branches of `tree`.
    pub fn of(tree: &Tree<'_>) -> Self {
        let mut spans: Vec<Span> = Vec::new();
        let mut open = Vec::new();
        for &span in tree.templates() {
            let word = tag_name(span.slice(tree.source));
            if OPENERS.contains(&word) {
                open.push(span.start);
            } else if word.strip_prefix("end").is_some_and(|word| OPENERS.contains(&word) || word.is_empty())
                && let Some(start) = open.pop()
                && open.is_empty()
            {
                spans.push(Span::new(start, span.end));
            }
        }
        let tags = spans.iter().flat_map(|span| element_names(span.slice(tree.source))).collect();
        Branches { spans, tags }
    }

    /// Whether the byte at `offset` is in a branch.
    pub fn hold(&self, offset: u32) -> bool {
        holds(&self.spans, offset)
    }

    /// Whether one of the branches contains a tag of this element, so that its start or end depends on the template.
    pub fn hold_tag(&self, name: &str) -> bool {
        !self.tags.is_empty() && self.tags.contains(&name.to_ascii_lowercase())
    }
}

/// The first word of a template tag, such as `if` in `{%- if x %}` or `{{ if x }}`; empty if there is none.
pub fn tag_name(template: &str) -> &str {
    let is_mark = |byte: &u8| matches!(byte, b'{' | b'%' | b'-' | b'<' | b'#' | b'~');
    let bytes = template.as_bytes();
    let run =
        |from: usize, is: &dyn Fn(&u8) -> bool| bytes.iter().skip(from).take(MAX_PART).take_while(|b| is(b)).count();
    let marks = run(0, &is_mark);
    let start = marks + run(marks, &u8::is_ascii_whitespace);
    let end = start + run(start, &|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    template.get(start..end).unwrap_or("")
}

/// The names after each `<` and `</`, in lower case.
fn element_names(text: &str) -> impl Iterator<Item = String> {
    memchr::memchr_iter(b'<', text.as_bytes()).filter_map(|at| {
        let rest = text.as_bytes().get(at + 1..)?;
        let rest = rest.strip_prefix(b"/").unwrap_or(rest);
        let len = rest.iter().take(MAX_PART).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name = std::str::from_utf8(rest.get(..len)?).ok()?;
        (len > 0).then(|| name.to_ascii_lowercase())
    })
}
