//! What the next run finds, under the config that `postlint init` has written.

use crate::output::counts;
use crate::run::lint::Outcome;
use crate::words::thousands;
use std::collections::BTreeMap;

/// Number of findings of a rule from which it is looked at by itself.
const MANY: usize = 20;
/// Maximum number of rules that are named.
const MAX_RULES: usize = 3;

/// The findings.
pub(super) struct Now {
    /// Their number.
    pub findings: usize,
    /// Number of those with a safe fix.
    pub fixable: usize,
    /// The totals of the run.
    totals: String,
    /// The rules, most findings first, with their number.
    rules: Vec<(String, usize)>,
}

impl Now {
    /// Counts the findings of a run.
    pub fn of(outcome: &Outcome) -> Self {
        let found = || outcome.linted.iter().flat_map(|linted| &linted.report.diagnostics);
        let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
        found().for_each(|finding| *rules.entry(&finding.rule).or_default() += 1);
        let mut rules: Vec<(String, usize)> = rules.into_iter().map(|(rule, count)| (rule.to_owned(), count)).collect();
        rules.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Now {
            findings: found().count(),
            fixable: found().filter(|finding| finding.has_safe_fix()).count(),
            totals: counts(found().map(|finding| finding.level), outcome.posts),
            rules,
        }
    }

    /// What is said of them: subjects and results.
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let mut lines = vec![("on", format!("all other rules, with {}", self.totals))];
        let most: Vec<String> =
            self.rules.iter().take(MAX_RULES).map(|(rule, count)| format!("{rule} {}", thousands(*count))).collect();
        if !most.is_empty() {
            lines.push(("most", most.join(", ")));
        }
        lines
    }

    /// The rule with most findings, if it has many.
    pub fn noisiest(&self) -> Option<&str> {
        self.rules.first().filter(|(_, count)| *count >= MANY).map(|(rule, _)| rule.as_str())
    }
}
