//! Temporary files that a killed run left behind.

use crate::files::read::open;
use std::fs::{self, DirEntry, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Duration;

/// How the names of temporary files start. They are short, whatever the file they become is called.
pub(super) const PREFIX: &str = ".postlint-";
/// How they end.
pub(super) const SUFFIX: &str = ".tmp";
/// Letters and digits between the two.
pub(super) const RANDOM: usize = 6;

/// Where locks cannot tell whether a run is still writing, its age must.
const OLD: Duration = Duration::from_hours(24);

/// Removes the temporary files in `folder` that no run is writing. Files that cannot be removed do no harm.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(is_ours) {
        let Ok(file) = open(&entry.path(), OpenOptions::new().read(true)) else { continue };
        let is_left = match file.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            Err(TryLockError::Error(_)) => is_old(&entry),
        };
        if is_left {
            // Still locked: a run that has just made it finds out that it is gone.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_ours(entry: &DirEntry) -> bool {
    let name = entry.file_name();
    let random = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX));
    random.is_some_and(|random| random.len() == RANDOM && random.bytes().all(|b| b.is_ascii_alphanumeric()))
        && entry.file_type().is_ok_and(|kind| kind.is_file())
}

fn is_old(entry: &DirEntry) -> bool {
    let modified = entry.metadata().and_then(|metadata| metadata.modified()).ok();
    modified.and_then(|time| time.elapsed().ok()).is_some_and(|age| age > OLD)
}
