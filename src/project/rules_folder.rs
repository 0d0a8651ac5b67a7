//! Loads users' own rules: the pages in the folder that the config file sets, or else in the nearest `.postlint/rules`.

use crate::catalog::{Catalog, Entry};
use crate::files::Files;
use crate::project::nearest::NearestOf;
use crate::project::{BrokenFile, ConfigError, config_file, foreign, layers, read_settings, up_to_repository_root};
use crate::source::Source;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The default folder of the pages, in the folder of the posts or one above it.
pub const RULES_FOLDER: &str = ".postlint/rules";

/// The nearest [`RULES_FOLDER`], from `folder` up to the root of the repository.
pub fn nearest(files: &dyn Files, folder: &Path) -> Option<PathBuf> {
    NearestOf::default().folder(files, folder).rules
}

/// The pages in a folder, sorted by name. A `README.md` is not a page.
pub fn pages(files: &dyn Files, folder: &Path) -> Result<Vec<PathBuf>, ConfigError> {
    let listed = files.list(folder).map_err(|error| ConfigError::Unreadable(folder.to_owned(), error))?;
    let mut pages: Vec<PathBuf> = listed.into_iter().map(|entry| folder.join(entry.name)).collect();
    pages.retain(|path| {
        let is_page = path.extension().is_some_and(|extension| extension == "md");
        is_page && path.file_stem().is_some_and(|name| !name.eq_ignore_ascii_case("readme"))
    });
    pages.sort();
    Ok(pages)
}

/// Reads pages. Returns either all of them, or all mistakes in them.
pub fn read(files: &dyn Files, pages: &[PathBuf]) -> Result<Vec<Entry>, ConfigError> {
    let mut entries = Vec::new();
    let mut broken = Vec::new();
    for path in pages {
        let source = Source::from_bytes(read_settings(files, path)?);
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        match Entry::load_users(&name, source.text()) {
            Ok(entry) => entries.push(entry),
            Err(mistakes) => broken.push(BrokenFile { path: path.clone(), source, mistakes }),
        }
    }
    if broken.is_empty() { Ok(entries) } else { Err(ConfigError::BrokenRules(broken)) }
}

/// Like [`read`], but errors do not contain the text of pages outside the repository of the working directory.
pub fn read_shown(files: &dyn Files, pages: &[PathBuf], working_directory: &Path) -> Result<Vec<Entry>, ConfigError> {
    read(files, pages).map_err(|error| foreign::hide(files, working_directory, working_directory, None, error))
}

/// The built-in rules and those of `folder`.
pub fn catalog(files: &dyn Files, folder: Option<&Path>) -> Result<Arc<Catalog>, ConfigError> {
    let mut catalog = Catalog::builtin().clone();
    if let Some(folder) = folder {
        for entry in read(files, &pages(files, folder)?)? {
            Arc::make_mut(&mut catalog).add(entry);
        }
    }
    Ok(catalog)
}

/// The folder of users' own rules for files in `folder`: the one that the config file sets, if it exists, or else the
/// nearest.
pub fn of(files: &dyn Files, folder: &Path) -> Result<Option<PathBuf>, ConfigError> {
    Ok(named(files, folder)?.filter(|rules| files.is_folder(rules)).or_else(|| nearest(files, folder)))
}

/// The folder for a new rule: in the folder that applies to `here`, else in a new one beside the config file, at the
/// root of the repository, or in `here`.
pub fn home(files: &dyn Files, here: &Path) -> Result<PathBuf, ConfigError> {
    if let Some(folder) = named(files, here)?.or_else(|| nearest(files, here)) {
        return Ok(folder);
    }
    let config = config_file(files, here)?.and_then(|path| path.parent().map(Path::to_owned));
    let is_root = |ancestor: &&Path| files.exists(&ancestor.join(".git"));
    let root = || up_to_repository_root(files, here).find(is_root).map(Path::to_owned);
    Ok(config.or_else(root).unwrap_or_else(|| here.to_owned()).join(RULES_FOLDER))
}

/// The folder of rules that the config file of posts in `folder` sets. Mistakes in that file are ignored here, because
/// `postlint check` reports them.
fn named(files: &dyn Files, folder: &Path) -> Result<Option<PathBuf>, ConfigError> {
    let Some(path) = config_file(files, folder)? else { return Ok(None) };
    Ok(layers::read(files, &path, read_settings(files, &path)?, None).rules_folder())
}

/// The built-in rules and the users' own rules for files in the working directory.
pub fn catalog_at(files: &dyn Files, working_directory: &Path) -> Result<Arc<Catalog>, ConfigError> {
    let hide = |error| foreign::hide(files, working_directory, working_directory, None, error);
    catalog(files, of(files, working_directory)?.as_deref()).map_err(hide)
}
