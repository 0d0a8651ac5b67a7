//! Chooses the fixes of a round: edits that do not overlap, in order of place.

use crate::diagnostic::{Diagnostic, Fix};
use crate::edit::Edit;
use std::collections::BTreeMap;

/// The findings whose fixes make the same edits, as indexes.
pub type Alike = Vec<usize>;

/// The fixes of a round, in order of place. Of two that overlap, the later one waits for the next round.
pub fn pick(findings: &[Diagnostic], wants: &dyn Fn(&Fix) -> bool) -> Vec<Alike> {
    let fix = |at: usize| findings.get(at).and_then(|finding| Some((finding, finding.fix.as_ref()?)));
    let mut wanted: Vec<usize> = (0..findings.len()).filter(|&at| fix(at).is_some_and(|(_, fix)| wants(fix))).collect();
    wanted.retain(|&at| fix(at).is_some_and(|(_, fix)| !fix.edits().is_empty()));
    let key = |at: &usize| {
        fix(*at).map(|(finding, fix)| (fix.edits().first().map(|edit| edit.span), &finding.rule, &fix.title))
    };
    wanted.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut taken = Taken::default();
    let mut picked: Vec<Alike> = Vec::new();
    for at in wanted {
        let Some((_, it)) = fix(at) else { continue };
        let is_like = |alike: &&mut Alike| {
            alike.first().and_then(|&first| fix(first)).is_some_and(|(_, other)| other.edits() == it.edits())
        };
        // Fixes with equal edits start at the same place, and are sorted by it.
        let same_start = |alike: &&mut Alike| {
            let first = alike.first().and_then(|&first| fix(first)).and_then(|(_, other)| other.edits().first());
            first.map(|edit| edit.span) == it.edits().first().map(|edit| edit.span)
        };
        match picked.iter_mut().rev().take_while(same_start).find(is_like) {
            Some(alike) => alike.push(at),
            None if taken.take(it.edits()) => picked.push(vec![at]),
            None => {}
        }
    }
    picked
}

/// The spans of edits that are picked, by start.
#[derive(Default)]
struct Taken(BTreeMap<u32, u32>);

impl Taken {
    /// Takes the spans of `edits`, unless one of them overlaps one that is taken. Two insertions at the same offset do:
    /// their order would be arbitrary.
    fn take(&mut self, edits: &[Edit]) -> bool {
        let is_free = |edit: &Edit| {
            let before = self.0.range(..=edit.span.start).next_back();
            let after = self.0.range(edit.span.start..).next();
            before.is_none_or(|(&start, &end)| end <= edit.span.start && start < edit.span.start)
                && after.is_none_or(|(&start, _)| start > edit.span.start && edit.span.end <= start)
        };
        let is_free = edits.iter().all(is_free);
        if is_free {
            self.0.extend(edits.iter().map(|edit| (edit.span.start, edit.span.end)));
        }
        is_free
    }
}
