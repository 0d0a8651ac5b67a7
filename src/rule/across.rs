//! How rules across posts see a site and report findings.

use crate::diagnostic::{Diagnostic, Elsewhere, FixLimit};
use crate::facts::{SiteFacts, Spot};
use crate::rule::check::{Finding, Severity};
use crate::rule::meta::Meta;
use rustc_hash::FxHashSet;
use std::cmp::Reverse;
use std::sync::Arc;

/// Maximum number of other posts that a finding shows. Its message has their number.
const MAX_ELSEWHERE: usize = 5;

/// How the posts of a site take part in a run.
pub trait Posts {
    /// Whether the findings of the rule in this post are wanted.
    fn wants(&self, page: usize) -> bool;

    /// Whether the rule runs on this post, which may be one whose findings are not wanted.
    fn runs(&self, page: usize) -> bool;

    /// Whether the author suppresses the rule at this place.
    fn hides(&self, spot: Spot) -> bool;

    /// Whether a value that several posts share is reported at each place of it, and not only once.
    fn wants_each_place(&self) -> bool;
}

/// A finding of a rule across posts.
#[derive(Debug)]
pub enum Found {
    /// In the post with this index.
    InPost(usize, Diagnostic),
    /// In another file of the site.
    InFile(FileLine, Diagnostic),
}

/// A line of a config file or a layout.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileLine {
    /// The path of the file, relative to the folder of the site's config.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: u32,
}

impl FileLine {
    /// Whether all lines are in one file.
    pub fn are_in_one_file(lines: &[FileLine]) -> bool {
        lines.windows(2).all(|pair| matches!(pair, [a, b] if a.file == b.file))
    }
}

/// A value that several posts share.
#[derive(Clone, Copy, Debug)]
pub struct Shared<'v> {
    /// The value, which identifies the finding wherever it is reported.
    pub value: &'v str,
    /// Minimum number of posts.
    pub at_least: usize,
    /// The label of the other posts.
    pub label: &'v str,
}

/// What a rule across posts may examine, and where it reports findings.
pub struct SiteContext<'c> {
    /// The site.
    pub site: &'c SiteFacts<'c>,
    meta: &'c Meta,
    severity: Severity,
    fix_limit: FixLimit,
    posts: &'c dyn Posts,
    found: &'c mut Vec<Found>,
}

impl<'c> SiteContext<'c> {
    /// Creates a context for one rule. Findings are added to `found`.
    pub fn new(
        site: &'c SiteFacts<'c>,
        (meta, severity, fix_limit): (&'c Meta, Severity, FixLimit),
        posts: &'c dyn Posts,
        found: &'c mut Vec<Found>,
    ) -> Self {
        SiteContext { site, meta, severity, fix_limit, posts, found }
    }

    /// Whether a post counts at this place: the rule runs on it, and its author does not suppress it there.
    pub fn takes_part(&mut self, spot: Spot) -> bool {
        let hides = self.posts.hides(spot);
        if hides && self.posts.wants(spot.page) {
            // Without a finding, the suppression would seem to have no effect.
            self.push(spot.page, Finding::at(spot.span));
        }
        !hides && self.posts.runs(spot.page)
    }

    /// Whether the findings in this post are wanted. Where they are not, a check may save the work.
    pub fn wants(&self, page: usize) -> bool {
        self.posts.wants(page)
    }

    /// Reports a finding in a post.
    pub fn report(&mut self, page: usize, finding: Finding) {
        if self.posts.wants(page) {
            self.push(page, finding);
        }
    }

    /// Reports a finding in another file of the site. The span of the finding is replaced by that of the line.
    pub fn report_in_file(&mut self, line: FileLine, finding: Finding) {
        let diagnostic = finding.of_rule(self.meta, self.severity, self.fix_limit);
        self.found.push(Found::InFile(line, diagnostic));
    }

    /// Reports once that these places share a value: at the newest of the posts whose findings are wanted, with others as
    /// further places. `finding` gets the number of posts that take part; its span and identity are replaced.
    pub fn report_shared(&mut self, spots: &[Spot], shared: Shared<'_>, finding: impl FnOnce(usize) -> Finding) {
        let taking: Vec<Spot> = spots.iter().copied().filter(|spot| self.takes_part(*spot)).collect();
        let pages: FxHashSet<usize> = taking.iter().map(|spot| spot.page).collect();
        if pages.len() < shared.at_least {
            return;
        }
        let site = self.site;
        let age = |spot: &Spot| site.pages.get(spot.page).map(|page| (page.day, &page.path));
        // The first place in the newest post.
        let wanted = taking.iter().filter(|spot| self.posts.wants(spot.page));
        let newest = wanted.max_by_key(|spot| (age(spot), Reverse(spot.span)));
        let Some(&home) = newest else { return };
        let mut others: Vec<Spot> = taking.into_iter().filter(|spot| spot.page != home.page).collect();
        others.sort_by_key(|spot| (Reverse(age(spot)), spot.span));
        others.dedup_by_key(|spot| spot.page);
        let place = |spot: &Spot| self.elsewhere(*spot, shared.label);
        let elsewhere = others.iter().take(MAX_ELSEWHERE).filter_map(place).collect();
        let more_elsewhere = others.len().saturating_sub(MAX_ELSEWHERE);
        let finding = finding(pages.len());
        let identity = Some(shared.value.to_owned());
        let about = Finding { span: home.span, elsewhere, more_elsewhere, ..finding };
        let about = Finding { identity, is_shared: true, sharing: pages.len(), ..about };
        if self.posts.wants_each_place() {
            let again = spots.iter().filter(|spot| **spot != home && self.posts.wants(spot.page));
            for spot in again.copied().collect::<Vec<_>>() {
                if !self.posts.hides(spot) && self.posts.runs(spot.page) {
                    let finding = Finding { span: spot.span, elsewhere: Vec::new(), ..about.clone() };
                    self.push(spot.page, finding);
                }
            }
        }
        self.push(home.page, about);
    }

    /// A place in another post, for the further places of a finding.
    pub fn elsewhere(&self, spot: Spot, label: &str) -> Option<Elsewhere> {
        let path = self.site.pages.get(spot.page)?.path.clone();
        Some(Elsewhere { path, span: spot.span, ends: None, cell_column: None, message: label.to_owned() })
    }

    fn push(&mut self, page: usize, finding: Finding) {
        let diagnostic = finding.of_rule(self.meta, self.severity, self.fix_limit);
        self.found.push(Found::InPost(page, diagnostic));
    }
}
