//! The arguments of `postlint audit`.

use crate::cli::Check;
use clap::Args;
use std::path::PathBuf;

/// The arguments of `postlint audit`: those of `check`, and where the built pages are.
#[derive(Args, Clone, Debug)]
pub struct Audit {
    /// The arguments of `check`.
    #[command(flatten)]
    check: Check,

    /// What is read besides the posts.
    #[command(flatten)]
    audited: Audited,
}

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

impl Audit {
    /// The same as arguments of `check`.
    pub fn into_check(self) -> Check {
        Check { audited: Some(self.audited), ..self.check }
    }
}
