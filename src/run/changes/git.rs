//! Runs the program `git`: with lists of arguments, never through a shell.

use crate::run::changes::error::ChangesError;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

/// Settings of users and repositories that would change what is parsed here, or start programs.
const SETTINGS: [&str; 8] = [
    "core.fsmonitor=false",
    "core.quotePath=false",
    "diff.relative=false",
    "diff.noprefix=false",
    "diff.mnemonicPrefix=false",
    "diff.renames=true",
    "diff.interHunkContext=0",
    "diff.ignoreSubmodules=all",
];

/// How git is called. The variables that git sets for hooks (`GIT_DIR`, `GIT_INDEX_FILE`) are kept, and it runs in the
/// working directory of the process, which their relative paths refer to.
#[derive(Clone, Debug, Default)]
pub struct Git {
    /// An index to use instead of that of the repository.
    pub index: Option<PathBuf>,
}

impl Git {
    /// Runs a subcommand with `input`, whether it succeeds or not.
    pub fn output<A: AsRef<OsStr>>(&self, arguments: &[A], input: &[u8]) -> Result<Output, ChangesError> {
        let mut command = Command::new("git");
        command.arg("--no-optional-locks");
        SETTINGS.iter().for_each(|setting| _ = command.args(["-c", setting]));
        command.args(arguments).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_LITERAL_PATHSPECS", "0");
        // It would override the number of lines of context.
        command.env_remove("GIT_DIFF_OPTS");
        if let Some(index) = &self.index {
            command.env("GIT_INDEX_FILE", index);
        }
        let stdin = if input.is_empty() { Stdio::null() } else { Stdio::piped() };
        let started = command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = started.map_err(ChangesError::NoGit)?;
        let stdin = child.stdin.take();
        thread::scope(|scope| {
            // If git ends early, its exit code tells.
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
            child.wait_with_output()
        })
        .map_err(ChangesError::NoGit)
    }

    /// Runs a subcommand that must succeed, and returns what it writes.
    pub fn run<A: AsRef<OsStr>>(&self, arguments: &[A], input: &[u8]) -> Result<Vec<u8>, ChangesError> {
        let done = self.output(arguments, input)?;
        if done.status.success() { Ok(done.stdout) } else { Err(failed(arguments, &done)) }
    }

    /// Runs a subcommand that writes one word; `None` if it fails.
    pub fn word<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Option<String>, ChangesError> {
        let done = self.output(arguments, &[])?;
        let word = || String::from_utf8_lossy(&done.stdout).trim().to_owned();
        Ok(done.status.success().then(word))
    }
}

/// The error of a subcommand that failed.
pub fn failed<A: AsRef<OsStr>>(arguments: &[A], done: &Output) -> ChangesError {
    let command = arguments.first().map(|word| word.as_ref().to_string_lossy().into_owned()).unwrap_or_default();
    let said = String::from_utf8_lossy(&done.stderr);
    let said = said.lines().next().unwrap_or("it wrote no reason").trim_start_matches("fatal: ").to_owned();
    ChangesError::Failed { command, said }
}

/// A path as git writes it.
#[cfg(unix)]
pub fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

/// A path as git writes it.
#[cfg(not(unix))]
pub fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// A path as git reads it.
#[cfg(unix)]
pub fn bytes_of(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

/// A path as git reads it.
#[cfg(not(unix))]
pub fn bytes_of(path: &Path) -> Vec<u8> {
    path.to_string_lossy().replace('\\', "/").into_bytes()
}

/// The canonical path of a folder.
pub fn real(folder: &Path) -> io::Result<PathBuf> {
    folder.canonicalize()
}
