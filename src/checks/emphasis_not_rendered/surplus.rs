//! A mark too many next to emphasis: `**bold***`.

use crate::checks::emphasis_not_rendered::{Run, merged, neighbours};
use crate::diagnostic::{Fix, Safety};
use crate::document::edit::element;
use crate::document::{Document, NodeId, Origin};
use crate::rule::Finding;
use crate::source::Span;
use crate::text::line_before;
use rustc_hash::{FxHashMap, FxHashSet};

/// The marks that are printed next to emphasis that is rendered. `printed`: each printed mark by itself.
pub fn beside(document: &Document<'_>, printed: &[Run], rendered: &[(Run, Span)]) -> Vec<Finding> {
    let source = document.source.text();
    let groups = merged(printed.to_vec());
    // With others in its block, a mark may be one of a pair.
    let mut in_block: FxHashMap<(NodeId, u8), usize> = FxHashMap::default();
    let (mut starts, mut ends) = (FxHashMap::default(), FxHashMap::default());
    for group in &groups {
        *in_block.entry((group.block, group.mark)).or_default() += usize::from(!is_alone(source, group));
        starts.insert((group.block, group.mark, group.at), group);
        ends.insert((group.block, group.mark, group.at + group.len), group);
    }
    let mut may_have_note = None;
    let mut found = Vec::new();
    for (run, whole) in rendered.iter().filter(|(run, whole)| run.at == whole.start && run.mark != b'~') {
        let after = starts.get(&(run.block, run.mark, whole.end));
        let Some(group) = after.or_else(|| ends.get(&(run.block, run.mark, whole.start))) else { continue };
        let is_only = in_block.get(&(run.block, run.mark)) == Some(&1);
        let (left, right) = neighbours(source, group);
        let outside = if after.is_some() { right } else { left };
        if !is_only || outside.is_some_and(char::is_alphanumeric) || group.len > 2 {
            continue;
        }
        if after.is_some()
            && group.mark == b'*'
            && *may_have_note.get_or_insert_with(|| has_note(document, &groups, rendered))
        {
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

/// Whether whitespace is on both sides of a mark.
fn is_alone(source: &str, group: &Run) -> bool {
    let (before, after) = neighbours(source, group);
    before.is_none_or(char::is_whitespace) && after.is_none_or(char::is_whitespace)
}

/// Whether an asterisk after a word may refer to a note: a line that begins with one, or a list of one item.
fn has_note(document: &Document<'_>, groups: &[Run], rendered: &[(Run, Span)]) -> bool {
    let source = document.source.text();
    let starts: FxHashSet<u32> = rendered.iter().map(|(_, whole)| whole.start).collect();
    let begins_line = |group: &Run| {
        let is_beside = starts.contains(&(group.at + group.len));
        group.mark == b'*' && !is_beside && line_before(source, group.at).trim().is_empty()
    };
    let is_one_item = || {
        let mut lists = document.tree.elements().filter(|it| it.name() == "ul" && it.origin() == Origin::Markdown);
        lists.any(|list| list.child_elements().nth(1).is_none())
    };
    source.contains("\\*") || groups.iter().any(begins_line) || is_one_item()
}
