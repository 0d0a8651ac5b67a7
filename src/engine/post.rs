//! The phases one post goes through, each so that nothing that happens in it can end the run: reading and checking, then
//! suppressing. Between them a run may add findings that need all posts.

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::engine::check::{Observer, check};
use crate::engine::failure::caught;
use crate::engine::report::{FileReport, internal_error};
use crate::engine::suppress::{Outcome, Suppressions};
use crate::place::Place;
use crate::ruleset::Ruleset;
use crate::schema::Demands;
use crate::source::Source;

/// How a post is read, and what it is held to.
#[derive(Clone, Copy)]
pub struct Setup<'a> {
    /// Where it is, and what its site says about it.
    pub place: &'a Place,
    /// The rules to run on it.
    pub rules: &'a Ruleset,
    /// What its config demands of its front matter.
    pub demands: &'a Demands,
}

/// A post that was read and checked. Nothing is suppressed yet.
#[derive(Debug)]
pub struct Checked {
    /// The text the spans point into.
    pub source: Source,
    /// All findings, in no particular order.
    pub findings: Vec<Diagnostic>,
    suppressions: Suppressions,
}

impl Checked {
    /// Reads a post and runs its rules.
    pub fn of(setup: Setup<'_>, source: Source, observer: &mut impl Observer) -> Self {
        let work = || {
            let document = observer.read(|| Document::parse(&source, setup.place));
            (check(&document, setup.rules, setup.demands, observer), Suppressions::of(&document))
        };
        let (findings, suppressions) =
            caught(work).unwrap_or_else(|cause| (vec![internal_error(&cause)], Suppressions::default()));
        Checked { source, findings, suppressions }
    }

    /// Takes out what the author suppresses, once all findings are known. `path` is as printed.
    pub fn suppressed(self, setup: Setup<'_>, path: String) -> FileReport {
        let Checked { source, mut findings, suppressions } = self;
        let work = || {
            if !suppressions.is_empty() {
                suppress(setup, &source, &suppressions, &mut findings);
            }
            sort(&mut findings);
            findings
        };
        let diagnostics = caught(work).unwrap_or_else(|cause| vec![internal_error(&cause)]);
        FileReport { path, source, diagnostics }
    }
}

fn suppress(setup: Setup<'_>, source: &Source, suppressions: &Suppressions, findings: &mut Vec<Diagnostic>) {
    let outcome = Outcome::of(suppressions, setup.rules, findings);
    if outcome.is_wrong() {
        // Few posts come here: to read them again costs less than to keep all trees until all posts are checked.
        outcome.report(&Document::parse(source, setup.place), setup.rules, setup.demands, findings);
    }
}

/// What the rules find in a post that was read already, suppressed findings left out, sorted by place.
pub fn lint(document: &Document<'_>, rules: &Ruleset, demands: &Demands) -> Vec<Diagnostic> {
    let mut findings = check(document, rules, demands, &mut ());
    let suppressions = Suppressions::of(document);
    if !suppressions.is_empty() {
        Outcome::of(&suppressions, rules, &mut findings).report(document, rules, demands, &mut findings);
    }
    sort(&mut findings);
    findings
}

fn sort(findings: &mut Vec<Diagnostic>) {
    findings.sort_by(|a, b| (a.label.span, &a.rule, &a.message).cmp(&(b.label.span, &b.rule, &b.message)));
    // A link reference that is used twice makes two links of the same bytes.
    findings.dedup_by(|a, b| a.label.span == b.label.span && a.rule == b.rule && a.message == b.message);
}
