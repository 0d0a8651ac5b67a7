//! Starts the worker threads of rayon, which would start its own at first use and panic if it cannot.

use crate::engine::failure::caught;
use crate::run::error::{MAX_THREADS, RunError};
use crate::threads::{STACK, spawn};
use rayon::ThreadPoolBuilder;
use std::ffi::OsStr;
use std::sync::OnceLock;

/// Starts the threads, once. `wanted` is their number from the environment.
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

/// Runs `work` on a separate thread. A panic is returned as [`RunError::Internal`].
pub fn on_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, RunError> {
    let thread = spawn("postlint", || caught(work)).map_err(RunError::WorkThread)?;
    let done = thread.join().unwrap_or_else(|_| Err("its thread ended".to_owned()));
    done.map_err(RunError::Internal)
}

/// Gets rid of a large value. The end of the process frees all memory at once: in a profile of a run over 10,000 posts, dropping
/// their facts was 3% of the CPU. If the process goes on, the value is dropped on a worker thread.
pub fn discard<T: Send + 'static>(value: T, goes_on: bool) {
    if goes_on {
        rayon::spawn(move || drop(value));
    } else {
        std::mem::forget(value);
    }
}

/// Parses the number of threads, from 1 to [`MAX_THREADS`].
fn count(written: &OsStr) -> Result<usize, RunError> {
    let number = written.to_str().and_then(|written| written.trim().parse().ok());
    let number = number.filter(|number| (1..=MAX_THREADS).contains(number));
    number.ok_or_else(|| RunError::BadThreadCount(written.to_owned()))
}
