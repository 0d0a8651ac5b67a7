//! A post after the fixes of some findings, without any proof.

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::edit::Edit;
use crate::engine::post::lint;
use crate::ruleset::Ruleset;
use crate::schema::Demands;
use crate::source::Source;

/// A post after fixes.
#[derive(Debug)]
pub struct Fixed {
    /// Its text.
    pub source: Source,
    /// All findings in it.
    pub findings: Vec<Diagnostic>,
}

/// Applies all fixes of `findings` and lints the result. `None` if edits overlap.
pub fn fixed<'f>(
    document: &Document<'_>,
    findings: impl IntoIterator<Item = &'f Diagnostic>,
    rules: &Ruleset,
    demands: &Demands,
) -> Option<Fixed> {
    let fixes = findings.into_iter().filter_map(|finding| finding.fix.as_ref());
    let edits: Vec<Edit> = fixes.flat_map(|fix| fix.edits()).cloned().collect();
    let (source, findings) = document.after(&edits, |after| lint(after, rules, demands))?;
    Some(Fixed { source, findings })
}
