//! The files of a folder that may be the root of a site, behind an interface without I/O.

use crate::site::settings::{Evidence, Fact, Settings};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The files below a folder, by relative path with `/`.
pub trait Folder {
    /// The names in a folder, each with whether it is itself a folder; the empty path is the root.
    fn list(&self, path: &str) -> Vec<(String, bool)>;

    /// The text of a file; `None` if it cannot be read.
    fn read(&self, path: &str) -> Option<String>;

    /// The names of the files in a folder that begin with a text.
    fn files_like(&self, folder: &str, beginning: &str) -> Vec<String> {
        let names = self.list(folder).into_iter();
        names.filter(|(name, is_folder)| !is_folder && name.starts_with(beginning)).map(|(name, _)| name).collect()
    }

    /// Whether a folder has a file with this name.
    fn has_file(&self, folder: &str, name: &str) -> bool {
        self.list(folder).iter().any(|(it, is_folder)| !is_folder && it == name)
    }
}

/// A folder with its own entries and its config files. Each config file is read once, although several generators
/// examine it.
pub struct Seen<'f> {
    folder: &'f dyn Folder,
    names: Vec<(String, bool)>,
    configs: RefCell<BTreeMap<String, Option<Settings>>>,
    broken: RefCell<Option<Arc<str>>>,
}

impl<'f> Seen<'f> {
    /// Lists a folder.
    pub fn of(folder: &'f dyn Folder) -> Self {
        Seen { folder, names: folder.list(""), configs: RefCell::default(), broken: RefCell::new(None) }
    }

    /// All files below the folder.
    pub fn folder(&self) -> &'f dyn Folder {
        self.folder
    }

    /// The files directly in the folder.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.names.iter().filter(|(_, is_folder)| !is_folder).map(|(name, _)| &**name)
    }

    /// Whether the folder has a file with this name. True even if the file cannot be read, so that reading it reports
    /// the actual error.
    pub fn has_file(&self, name: &str) -> bool {
        self.names.iter().any(|(it, _)| it == name)
    }

    /// Whether the folder has a subfolder with this name.
    pub fn has_folder(&self, name: &str) -> bool {
        self.names.iter().any(|(it, is_folder)| *is_folder && it == name)
    }

    /// The first of `names` that is a file in the folder.
    pub fn first_file<'n>(&self, names: &[&'n str]) -> Option<&'n str> {
        names.iter().copied().find(|name| self.has_file(name))
    }

    /// Parses a config file below the folder.
    pub fn settings(&self, path: &str) -> Option<Settings> {
        if let Some(known) = self.configs.borrow().get(path) {
            return known.clone();
        }
        let settings = self.folder.read(path).map(|text| Settings::read(path, &text));
        self.configs.borrow_mut().insert(path.to_owned(), settings.clone());
        // `package.json` is npm's config, so a broken one does not count.
        let is_broken = settings.as_ref().map_or(self.has_file(path), |settings| settings.is_broken);
        if is_broken && path != "package.json" {
            self.broken.replace(Some(path.into()));
        }
        settings
    }

    /// The last config file that could not be parsed.
    pub fn broken(&self) -> Option<Arc<str>> {
        self.broken.borrow().clone()
    }

    /// Parses a config file directly in the folder, if it exists.
    pub fn own_settings(&self, name: &str) -> Option<Settings> {
        if self.has_file(name) { self.settings(name) } else { None }
    }

    /// The text of a file directly in the folder, if it exists.
    pub fn text(&self, name: &str) -> Option<String> {
        if self.has_file(name) { self.folder.read(name) } else { None }
    }

    /// The folder's `package.json`.
    pub fn package(&self) -> Option<Settings> {
        self.own_settings("package.json")
    }

    /// The version of a package that `package.json` depends on, if it is set there.
    pub fn version(&self, name: &str) -> Option<Fact<String>> {
        self.dependency(name).filter(|it| !it.value.is_empty())
    }

    /// A package that `package.json` depends on: its version as it is written there, or an empty string.
    pub fn dependency(&self, name: &str) -> Option<Fact<String>> {
        let package = self.package()?;
        let kinds = ["dependencies", "devDependencies", "peerDependencies"];
        let mut found = kinds.into_iter().filter_map(|kind| package.root.get(kind)?.get(name));
        let version = found.next()?;
        // Packages of the same repository have no version.
        let written = version.as_text().filter(|version| !version.starts_with("workspace:")).unwrap_or_default();
        Some(package.fact(written.to_owned(), version.line))
    }
}

/// Evidence that consists in the existence of a file.
pub fn file(name: &str) -> Evidence {
    Evidence { file: name.into(), line: 0 }
}
