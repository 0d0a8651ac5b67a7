//! What `postlint audit` reads besides the posts.

use clap::Args;
use std::path::PathBuf;

/// What `postlint audit` reads besides the posts.
#[derive(Args, Clone, Debug, Default)]
pub struct Audited {
    /// Folder of the built pages [default: the output folder of the site's generator, if it holds the site's pages]
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath, help_heading = "Site")]
    pub built: Option<PathBuf>,
}
