//! A progress bar on stderr, for long runs in a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// Time after which a progress bar is shown.
const AFTER: Duration = Duration::from_secs(1);

/// A progress bar.
pub struct Progress {
    bar: ProgressBar,
    is_wanted: bool,
    start: Instant,
}

impl Progress {
    /// A bar for so many `things`, such as posts. It is hidden at first, and always if the run is `quiet`.
    pub fn new(count: usize, things: &'static str, quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(count as u64), ProgressDrawTarget::hidden());
        let is_wanted = !quiet && io::stderr().is_terminal();
        if is_wanted {
            let style = ProgressStyle::with_template(&format!("{{bar:30}} {{pos}}/{{len}} {things}, {{rate}}"));
            let rate = move |state: &ProgressState, line: &mut dyn fmt::Write| {
                // An indicator that cannot be written does not matter.
                let _ = write!(line, "{:.0} {things}/s", state.per_sec());
            };
            let style = style.map(|style| style.with_key("rate", rate));
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        }
        Progress { bar, is_wanted, start: Instant::now() }
    }

    /// Counts one.
    pub fn step(&self) {
        self.bar.inc(1);
        if self.is_wanted && self.bar.is_hidden() && self.start.elapsed() > AFTER {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
