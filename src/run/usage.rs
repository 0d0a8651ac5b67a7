//! Prints the output of clap: help, the version, and errors in the command line.

use crate::cli::ColorChoice;
use crate::output::Screen;
use crate::output::visible::one_line;
use crate::run::exit::Exit;
use crate::run::invocation::variable;
use clap::error::{ContextKind, ContextValue};
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
