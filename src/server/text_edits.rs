//! The edits that make one text of another.

use crate::edit::Edit;
use crate::source::Span;
use similar::{DiffOp, TextDiff};

/// The edits between two texts: one for each run of lines that differ, without what is the same at their ends, so that the
/// cursor of an editor stays where it is.
pub fn edits_between(before: &str, after: &str) -> Vec<Edit> {
    let diff = TextDiff::from_lines(before, after);
    let offsets = |text: &str| -> Vec<usize> {
        let mut end = 0;
        let ends = text.split_inclusive('\n').map(|line| {
            end += line.len();
            end
        });
        std::iter::once(0).chain(ends).collect()
    };
    let (old, new) = (offsets(before), offsets(after));
    let at = |offsets: &[usize], line: usize| offsets.get(line).copied().unwrap_or_default();
    let changed = diff.ops().iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    changed
        .map(|op| {
            let (lines, others) = (op.old_range(), op.new_range());
            let start = at(&old, lines.start);
            let removed = before.get(start..at(&old, lines.end)).unwrap_or_default();
            let added = after.get(at(&new, others.start)..at(&new, others.end)).unwrap_or_default();
            narrowed(start, removed, added)
        })
        .collect()
}

/// The edit without what both texts begin and end with.
fn narrowed(start: usize, removed: &str, added: &str) -> Edit {
    let alike = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(|(one, other)| one == other).map(|(one, _)| one.len_utf8()).sum()
    };
    let prefix = alike(&mut removed.chars().zip(added.chars()));
    let (removed, added) = (removed.get(prefix..).unwrap_or_default(), added.get(prefix..).unwrap_or_default());
    let suffix = alike(&mut removed.chars().rev().zip(added.chars().rev()));
    let text = added.get(..added.len() - suffix).unwrap_or_default().to_owned();
    Edit { span: Span::of(start + prefix..start + prefix + removed.len() - suffix), text }
}
