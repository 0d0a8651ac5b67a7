//! The threads that posts are read on, all with a stack of known size. Left alone, rayon starts its own at first use and
//! panics where it cannot.

use crate::engine::failure::caught;
use crate::run::error::{MAX_THREADS, RunError};
use rayon::ThreadPoolBuilder;
use std::ffi::OsStr;
use std::sync::OnceLock;
use std::thread::Builder;

/// The stack of each thread, in bytes. What reads files bounds how deep it goes, far below this. A main thread's stack is
/// what the shell allows (`ulimit -s`), another thread's 2 MiB.
const STACK: usize = 16 * 1024 * 1024;

/// Starts the threads, once: as many as the environment asks for.
pub fn start(wanted: Option<&OsStr>) -> Result<(), RunError> {
    static STARTED: OnceLock<()> = OnceLock::new();
    if STARTED.get().is_some() {
        return Ok(());
    }
    let pool = ThreadPoolBuilder::new().num_threads(wanted.map_or(Ok(0), count)?).stack_size(STACK);
    pool.build_global().map_err(RunError::Threads)?;
    let _ = STARTED.set(());
    Ok(())
}

/// Runs `work` on a thread of its own.
pub fn on_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, RunError> {
    let thread = Builder::new().stack_size(STACK).spawn(|| caught(work)).map_err(RunError::WorkThread)?;
    let done = thread.join().unwrap_or_else(|_| Err("its thread ended".to_owned()));
    done.map_err(RunError::Internal)
}

/// The number of threads that is written; for 0 rayon decides.
fn count(written: &OsStr) -> Result<usize, RunError> {
    let number = written.to_str().and_then(|written| written.trim().parse().ok());
    let number = number.filter(|number| (1..=MAX_THREADS).contains(number));
    number.ok_or_else(|| RunError::BadThreadCount(written.to_owned()))
}
