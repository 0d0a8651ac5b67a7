//! The files of the index, or of a commit, in a temporary folder.

use crate::files::{Files, Mirror, Mirrored};
use crate::run::changes::error::ChangesError;
use crate::run::changes::git::{Git, bytes_of, path_of};
use crate::run::changes::names::paths;
use crate::run::changes::repository::Repository;
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The files of an index in a temporary folder, which is removed when this is dropped. Files that are not text are empty.
#[derive(Debug)]
pub struct Snapshot {
    mirror: Mirror,
    /// The top of the work tree.
    top: PathBuf,
}

/// An entry of an index.
struct Entry {
    path: PathBuf,
    kind: Kind,
}

#[derive(PartialEq, Eq)]
enum Kind {
    File,
    /// A symbolic link.
    Link,
    /// Another repository.
    Submodule,
    /// A file whose conflict is not resolved.
    Conflict,
}

impl Snapshot {
    /// The files of the index.
    pub fn of_index(repository: &Repository) -> Result<Self, ChangesError> {
        // Files of `git add --intent-to-add` are not part of the next commit.
        let intended = ["diff", "--name-only", "-z", "--no-ext-diff", "--no-renames", "--diff-filter=A", "--"];
        let intended: BTreeSet<PathBuf> = paths(&repository.git.run(&intended, &[])?).collect();
        let snapshot = Snapshot::new(repository)?;
        snapshot.fill(repository, &repository.git, |entry| !intended.contains(&entry.path))?;
        Ok(snapshot)
    }

    /// The files of a commit.
    pub fn of_commit(repository: &Repository, commit: &str) -> Result<Self, ChangesError> {
        let snapshot = Snapshot::new(repository)?;
        let git = Git { index: Some(snapshot.folder().join(".git/index")) };
        git.run(&["read-tree", commit], &[])?;
        snapshot.fill(repository, &git, |_| true)?;
        Ok(snapshot)
    }

    fn new(repository: &Repository) -> Result<Self, ChangesError> {
        let mirror = Mirror::new().map_err(ChangesError::NoFolder)?;
        // The search for configs and sites ends at the top, as in the work tree.
        mirror.folder(Path::new(".git")).map_err(ChangesError::NoFolder)?;
        Ok(Snapshot { mirror, top: repository.top.clone() })
    }

    fn fill(&self, repository: &Repository, git: &Git, wanted: impl Fn(&Entry) -> bool) -> Result<(), ChangesError> {
        let listed = ["ls-files", "--stage", "-z", "--full-name", "--"].map(OsStr::new);
        let listed = git.run(&[&listed[..], &[&*repository.up]].concat(), &[])?;
        let (mut texts, mut links) = (Vec::new(), Vec::new());
        for entry in entries(&listed).filter(wanted) {
            let path = &entry.path;
            let done = match entry.kind {
                Kind::File if !Mirror::is_text(path) => self.mirror.placeholder(path),
                Kind::Conflict => self.mirror.placeholder(path),
                Kind::Submodule => self.mirror.copy(&self.top.join(path), path),
                Kind::File | Kind::Link => {
                    links.extend((entry.kind == Kind::Link).then(|| path.clone()));
                    texts.push(entry);
                    Ok(())
                }
            };
            done.map_err(ChangesError::NoFolder)?;
        }
        if texts.is_empty() {
            return Ok(());
        }
        let mut input = Vec::new();
        for entry in texts {
            let up = Path::new(&repository.up);
            input.extend(bytes_of(&if up == Path::new(".") { entry.path } else { up.join(entry.path) }));
            input.push(0);
        }
        let mut prefix = OsString::from("--prefix=");
        // The path must end in a slash.
        prefix.push(self.folder().join(""));
        let checkout = ["checkout-index", "--force", "--quiet", "-z", "--stdin"].map(OsStr::new);
        git.run(&[&checkout[..], &[&*prefix]].concat(), &input)?;
        let relink = |link: &PathBuf| self.mirror.relink(&self.top, link);
        links.iter().try_for_each(relink).map_err(ChangesError::NoFolder)
    }

    /// The temporary folder, with the files of the top of the work tree.
    pub fn folder(&self) -> &Path {
        self.mirror.path()
    }

    /// The files of the temporary folder, and those outside of it that they refer to.
    pub fn files(&self) -> Arc<dyn Files> {
        Arc::new(Mirrored { mirror: self.folder().to_owned(), top: self.top.clone() })
    }

    /// The path in the temporary folder for one of the work tree; `None` for one outside.
    pub fn inside(&self, path: &Path) -> Option<PathBuf> {
        Some(self.folder().join(path.strip_prefix(&self.top).ok()?))
    }

    /// The path in the work tree for one of the temporary folder. Others are returned as they are.
    pub fn outside(&self, path: &Path) -> PathBuf {
        match path.strip_prefix(self.folder()) {
            Ok(inside) if inside.as_os_str().is_empty() => self.top.clone(),
            Ok(inside) => self.top.join(inside),
            Err(_) => path.to_owned(),
        }
    }

    /// Adds a file of the work tree that the index lacks, or its folder.
    pub fn add(&self, path: &Path) -> Result<(), ChangesError> {
        let Ok(inside) = path.strip_prefix(&self.top) else { return Ok(()) };
        self.mirror.copy(path, inside).map_err(ChangesError::NoFolder)
    }

    /// Creates a folder, if the index has no file in it.
    pub fn add_folder(&self, path: &Path) -> Result<(), ChangesError> {
        let Ok(inside) = path.strip_prefix(&self.top) else { return Ok(()) };
        self.mirror.folder(inside).map_err(ChangesError::NoFolder)
    }
}

/// Parses the output of `git ls-files --stage -z`: mode, object and stage, a tab, and the path.
fn entries(output: &[u8]) -> impl Iterator<Item = Entry> {
    output.split(|byte| *byte == 0).filter_map(|line| {
        let tab = line.iter().position(|byte| *byte == b'\t')?;
        let (about, path) = (line.get(..tab)?, path_of(line.get(tab + 1..)?));
        let kind = match about.get(..6)? {
            _ if !about.ends_with(b" 0") => Kind::Conflict,
            b"160000" => Kind::Submodule,
            b"120000" => Kind::Link,
            _ => Kind::File,
        };
        Some(Entry { path, kind })
    })
}
