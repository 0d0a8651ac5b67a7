//! What the numbers of an audit are computed from.

use crate::built::Head;
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::engine::FileReport;
use crate::engine::suppress::Suppressions;
use crate::facts::PageFacts;
use crate::facts::outline::Outline;
use crate::place::dialect::Generator;
use crate::ruleset::Ruleset;
use crate::source::Span;
use std::sync::Arc;

/// A file of an audit with its findings.
#[derive(Clone, Copy)]
pub struct AuditedFile<'a> {
    /// Its findings.
    pub report: &'a FileReport,
    /// What is known of it, if it is a post.
    pub post: Option<AuditedPost<'a>>,
}

/// What an audit knows of a post.
#[derive(Clone, Copy)]
pub struct AuditedPost<'a> {
    /// The number of its site in the run.
    pub site: usize,
    /// The generator that publishes it.
    pub generator: Generator,
    /// The path below which its site is published, with which its URL begins.
    pub base: &'a str,
    /// The rules that ran on it.
    pub rules: &'a Ruleset,
    /// Its facts; `None` if it could not be parsed.
    pub facts: Option<&'a PageFacts>,
    /// Which of its findings are not reported.
    pub settled: &'a Settled,
    /// The head of its page, if that was built.
    pub built: Option<&'a BuiltHead>,
}

/// What search engines and social networks read of a built page.
#[derive(Clone, Debug, Default)]
pub struct BuiltHead {
    /// The file of the page, as printed.
    pub file: String,
    /// Its `<title>`.
    pub title: Option<String>,
    /// What else its `<head>` says.
    pub head: Head,
    /// Whether it asks search engines not to show it.
    pub is_noindex: bool,
}

/// The findings of a post that are not reported.
#[derive(Debug, Default)]
pub struct Settled {
    /// The rule of each finding that the author suppresses.
    pub waived: Vec<Arc<str>>,
    /// The rule of each finding that a baseline knows.
    pub known: Vec<Arc<str>>,
    /// The suppressions.
    pub waivers: Waivers,
}

/// Where the suppressions of a post are.
pub type Waivers = Vec<Span>;

impl Settled {
    /// What `suppressions` do to these findings, before they are applied.
    pub fn of(suppressions: &Suppressions, findings: &[Diagnostic], catalog: &Catalog) -> Self {
        if suppressions.is_empty() {
            return Settled::default();
        }
        let is_hidden = |finding: &&Diagnostic| suppressions.hide(&finding.rule, finding.label.span, catalog);
        let waived = findings.iter().filter(is_hidden).map(|finding| finding.rule.clone()).collect();
        Settled { waived, known: Vec::new(), waivers: suppressions.spans().collect() }
    }

    /// Notes the findings that `hide` takes away.
    pub fn note_known<T>(&mut self, report: &mut FileReport, hide: impl FnOnce(&mut FileReport) -> T) -> T {
        let mut before: Vec<Arc<str>> = report.diagnostics.iter().map(|finding| finding.rule.clone()).collect();
        let result = hide(report);
        for finding in &report.diagnostics {
            if let Some(at) = before.iter().position(|rule| *rule == finding.rule) {
                before.swap_remove(at);
            }
        }
        before.sort();
        self.known.append(&mut before);
        result
    }

    /// Whether findings of a rule are not reported.
    pub fn has(&self, rule: &str) -> bool {
        self.waived.iter().chain(&self.known).any(|it| **it == *rule)
    }
}

/// The different rulesets of the posts.
pub fn rulesets<'a>(files: &[AuditedFile<'a>]) -> impl Iterator<Item = &'a Ruleset> {
    Ruleset::distinct(files.iter().filter_map(|file| Some(file.post?.rules)))
}

impl<'a> AuditedFile<'a> {
    /// Its facts and its outline, if it is a post that could be parsed.
    pub fn outlined(&self) -> Option<(AuditedPost<'a>, &'a PageFacts, &'a Outline)> {
        let post = self.post?;
        let facts = post.facts?;
        Some((post, facts, facts.outline.as_deref()?))
    }
}
