//! Users' own rules: the pages of the nearest `.postlint/rules` folder, beside the built-in ones.

use crate::catalog::{Catalog, Entry};
use crate::files::why_unreachable;
use crate::project::{BrokenFile, ConfigError, config_file, foreign, layers, read_settings, up_to_repository_root};
use crate::source::Source;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the pages are, below the folder of the posts or any above it, unless the config file names another folder.
pub const RULES_FOLDER: &str = ".postlint/rules";

/// The nearest folder of this name, from `folder` up to the root of the repository.
pub fn nearest(folder: &Path) -> Option<PathBuf> {
    up_to_repository_root(folder).map(|ancestor| ancestor.join(RULES_FOLDER)).find(|rules| rules.is_dir())
}

/// The pages in a folder, sorted by name. A `README.md` is not a page.
pub fn pages(folder: &Path) -> Result<Vec<PathBuf>, ConfigError> {
    let unreadable = |error| ConfigError::Unreadable(folder.to_owned(), why_unreachable(folder, error));
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let is_page = path.extension().is_some_and(|extension| extension == "md");
        if is_page && path.file_stem().is_some_and(|name| !name.eq_ignore_ascii_case("readme")) {
            pages.push(path);
        }
    }
    pages.sort();
    Ok(pages)
}

/// Reads pages. Returns either all of them, or all mistakes in them.
pub fn read(pages: &[PathBuf]) -> Result<Vec<Entry>, ConfigError> {
    let mut entries = Vec::new();
    let mut broken = Vec::new();
    for path in pages {
        let source = Source::from_bytes(read_settings(path)?);
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        match Entry::load_users(&name, source.text()) {
            Ok(entry) => entries.push(entry),
            Err(mistakes) => broken.push(BrokenFile { path: path.clone(), source, mistakes }),
        }
    }
    if broken.is_empty() { Ok(entries) } else { Err(ConfigError::BrokenRules(broken)) }
}

/// The same for the folder that applies to the working directory: text outside the repository is not shown.
pub fn read_shown(pages: &[PathBuf], working_directory: &Path) -> Result<Vec<Entry>, ConfigError> {
    read(pages).map_err(|error| foreign::hide(working_directory, working_directory, None, error))
}

/// The built-in rules and those of `folder`.
pub fn catalog(folder: Option<&Path>) -> Result<Arc<Catalog>, ConfigError> {
    let mut catalog = Catalog::builtin().clone();
    if let Some(folder) = folder {
        for entry in read(&pages(folder)?)? {
            Arc::make_mut(&mut catalog).add(entry);
        }
    }
    Ok(catalog)
}

/// The folder that applies to files in `folder`.
pub fn of(folder: &Path) -> Result<Option<PathBuf>, ConfigError> {
    Ok(named(folder)?.filter(|rules| rules.is_dir()).or_else(|| nearest(folder)))
}

/// Where a new rule belongs: in the folder that applies to `here`, else in a new one beside the config file, at the
/// root of the repository, or in `here`.
pub fn home(here: &Path) -> Result<PathBuf, ConfigError> {
    if let Some(folder) = named(here)?.or_else(|| nearest(here)) {
        return Ok(folder);
    }
    let config = config_file(here)?.and_then(|path| path.parent().map(Path::to_owned));
    let root = || up_to_repository_root(here).find(|ancestor| ancestor.join(".git").exists()).map(Path::to_owned);
    Ok(config.or_else(root).unwrap_or_else(|| here.to_owned()).join(RULES_FOLDER))
}

/// The folder that the config file of posts in `folder` names. Other mistakes in that file are reported by a check.
fn named(folder: &Path) -> Result<Option<PathBuf>, ConfigError> {
    let Some(path) = config_file(folder)? else { return Ok(None) };
    Ok(layers::read(&path, read_settings(&path)?, None).rules_folder())
}

/// The rules that run on files in the working directory.
pub fn catalog_at(working_directory: &Path) -> Result<Arc<Catalog>, ConfigError> {
    let hide = |error| foreign::hide(working_directory, working_directory, None, error);
    catalog(of(working_directory)?.as_deref()).map_err(hide)
}
