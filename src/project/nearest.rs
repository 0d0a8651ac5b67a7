//! The nearest config file and the nearest folder of users' own rules, from a folder up to the root of the repository.
//! Each folder is looked at once, however many folders are below it.

use crate::config;
use crate::files::Files;
use crate::project::rules_folder::RULES_FOLDER;
use crate::project::{ConfigError, up_to_repository_root};
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};

/// What applies to the posts in a folder.
#[derive(Clone, Debug, Default)]
pub(super) struct Nearest {
    config: Named,
    /// The folder of rules.
    pub rules: Option<PathBuf>,
}

/// The config file, by its name.
#[derive(Clone, Debug, Default)]
enum Named {
    #[default]
    None,
    One(PathBuf),
    /// A folder has config files with different names.
    Two([PathBuf; 2]),
}

impl Nearest {
    /// The config file. Returns an error if it is ambiguous.
    pub fn config(&self) -> Result<Option<&Path>, ConfigError> {
        match &self.config {
            Named::None => Ok(None),
            Named::One(path) => Ok(Some(path)),
            Named::Two(paths) => Err(ConfigError::TwoFiles(paths.clone())),
        }
    }

    /// What is in `folder` itself, and else what applies `around` it.
    fn in_folder(files: &dyn Files, folder: &Path, around: Nearest) -> Self {
        let rules = folder.join(RULES_FOLDER);
        Nearest {
            config: match config_in(files, folder) {
                Named::None => around.config,
                own => own,
            },
            rules: if files.is_folder(&rules) { Some(rules) } else { around.rules },
        }
    }
}

fn config_in(files: &dyn Files, folder: &Path) -> Named {
    let mut found = config::FILE_NAMES.iter().map(|name| folder.join(name)).filter(|path| files.exists(path));
    match (found.next(), found.next()) {
        (Some(one), Some(other)) => Named::Two([one, other]),
        (Some(one), None) => Named::One(one),
        (None, _) => Named::None,
    }
}

/// What folders get from those above them, up to the root of the repository. Each folder is looked at once.
#[derive(Debug)]
pub(super) struct FromAbove<T>(FxHashMap<PathBuf, T>);

impl<T> Default for FromAbove<T> {
    fn default() -> Self {
        FromAbove(FxHashMap::default())
    }
}

impl<T: Clone + Default> FromAbove<T> {
    /// What `folder`, an absolute path, has. `own` returns what a folder has, given what the one above it has.
    pub fn of(&mut self, files: &dyn Files, folder: &Path, own: impl Fn(&Path, T) -> T) -> T {
        let mut unseen = Vec::new();
        let mut found = T::default();
        for ancestor in up_to_repository_root(files, folder) {
            if let Some(known) = self.0.get(ancestor) {
                found = known.clone();
                break;
            }
            unseen.push(ancestor);
        }
        for folder in unseen.into_iter().rev() {
            found = own(folder, found);
            self.0.insert(folder.to_owned(), found.clone());
        }
        found
    }

    /// Removes what is known, after files were changed.
    pub fn forget(&mut self) {
        self.0.clear();
    }
}

/// What applies to each folder that was asked for, and to those above it.
pub(super) type NearestOf = FromAbove<Nearest>;

impl NearestOf {
    /// What applies to the posts in `folder`, an absolute path.
    pub fn folder(&mut self, files: &dyn Files, folder: &Path) -> Nearest {
        self.of(files, folder, |folder, around| Nearest::in_folder(files, folder, around))
    }
}
