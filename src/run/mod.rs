//! The commands: each takes what the command line said and writes to the streams it is given.

mod add_ignore;
mod baseline;
mod check;
mod config;
mod init;
mod looks;
mod mistakes;
mod new_rule;
mod pages;
mod read;
mod search;
pub mod test;
mod threads;
mod timing;
mod tree;
pub mod usage;

use crate::cli::{Cli, Command, ConfigAction};
use crate::engine::baseline::BadLine;
use crate::files::{ReadError, WriteError, cause};
use crate::output::Screen;
use crate::output::visible::one_line;
use clap::CommandFactory;
use looks::Looks;
use miette::Diagnostic;
use std::env;
use std::io::{self, Write as _};
use std::path::PathBuf;
pub use threads::on_thread;

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing to complain about.
    Clean,
    /// Findings at or above `--fail-on`.
    Findings,
    /// Wrong use, a broken config file, a missing path, an unknown rule, an unreadable file.
    Wrong,
}

impl Exit {
    /// The process's exit code.
    pub const fn code(self) -> u8 {
        match self {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Wrong => 2,
        }
    }
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Our output cannot be written: the disk is full.
    #[error(transparent)]
    Output(#[from] io::Error),
    /// A path does not exist, or a glob cannot be read.
    #[error(transparent)]
    Walk(#[from] crate::walk::WalkError),
    /// A rule nobody knows.
    #[error("unknown rule `{name}`")]
    UnknownRule {
        /// The word.
        name: String,
        /// What was probably meant.
        suggestion: Option<String>,
    },
    /// A config file with mistakes, shown as text.
    #[error("{0}")]
    Config(String),
    /// A file that cannot be read.
    #[error("cannot read `{}`: {error}", path.display())]
    Unreadable {
        /// Its path.
        path: PathBuf,
        /// Why.
        error: ReadError,
    },
    /// A file that cannot be written.
    #[error("cannot write `{}`: {error}", path.display())]
    Unwritable {
        /// Its path.
        path: PathBuf,
        /// Why.
        error: WriteError,
    },
    /// A baseline that cannot be used.
    #[error("{path}: {error}")]
    Baseline {
        /// Its path, as printed.
        path: String,
        /// What is wrong with it.
        error: BadLine,
    },
    /// `postlint baseline` where there is none.
    #[error("there is no baseline here")]
    NoBaseline,
    /// Something that is asked for and would be wrong.
    #[error("{message}")]
    Refused {
        /// What is wrong with it.
        message: String,
        /// What to do.
        help: String,
    },
    /// A bug in postlint.
    #[error("postlint failed: {0}")]
    Internal(String),
    /// `-` without `--stdin-filename`, or the other way round.
    #[error("{0}")]
    Usage(&'static str),
}

impl Diagnostic for RunError {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        match self {
            RunError::Walk(error) => error.help(),
            RunError::UnknownRule { suggestion: Some(suggestion), .. } => {
                Some(Box::new(format!("did you mean `{suggestion}`?")))
            }
            RunError::Refused { help, .. } => Some(Box::new(help)),
            RunError::UnknownRule { .. } => Some(Box::new("`postlint rules` lists all rules")),
            RunError::Internal(_) => Some(Box::new("this is a bug in postlint: please report it")),
            RunError::NoBaseline => Some(Box::new("`postlint --write-baseline` writes one")),
            RunError::Usage(_) => Some(Box::new("`postlint --stdin-filename _posts/a.md -` reads a post from stdin")),
            _ => None,
        }
    }
}

/// Runs what the command line asks for.
pub fn run(cli: Cli, out: &mut Screen<'_>, err: &mut Screen<'_>) -> Result<Exit, RunError> {
    let looks = Looks::of_terminal(cli.color);
    let command = cli.into_command();
    if !matches!(command, Command::Completions { .. }) {
        env::current_dir().map_err(|error| RunError::Refused {
            message: format!("the working directory cannot be read: {}", cause(&error)),
            help: "it may have been deleted: change to another one".to_owned(),
        })?;
    }
    if matches!(command, Command::Check(_) | Command::Baseline(_) | Command::Search(_) | Command::Init(_)) {
        threads::start()?;
    }
    match command {
        Command::Check(arguments) => check::check(&arguments, looks, out, err),
        Command::Baseline(command) => baseline::command(&command, looks, out, err),
        Command::Explain { rule, format } => pages::explain(&rule, format, looks, out),
        Command::Rules { format } => pages::list(format, looks, out),
        Command::Search(arguments) => search::search(&arguments, looks, out, err),
        Command::NewRule { name } => new_rule::new_rule(&name, looks, out),
        Command::Test { path, all } => test::test(path.as_deref(), all, looks, out),
        Command::Init(arguments) => init::init(&arguments, looks, out, err),
        Command::Config { action: ConfigAction::Show(arguments) } => config::show(&arguments, looks, out),
        Command::Schema => config::schema(looks, out),
        Command::Tree { file, format, site } => tree::tree(&file, format, site, looks, out),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "postlint", &mut script);
            out.exact(&script)?;
            Ok(Exit::Clean)
        }
    }
}

/// Writes an error with its help, in the looks of a finding.
pub fn write_error(error: &RunError, err: &mut Screen<'_>) -> io::Result<()> {
    if let RunError::Config(shown) = error {
        return err.painted(shown);
    }
    writeln!(err, "error: {}", one_line(&error.to_string()))?;
    match error.help() {
        Some(help) => writeln!(err, "  help: {}", one_line(&help.to_string())),
        None => Ok(()),
    }
}
