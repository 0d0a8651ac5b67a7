//! Why a run cannot be limited to changes.

use crate::files::{ReadError, cause};
use miette::Diagnostic;
use std::fmt::Display;
use std::io;
use std::path::PathBuf;

/// Why a run cannot be limited to changes, with help.
#[derive(Debug, thiserror::Error)]
pub enum ChangesError {
    /// Options that do not go together.
    #[error("`{one}` cannot be combined with {other}")]
    Together {
        /// The option that limits the run.
        one: &'static str,
        /// The other one.
        other: &'static str,
        /// What to do.
        help: &'static str,
    },
    /// The list of `--files-from` cannot be read.
    #[error("cannot read `{}`: {error}", path.display())]
    List {
        /// Its path.
        path: PathBuf,
        /// Why.
        error: ReadError,
    },
    /// There is no program `git`, or it cannot be started.
    #[error("cannot start `git`: {}", cause(.0))]
    NoGit(io::Error),
    /// The working directory is in no repository.
    #[error("the working directory is not in the work tree of a git repository")]
    NoRepository,
    /// A path is in another repository, or in none.
    #[error("`{}` is not in this git repository", .0.display())]
    Outside(PathBuf),
    /// git does not know a revision.
    #[error("git does not know `{name}`")]
    UnknownRef {
        /// As written on the command line.
        name: String,
        /// Whether the clone lacks a part of the history.
        is_shallow: bool,
    },
    /// There is no commit yet.
    #[error("there is no commit yet that could be compared with `{0}`")]
    NoCommit(String),
    /// A revision has no common commit with `HEAD`.
    #[error("`{name}` and HEAD have no common commit")]
    NoMergeBase {
        /// As written on the command line.
        name: String,
        /// Whether the clone lacks a part of the history.
        is_shallow: bool,
    },
    /// git failed.
    #[error("git {command} failed: {said}")]
    Failed {
        /// Its subcommand.
        command: String,
        /// What it wrote on standard error.
        said: String,
    },
    /// The files of the index or of a commit cannot be written to a temporary folder.
    #[error("cannot write to a temporary folder: {}", cause(.0))]
    NoFolder(io::Error),
}

/// Help for a clone without its history.
const SHALLOW: &str =
    "this clone is shallow: set `fetch-depth: 0` for actions/checkout, or run `git fetch --unshallow`";

impl Diagnostic for ChangesError {
    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        let help = match self {
            ChangesError::Together { help, .. } => help,
            ChangesError::List { .. } => return None,
            ChangesError::NoGit(_) => "install git, or pass the paths of the posts with --files-from",
            ChangesError::NoRepository => "change to a folder of the repository, or pass the paths of the posts",
            ChangesError::Outside(_) => "pass paths below the folder with `.git`, or change to the other repository",
            ChangesError::UnknownRef { is_shallow: true, .. } | ChangesError::NoMergeBase { is_shallow: true, .. } => {
                SHALLOW
            }
            ChangesError::UnknownRef { name, .. } if name.is_empty() => {
                "write a branch, a tag or a commit: --since main"
            }
            ChangesError::UnknownRef { .. } => {
                "`git branch --all` lists branches; one of the server is written `origin/main`, once it is fetched"
            }
            ChangesError::NoCommit(_) => "before the first commit, --staged checks what it will have",
            ChangesError::NoMergeBase { .. } => "write a branch or a commit that HEAD has grown from",
            ChangesError::Failed { said, .. } if said.contains("dubious ownership") => {
                "the repository belongs to another user: `git config --global --add safe.directory FOLDER` trusts it"
            }
            ChangesError::Failed { .. } => "run the git command by hand to see more",
            ChangesError::NoFolder(_) => "free some space there, or set `TMPDIR` to another folder",
        };
        Some(Box::new(help))
    }
}
