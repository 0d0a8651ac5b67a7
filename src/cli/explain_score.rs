//! The arguments of `postlint explain-score`.

use crate::cli::values::generators;
use crate::place::dialect::Generator;
use clap::Args;
use std::path::PathBuf;

/// The arguments of `postlint explain-score`.
#[derive(Args, Clone, Debug)]
pub struct ExplainScore {
    /// The post
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub file: PathBuf,

    /// Config file to use instead of the nearest one
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub config: Option<PathBuf>,

    /// Parse the post like this site generator, instead of detecting it
    #[arg(long, value_parser = generators(), value_name = "GENERATOR")]
    pub site: Option<Generator>,
}
