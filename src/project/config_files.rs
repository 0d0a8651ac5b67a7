//! Where config files are, and which are not read.

use crate::files::{Files, Limit};
use crate::project::ConfigError;
use crate::project::nearest::NearestOf;
use std::path::{Path, PathBuf};

/// The nearest config file, from `folder` up to the root of the repository.
pub(super) fn config_file(files: &dyn Files, folder: &Path) -> Result<Option<PathBuf>, ConfigError> {
    NearestOf::default().folder(files, folder).config().map(|config| config.map(Path::to_owned))
}

/// Files in `folder` that look like config files and are not read.
pub fn misplaced_configs(files: &dyn Files, folder: &Path) -> Vec<PathBuf> {
    MISPLACED.iter().map(|name| folder.join(name)).filter(|path| files.exists(path)).collect()
}

/// Where tools with other conventions have their config files.
const MISPLACED: [&str; 10] = [
    "_postlint.yml",
    "config/postlint.yml",
    "config/postlint.yaml",
    ".github/postlint.yml",
    ".github/postlint.yaml",
    ".postlint/postlint.yml",
    "postlint.toml",
    ".postlint.toml",
    "postlint.json",
    ".postlintrc",
];

/// The folder that the paths in a config file are relative to: the one above `.config`.
pub(super) fn root_of(config: &Path) -> PathBuf {
    let folder = config.parent().unwrap_or(Path::new(""));
    let root = if is_nested(config) { folder.parent().unwrap_or(folder) } else { folder };
    root.to_owned()
}

/// Whether the config file is in a folder `.config`.
fn is_nested(config: &Path) -> bool {
    config.parent().and_then(Path::file_name).is_some_and(|name| name == ".config")
}

/// The folder and those above it, up to and including the one that contains `.git`.
pub fn up_to_repository_root<'p>(files: &dyn Files, folder: &'p Path) -> impl Iterator<Item = &'p Path> {
    let mut last: Option<&Path> = None;
    // A folder is looked at when the one above it is asked for, which is rare: what is known of folders is kept.
    std::iter::from_fn(move || {
        last = match last {
            None => Some(folder),
            Some(folder) if files.exists(&folder.join(".git")) => return None,
            Some(folder) => Some(folder.parent()?),
        };
        last
    })
    .fuse()
}

/// The bytes of a config file or a rule's page.
pub(super) fn read_settings(files: &dyn Files, path: &Path) -> Result<Vec<u8>, ConfigError> {
    files.read(path, Limit::SETTINGS).map_err(|error| ConfigError::Unreadable(path.to_owned(), error))
}

/// The name of a config file in its folder, for messages.
pub(super) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if is_nested(path) { format!(".config/{name}") } else { name.into_owned() }
}
