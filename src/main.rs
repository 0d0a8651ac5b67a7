//! The `postlint` command: parses arguments, runs, and turns the outcome into an exit code.

use clap::Parser;
use postlint::cli::Cli;
use postlint::engine::failure::keep_causes;
use postlint::output::Screen;
use postlint::run::{Exit, RunError, on_thread, run, usage, write_error};
use std::io::{self, BufWriter};
use std::process::ExitCode;

fn main() -> ExitCode {
    keep_causes();
    on_thread(work).unwrap_or_else(|error| {
        let mut stderr = io::stderr();
        let mut err = Screen::new(&mut stderr);
        let _ = write_error(&error, &mut err);
        let _ = err.finish();
        ExitCode::from(Exit::Wrong.code())
    })
}

fn work() -> ExitCode {
    let (mut stdout, mut stderr) = (BufWriter::new(io::stdout().lock()), io::stderr());
    let (mut out, mut err) = (Screen::new(&mut stdout), Screen::new(&mut stderr));
    let result = match Cli::try_parse() {
        Ok(cli) => run(cli, &mut out, &mut err),
        Err(error) => usage::tell(error, &mut out, &mut err).map_err(RunError::Output),
    };
    let exit = result.and_then(|exit| Ok(out.finish().map(|()| exit)?)).unwrap_or_else(|error| {
        // Where errors cannot be told, the exit code tells.
        let _ = write_error(&error, &mut err);
        Exit::Wrong
    });
    let _ = err.finish();
    ExitCode::from(exit.code())
}
