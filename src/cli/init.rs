//! `postlint init`: where to write a config file, and what it takes over.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// The arguments of `postlint init`.
#[derive(Args, Clone, Debug)]
pub struct Init {
    /// The site's folder [default: the working directory]
    #[arg(value_hint = clap::ValueHint::DirPath)]
    pub folder: Option<PathBuf>,

    /// Overwrite a config file
    #[arg(long)]
    pub force: bool,

    /// Write a baseline too, so that later runs report only new findings
    #[arg(long)]
    pub baseline: bool,

    /// Take over what corresponds from the config of another tool
    ///
    /// Ignored paths, and rules that are off and have a counterpart. The config file says what has none.
    #[arg(long, value_enum, value_name = "TOOL")]
    pub from: Option<Tool>,
}

/// The tools whose config `postlint init` takes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Tool {
    /// `.markdownlint-cli2.*`, `.markdownlint.*` and `.markdownlintignore`
    Markdownlint,
    /// `.rumdl.toml`
    Rumdl,
}

impl Tool {
    /// The name of the tool.
    pub fn as_str(self) -> &'static str {
        match self {
            Tool::Markdownlint => "markdownlint",
            Tool::Rumdl => "rumdl",
        }
    }
}
