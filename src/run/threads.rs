//! The threads that posts are read on, all with a stack of known size. Left alone, rayon starts its own at first use and
//! panics where it cannot.

use crate::engine::failure::caught;
use crate::run::RunError;
use rayon::ThreadPoolBuilder;
use std::env;
use std::sync::OnceLock;
use std::thread::Builder;

/// Rayon's own variable.
const VARIABLE: &str = "RAYON_NUM_THREADS";

/// The stack of each thread, in bytes. What reads files bounds how deep it goes, far below this. A main thread's stack is
/// what the shell allows (`ulimit -s`), another thread's 2 MiB.
const STACK: usize = 16 * 1024 * 1024;

/// More are no help anywhere, and many systems cannot start them.
const MOST: usize = 1024;

const HELP: &str = "unset it: postlint then takes one for each core";

/// Starts the threads, once.
pub fn start() -> Result<(), RunError> {
    static STARTED: OnceLock<()> = OnceLock::new();
    if STARTED.get().is_some() {
        return Ok(());
    }
    let pool = ThreadPoolBuilder::new().num_threads(wanted()?).stack_size(STACK);
    pool.build_global().map_err(|error| RunError::Refused {
        message: format!("the threads to read posts on cannot be started: {error}"),
        help: format!("set `{VARIABLE}` to a smaller number"),
    })?;
    let _ = STARTED.set(());
    Ok(())
}

/// Runs `work` on a thread of its own.
pub fn on_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, RunError> {
    let thread = Builder::new().stack_size(STACK).spawn(|| caught(work)).map_err(|error| RunError::Refused {
        message: format!("the thread to work on cannot be started: {error}"),
        help: "let this user have more threads, or memory".to_owned(),
    })?;
    let done = thread.join().unwrap_or_else(|_| Err("its thread ended".to_owned()));
    done.map_err(RunError::Internal)
}

/// How many are asked for; 0 where it is left to rayon.
fn wanted() -> Result<usize, RunError> {
    let Some(written) = env::var_os(VARIABLE).filter(|written| !written.is_empty()) else { return Ok(0) };
    let number = written.to_str().and_then(|written| written.trim().parse().ok());
    number.filter(|number| (1..=MOST).contains(number)).ok_or_else(|| RunError::Refused {
        message: format!("`{VARIABLE}` is {written:?}, not a number of threads from 1 to {MOST}"),
        help: HELP.to_owned(),
    })
}
