//! Touching files: read only what is a file of a sane size, write in one step or not at all.
//!
//! Nothing else of postlint opens a file, so that a link to `/dev/zero`, a named pipe or a full disk is met in one place.

mod port;
mod read;
mod spelling;
mod sweep;
mod write;

pub use port::{Disk, Files, Kind, Listed, Overlay};
pub use read::{Limit, ReadError, cause, look_at, read, read_all, read_text, why_unreachable};
pub use spelling::{by_file, collapsed, plain};
pub use write::{WriteError, Writer, lock_folder};

use std::path::Path;

/// Whether anything has this name, be it a link that leads nowhere: whoever reads it then says what is wrong with it.
pub fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
