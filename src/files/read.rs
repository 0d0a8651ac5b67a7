//! Reads regular files of a limited size, and never blocks on a pipe or device.

use crate::pattern::DEEPEST_GLOB;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// The maximum size of a file in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(u64);

impl Limit {
    /// The limit for posts, including those with inlined images.
    pub const POST: Limit = Limit::megabytes(32);
    /// The limit for config files, schemas, rule pages, ignore files and package files.
    pub const SETTINGS: Limit = Limit::megabytes(4);
    /// The limit for baselines: enough for more than a million findings.
    pub const BASELINE: Limit = Limit::megabytes(256);
    /// The limit for lists of paths.
    pub const LIST: Limit = Limit::megabytes(256);

    /// The limit for the JSON of an earlier audit.
    pub const REPORT: Limit = Limit::megabytes(1024);
    /// The limit for files of the cache.
    pub const CACHE: Limit = Limit::megabytes(256);

    const fn megabytes(count: u64) -> Self {
        Limit(count << 20)
    }
}

/// Why a file cannot be read. The messages are shown after a path, or as a label in a config file.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file does not exist.
    #[error("file not found")]
    Missing,
    /// A symbolic link whose target does not exist.
    #[error("this is a dangling symbolic link")]
    DanglingLink,
    /// Symbolic links that form a loop.
    #[error("this is a loop of symbolic links")]
    LinkLoop,
    /// A folder.
    #[error("this is a folder")]
    Folder,
    /// A named pipe, a socket or a device.
    #[error("this is a {0}, not a file")]
    NotAFile(&'static str),
    /// The file exceeds the limit.
    #[error("this is larger than {} MB", .0.0 >> 20)]
    TooLarge(Limit),
    /// An ignore file with a glob whose braces are nested too deeply.
    #[error("line {0} has more than {DEEPEST_GLOB} nested braces")]
    DeepGlob(usize),
    /// Any other error of the system.
    #[error("{}", cause(.0))]
    Io(io::Error),
}

impl ReadError {
    /// Whether the file does not exist.
    pub fn is_missing(&self) -> bool {
        matches!(self, ReadError::Missing)
    }

    /// Whether reading is not permitted.
    pub fn is_denied(&self) -> bool {
        matches!(self, ReadError::Io(error) if error.kind() == io::ErrorKind::PermissionDenied)
    }
}

/// The bytes of the file at `path`.
pub fn read(path: &Path, limit: Limit) -> Result<Vec<u8>, ReadError> {
    // Checked before opening, which has side effects on some devices.
    look_at(path, limit)?;
    let file = open(path, OpenOptions::new().read(true)).map_err(|error| why_unreachable(path, error))?;
    // Checked again after opening: the file may have been replaced.
    let metadata = file.metadata().map_err(ReadError::Io)?;
    check(&metadata, limit)?;
    read_sized(file, metadata.len(), limit)
}

/// The first bytes of the file at `path`.
pub fn beginning(path: &Path, length: usize) -> Result<Vec<u8>, ReadError> {
    check_kind(&fs::metadata(path).map_err(|error| why_unreachable(path, error))?)?;
    let file = open(path, OpenOptions::new().read(true)).map_err(|error| why_unreachable(path, error))?;
    check_kind(&file.metadata().map_err(ReadError::Io)?)?;
    let mut bytes = Vec::new();
    file.take(length as u64).read_to_end(&mut bytes).map_err(ReadError::Io)?;
    Ok(bytes)
}

/// The text of the file at `path`; bytes that are not valid UTF-8 are an error.
pub fn read_text(path: &Path, limit: Limit) -> Result<String, ReadError> {
    let not_utf8 = || ReadError::Io(io::Error::new(io::ErrorKind::InvalidData, "this is not UTF-8"));
    String::from_utf8(read(path, limit)?).map_err(|_| not_utf8())
}

/// All bytes of a stream.
pub fn read_all(stream: impl Read, limit: Limit) -> Result<Vec<u8>, ReadError> {
    read_sized(stream, 0, limit)
}

fn read_sized(stream: impl Read, size: u64, limit: Limit) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).saturating_add(1));
    // Limit the bytes read: a file may grow while it is read, and those of `/proc` have no size.
    stream.take(limit.0 + 1).read_to_end(&mut bytes).map_err(|error| match error.kind() {
        io::ErrorKind::IsADirectory => ReadError::Folder,
        _ => ReadError::Io(error),
    })?;
    if bytes.len() as u64 > limit.0 { Err(ReadError::TooLarge(limit)) } else { Ok(bytes) }
}

/// The size of the file at `path`; 0 if it is not known.
pub fn size_of(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}

/// Checks the kind and the size of the file at `path`, before code other than [`read`] opens it.
pub fn look_at(path: &Path, limit: Limit) -> Result<(), ReadError> {
    check(&fs::metadata(path).map_err(|error| why_unreachable(path, error))?, limit)
}

fn check(metadata: &Metadata, limit: Limit) -> Result<(), ReadError> {
    check_kind(metadata)?;
    if metadata.len() > limit.0 { Err(ReadError::TooLarge(limit)) } else { Ok(()) }
}

pub(super) fn check_kind(metadata: &Metadata) -> Result<(), ReadError> {
    if metadata.is_dir() {
        Err(ReadError::Folder)
    } else if !metadata.is_file() {
        Err(ReadError::NotAFile(kind(metadata)))
    } else {
        Ok(())
    }
}

/// Opens without waiting for the other end of a pipe, and without acquiring a controlling terminal.
pub(super) fn open(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed());
    }
    options.open(path)
}

#[cfg(unix)]
fn kind(metadata: &Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    let kind = metadata.file_type();
    if kind.is_fifo() {
        "named pipe"
    } else if kind.is_socket() {
        "socket"
    } else {
        "device"
    }
}

#[cfg(not(unix))]
fn kind(_: &Metadata) -> &'static str {
    "device"
}

/// Why `path` cannot be reached, given the error of the system.
pub fn why_unreachable(path: &Path, error: io::Error) -> ReadError {
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory if is_link => ReadError::DanglingLink,
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ReadError::Missing,
        _ if is_loop(&error) => ReadError::LinkLoop,
        _ => ReadError::Io(error),
    }
}

#[cfg(unix)]
fn is_loop(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(not(unix))]
fn is_loop(_: &io::Error) -> bool {
    false
}

/// The system's error in the style of our messages: in lowercase, without its number.
pub fn cause(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut characters = text.chars();
    let first = characters.next().map(char::to_lowercase).into_iter().flatten();
    first.chain(characters).collect()
}
