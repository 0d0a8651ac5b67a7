//! The options that show the version.

use clap::Args;

/// Whether to show the version, and how much of it.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct Version {
    /// Print version
    #[arg(short = 'V', long, display_order = 1000)]
    pub version: bool,

    /// With --version: all that a report of a bug needs
    #[arg(short, long, requires = "version", display_order = 1001)]
    pub verbose: bool,
}
