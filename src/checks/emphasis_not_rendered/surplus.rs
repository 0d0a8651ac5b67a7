//! A mark too many next to emphasis: `**bold***`.

use crate::checks::emphasis_not_rendered::{Run, neighbours};
use crate::diagnostic::{Fix, Safety};
use crate::document::edit::element;
use crate::document::{Document, Origin};
use crate::rule::Finding;
use crate::source::Span;
use crate::text::line_before;

/// The marks that are printed next to emphasis that is rendered. `printed`: each printed mark by itself, in source order.
pub fn beside(document: &Document<'_>, printed: &[Run], rendered: &[(Run, Span)]) -> Vec<Finding> {
    let source = document.source.text();
    let groups = grouped(printed);
    let mut found = Vec::new();
    for (run, whole) in rendered.iter().filter(|(run, whole)| run.at == whole.start && run.mark != b'~') {
        let mut same = groups.iter().filter(|group| group.block == run.block && group.mark == run.mark);
        // With others, it may be one of a pair.
        let (Some(group), true) = (
            same.clone().find(|group| group.at == whole.end || group.at + group.len == whole.start),
            same.by_ref().filter(|group| !is_alone(source, group)).count() == 1,
        ) else {
            continue;
        };
        let (before, after) = neighbours(source, group);
        let is_after = group.at == whole.end;
        let outside = if is_after { after } else { before };
        let is_note = is_after && group.mark == b'*' && may_have_note(document, &groups, rendered);
        if outside.is_some_and(char::is_alphanumeric) || group.len > 2 || is_note {
            continue;
        }
        let span = Span::new(group.at, group.at + group.len);
        let marks = span.slice(source);
        let edits = [element::delete(span)];
        found.push(Finding {
            message: Some(format!("`{marks}` is printed next to the emphasis")),
            label: Some(format!("no `{marks}` on the other side")),
            help: Some(format!("remove the `{marks}`, or write as many marks before the words as after them")),
            fix: Some(Fix::new(format!("remove the `{marks}`"), Safety::Unsafe, edits)),
            ..Finding::at(span)
        });
    }
    found
}

/// Joins adjacent marks.
fn grouped(printed: &[Run]) -> Vec<Run> {
    let mut groups: Vec<Run> = Vec::new();
    for run in printed {
        match groups.last_mut() {
            Some(last) if (last.block, last.mark, last.at + last.len) == (run.block, run.mark, run.at) => {
                last.len += run.len;
            }
            _ => groups.push(*run),
        }
    }
    groups
}

/// Whether whitespace is on both sides of a mark.
fn is_alone(source: &str, group: &Run) -> bool {
    let (before, after) = neighbours(source, group);
    before.is_none_or(char::is_whitespace) && after.is_none_or(char::is_whitespace)
}

/// Whether an asterisk after a word may refer to a note: a line that begins with one, or a list of one item.
fn may_have_note(document: &Document<'_>, groups: &[Run], rendered: &[(Run, Span)]) -> bool {
    let source = document.source.text();
    let is_beside = |group: &Run| rendered.iter().any(|(_, whole)| whole.start == group.at + group.len);
    let begins_line =
        |group: &Run| group.mark == b'*' && line_before(source, group.at).trim().is_empty() && !is_beside(group);
    let is_one_item = || {
        let mut lists = document.tree.elements().filter(|it| it.name() == "ul" && it.origin() == Origin::Markdown);
        lists.any(|list| list.child_elements().nth(1).is_none())
    };
    source.contains("\\*") || groups.iter().any(begins_line) || is_one_item()
}
