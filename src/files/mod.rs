//! All file access: reads only regular files of a limited size, and writes atomically.
//!
//! No other module opens files, so a link to `/dev/zero`, a named pipe or a full disk is handled in one place.

mod logged;
mod mirror;
mod port;
mod read;
mod spelling;
mod stamp;
mod sweep;
mod unsaved;
mod write;

pub use logged::Logged;
pub use mirror::{Mirror, Mirrored};
pub use port::{Disk, Files, Kind, Listed, Overlay, read_post};
pub use read::{Limit, ReadError, beginning, cause, look_at, read, read_all, read_text, size_of, why_unreachable};
pub use spelling::{absolute, by_file, canonical, collapsed, identity, plain};
pub use stamp::Stamp;
pub use unsaved::Unsaved;
pub use write::{WriteError, Writer, append, lock_folder};

use std::path::Path;

/// Whether the path exists. True for a dangling symbolic link, so that reading it reports the actual error.
pub fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
