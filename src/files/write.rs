//! Atomic writes: even if the run is killed or the disk is full, a file has either its old or its new content.

use crate::files::read::{ReadError, cause, check_kind, open, why_unreachable};
use crate::files::sweep;
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::{Builder, NamedTempFile};

/// Maximum time to wait for another run that writes in the same folder.
const PATIENCE: Duration = Duration::from_secs(30);

/// Maximum number of attempts to create a temporary file.
const ATTEMPTS: usize = 8;

/// Why a file cannot be written. The messages are shown after its path.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The file to be created exists already.
    #[error("it already exists")]
    Exists,
    /// The file's permissions do not allow writing.
    #[error("it is read-only")]
    ReadOnly,
    /// The file has several hard links. Replacing it would leave the other ones with the old content, and writing into
    /// it would not be atomic.
    #[error("it has {0} hard links, which a new file would break")]
    HardLinks(u64),
    /// The file was changed after it had been read.
    #[error("it has changed since it was read")]
    Changed,
    /// The file has a property that cannot be copied to the new file.
    #[error("its {0} cannot be copied to the new file")]
    NotKept(&'static str),
    /// Another run has locked the folder.
    #[error("another run of postlint is writing to its folder")]
    Busy,
    /// The file cannot be reached, or is not a regular file.
    #[error(transparent)]
    Unreachable(#[from] ReadError),
    /// Any other error of the system.
    #[error("{}", cause(.0))]
    Io(#[from] io::Error),
}

/// Writes files, and removes temporary files that a killed run left in the same folders.
#[derive(Debug, Default)]
pub struct Writer {
    swept: Mutex<BTreeSet<PathBuf>>,
}

impl Writer {
    /// Creates a file with the content `bytes`.
    pub fn create(&self, path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
        let temporary = self.temporary(folder_of(path))?;
        fill(&temporary, bytes)?;
        let Err(error) = temporary.persist_noclobber(path) else { return Ok(()) };
        match error.error.kind() {
            io::ErrorKind::AlreadyExists => Err(WriteError::Exists),
            // `persist_noclobber` may need hard links, which some file systems (exFAT) do not support.
            _ if !crate::files::is_there(path) => rename(error.file, path),
            _ => Err(error.error.into()),
        }
    }

    /// Replaces the content of the file at `path`, which need not exist. Owner, permissions and extended attributes are
    /// kept. If it is a symbolic link, its target is replaced.
    pub fn replace(&self, path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
        if crate::files::is_there(path) { self.replace_if(path, bytes, || true) } else { self.create(path, bytes) }
    }

    /// Replaces the file at `path`, which need not exist, by another one, whatever it was. After a crash of the system it may be
    /// damaged: waiting for the disk takes longer than making a file of the cache again.
    pub fn swap(&self, path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
        let mut temporary = self.temporary(folder_of(path))?;
        temporary.write_all(bytes)?;
        rename(temporary, path)
    }

    /// Like [`replace`](Self::replace) for an existing file, unless it was changed since it was read: `is_unchanged` is
    /// called last.
    pub fn replace_if(&self, path: &Path, bytes: &[u8], is_unchanged: impl Fn() -> bool) -> Result<(), WriteError> {
        let path = fs::canonicalize(path).map_err(|error| why_unreachable(path, error))?;
        let old = open_to_write(&path)?;
        let temporary = self.temporary(folder_of(&path))?;
        keep(&old, temporary.as_file())?;
        fill(&temporary, bytes)?;
        if is_unchanged() { rename(temporary, &path) } else { Err(WriteError::Changed) }
    }

    /// Creates a temporary file in the same folder, because a rename across file systems is not atomic. It is locked,
    /// so that no other run removes it as abandoned.
    fn temporary(&self, folder: &Path) -> Result<NamedTempFile, WriteError> {
        let mut swept = self.swept.lock().unwrap_or_else(PoisonError::into_inner);
        if swept.insert(folder.to_owned()) {
            sweep::sweep(folder);
        }
        drop(swept);
        let mut builder = Builder::new();
        builder.prefix(sweep::PREFIX).suffix(sweep::SUFFIX).rand_bytes(sweep::RANDOM);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        for _ in 0..ATTEMPTS {
            let file = builder.tempfile_in(folder)?;
            // Another run may have removed the file before it was locked. Without locks, runs remove only old files.
            if file.as_file().lock().is_err() || crate::files::is_there(file.path()) {
                return Ok(file);
            }
        }
        Err(WriteError::Busy)
    }
}

/// Writes `bytes` to the end of the file at `path`, which need not exist.
pub fn append(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    if crate::files::is_there(path) {
        check_kind(&fs::metadata(path).map_err(|error| why_unreachable(path, error))?)?;
    }
    let mut file = open(path, OpenOptions::new().append(true).create(true))?;
    check_kind(&file.metadata()?)?;
    Ok(file.write_all(bytes)?)
}

/// Prevents other runs from changing files in the folder of `path` until the result is dropped. Returns `None` if
/// folders cannot be locked (Windows, some file systems).
pub fn lock_folder(path: &Path) -> Result<Option<File>, WriteError> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let Ok(folder) = File::open(folder_of(&path)) else { return Ok(None) };
    let start = Instant::now();
    loop {
        match folder.try_lock() {
            Ok(()) => return Ok(Some(folder)),
            Err(TryLockError::WouldBlock) if start.elapsed() > PATIENCE => return Err(WriteError::Busy),
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(5)),
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().unwrap_or(Path::new(""));
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

fn fill(mut temporary: &NamedTempFile, bytes: &[u8]) -> io::Result<()> {
    temporary.write_all(bytes)?;
    temporary.as_file().sync_all()
}

fn rename(temporary: NamedTempFile, path: &Path) -> Result<(), WriteError> {
    temporary.persist(path).map(drop).map_err(|error| error.error.into())
}

/// Opens the file if its permissions allow writing, which a rename does not check.
fn open_to_write(path: &Path) -> Result<File, WriteError> {
    let metadata = fs::metadata(path)?;
    check_kind(&metadata)?;
    if metadata.permissions().readonly() {
        return Err(WriteError::ReadOnly);
    }
    open(path, OpenOptions::new().read(true).write(true)).map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => WriteError::ReadOnly,
        _ => error.into(),
    })
}

/// Copies owner, permissions and extended attributes from `old` to `new`. Fails if `old` has several hard links.
#[cfg(unix)]
fn keep(old: &File, new: &File) -> Result<(), WriteError> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let (wanted, made) = (old.metadata()?, new.metadata()?);
    if wanted.nlink() > 1 {
        return Err(WriteError::HardLinks(wanted.nlink()));
    }
    if (wanted.uid(), wanted.gid()) != (made.uid(), made.gid()) {
        fchown(new, Some(wanted.uid()), Some(wanted.gid())).map_err(|_| WriteError::NotKept("owner"))?;
    }
    new.set_permissions(wanted.permissions()).map_err(|_| WriteError::NotKept("permissions"))?;
    keep_attributes(old, new).map_err(|_| WriteError::NotKept("extended attributes"))
}

/// Copies extended attributes, including access control lists. A new file may have inherited some from its folder.
#[cfg(unix)]
fn keep_attributes(old: &File, new: &File) -> io::Result<()> {
    use xattr::FileExt;
    // The file system does not support extended attributes.
    let Ok(wanted) = old.list_xattr() else { return Ok(()) };
    let wanted: BTreeSet<_> = wanted.collect();
    for name in new.list_xattr()?.filter(|name| !wanted.contains(name)) {
        new.remove_xattr(name)?;
    }
    for name in &wanted {
        let value = old.get_xattr(name)?;
        match value {
            Some(value) if new.get_xattr(name)?.as_ref() != Some(&value) => new.set_xattr(name, &value)?,
            _ => {}
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn keep(old: &File, new: &File) -> Result<(), WriteError> {
    new.set_permissions(old.metadata()?.permissions()).map_err(|_| WriteError::NotKept("permissions"))
}
