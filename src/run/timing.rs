//! `--timing`: the time for parsing the posts and for each rule, summed over all threads.

use crate::engine::Observer;
use crate::output::Screen;
use crate::ruleset::ActiveRule;
use rustc_hash::FxHashMap;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The row of the table for parsing the posts.
const READING: &str = "(reading)";

/// The time spent in each rule. Reading the clock twice costs about 50 ns per call, which is included.
#[derive(Default)]
pub struct Timings {
    reading: Spent,
    rules: FxHashMap<Arc<str>, Spent>,
}

#[derive(Clone, Copy, Default)]
struct Spent {
    time: Duration,
    calls: u64,
}

impl Observer for Timings {
    fn read<T>(&mut self, parse: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let parsed = parse();
        self.reading.add(Spent { time: start.elapsed(), calls: 1 });
        parsed
    }

    fn call(&mut self, rule: &ActiveRule, check: impl FnOnce()) {
        let start = Instant::now();
        check();
        self.count(&rule.meta.name, Spent { time: start.elapsed(), calls: 1 });
    }
}

impl Spent {
    fn add(&mut self, other: Spent) {
        self.time += other.time;
        self.calls += other.calls;
    }
}

impl Timings {
    fn count(&mut self, rule: &Arc<str>, spent: Spent) {
        // Look up first: the name is cloned only for the first call of a rule.
        match self.rules.get_mut(rule) {
            Some(known) => known.add(spent),
            None => drop(self.rules.insert(rule.clone(), spent)),
        }
    }

    /// Adds the times of another thread.
    pub fn add(&mut self, other: &Timings) {
        self.reading.add(other.reading);
        for (rule, spent) in &other.rules {
            self.count(rule, *spent);
        }
    }

    /// Writes a table, slowest rule first: rule, milliseconds, share of the total, number of calls.
    pub fn write(&self, out: &mut Screen<'_>) -> io::Result<()> {
        let rules = self.rules.iter().map(|(rule, spent)| (&**rule, *spent));
        let mut rows: Vec<(&str, Spent)> = rules.chain([(READING, self.reading)]).collect();
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
