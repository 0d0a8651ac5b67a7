//! Threads with a stack of known size.

use std::io;
use std::thread::{Builder, JoinHandle};

/// The stack size of each thread, in bytes. Parsers limit their depth and need far less. The default sizes differ: the
/// shell's limit (`ulimit -s`) for the main thread, and 2 MiB for others.
pub const STACK: usize = 16 * 1024 * 1024;

/// Runs `work` on a thread of its own.
pub fn spawn<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) -> io::Result<JoinHandle<T>> {
    Builder::new().name(name.to_owned()).stack_size(STACK).spawn(work)
}
