//! Catches panics of postlint itself, with their message and location.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};

/// Maximum number of characters of a panic's message that are reported.
const MESSAGE_CHARACTERS: usize = 200;

thread_local! {
    /// The message and the location of this thread's last panic.
    static CAUSE: Cell<Option<String>> = const { Cell::new(None) };
}

/// Installs a panic hook that does not print anything: [`caught`] returns the messages.
pub fn keep_causes() {
    set_hook(Box::new(|panic| CAUSE.set(Some(cause_of(panic)))));
}

/// Returns what `work` returns, or why it panicked: the message and the line of code.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    CAUSE.take();
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| CAUSE.take().unwrap_or_else(|| message(&*payload)))
}

fn cause_of(panic: &PanicHookInfo<'_>) -> String {
    let message = message(panic.payload());
    match panic.location() {
        Some(place) => format!("{message}, at {}:{}", without_home(place.file()), place.line()),
        None => message,
    }
}

/// The first line of the message, shortened, because it may contain text of the post.
fn message(payload: &(dyn Any + Send)) -> String {
    let said = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let line = said.and_then(|said| said.lines().next()).unwrap_or("panic without a message");
    line.chars().take(MESSAGE_CHARACTERS).collect()
}

/// The path of a library's file without the folder of the build machine: `html5ever-0.40.1/src/…`.
fn without_home(file: &str) -> &str {
    let of_library = file.split_once("/registry/src/").and_then(|(_, rest)| rest.split_once('/'));
    of_library.map_or(file, |(_, rest)| rest)
}
