//! What the system keeps of a file besides its bytes, and that changes with them.

use serde::{Deserialize, Serialize};
use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What the system keeps of a file. The time of the last change of a file (`ctime`) cannot be set by programs, so that an edit
/// shows even if it keeps the size of the file and sets back its time of modification. Windows does not tell that time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    size: u64,
    /// Nanoseconds since 1970.
    modified: i128,
    /// Nanoseconds since 1970.
    changed: i128,
    file: u64,
    device: u64,
}

/// How long after a change another one may leave the same times: the coarsest clock of a file system is that of FAT.
const COARSEST: Duration = Duration::from_secs(2);

impl Stamp {
    /// That of a regular file.
    #[cfg(unix)]
    pub(super) fn of(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let nanoseconds = |seconds: i64, rest: i64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
        metadata.is_file().then(|| Stamp {
            size: metadata.size(),
            modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
            changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
            file: metadata.ino(),
            device: metadata.dev(),
        })
    }

    /// That of a regular file.
    #[cfg(not(unix))]
    pub(super) fn of(metadata: &Metadata) -> Option<Self> {
        let time = |time: std::io::Result<SystemTime>| time.map_or(0, since_1970);
        metadata.is_file().then(|| Stamp {
            size: metadata.len(),
            modified: time(metadata.modified()),
            changed: time(metadata.created()),
            file: 0,
            device: 0,
        })
    }

    /// Whether the file was last changed so long before `read` that a change after it would show.
    pub fn is_settled_at(&self, read: SystemTime) -> bool {
        self.modified.max(self.changed) + (COARSEST.as_nanos() as i128) < since_1970(read)
    }
}

fn since_1970(time: SystemTime) -> i128 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_nanos() as i128,
        Err(error) => -(error.duration().as_nanos() as i128),
    }
}
