//! `postlint cache`: what to do with the cache.

use clap::Subcommand;

/// The actions of `postlint cache`.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum CacheAction {
    /// Print the folder of the cache
    Dir,
    /// Remove all that is cached
    Clear,
}
