//! `postlint config`: what of the config to show, and where it is read.

use crate::cli::values::presets;
use crate::config::Preset;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// The actions of `postlint config`.
#[derive(Debug, Subcommand)]
pub enum ConfigAction {
    /// Print the values that differ from the defaults, and the file and line that set each
    Show(ConfigShow),
    /// Print one value, such as that of `lang` or `title-wide.max`
    Get(ConfigGet),
}

/// The arguments of `postlint config show`.
#[derive(Args, Clone, Debug)]
pub struct ConfigShow {
    /// A rule, group or setting to show, and the post or folder to show it for [default: the working directory]
    #[arg(value_name = "NAME|PATH", num_args = 0..=2, value_hint = clap::ValueHint::AnyPath)]
    pub asked: Vec<PathBuf>,

    /// Show the defaults too
    #[arg(long)]
    pub all: bool,

    /// The config files.
    #[command(flatten)]
    pub from: ConfigFrom,
}

/// The arguments of `postlint config get`.
#[derive(Args, Clone, Debug)]
pub struct ConfigGet {
    /// A setting (`lang`, `fix.never`), a rule or a group for levels, or an option of a rule (`title-wide.max`)
    pub key: String,

    /// The post or folder to show it for [default: the working directory]
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    pub path: Option<PathBuf>,

    /// The config files.
    #[command(flatten)]
    pub from: ConfigFrom,
}

/// Where `postlint config` reads the config.
#[derive(Args, Clone, Debug)]
pub struct ConfigFrom {
    /// Config file to use instead of the nearest one
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub config: Option<PathBuf>,

    /// Preset to use in addition to the config file, whose settings take precedence
    #[arg(long, value_parser = presets(), value_name = "NAME")]
    pub preset: Option<&'static Preset>,
}
