//! Paths from the root of a repository: forges and CI services name files so, whatever the working folder is.

use crate::files::{self, Limit};
use crate::walk;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Where the files of a run are in their repositories. The default knows nothing, and leaves paths as they are.
#[derive(Debug, Default)]
pub struct Repository {
    working_directory: PathBuf,
    /// The folder of the repository according to the CI service.
    workspace: Option<PathBuf>,
    /// The root for each folder that was asked for.
    roots: Mutex<BTreeMap<PathBuf, Option<PathBuf>>>,
}

impl Repository {
    /// The repositories of the files below or beside `working_directory`.
    pub fn around(working_directory: &Path, workspace: Option<&Path>) -> Self {
        Repository {
            working_directory: working_directory.to_owned(),
            workspace: workspace.map(Path::to_owned),
            roots: Mutex::default(),
        }
    }

    /// The path of a file from the root of its repository, given its path as printed: relative to the working directory,
    /// or absolute. A file in no repository keeps its path.
    pub fn path<'p>(&self, printed: &'p str) -> Cow<'p, str> {
        let file = files::collapsed(&self.working_directory.join(printed));
        let folder = file.parent().filter(|_| file.is_absolute());
        match folder.and_then(|folder| self.root(folder)) {
            Some(root) => Cow::Owned(walk::printed(&file, &root)),
            None => Cow::Borrowed(printed),
        }
    }

    fn root(&self, folder: &Path) -> Option<PathBuf> {
        let mut roots = self.roots.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(root) = roots.get(folder) {
            return root.clone();
        }
        let root = self.find(folder);
        roots.insert(folder.to_owned(), root.clone());
        root
    }

    /// The nearest folder with a `.git`, which is a file in work trees; else that of the CI service, whose jobs may get
    /// the files without their history.
    fn find(&self, folder: &Path) -> Option<PathBuf> {
        let mut repositories = folder.ancestors().filter(|folder| files::is_there(&folder.join(".git")));
        let nearest = repositories.next();
        // A pull request of the repository around a submodule shows paths from its own root.
        let root = nearest.filter(|root| !is_submodule(root)).or_else(|| repositories.find(|root| !is_submodule(root)));
        let workspace = || self.workspace.as_deref().filter(|workspace| folder.starts_with(workspace));
        root.or(nearest).or_else(workspace).map(Path::to_owned)
    }
}

/// Whether `.git` is a file that refers to the repository of a submodule, which is inside that of the repository around.
fn is_submodule(root: &Path) -> bool {
    let git = root.join(".git");
    git.is_file()
        && files::read_text(&git, Limit::SETTINGS).is_ok_and(|text| text.replace('\\', "/").contains("/modules/"))
}
