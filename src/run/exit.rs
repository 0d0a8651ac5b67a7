//! The result of a run as an exit code.

/// The result of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// No findings at or above `--fail-on`, and no errors.
    Clean,
    /// Findings at or above `--fail-on`.
    Findings,
    /// Invalid usage, an invalid config file, a missing path, an unknown rule, or an unreadable file.
    Wrong,
}

impl Exit {
    /// The process's exit code.
    pub const fn code(self) -> u8 {
        match self {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Wrong => 2,
        }
    }
}
