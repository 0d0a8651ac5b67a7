//! Failures of postlint itself: what a panic said and where it happened, for whoever catches it.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};

/// Characters of a panic's message that are repeated.
const MESSAGE_CHARACTERS: usize = 200;

thread_local! {
    /// What the last panic of this thread said, and where.
    static CAUSE: Cell<Option<String>> = const { Cell::new(None) };
}

/// From now on panics print nothing: [`caught`] says what they said.
pub fn keep_causes() {
    set_hook(Box::new(|panic| CAUSE.set(Some(cause_of(panic)))));
}

/// What `work` gives, or why it panicked: the message and the line of code.
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

/// The first line, cut: it may repeat the post.
fn message(payload: &(dyn Any + Send)) -> String {
    let said = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let line = said.and_then(|said| said.lines().next()).unwrap_or("a panic without a message");
    line.chars().take(MESSAGE_CHARACTERS).collect()
}

/// A library's file as `html5ever-0.40.1/src/…`: where it was when postlint was built says nothing.
fn without_home(file: &str) -> &str {
    let of_library = file.split_once("/registry/src/").and_then(|(_, rest)| rest.split_once('/'));
    of_library.map_or(file, |(_, rest)| rest)
}
