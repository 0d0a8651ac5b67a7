//! The arguments of `postlint links`.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// The arguments of `postlint links`.
#[derive(Args, Clone, Debug)]
pub struct Links {
    /// Files and folders whose links to list [default: the working directory]
    #[arg(value_name = "PATHS", value_hint = clap::ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,

    /// Only links within the site
    #[arg(long, conflicts_with_all = ["external", "to"])]
    pub internal: bool,

    /// Only links to other sites: each URL once, one on each line
    ///
    /// Programs that ask the network can read them: `postlint links --external | lychee -`
    #[arg(long, conflicts_with = "to")]
    pub external: bool,

    /// Only links to this page or URL: a URL, its path, or the path of a file
    #[arg(long, value_name = "URL")]
    pub to: Option<String>,

    /// How to write the list
    #[arg(long, value_enum, default_value_t = LinksFormat::Text, value_name = "FORMAT")]
    pub format: LinksFormat,
}

/// The output formats of `links`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LinksFormat {
    /// One line for each link
    Text,
    /// `{"links": […]}`
    Json,
}
