//! Proves fixes: applies them in memory, lints the result, and compares it with the post before.

use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::document::Document;
use crate::document::edit::kept::{Loss, Reach};
use crate::edit::Edit;
use crate::engine::fixed::Fixed;
use crate::engine::fixing::Why;
use crate::engine::fixing::pick::Alike;
use crate::engine::post::{Setup, lint};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The post before the fixes of a round.
pub struct Ground<'g> {
    pub document: &'g Document<'g>,
    pub setup: Setup<'g>,
    /// All findings, including known ones.
    pub all: &'g [Diagnostic],
    /// The findings that fixes are chosen from.
    pub open: &'g [Diagnostic],
}

/// The result of a round.
#[derive(Default)]
pub struct Proved {
    /// The post after the fixes; `None` if none could be proved.
    pub after: Option<Fixed>,
    /// The findings whose fixes were applied, as indexes.
    pub applied: Vec<usize>,
    /// The findings whose fixes were not.
    pub withheld: Vec<(usize, Why)>,
}

impl Ground<'_> {
    /// Proves as many of the fixes as possible: all together, or those of each half, down to single ones.
    pub fn prove(&self, picked: &[Alike]) -> Proved {
        let mut proved = Proved::default();
        let mut accepted: Vec<&Alike> = Vec::new();
        // Fixes that change the nesting are compared less strictly, so the others come before them.
        let (renesting, strict): (Vec<Alike>, Vec<Alike>) =
            picked.iter().cloned().partition(|alike| self.first(alike).is_some_and(|(_, fix)| fix.renests));
        let mut open: Vec<&[Alike]> = [&*renesting, &*strict].into_iter().filter(|part| !part.is_empty()).collect();
        while let Some(part) = open.pop() {
            let together: Vec<&Alike> = accepted.iter().copied().chain(part).collect();
            match (self.try_all(&together), part) {
                (Ok(after), _) => {
                    proved.after = Some(after);
                    accepted = together;
                }
                (Err(why), [alike]) => proved.withheld.extend(alike.iter().map(|&at| (at, why.clone()))),
                (Err(_), part) => {
                    let (first, second) = part.split_at(part.len() / 2);
                    open.extend([second, first]);
                }
            }
        }
        proved.applied = accepted.into_iter().flatten().copied().collect();
        proved.applied.sort_unstable();
        proved
    }

    /// One of the findings with this fix, and the fix.
    fn first(&self, alike: &Alike) -> Option<(&Diagnostic, &Fix)> {
        let finding = self.open.get(*alike.first()?)?;
        Some((finding, finding.fix.as_ref()?))
    }

    /// The post after these fixes, or why they are not what they announce.
    fn try_all(&self, fixes: &[&Alike]) -> Result<Fixed, Why> {
        let findings = || fixes.iter().flat_map(|alike| alike.iter()).filter_map(|&at| self.open.get(at));
        let firsts = || fixes.iter().filter_map(|alike| Some(self.first(alike)?.1));
        let mut edits: Vec<Edit> = firsts().flat_map(Fix::edits).cloned().collect();
        edits.sort_by_key(|edit| edit.span);
        let spans = findings().map(|finding| finding.label.span).chain(firsts().filter_map(|fix| fix.about));
        let reach = Reach::new(&edits, firsts().any(|fix| fix.renests), spans);
        let is_sound = |document: &Document<'_>| document.sound_block().is_some();
        let judged = self.document.after(&edits, |after| {
            match reach.loss(self.document, after) {
                Some(Loss::FrontMatter(key)) => return Err(Why::FrontMatter(key)),
                Some(Loss::Body) => return Err(Why::Elsewhere),
                None => {}
            }
            let found = lint(after, self.setup.rules, self.setup.demands);
            // If front matter becomes readable, rules see it for the first time.
            let is_read_anew = !is_sound(self.document) && self.document.front_matter.block().is_some()
                || is_sound(after) != is_sound(self.document);
            if is_read_anew {
                return Ok(found);
            }
            // A value that is read for the first time may have findings of its own.
            let is_anew = |finding: &&Diagnostic| {
                let span = finding.label.span;
                span.end <= after.body.start && reach.holds_after(span)
            };
            let expected = found.iter().filter(|finding| !is_anew(finding));
            match self.unexpected(findings(), expected) {
                Some(why) => Err(why),
                None => Ok(found),
            }
        });
        let (source, found) = judged.ok_or(Why::Elsewhere)?;
        Ok(Fixed { source, findings: found? })
    }

    /// A finding that is not gone, or that is new.
    fn unexpected<'f, 'a>(
        &self,
        fixed: impl Iterator<Item = &'f Diagnostic>,
        after: impl Iterator<Item = &'a Diagnostic>,
    ) -> Option<Why> {
        let mut counts: FxHashMap<Arc<str>, Counts> = FxHashMap::default();
        for finding in self.all {
            counts.entry(finding.rule.clone()).or_default().before += 1;
        }
        for finding in fixed {
            counts.entry(finding.rule.clone()).or_default().fixed += 1;
        }
        for finding in after {
            let counts = counts.entry(finding.rule.clone()).or_default();
            counts.after += 1;
            counts.is_advice = finding.level == Level::Info;
        }
        let stays = |counts: &Counts| counts.fixed > 0 && counts.after + counts.fixed > counts.before;
        if counts.values().any(stays) {
            return Some(Why::Stays);
        }
        let is_new = |counts: &Counts| counts.after > counts.before && !counts.is_advice;
        let mut new: Vec<&Arc<str>> =
            counts.iter().filter(|(_, counts)| is_new(counts)).map(|(rule, _)| rule).collect();
        new.sort_unstable();
        new.first().map(|rule| Why::Reveals(Arc::clone(rule)))
    }
}

/// The number of findings of one rule.
#[derive(Default)]
struct Counts {
    before: usize,
    fixed: usize,
    after: usize,
    /// Whether the last one after the fixes is advice, which may be new.
    is_advice: bool,
}
