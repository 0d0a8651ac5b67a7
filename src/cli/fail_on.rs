//! `--fail-on`: which findings fail a run.

use crate::diagnostic::Level;
use clap::ValueEnum;

/// The lowest level of findings that fails a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors only
    Error,
    /// Warnings and errors
    Warn,
    /// Every finding
    Info,
    /// Nothing
    Never,
}

impl FailOn {
    /// The value for the lowest level that fails a run; `None` if nothing does.
    pub fn from_lowest(lowest: Option<Level>) -> Self {
        match lowest {
            Some(Level::Error) => FailOn::Error,
            Some(Level::Warn) => FailOn::Warn,
            Some(Level::Info) => FailOn::Info,
            None => FailOn::Never,
        }
    }

    /// The lowest level of findings that fails the run.
    pub fn lowest(self) -> Option<Level> {
        match self {
            FailOn::Error => Some(Level::Error),
            FailOn::Warn => Some(Level::Warn),
            FailOn::Info => Some(Level::Info),
            FailOn::Never => None,
        }
    }

    /// Whether a finding of `level` fails the run.
    pub fn fails(self, level: Level) -> bool {
        self.lowest().is_some_and(|lowest| level >= lowest)
    }
}
