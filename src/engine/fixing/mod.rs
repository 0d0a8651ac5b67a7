//! Fixes a post: applies the fixes of its findings, as often as there are new ones, and proves each before it counts.
//!
//! A round has three steps:
//!
//! 1. [`pick`] chooses fixes whose edits do not overlap, in order of place. The order of rules does not matter.
//! 2. [`proof`] applies them in memory, parses the post again as its generator reads it, and compares what is outside of
//!    their reach. All fixes together first; only if that fails, it is found out which of them fail.
//! 3. The next round starts from the changed text and its findings. The last round is the one that changes nothing.
//!
//! What a fix announces: its finding is gone, no other finding comes, and whatever is not written at the finding's span
//! or in the bytes of the edits is the same ([`crate::document::edit::kept`]).

mod pick;
mod proof;

use crate::diagnostic::{Diagnostic, Fix, Safety};
use crate::document::Document;
use crate::engine::failure::caught;
use crate::engine::post::Setup;
use crate::source::Source;
use proof::Ground;
use std::sync::Arc;

/// Maximum number of rounds for a post. Fixes that undo each other would never end.
const MAX_ROUNDS: usize = 32;

/// A fix of a finding, for people and programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The rule of the finding.
    pub rule: Arc<str>,
    /// What the fix does.
    pub title: String,
    /// Whether it is safe.
    pub safety: Safety,
    /// The line of the finding, when the fix was applied.
    pub line: u32,
}

/// Why a fix is withheld.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The rule has as many findings after it.
    Stays,
    /// Another rule would have a new finding.
    Reveals(Arc<str>),
    /// A key of the front matter, or all of it, would be read differently.
    FrontMatter(Option<String>),
    /// Another part of the page would change.
    Elsewhere,
    /// Fixes that undo each other.
    Endless,
}

/// What came of the fixes of a post.
#[derive(Debug)]
pub struct Outcome {
    /// The changed text; `None` if nothing was changed.
    pub source: Option<Source>,
    /// All findings after it, apart from those that are known.
    pub left: Vec<Diagnostic>,
    /// The applied fixes, in order.
    pub applied: Vec<Deed>,
    /// The fixes that were not applied because they could not be proved.
    pub withheld: Vec<(Deed, Why)>,
}

/// Fixes a post with the findings `found`. Only fixes for which `wants` answers `true` are applied, and none of findings
/// that `forget` removes: those of a baseline.
pub fn fix(
    setup: Setup<'_>,
    source: &Source,
    found: Vec<Diagnostic>,
    wants: &dyn Fn(&Fix) -> bool,
    forget: &dyn Fn(&Source, &mut Vec<Diagnostic>),
) -> Outcome {
    let mut outcome = Outcome { source: None, left: Vec::new(), applied: Vec::new(), withheld: Vec::new() };
    let mut found = found;
    // A file whose text is not known as a whole is never changed.
    let is_text = source.not_utf8().is_none() && !source.text().contains('\0');
    for round in 0..=MAX_ROUNDS {
        let text = outcome.source.as_ref().unwrap_or(source);
        let mut open = found.clone();
        forget(text, &mut open);
        let picked = if is_text { pick::pick(&open, wants) } else { Vec::new() };
        if picked.is_empty() {
            outcome.left = open;
            outcome.withheld.clear();
            return outcome;
        }
        let deed = |at: &usize| open.get(*at).and_then(|finding| deed_of(text, finding));
        if round == MAX_ROUNDS {
            outcome.withheld = picked.iter().filter_map(|same| Some((deed(same.first()?)?, Why::Endless))).collect();
            outcome.left = open;
            return outcome;
        }
        let proved = caught(|| {
            let document = Document::parse(text, setup.place);
            Ground { document: &document, setup, all: &found, open: &open }.prove(&picked)
        });
        let Ok(proved) = proved else {
            outcome.left = open;
            return outcome;
        };
        outcome.withheld = proved.withheld.iter().filter_map(|(at, why)| Some((deed(at)?, why.clone()))).collect();
        let Some(after) = proved.after else {
            outcome.left = open;
            return outcome;
        };
        outcome.applied.extend(proved.applied.iter().filter_map(deed));
        outcome.source = Some(after.source);
        found = after.findings;
    }
    outcome
}

fn deed_of(source: &Source, finding: &Diagnostic) -> Option<Deed> {
    let fix = finding.fix.as_ref()?;
    let line = source.line_of(finding.label.span.start);
    Some(Deed { rule: finding.rule.clone(), title: fix.title.clone(), safety: fix.safety, line })
}
