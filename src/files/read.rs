//! Reading: regular files of a sane size, and never a wait for bytes that may not come.

use crate::pattern::DEEPEST_GLOB;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// How many bytes a file may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(u64);

impl Limit {
    /// Of a post: more than any post has, be its images inlined.
    pub const POST: Limit = Limit::megabytes(32);
    /// Of whatever people write to set something: config files, schemas, rule pages, ignore files, package files.
    pub const SETTINGS: Limit = Limit::megabytes(4);
    /// Of a baseline: a million findings and more.
    pub const BASELINE: Limit = Limit::megabytes(256);

    const fn megabytes(count: u64) -> Self {
        Limit(count << 20)
    }
}

/// Why a file cannot be read. The texts stand after a path and at a place in a config file.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Nothing has this name.
    #[error("there is no such file")]
    Missing,
    /// A symbolic link whose target is not there.
    #[error("this is a link that leads nowhere")]
    DanglingLink,
    /// Symbolic links that lead to each other.
    #[error("this is a link that leads in a circle")]
    LinkLoop,
    /// A folder.
    #[error("this is a folder")]
    Folder,
    /// A named pipe, a socket or a device.
    #[error("this is a {0}, not a file")]
    NotAFile(&'static str),
    /// More bytes than are read of such a file.
    #[error("this is larger than {} MB", .0.0 >> 20)]
    TooLarge(Limit),
    /// An ignore file with a glob like this.
    #[error("line {0} holds more than {DEEPEST_GLOB} braces inside each other")]
    DeepGlob(usize),
    /// What the system says.
    #[error("{}", cause(.0))]
    Io(io::Error),
}

impl ReadError {
    /// Whether nothing has this name.
    pub fn is_missing(&self) -> bool {
        matches!(self, ReadError::Missing)
    }

    /// Whether the system forbids to read it.
    pub fn is_denied(&self) -> bool {
        matches!(self, ReadError::Io(error) if error.kind() == io::ErrorKind::PermissionDenied)
    }
}

/// The bytes of the file at `path`.
pub fn read(path: &Path, limit: Limit) -> Result<Vec<u8>, ReadError> {
    // Before it is opened: opening alone makes some devices act.
    look_at(path, limit)?;
    let file = open(path, OpenOptions::new().read(true)).map_err(|error| why_unreachable(path, error))?;
    // After it is opened: something else may have taken its place.
    let metadata = file.metadata().map_err(ReadError::Io)?;
    check(&metadata, limit)?;
    read_sized(file, metadata.len(), limit)
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
    // A file may grow while it is read, and those of `/proc` have no size.
    stream.take(limit.0 + 1).read_to_end(&mut bytes).map_err(|error| match error.kind() {
        io::ErrorKind::IsADirectory => ReadError::Folder,
        _ => ReadError::Io(error),
    })?;
    if bytes.len() as u64 > limit.0 { Err(ReadError::TooLarge(limit)) } else { Ok(bytes) }
}

/// Whether the file at `path` can be read by something else than [`read`].
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

/// Opens without waiting for the other end of a pipe, and without making a terminal ours.
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

/// Why nothing can be reached at `path`, where the system answers with `error`.
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

/// What the system says, as our messages are written: without its number, in lowercase.
pub fn cause(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut characters = text.chars();
    let first = characters.next().map(char::to_lowercase).into_iter().flatten();
    first.chain(characters).collect()
}
