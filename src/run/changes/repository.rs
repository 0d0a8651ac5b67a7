//! A git repository, and what was changed in its work tree or index.

use crate::run::changes::error::ChangesError;
use crate::run::changes::git::{Git, failed, real};
use crate::run::changes::hunks::{Lines, hunks};
use crate::run::changes::names::{Changed, How, binary, changed, paths};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The repository of the working directory.
#[derive(Clone, Debug)]
pub struct Repository {
    /// How git is called.
    pub git: Git,
    /// The top of its work tree, as a canonical path.
    pub top: PathBuf,
    /// The top as seen from the working directory: `.` or `../…`.
    pub up: OsString,
    /// Whether a part of the history is missing.
    is_shallow: bool,
}

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The work tree with a commit or a tree.
    WorkTree(String),
    /// The index with `HEAD`.
    Index,
}

/// Options of `git diff` that settings of users would change otherwise.
const DIFF: [&str; 8] = [
    "diff",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--ignore-submodules=all",
    "--submodule=short",
    "-M",
    "--no-indent-heuristic",
];

impl Repository {
    /// The repository of the working directory.
    pub fn of(working_directory: &Path) -> Result<Self, ChangesError> {
        let git = Git::default();
        let asks = ["rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-cdup"];
        let done = git.output(&asks, &[])?;
        let said = String::from_utf8_lossy(&done.stderr);
        if said.contains("not a git repository") || said.contains("must be run in a work tree") {
            return Err(ChangesError::NoRepository);
        } else if !done.status.success() {
            return Err(failed(&asks, &done));
        }
        let answers = String::from_utf8_lossy(&done.stdout);
        let mut answers = answers.lines();
        let (is_inside, is_shallow) = (answers.next() == Some("true"), answers.next() == Some("true"));
        let up = answers.next().filter(|up| !up.is_empty()).unwrap_or(".");
        if !is_inside {
            return Err(ChangesError::NoRepository);
        }
        let top = real(&working_directory.join(up)).map_err(|_| ChangesError::NoRepository)?;
        Ok(Repository { git, top, up: up.into(), is_shallow })
    }

    /// The merge base of a revision and `HEAD`.
    pub fn merge_base(&self, name: &str) -> Result<String, ChangesError> {
        let unknown = || ChangesError::UnknownRef { name: name.to_owned(), is_shallow: self.is_shallow };
        // No name of a commit begins with a dash: it would be an option.
        let commit = if name.is_empty() || name.starts_with('-') { None } else { self.commit(name)? };
        let commit = commit.ok_or_else(unknown)?;
        let head = self.commit("HEAD")?.ok_or_else(|| ChangesError::NoCommit(name.to_owned()))?;
        let base = self.git.word(&["merge-base", &commit, &head])?;
        base.ok_or_else(|| ChangesError::NoMergeBase { name: name.to_owned(), is_shallow: self.is_shallow })
    }

    /// `HEAD`, or the empty tree if there is no commit yet.
    pub fn head(&self) -> Result<String, ChangesError> {
        if let Some(head) = self.commit("HEAD")? {
            return Ok(head);
        }
        let tree = self.git.run(&["hash-object", "-t", "tree", "--stdin"], &[])?;
        Ok(String::from_utf8_lossy(&tree).trim().to_owned())
    }

    fn commit(&self, name: &str) -> Result<Option<String>, ChangesError> {
        self.git.word(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])
    }

    /// What was changed, with new files that git does not ignore.
    pub fn changed(&self, compared: &Compared) -> Result<Vec<Changed>, ChangesError> {
        let mut found = changed(&self.diff(&["--name-status", "-z"], compared)?);
        if let Compared::WorkTree(_) = compared {
            let new = ["ls-files", "-z", "--others", "--exclude-standard", "--full-name", "--"].map(OsStr::new);
            let new = self.git.run(&[&new[..], &[&*self.up]].concat(), &[])?;
            found.extend(paths(&new).map(|path| Changed { path, how: How::Added }));
        }
        Ok(found)
    }

    /// The changed lines of the files that `changed` returns, by path.
    pub fn lines(&self, compared: &Compared, changed: &[Changed]) -> Result<BTreeMap<PathBuf, Lines>, ChangesError> {
        let hunks = hunks(&self.diff(&["-U0", "--src-prefix=a/", "--dst-prefix=b/"], compared)?);
        let binary = binary(&self.diff(&["--numstat", "-z"], compared)?);
        let mut lines: BTreeMap<PathBuf, Lines> =
            changed.iter().map(|file| (file.path.clone(), Lines::Some(Vec::new()))).collect();
        lines.extend(hunks.into_iter().map(|(path, hunks)| (path, Lines::Some(hunks))));
        lines.extend(binary.into_iter().map(|path| (path, Lines::All)));
        // Of a file in the work tree that was taken out of the index, git shows the lines as removed.
        let added = changed.iter().filter(|file| file.how == How::Added);
        lines.extend(added.map(|file| (file.path.clone(), Lines::All)));
        Ok(lines)
    }

    fn diff(&self, options: &[&str], compared: &Compared) -> Result<Vec<u8>, ChangesError> {
        let what = match compared {
            Compared::WorkTree(base) => base,
            Compared::Index => "--cached",
        };
        self.git.run(&[&DIFF[..], options, &[what, "--"]].concat(), &[])
    }
}
