//! The `postlint` command: parses arguments, runs, and turns the outcome into an exit code.

use clap::Parser;
use postlint::cli::Cli;
use postlint::run::{Exit, RunError, run, write_error};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    // A panic in a post becomes a finding; the message would only disturb the output.
    std::panic::set_hook(Box::new(|_| {}));
    let mut out = BufWriter::new(io::stdout().lock());
    let mut err = io::stderr();
    let result = run(Cli::parse(), &mut out, &mut err).and_then(|exit| Ok(out.flush().map(|()| exit)?));
    let exit = match result {
        Ok(exit) => exit,
        // Whoever read our output has seen enough (`| head`).
        Err(RunError::Output(error)) if error.kind() == ErrorKind::BrokenPipe => Exit::Clean,
        Err(error) => {
            let _ = write_error(&error, &mut err);
            Exit::Wrong
        }
    };
    ExitCode::from(exit.code())
}
