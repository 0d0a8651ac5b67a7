//! References whose label contains code or a backslash, which python-markdown does not find: it has replaced both with marks
//! of its own when it compares labels (`BacktickInlineProcessor`, `EscapeInlineProcessor` in `inlinepatterns.py`).

use crate::checks::link_not_rendered::reference::{MAX_LABEL, compared, label_at};
use crate::checks::link_not_rendered::{bracket_before, is_printed};
use crate::diagnostic::{Fix, Safety};
use crate::document::Document;
use crate::document::ask::node_at::Texts;
use crate::document::ask::prose::Code;
use crate::document::edit::element;
use crate::place::dialect::{Dialect, Generator};
use crate::rule::Finding;
use crate::source::Span;
use rustc_hash::FxHashMap;
use std::cell::LazyCell;

/// The references of a post that are printed although their label is defined.
pub fn printed(document: &Document<'_>) -> Vec<Finding> {
    let body = document.body.slice(document.source.text());
    if document.place.dialect != Dialect::PythonMarkdown {
        return Vec::new();
    }
    let defined = definitions(document, body);
    if defined.is_empty() {
        return Vec::new();
    }
    let texts = LazyCell::new(|| Texts::of(&document.tree));
    let found = memchr::memchr_iter(b'[', body.as_bytes()).filter_map(|bracket| {
        let reference = Reference::at(body, bracket)?;
        let target = *defined.get(&compared(reference.label))?;
        // Plugins of MkDocs make links of `[text][name]` and `[name][]`.
        let may_be_link = document.place.generator == Generator::MkDocs && !reference.is_short;
        let is_shown = [reference.open, reference.end - 1].into_iter().all(|at| is_printed(document, &texts, at));
        (!may_be_link && is_shown).then(|| reference.finding(body, target, document.body.start))
    });
    found.collect()
}

/// The labels with code or a backslash that the post defines, with their URLs.
fn definitions<'d>(document: &Document<'_>, body: &'d str) -> FxHashMap<String, &'d str> {
    let code = LazyCell::new(|| Code::of(&document.tree));
    let lines = memchr::memmem::find_iter(body.as_bytes(), b"]:").filter_map(|end| {
        // Only so much of a line is looked at: one may have all of them.
        let start = body.floor_char_boundary(end.saturating_sub(2 * MAX_LABEL));
        let before = body.get(start..end)?;
        let label = before.rsplit_once('\n').map(|(_, line)| line).or((start == 0).then_some(before))?;
        let label = label.trim_start_matches(' ').strip_prefix('[')?;
        let target = body.get(end + 2..)?.lines().next()?.trim();
        let after = target.split_once(char::is_whitespace).map_or("", |(_, after)| after.trim_start());
        let is_target = after.is_empty() || after.starts_with(['"', '\'', '(']);
        let is_label = label.contains(['`', '\\']) && !label.starts_with('^');
        let is_definition = is_target && is_label && !code.holds(document.body.start + end as u32);
        is_definition.then(|| (compared(label), target))
    });
    lines.collect()
}

/// A reference to a definition. Offsets are in bytes of the body.
struct Reference<'d> {
    label: &'d str,
    open: usize,
    /// Where its text ends.
    bracket: usize,
    end: usize,
    is_image: bool,
    /// Whether it is `[label]`.
    is_short: bool,
}

impl<'d> Reference<'d> {
    /// The reference whose label begins with this bracket.
    fn at(body: &'d str, bracket: usize) -> Option<Self> {
        let (label, rest) = label_at(body, bracket)?;
        if !label.contains(['`', '\\']) || rest.starts_with([':', '(']) {
            return None;
        }
        let before = body.get(..bracket)?;
        let close = body.len() - rest.len();
        let (open, bracket, end, is_short) = match before.strip_suffix(']') {
            Some(before) => (bracket_before(before)?, before.len(), close, false),
            None if rest.starts_with("[]") => (bracket, close - 1, close + 2, false),
            // The label of this reference is what follows.
            None if rest.starts_with('[') => return None,
            None => (bracket, close - 1, close, true),
        };
        let before = body.get(..open)?;
        // `map[key]` is code.
        let is_part = before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '\\' | ')' | '$'));
        let is_image = before.ends_with('!');
        (!is_part).then_some(Reference { label, open, bracket, end, is_image, is_short })
    }

    fn finding(&self, body: &str, target: &str, offset: u32) -> Finding {
        let span = |start: usize, end: usize| Span::new(offset + start as u32, offset + end as u32);
        let text = body.get(self.open..=self.bracket).unwrap_or("");
        let what = if self.is_image { "image" } else { "link" };
        let contains = if self.label.contains('`') { "code" } else { "a backslash" };
        let whole = span(self.open - usize::from(self.is_image), self.end);
        let is_url = !target.is_empty() && !target.contains(['(', ')']);
        let edit = element::replace(span(self.bracket + 1, self.end), &format!("({target})"));
        Finding {
            message: Some(format!(
                "{what} is rendered as text: python-markdown does not find a label that contains {contains}"
            )),
            help: Some(format!("write `{text}(URL)`, or a label without it")),
            fix: is_url.then(|| Fix::new("write the URL in parentheses", Safety::Unsafe, vec![edit]).about(whole)),
            ..Finding::at(whole)
        }
    }
}
