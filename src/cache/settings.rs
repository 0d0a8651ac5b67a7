//! What the environment says about the cache.

use crate::cache::folder;
use crate::files::absolute;
use std::ffi::OsString;
use std::path::PathBuf;

/// The variable that says how the cache is used.
pub const HOW: &str = "POSTLINT_CACHE";
/// The variable that names its folder.
pub const FOLDER: &str = "POSTLINT_CACHE_DIR";

/// How the cache is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum How {
    /// Not at all.
    Off,
    /// All files are read, and what is known of their content is used.
    ByContent,
    /// Files that have not changed are not read.
    #[default]
    ByStamp,
}

/// What the environment says about the cache.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// How it is used.
    pub how: How,
    /// The folder that the user named.
    pub named: Option<PathBuf>,
}

/// The value of `POSTLINT_CACHE` is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownHow(pub OsString);

impl Settings {
    /// What the variables say.
    pub fn of(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, UnknownHow> {
        let written = variable(HOW).unwrap_or_default();
        let how = match written.to_str() {
            Some("" | "on") => How::ByStamp,
            Some("content") => How::ByContent,
            Some("off") => How::Off,
            _ => return Err(UnknownHow(written)),
        };
        let named = variable(FOLDER).filter(|path| !path.is_empty()).map(PathBuf::from);
        Ok(Settings { how, named })
    }

    /// The folder of the cache. `None` if none is named and the user has no home.
    pub fn folder(&self) -> Option<PathBuf> {
        self.named.as_deref().map(absolute).or_else(folder::of_system)
    }
}
