//! Runs the rules across the posts of a site, once the facts of all of them are known.

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::engine::failure::caught;
use crate::engine::report::internal_error;
use crate::engine::suppress::Suppressions;
use crate::facts::{SiteFacts, Spot};
use crate::rule::across::{Found, Posts};
use crate::rule::{Severity, SiteContext};
use crate::ruleset::{ActiveRule, Ruleset};
use crate::source::{Source, Span};
use std::ptr;

/// How a post takes part in a run.
#[derive(Clone, Copy)]
pub struct Part<'p> {
    /// The rules to run on it.
    pub rules: &'p Ruleset,
    /// What its author suppresses.
    pub suppressions: &'p Suppressions,
    /// Whether its findings are wanted, and not only its facts.
    pub is_asked: bool,
}

/// A rule to run on a site, and how the posts take part in it. A config may set other options for some posts: then the rule
/// runs once for each set of options, and each run reports in the posts that have them.
pub struct Task<'p> {
    rule: &'p ActiveRule,
    rules: &'p Ruleset,
    parts: &'p [Part<'p>],
}

/// The rules to run on a site. `parts` are those of the site's pages, in the same order.
pub fn tasks<'p>(parts: &'p [Part<'p>]) -> Vec<Task<'p>> {
    let mut rulesets: Vec<&Ruleset> = Vec::new();
    for part in parts.iter().filter(|part| part.is_asked) {
        if !rulesets.iter().any(|known| ptr::eq(*known, part.rules)) {
            rulesets.push(part.rules);
        }
    }
    rulesets.into_iter().flat_map(|rules| rules.for_site().map(move |rule| Task { rule, rules, parts })).collect()
}

impl Task<'_> {
    /// All findings of the rule, before suppression.
    pub fn run(&self, site: &SiteFacts<'_>) -> Vec<Found> {
        caught(|| self.check(site)).unwrap_or_else(|cause| self.failed(&cause))
    }

    fn check(&self, site: &SiteFacts<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        let ActiveRule { meta, level, is_level_set, fix_limit, check } = self.rule;
        let severity = Severity { level: *level, is_set: *is_level_set };
        check.site(&mut SiteContext::new(site, (meta, severity, *fix_limit), self, &mut found), site);
        found
    }

    /// The finding that the rule failed, in the first post that is asked for.
    fn failed(&self, cause: &str) -> Vec<Found> {
        let first = self.parts.iter().position(|part| part.is_asked);
        first.map(|page| Found::InPost(page, internal_error(cause))).into_iter().collect()
    }
}

impl Posts for Task<'_> {
    fn wants(&self, page: usize) -> bool {
        self.parts.get(page).is_some_and(|part| part.is_asked && ptr::eq(part.rules, self.rules))
    }

    fn runs(&self, page: usize) -> bool {
        let runs = |rules: &Ruleset| ptr::eq(rules, self.rules) || rules.runs(&self.rule.meta.name);
        self.parts.get(page).is_some_and(|part| runs(part.rules))
    }

    fn wants_each_place(&self) -> bool {
        self.rules.reports_each_place()
    }

    fn hides(&self, spot: Spot) -> bool {
        let part = self.parts.get(spot.page);
        part.is_some_and(|part| part.suppressions.hide(&self.rule.meta.name, spot.span, part.rules.catalog()))
    }
}

/// The findings at lines (from 1) of a file that is not a post, without those that a comment in the file suppresses.
pub fn in_file(source: &Source, found: Vec<(u32, Diagnostic)>, catalog: &Catalog) -> Vec<Diagnostic> {
    let ignored = Ignored::of(source);
    let mut kept = Vec::new();
    for (line, mut diagnostic) in found {
        let line = line.clamp(1, source.line_count());
        if ignored.covers(line, &diagnostic.rule, catalog) {
            continue;
        }
        let whole = source.line_span(line);
        let text = source.slice(whole).trim_end();
        let indent = text.len() - text.trim_start().len();
        diagnostic.label.span = Span::new(whole.start + indent as u32, whole.start + text.len() as u32);
        kept.push(diagnostic);
    }
    kept
}

/// The comments that suppress findings in a config file or a layout: `# postlint-ignore NAME`, in whatever way the language
/// of the file begins a comment.
struct Ignored {
    /// The lines that are covered, with the names; line 0 means all of them.
    lines: Vec<(u32, Vec<String>)>,
}

impl Ignored {
    fn of(source: &Source) -> Self {
        let mut lines = Vec::new();
        if !source.text().contains("postlint-ignore") {
            return Ignored { lines };
        }
        for line in 1..=source.line_count() {
            let text = source.slice(source.line_span(line));
            let Some((_, rest)) = text.split_once("postlint-ignore") else { continue };
            let (kind, names) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            let is_code = |line: &u32| !source.slice(source.line_span(*line)).trim().is_empty();
            let next = || (line + 1..=source.line_count()).find(is_code).unwrap_or(line + 1);
            let covered = match kind {
                "" | "-next-line" => next(),
                "-line" => line,
                "-file" => 0,
                _ => continue,
            };
            // A colon begins the reason.
            let names = names.split(':').next().unwrap_or("");
            let is_word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
            let names = names.split(|c: char| !is_word(c)).filter(|name| !name.is_empty()).map(str::to_owned);
            lines.push((covered, names.collect()));
        }
        Ignored { lines }
    }

    fn covers(&self, line: u32, rule: &str, catalog: &Catalog) -> bool {
        let means = |name: &String| catalog.resolve(name).is_some_and(|rules| rules.iter().any(|it| **it == *rule));
        self.lines.iter().any(|(at, names)| (*at == line || *at == 0) && names.iter().any(means))
    }
}
