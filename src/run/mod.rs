//! The commands: each takes parsed arguments and writes to the given streams.

mod across;
mod add_ignore;
mod audit;
mod baseline;
mod baseline_command;
mod built_pages;
mod cache;
mod cached;
mod changes;
mod check;
mod completions;
mod config;
mod config_warnings;
mod defaults;
mod earlier;
mod effects;
mod error;
mod exit;
mod explain_score;
mod failure;
mod files;
mod fix;
mod ignored;
mod init;
mod invocation;
mod left_out;
mod links;
mod lint;
mod linted;
mod lsp;
mod making;
mod man;
mod mistakes;
mod narrowing;
mod new_rule;
mod nothing;
mod outputs;
mod pages;
mod progress;
mod read;
mod report;

mod scope;
mod search;
mod site;
mod site_urls;
mod summary;
pub mod test;
mod thread_pool;
mod timing;
mod tree;
mod uncommitted;
mod unmatched;
mod usage;
mod version;
mod watch;

use crate::cli::{self, Cli, Command, ConfigAction};
use crate::output::Screen;
pub use error::RunError;
pub use exit::Exit;
use invocation::Invocation;
use mistakes::write_error;
use std::env;
pub use thread_pool::on_thread;

/// Runs the command, and writes its error if there is one.
pub fn run(parsed: impl FnOnce() -> Result<Cli, clap::Error>, mut out: Screen<'_>, err: &mut Screen<'_>) -> Exit {
    let mut invocation = Invocation::default();
    let answered = completions::answer(&mut out);
    let result = answered.unwrap_or_else(|| match parsed() {
        Ok(cli) => command(cli, &mut invocation, &mut out, err),
        Err(error) => {
            let error = usage::with_variable(error, env::args_os());
            usage::report(&error, invocation::arguments(), &mut out)
                .and_then(|()| usage::tell(error, &mut out, err))
                .map_err(RunError::Output)
        }
    });
    let result = result.and_then(|exit| Ok(out.finish().map(|()| exit)?));
    result.unwrap_or_else(|error| {
        // If the error cannot be written, the exit code still reports it.
        let _ = write_error(error, &invocation, err);
        Exit::Wrong
    })
}

/// Writes the error of a run that could not be started.
pub fn fail(error: RunError, err: &mut Screen<'_>) -> Exit {
    let _ = write_error(error, &Invocation::default(), err);
    Exit::Wrong
}

/// Runs a command, and sets `invocation` to the environment of the run.
fn command(
    cli: Cli,
    invocation: &mut Invocation,
    out: &mut Screen<'_>,
    err: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let color = cli.color;
    if cli.version.version {
        return tell_version(cli.version.verbose, color, out);
    }
    let command = cli.into_command();
    // Scripts and pages do not depend on the working directory or the environment.
    if !matches!(command, Command::Completions { .. } | Command::Man { .. }) {
        *invocation = Invocation::of_process(color)?;
    }
    if matches!(
        command,
        Command::Check(_)
            | Command::Fix(_)
            | Command::Audit { .. }
            | Command::Baseline(_)
            | Command::ExplainScore(_)
            | Command::Search(_)
            | Command::Init(_)
            | Command::Links(_)
            | Command::Lsp { .. }
    ) {
        thread_pool::start(invocation.threads.as_deref())?;
    }
    match command {
        Command::Check(arguments) | Command::Fix(arguments) => checked(arguments, invocation, out, err),
        Command::Audit { check, audited } => {
            checked(cli::Check { audited: Some(audited), ..check }, invocation, out, err)
        }
        Command::Baseline(command) => baseline_command::run(&command, invocation, out, err),
        Command::Explain { rule, format } => pages::explain(&rule, format, invocation, out),
        Command::ExplainScore(arguments) => explain_score::run(&arguments, invocation, out, err),
        Command::Rules { group, format } => pages::list(group, format, invocation, out),
        Command::Search(arguments) => search::search(&arguments, invocation, out, err),
        Command::NewRule { name } => new_rule::new_rule(&name, invocation, out),
        Command::Test { path, all } => test::test(path.as_deref(), all, invocation, out),
        Command::Init(arguments) => init::init(&arguments, invocation, out, err),
        Command::Config { action: ConfigAction::Show(arguments) } => config::show(&arguments, invocation, out, err),
        Command::Config { action: ConfigAction::Get(arguments) } => config::get(&arguments, invocation, out),
        Command::Links(arguments) => links::links(&arguments, invocation, out),
        Command::Cache(action) => cache::run(&action, &invocation.cache, out),
        Command::Lsp { .. } => lsp::lsp(&invocation.cache, out),
        Command::Schema { of } => config::schema(of, invocation, out),
        Command::Site { path, urls, format } => site::site(path.as_deref(), urls, format, invocation, out),
        Command::Tree { file, format, site } => tree::tree(&file, format, site, invocation, out),
        Command::Completions { shell } => completions::write_script(shell, out),
        Command::Man { folder } => man::write(&folder),
    }
}

/// Checks posts, once or whenever they change.
fn checked(
    mut arguments: cli::Check,
    invocation: &Invocation,
    out: &mut Screen<'_>,
    err: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    if arguments.changes.watch {
        return watch::watch(&arguments, invocation, out, err);
    }
    check::check(&mut arguments, invocation, out, err)
        .or_else(|error| failure::report(error, &arguments, invocation, out))
}

/// Writes the version, also where the environment cannot be queried.
fn tell_version(verbose: bool, color: cli::ColorChoice, out: &mut Screen<'_>) -> Result<Exit, RunError> {
    match verbose {
        true => {
            let invocation = Invocation::of_process(color).unwrap_or_default();
            version::write_verbose(invocation.looks, invocation::variable, out)?;
        }
        false => version::write(out)?,
    }
    Ok(Exit::Clean)
}
