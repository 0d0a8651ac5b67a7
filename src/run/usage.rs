//! Prints the output of clap: help, the version, and errors in the command line.

use crate::cli::{Cli, ColorChoice, SUBCOMMANDS};
use crate::output::visible::one_line;
use crate::output::{Format, RunFailure, Screen};
use crate::run::exit::Exit;
use crate::run::failure;
use crate::run::invocation::{Invocation, variable};
use clap::builder::Resettable;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory, ValueEnum};
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::mem;

/// Writes the output of clap to stdout or stderr. The terminal and the environment determine the colours, because
/// `--color` is not known if the command line does not parse.
pub fn tell(error: clap::Error, out: &mut Screen<'_>, err: &mut Screen<'_>) -> io::Result<Exit> {
    let is_wrong = error.use_stderr();
    let is_terminal = if is_wrong { io::stderr().is_terminal() } else { io::stdout().is_terminal() };
    let said = visible(error).render();
    let color = ColorChoice::Auto.wanted(is_terminal, variable);
    let said = if color { said.ansi().to_string() } else { said.to_string() };
    if is_wrong {
        err.painted(&said)?;
        return Ok(Exit::Wrong);
    }
    out.painted(&said)?;
    Ok(Exit::Clean)
}

/// Names the environment variable in an error about a value that comes from it: clap names the option. The command line
/// is parsed again without the variables, to know whether the error is about its own words.
pub fn with_variable(mut error: clap::Error, command_line: impl Iterator<Item = OsString>) -> clap::Error {
    if error.kind() != ErrorKind::InvalidValue {
        return error;
    }
    let again = without_variables(Cli::command()).try_get_matches_from(command_line);
    let is_its_own = again.err().is_some_and(|again| again.kind() == ErrorKind::InvalidValue);
    let name = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(option)) if !is_its_own => variable_of(option),
        _ => None,
    };
    if let Some(name) = name {
        error.insert(ContextKind::InvalidArg, ContextValue::String(name));
    }
    error
}

/// The command, which then reads no environment variables.
fn without_variables(command: Command) -> Command {
    command.mut_args(|argument| argument.env(Resettable::Reset)).mut_subcommands(without_variables)
}

/// The environment variable that sets an option, which may be written with its value: `--format <FORMAT[=FILE]>`.
fn variable_of(option: &str) -> Option<String> {
    let name = option.split(' ').next()?.strip_prefix("--")?;
    let command = Cli::command();
    let mut arguments = command.get_arguments().chain(command.get_subcommands().flat_map(Command::get_arguments));
    let variable = arguments.find_map(|argument| argument.get_env().filter(|_| argument.get_long() == Some(name)))?;
    Some(variable.to_string_lossy().into_owned())
}

/// Writes an error as a report, if `arguments` of `check` or `fix` ask for a format that programs read.
pub fn report(error: &clap::Error, arguments: impl Iterator<Item = OsString>, out: &mut Screen<'_>) -> io::Result<()> {
    let arguments: Vec<OsString> = arguments.collect();
    let Some(format) = asked_format(&arguments).filter(|_| error.use_stderr()) else { return Ok(()) };
    let said = error.render().to_string();
    // Lines of the message follow each other up to the first blank line.
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let message = said.split("\n\n").next().unwrap_or_default();
    let message = words(message.strip_prefix("error: ").unwrap_or(message));
    let help = said.lines().find_map(|line| line.trim_start().strip_prefix("tip: ")).map(words);
    let failure = RunFailure { message, help, path: None, line: None, column: None };
    failure::write(format, vec![failure], &Invocation::default(), out)
}

/// The format for programs that a command line asks for on standard output, although it does not parse.
fn asked_format(arguments: &[OsString]) -> Option<Format> {
    let words: Vec<&str> = arguments.iter().map_while(|word| word.to_str().filter(|word| *word != "--")).collect();
    let is_command = |word: &&&str| SUBCOMMANDS.contains(*word);
    let is_check = words.iter().find(is_command).is_none_or(|command| matches!(*command, "check" | "fix"));
    let following = words.iter().zip(words.iter().skip(1));
    let separate = following.filter(|(option, _)| matches!(**option, "--format" | "-f")).map(|(_, value)| *value);
    let joined = words.iter().filter_map(|word| {
        let short = || word.strip_prefix("-f=").or_else(|| word.strip_prefix("-f"));
        word.strip_prefix("--format=").or_else(short)
    });
    let mut formats = separate.chain(joined).filter_map(|name| Format::from_str(name, false).ok());
    formats.find(|format| is_check && format.is_for_programs())
}

/// Escapes the words of the command line and the environment in the error, each on one line.
fn visible(mut error: clap::Error) -> clap::Error {
    let mut context: Vec<(ContextKind, ContextValue)> =
        error.context().map(|(kind, value)| (kind, value.clone())).collect();
    let mut is_changed = false;
    let mut show = |text: &mut String| {
        let shown = one_line(text).into_owned();
        is_changed |= shown != mem::replace(text, shown.clone());
    };
    for (_, value) in &mut context {
        match value {
            ContextValue::String(text) => show(text),
            ContextValue::Strings(texts) => texts.iter_mut().for_each(&mut show),
            _ => {}
        }
    }
    for (kind, value) in context {
        error.insert(kind, value);
    }
    if is_changed {
        // The suggestion repeats the word between colour codes, which cannot be distinguished from codes inside the
        // word.
        error.remove(ContextKind::Suggested);
    }
    error
}
