//! How rules see the built pages of a site and report findings.

use crate::built::{Broken, BuiltSite, Lacking};
use crate::diagnostic::{Diagnostic, FixLimit};
use crate::rule::check::{Finding, Severity};
use crate::rule::meta::Meta;
use crate::source::Span;
use serde::Deserialize;

/// Maximum number of places of a finding that are kept: each may come from another line of the sources.
pub const MAX_PLACES: usize = 100;

/// Elements of built pages whose values layouts print, from front matter and configs.
pub const PRINTED: [&str; 4] = ["title", "meta", "link", "html"];

/// Whether a rule reads the pages that a generator built, besides posts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReadsBuilt {
    /// Only posts.
    #[default]
    #[serde(skip)]
    No,
    /// Posts, and built pages.
    Too,
    /// Only built pages.
    Only,
}

impl ReadsBuilt {
    /// The words used in rule pages.
    pub const WORDS: [&str; 2] = ["only", "too"];

    /// The word used in rule pages, if they say anything.
    pub const fn as_str(self) -> Option<&'static str> {
        match self {
            ReadsBuilt::No => None,
            ReadsBuilt::Too => Some("too"),
            ReadsBuilt::Only => Some("only"),
        }
    }

    /// Parses the word used in rule pages.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "only" => Some(ReadsBuilt::Only),
            "too" => Some(ReadsBuilt::Too),
            _ => None,
        }
    }
}

/// A place in a built page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BuiltSpot {
    /// The index of the page in [`BuiltSite::pages`].
    pub page: usize,
    /// The bytes.
    pub span: Span,
    /// The first other element of the page that the finding is about.
    pub other: Option<Span>,
}

impl BuiltSpot {
    /// A place that no other element of the page belongs to.
    pub fn new(page: usize, span: Span) -> Self {
        BuiltSpot { page, span, other: None }
    }

    /// Where an element starts.
    pub fn start((page, at): (usize, u32)) -> Self {
        BuiltSpot::new(page, Span::empty(at))
    }
}

/// A finding in built pages.
#[derive(Debug)]
pub enum BuiltFound {
    /// In these pages, with the number of all pages that have it.
    InPages(Vec<BuiltSpot>, usize, Diagnostic),
    /// In another file of the built folder.
    InFile(String, Diagnostic),
    /// What cannot be checked because the folder is not all that is published, in words.
    NotChecked(String),
}

/// What a rule of built pages may examine, and where it reports findings.
pub struct BuiltContext<'c> {
    /// The built pages.
    pub site: &'c BuiltSite,
    meta: &'c Meta,
    severity: Severity,
    found: &'c mut Vec<BuiltFound>,
}

impl<'c> BuiltContext<'c> {
    /// Creates a context for one rule. Findings are added to `found`.
    pub fn new(site: &'c BuiltSite, (meta, severity): (&'c Meta, Severity), found: &'c mut Vec<BuiltFound>) -> Self {
        BuiltContext { site, meta, severity, found }
    }

    /// Reports a finding in one page.
    pub fn report(&mut self, spot: BuiltSpot, finding: Finding) {
        self.report_once(vec![spot], 1, finding);
    }

    /// Reports one finding for all these places, which are some of those in `pages` pages.
    pub fn report_once(&mut self, mut spots: Vec<BuiltSpot>, pages: usize, finding: Finding) {
        spots.truncate(MAX_PLACES);
        let Some(first) = spots.first() else { return };
        let finding = Finding { span: first.span, ..finding };
        self.found.push(BuiltFound::InPages(spots, pages, finding.of_rule(self.meta, self.severity, FixLimit::Never)));
    }

    /// Reports once that a target is not there, whichever pages refer to it.
    pub fn report_broken(&mut self, broken: &Broken, finding: Finding) {
        let spots = broken.from.iter().map(|from| BuiltSpot::start(*from)).collect();
        let finding = Finding { identity: Some(broken.url.clone()), is_shared: true, ..finding };
        self.report_once(spots, broken.pages, finding);
    }

    /// Says that targets of a kind are not checked, because most of them are not there: the folder is not what is published.
    pub fn leave_unchecked(&mut self, Lacking { missing, all }: Lacking, what: &str) {
        self.found.push(BuiltFound::NotChecked(format!("{what}, of which the built folder lacks {missing} of {all}")));
    }

    /// Reports a finding at the span of `finding` in another file of the built folder.
    pub fn report_in_file(&mut self, file: &str, finding: Finding) {
        let diagnostic = finding.of_rule(self.meta, self.severity, FixLimit::Never);
        self.found.push(BuiltFound::InFile(file.to_owned(), diagnostic));
    }
}
