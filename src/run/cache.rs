//! `postlint cache`: where the cache is, and how it is emptied.

use crate::cache::{Settings, clear};
use crate::cli::CacheAction;
use crate::output::Screen;
use crate::output::visible::one_line;
use crate::run::error::RunError;
use crate::run::exit::Exit;
use std::io::Write;

/// Runs the command.
pub fn run(action: &CacheAction, settings: &Settings, out: &mut Screen<'_>) -> Result<Exit, RunError> {
    let folder = settings.folder().ok_or(RunError::NoCacheFolder)?;
    let printed = folder.to_string_lossy().into_owned();
    match action {
        CacheAction::Dir => writeln!(out, "{}", one_line(&printed))?,
        CacheAction::Clear => {
            let bytes = clear(&folder).map_err(|error| RunError::CacheNotCleared { path: folder, error })?;
            writeln!(out, "removed {:.1} MB from {}", bytes as f64 / 1e6, one_line(&printed))?;
        }
    }
    Ok(Exit::Clean)
}
