//! The folder of the cache: where it is, how large it may be, and how it is emptied.

use crate::cache::unit::CONTENTS;
use crate::files::{WriteError, Writer, is_there};
use etcetera::BaseStrategy;
use std::fs::{self, DirBuilder, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Maximum number of bytes of all files. The sites that were not checked for the longest time are forgotten first.
const LIMIT: u64 = 512 << 20;

/// How often a unit is marked as used, and the size of the cache is looked at.
const DAY: Duration = Duration::from_hours(24);

/// The file by which programs that make backups know a cache. <https://bford.info/cachedir/>
const TAG: &str = "CACHEDIR.TAG";
const TAG_TEXT: &[u8] = b"Signature: 8a477f597d28d172789f06886806bc55\n# This folder is the cache of postlint.\n";

/// Number of letters and digits of the name of a unit's folder.
const NAME: usize = 32;

/// The folder for the cache of this user, according to the system: below `$XDG_CACHE_HOME` or `~/.cache` on Linux,
/// `~/Library/Caches` on macOS, and `%LOCALAPPDATA%` on Windows. `None` if the user has no home.
pub(super) fn of_system() -> Option<PathBuf> {
    let folder = etcetera::base_strategy::choose_native_strategy().ok()?.cache_dir().join("postlint");
    // On Windows, that is not a folder for caches only.
    Some(if cfg!(windows) { folder.join("cache") } else { folder })
}

/// Makes the folder of a unit, and the one of the cache. Others cannot read it: it contains texts of posts.
pub(super) fn make(cache: &Path, unit: &Path, writer: &Writer) -> Result<(), WriteError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(unit)?;
    let tag = cache.join(TAG);
    if !is_there(&tag) {
        writer.swap(&tag, TAG_TEXT)?;
    }
    Ok(())
}

/// Marks a unit as used. Once a day, removes units that were not used for the longest time, until the others are small enough.
/// What cannot be removed stays.
pub(super) fn mark_used(cache: &Path, unit: &Path) {
    let mark = unit.join(CONTENTS);
    let used = fs::metadata(&mark).and_then(|metadata| metadata.modified()).ok();
    let is_fresh = used.is_some_and(|used| used.elapsed().is_ok_and(|age| age < DAY));
    let is_bounded = fs::metadata(cache.join(TAG)).and_then(|metadata| metadata.modified()).ok();
    let is_bounded = is_bounded.is_some_and(|time| time.elapsed().is_ok_and(|age| age < DAY));
    if !is_fresh {
        touch(&mark);
    }
    if !is_bounded {
        touch(&cache.join(TAG));
        shrink(cache, unit, LIMIT);
    }
}

fn touch(path: &Path) {
    // A unit that cannot be marked is forgotten sooner.
    let _ = File::options().append(true).open(path).and_then(|file| file.set_modified(SystemTime::now()));
}

fn shrink(cache: &Path, but: &Path, limit: u64) {
    let mut units: Vec<(Option<SystemTime>, u64, PathBuf)> = units(cache)
        .map(|unit| {
            let used = fs::metadata(unit.join(CONTENTS)).and_then(|metadata| metadata.modified()).ok();
            let sizes = fs::read_dir(&unit).into_iter().flatten().flatten().filter_map(|file| file.metadata().ok());
            (used, sizes.map(|metadata| metadata.len()).sum(), unit)
        })
        .collect();
    units.sort();
    let mut total: u64 = units.iter().map(|(_, size, _)| size).sum();
    for (_, size, unit) in units.iter().filter(|(_, _, unit)| unit != but) {
        if total <= limit {
            break;
        }
        if fs::remove_dir_all(unit).is_ok() {
            total -= size;
        }
    }
}

/// The folders of units. Nothing else in the folder is ours.
fn units(cache: &Path) -> impl Iterator<Item = PathBuf> {
    let is_unit = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.len() == NAME && name.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let entries = fs::read_dir(cache).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders.map(|entry| entry.path()).filter(is_unit)
}

/// Removes all that is cached. Returns the number of bytes.
pub(super) fn clear(cache: &Path) -> io::Result<u64> {
    let mut bytes = 0;
    for unit in units(cache) {
        for file in fs::read_dir(&unit)?.flatten() {
            bytes += file.metadata().map_or(0, |metadata| metadata.len());
        }
        fs::remove_dir_all(&unit)?;
    }
    Ok(bytes)
}
