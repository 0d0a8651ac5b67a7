//! The threads that posts are read on. Left alone, rayon starts them at first use and panics where it cannot.

use super::RunError;
use rayon::ThreadPoolBuilder;
use std::env;
use std::sync::OnceLock;

/// Rayon's own variable.
const VARIABLE: &str = "RAYON_NUM_THREADS";

/// More are no help anywhere, and many systems cannot start them.
const MOST: usize = 1024;

const HELP: &str = "unset it: postlint then takes one for each core";

/// Starts the threads, once.
pub fn start() -> Result<(), RunError> {
    static STARTED: OnceLock<()> = OnceLock::new();
    if STARTED.get().is_some() {
        return Ok(());
    }
    let pool = ThreadPoolBuilder::new().num_threads(wanted()?);
    pool.build_global().map_err(|error| RunError::Refused {
        message: format!("the threads to read posts on cannot be started: {error}"),
        help: format!("set `{VARIABLE}` to a smaller number"),
    })?;
    let _ = STARTED.set(());
    Ok(())
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
