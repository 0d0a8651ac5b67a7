//! Removes temporary files that a killed run left behind.

use crate::files::read::open;
use std::fs::{self, DirEntry, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Duration;

/// The prefix of temporary names, which are short even if the final name is long.
pub(super) const PREFIX: &str = ".postlint-";
/// The suffix of temporary names.
pub(super) const SUFFIX: &str = ".tmp";
/// The number of random letters and digits between prefix and suffix.
pub(super) const RANDOM: usize = 6;

/// If the file system does not support locks, a temporary file of this age is assumed to be abandoned.
const OLD: Duration = Duration::from_hours(24);

/// Removes the temporary files in `folder` that no run is writing. Files that cannot be removed are ignored.
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
            // Removed while locked, so that a run that has just created it detects the removal.
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
