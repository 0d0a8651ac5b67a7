//! The environment of a run: working directory, terminal and variables. Queried once.

use crate::cache;
use crate::cli::{self, ColorChoice, Reader};
use crate::output::diff::Audience;
use crate::output::{Looks, Repository};
use crate::run::error::{RunError, THREADS_VARIABLE};
use crate::walk;
use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// The environment of a run. The default is used before it has been queried: plain output and absolute paths.
#[derive(Clone, Debug, Default)]
pub struct Invocation {
    /// The working directory.
    pub working_directory: PathBuf,
    /// The capabilities of standard output.
    pub looks: Looks,
    /// Whether standard output is a terminal.
    pub is_terminal: bool,
    /// The capabilities of standard error.
    pub error_looks: Looks,
    /// Who reads standard output.
    pub reader: Reader,
    /// The folder of the repository in a job of GitHub Actions or GitLab.
    pub workspace: Option<PathBuf>,
    /// The file to which a step of GitHub Actions appends its summary.
    pub step_summary: Option<PathBuf>,
    /// What the environment says about the cache.
    pub cache: cache::Settings,
    /// The number of threads that the environment sets, as written.
    pub threads: Option<OsString>,
}

impl Invocation {
    /// Queries the environment of the process.
    pub fn of_process(color: ColorChoice) -> Result<Self, RunError> {
        let working_directory = env::current_dir().map_err(RunError::NoWorkingDirectory)?;
        let columns = || env::var("COLUMNS").ok()?.parse().ok();
        let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width: Option<usize> = columns().or_else(terminal);
        let looks = Looks {
            color: color.wanted(io::stdout().is_terminal(), variable),
            unicode: cli::is_unicode(variable),
            width: width.unwrap_or(Looks::DEFAULT_WIDTH).clamp(40, 200),
        };
        let path = |name| variable(name).filter(|path| !path.is_empty()).map(PathBuf::from);
        Ok(Invocation {
            working_directory,
            looks,
            is_terminal: io::stdout().is_terminal(),
            error_looks: Looks { color: color.wanted(io::stderr().is_terminal(), variable), ..looks },
            reader: Reader::of(variable),
            workspace: path("GITHUB_WORKSPACE").or_else(|| path("CI_PROJECT_DIR")),
            step_summary: path("GITHUB_STEP_SUMMARY"),
            cache: cache::Settings::of(variable).map_err(RunError::BadCache)?,
            threads: variable(THREADS_VARIABLE).filter(|written| !written.is_empty()),
        })
    }

    /// Where the files of the run are in their repositories.
    pub fn repository(&self) -> Repository {
        Repository::around(&self.working_directory, self.workspace.as_deref())
    }

    /// Who reads a diff on standard output.
    pub fn audience(&self) -> Audience {
        match self.reader {
            _ if self.is_terminal || self.looks.color => Audience::Person { color: self.looks.color },
            Reader::GitHubActions => Audience::Runner,
            Reader::Person | Reader::Agent => Audience::Program,
        }
    }

    /// A path as it is printed: `.` for the working directory.
    pub fn printed(&self, path: &Path) -> String {
        match walk::printed(path, &self.working_directory) {
            inside if inside.is_empty() => ".".to_owned(),
            inside => inside,
        }
    }
}

/// The command line after the name of the program.
pub fn arguments() -> impl Iterator<Item = OsString> {
    env::args_os().skip(1)
}

/// An environment variable.
pub fn variable(name: &str) -> Option<OsString> {
    env::var_os(name)
}
