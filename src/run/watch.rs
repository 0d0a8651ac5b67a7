//! `--watch`: checks once, and again whenever files change, until Ctrl-C.

mod scene;

use crate::cli::Check;
use crate::output::Screen;
use crate::output::visible::one_line;
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::invocation::{Invocation, variable};
use crate::run::mistakes::write_error;
use crate::run::{check, failure};
use crate::walk;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use scene::{Scene, Seen};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// Editors write a file in several steps. A run begins when nothing has changed for this long,
const QUIET: Duration = Duration::from_millis(100);
/// or after this long, if files change all the time.
const LONGEST: Duration = Duration::from_secs(2);

enum Signal {
    /// Something may have changed.
    Changed,
    /// Ctrl-C was pressed.
    Stop,
}

/// Runs the command until Ctrl-C, which is not an error.
pub fn watch(
    arguments: &Check,
    invocation: &Invocation,
    out: &mut Screen<'_>,
    err: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let lists_stdin = arguments.changes.files_from.as_deref() == Some(Path::new("-"));
    if arguments.reads_stdin() || lists_stdin {
        return Err(RunError::WatchAndStdin);
    }
    let (sender, signals) = mpsc::channel();
    let mut watcher = watcher(&sender)?;
    ctrlc::set_handler(move || _ = sender.send(Signal::Stop)).map_err(|error| unwatched(&error))?;
    let scene = Scene::of(arguments, &invocation.working_directory);
    let clears = io::stdout().is_terminal() && variable("TERM").is_none_or(|name| name != "dumb");
    let mut changed: Vec<PathBuf> = Vec::new();
    loop {
        add_folders(&mut watcher, &scene.look())?;
        // What changes from here on is seen in the next round.
        let seen = scene.look();
        if clears {
            out.clear()?;
        }
        if !arguments.quiet {
            tell_changed(&changed, &invocation.working_directory, err)?;
        }
        // What the config sets may change between two runs.
        let mut arguments = arguments.clone();
        let run = check::check(&mut arguments, invocation, out, err);
        match run.or_else(|error| failure::report(error, &arguments, invocation, out)) {
            Ok(_) => {}
            Err(error @ RunError::Output(_)) => return Err(error),
            Err(error) => write_error(error, invocation, err)?,
        }
        out.flush()?;
        if !arguments.quiet {
            let but = if leaves_out_built(&arguments) { ", but not of built pages without --built DIR" } else { "" };
            writeln!(err, "watching for changes{but}; Ctrl-C ends")?;
        }
        loop {
            if let Signal::Stop = wait(&signals) {
                return Ok(Exit::Clean);
            }
            changed = seen.changed(&scene.look());
            if !changed.is_empty() {
                break;
            }
        }
    }
}

/// Whether an audit finds its built pages by itself, and whether they have changed is not known.
fn leaves_out_built(arguments: &Check) -> bool {
    arguments.audited.as_ref().is_some_and(|audited| audited.built.is_none())
}

fn watcher(sender: &Sender<Signal>) -> Result<RecommendedWatcher, RunError> {
    let sender = sender.clone();
    let tell = move |event: notify::Result<Event>| {
        // Reading is an event too, and a run reads everything. After an error, events may be missing.
        if event.is_ok_and(|event| event.kind.is_access()) {
            return;
        }
        // The receiver is gone when the run ends.
        let _ = sender.send(Signal::Changed);
    };
    notify::recommended_watcher(tell).map_err(|error| unwatched(&error))
}

/// Watches the folders. Adding one again is harmless, and needed if it was deleted and made again.
fn add_folders(watcher: &mut RecommendedWatcher, seen: &Seen) -> Result<(), RunError> {
    let mut paths = watcher.paths_mut();
    for folder in &seen.folders {
        match paths.add(folder, RecursiveMode::NonRecursive) {
            // It was deleted in the meantime.
            Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) => {}
            added => added.map_err(|error| unwatched(&error))?,
        }
    }
    paths.commit().map_err(|error| unwatched(&error))
}

fn unwatched(error: &dyn std::error::Error) -> RunError {
    RunError::Unwatched(error.to_string())
}

/// Waits for the next signal, and if it is a change, for the end of all changes that follow.
fn wait(signals: &Receiver<Signal>) -> Signal {
    let Ok(Signal::Changed) = signals.recv() else { return Signal::Stop };
    let start = Instant::now();
    while start.elapsed() < LONGEST {
        match signals.recv_timeout(QUIET) {
            Ok(Signal::Changed) => {}
            Err(RecvTimeoutError::Timeout) => break,
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return Signal::Stop,
        }
    }
    Signal::Changed
}

/// Names the first of the changed files.
fn tell_changed(changed: &[PathBuf], working_directory: &Path, err: &mut Screen<'_>) -> io::Result<()> {
    let Some(first) = changed.first() else { return Ok(()) };
    let first = walk::printed(first, working_directory);
    match changed.len() - 1 {
        0 => writeln!(err, "changed: {}", one_line(&first)),
        more => writeln!(err, "changed: {} and {more} more", one_line(&first)),
    }
}
