//! Completion of the command line: the scripts for shells, and the candidates that these ask for at each press of Tab.

use crate::catalog::Catalog;
use crate::cli::{Cli, ColorChoice};
use crate::files::Disk;
use crate::output::Screen;
use crate::project::rules_folder;
use crate::rule::Group;
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::invocation::{Invocation, arguments, variable};
use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::{EnvCompleter, Shells};
use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

/// The variable by which a script asks for candidates, with the name of the shell as its value.
const ASKS: &str = "POSTLINT_COMPLETE";

/// Writes the script for a shell. It runs the `postlint` that is found in `PATH`.
pub fn write_script(shell: Shell, out: &mut Screen<'_>) -> Result<Exit, RunError> {
    let mut script = Vec::new();
    if let Some(shell) = Shells::builtins().completer(&shell.to_string()) {
        shell.write_registration(ASKS, "postlint", "postlint", "postlint", &mut script)?;
    }
    out.exact(&script)?;
    Ok(Exit::Clean)
}

/// Writes the candidates for the word at the cursor, if a script asks for them; `None` if none does.
pub fn answer(out: &mut Screen<'_>) -> Option<Result<Exit, RunError>> {
    let name = variable(ASKS).filter(|name| !name.is_empty())?;
    let shells = Shells::builtins();
    let shell = shells.completer(name.to_str()?)?;
    let invocation = Invocation::of_process(ColorChoice::Never).ok();
    Some(write_candidates(shell, invocation.as_ref().map(|it| it.working_directory.as_path()), out))
}

fn write_candidates(
    shell: &dyn EnvCompleter,
    working_directory: Option<&Path>,
    out: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    // A script passes the words of the line after `--`.
    let words: Vec<OsString> = arguments().skip_while(|word| word != "--").skip(1).collect();
    let mut candidates = Vec::new();
    if !words.is_empty() {
        let mut command = command(working_directory);
        command.build();
        shell.write_complete(&mut command, words, working_directory, &mut candidates)?;
    }
    out.exact(&candidates)?;
    Ok(Exit::Clean)
}

/// The command line, with the names of rules and groups as candidates where they are expected.
fn command(working_directory: Option<&Path>) -> Command {
    // A mistake in a page of the user's own rules is not one of the word at the cursor.
    let own = working_directory.and_then(|folder| rules_folder::catalog_at(&Disk, folder).ok());
    let catalog = own.unwrap_or_else(|| Arc::clone(Catalog::builtin()));
    let rules: Vec<Name> =
        catalog.rules().map(|entry| (entry.page.meta.name.to_string(), entry.page.meta.summary.to_string())).collect();
    let groups = Group::ALL.into_iter().map(|group| (group.as_str().to_owned(), "a group of rules".to_owned()));
    let all = ("all".to_owned(), "all rules".to_owned());
    let names: Vec<Name> = rules.iter().cloned().chain(groups).chain([all]).collect();
    let selects = |command: Command| {
        ["select", "extend_select", "ignore"]
            .into_iter()
            .fold(command, |command, option| command.mut_arg(option, |argument| argument.add(candidates(&names))))
    };
    selects(Cli::command())
        .mut_subcommand("check", selects)
        .mut_subcommand("fix", selects)
        .mut_subcommand("audit", selects)
        .mut_subcommand("explain", |command| command.mut_arg("rule", |argument| argument.add(candidates(&rules))))
}

/// A name, and what it means.
type Name = (String, String);

fn candidates(names: &[Name]) -> ArgValueCandidates {
    let names = names.to_vec();
    let candidate = |(name, help): &Name| CompletionCandidate::new(name).help(Some(help.clone().into()));
    ArgValueCandidates::new(move || names.iter().map(candidate).collect())
}
