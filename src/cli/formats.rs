//! The output formats of commands that do not report findings.

use clap::ValueEnum;

/// The output formats of `explain`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// The output formats of `rules`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RulesFormat {
    /// For people
    Table,
    /// For a page of documentation
    Md,
    /// For programs
    Json,
}

/// The output formats of `site`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SiteFormat {
    /// One line for each fact
    Text,
    /// `{"sites": […]}`
    Json,
}

/// The output formats of `tree`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TreeFormat {
    /// For people
    Text,
    /// For programs
    Json,
}
