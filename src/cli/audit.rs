//! What `postlint audit` reads besides the posts.

use clap::Args;
use std::path::PathBuf;

/// What `postlint audit` reads besides the posts.
#[derive(Args, Clone, Debug, Default)]
pub struct Audited {
    /// Folder of the built pages [default: the output folder of the site's generator, if it holds the site's pages]
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath, help_heading = "Site")]
    pub built: Option<PathBuf>,

    /// Write a report for people to this file: an HTML page that needs no network
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, help_heading = "Output")]
    pub report: Option<PathBuf>,

    /// Compare with an earlier audit, written by `postlint audit --format json=FILE`
    ///
    /// Only new findings then fail the run.
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, help_heading = "Known findings")]
    pub compare: Option<PathBuf>,
}
