//! `--timing`: how long each rule took, over all threads.

use crate::lint::Observer;
use crate::ruleset::ActiveRule;
use rustc_hash::FxHashMap;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The time spent in each rule. Reading the clock twice costs some 50 ns a call; that is counted with the rule.
#[derive(Default)]
pub struct Timings(FxHashMap<Arc<str>, Spent>);

#[derive(Clone, Copy, Default)]
struct Spent {
    time: Duration,
    calls: u64,
}

impl Observer for Timings {
    fn call(&mut self, rule: &ActiveRule, check: impl FnOnce()) {
        let start = Instant::now();
        check();
        self.count(&rule.meta.name, Spent { time: start.elapsed(), calls: 1 });
    }
}

impl Timings {
    fn count(&mut self, rule: &Arc<str>, spent: Spent) {
        // Look first: the name is cloned for the first call of a rule only.
        match self.0.get_mut(rule) {
            Some(known) => {
                known.time += spent.time;
                known.calls += spent.calls;
            }
            None => drop(self.0.insert(rule.clone(), spent)),
        }
    }

    /// Adds what another thread spent.
    pub fn add(&mut self, other: &Timings) {
        for (rule, spent) in &other.0 {
            self.count(rule, *spent);
        }
    }

    /// Writes a table, the slowest rule first: rule, milliseconds, share of the time of all rules, calls.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut rows: Vec<(&Arc<str>, Spent)> = self.0.iter().map(|(rule, spent)| (rule, *spent)).collect();
        rows.sort_by(|a, b| (b.1.time, a.0).cmp(&(a.1.time, b.0)));
        let total: Duration = rows.iter().map(|(_, spent)| spent.time).sum();
        let width = rows.iter().map(|(rule, _)| rule.len()).max().unwrap_or(0).max("rule".len());
        writeln!(out, "{:width$}  {:>10}  {:>6}  {:>10}", "rule", "ms", "share", "calls")?;
        for (rule, Spent { time, calls }) in rows {
            let share = 100.0 * time.as_secs_f64() / total.as_secs_f64().max(f64::MIN_POSITIVE);
            writeln!(out, "{rule:width$}  {:>10.3}  {share:>5.1}%  {calls:>10}", time.as_secs_f64() * 1000.0)?;
        }
        Ok(())
    }
}
