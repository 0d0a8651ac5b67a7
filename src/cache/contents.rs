//! The digests of the files of posts. A file is read again only if what the system keeps of it has changed, or may hide a change.

use crate::cache::shard::{sealed, unsealed};
use crate::digest::Digest;
use crate::files::{self, Files, Limit, ReadError, Stamp, WriteError, Writer};
use crate::project::Post;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

/// The content of a file.
pub(super) struct Content {
    pub(super) digest: Digest,
    /// Its bytes, if they had to be read.
    pub(super) bytes: Option<Vec<u8>>,
}

/// A file when it was read.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    stamp: Stamp,
    digest: Digest,
    /// Whether a change after it was read shows in its stamp. Git calls a file without that "racily clean".
    is_settled: bool,
}

/// The files of a site by the paths of their posts, each with whether this run has looked at it.
type Known = FxHashMap<Box<str>, (Seen, AtomicBool)>;

/// Maximum number of files that this run has not looked at and that are looked for, to forget those that are gone.
const MANY_UNSEEN: usize = 500;

/// The digests of the files of a site.
pub(super) struct Contents {
    path: PathBuf,
    owner: Digest,
    /// Whether a stamp is trusted.
    by_stamp: bool,
    known: OnceLock<Known>,
    new: Mutex<Vec<(Box<str>, Seen)>>,
}

impl Contents {
    /// Those in a file of the cache.
    pub(super) fn new(path: PathBuf, owner: Digest, by_stamp: bool) -> Self {
        Contents { path, owner, by_stamp, known: OnceLock::new(), new: Mutex::default() }
    }

    fn known(&self) -> &Known {
        self.known.get_or_init(|| {
            let bytes = files::read(&self.path, Limit::CACHE).unwrap_or_default();
            let read = unsealed(&bytes, self.owner).and_then(|it| postcard::from_bytes::<Vec<(&str, Seen)>>(it).ok());
            let known = read.unwrap_or_default().into_iter();
            known.map(|(path, seen)| (Box::from(path), (seen, AtomicBool::new(false)))).collect()
        })
    }

    /// Reads the file, before the first post asks.
    pub(super) fn load(&self) {
        self.known();
    }

    /// The content of the file of a post. `None` if the post is in no file, as the text of an editor.
    pub(super) fn of(&self, post: &Post, files: &dyn Files) -> Option<Result<Content, ReadError>> {
        let before = SystemTime::now();
        let stamp = files.stamp(&post.path)?;
        if let Some((seen, is_seen)) = self.known().get(&*post.place.path) {
            is_seen.store(true, Ordering::Relaxed);
            if self.by_stamp && seen.is_settled && seen.stamp == stamp {
                return Some(Ok(Content { digest: seen.digest, bytes: None }));
            }
        }
        let bytes = match files.read(&post.path, Limit::POST) {
            Ok(bytes) => bytes,
            Err(error) => return Some(Err(error)),
        };
        let digest = Digest::of(&bytes);
        // The file may have changed while it was read.
        if files.stamp(&post.path) == Some(stamp) {
            let seen = Seen { stamp, digest, is_settled: stamp.is_settled_at(before) };
            let path = Box::from(&*post.place.path);
            self.new.lock().unwrap_or_else(PoisonError::into_inner).push((path, seen));
        }
        Some(Ok(Content { digest, bytes: Some(bytes) }))
    }

    /// Whether there is still a file at this path below `root`, as far as this run knows.
    pub(super) fn is_there(&self, path: &str, root: &Path) -> bool {
        let is_seen = self.known().get(path).is_some_and(|(_, is_seen)| is_seen.load(Ordering::Relaxed));
        is_seen || files::is_there(&root.join(path))
    }

    /// Whether anything is new. What is read each time because it may hide a change is not.
    pub(super) fn has_news(&self) -> bool {
        let new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
        new.iter().any(|(path, seen)| self.known().get(path).is_none_or(|(known, _)| known != seen))
    }

    /// Writes the file if anything is new.
    pub(super) fn save(&self, writer: &Writer, root: &Path) -> Result<(), WriteError> {
        if !self.has_news() {
            return Ok(());
        }
        let new = std::mem::take(&mut *self.new.lock().unwrap_or_else(PoisonError::into_inner));
        let unseen = self.known().values().filter(|(_, is_seen)| !is_seen.load(Ordering::Relaxed)).count();
        let mut all: FxHashMap<&str, Seen> = FxHashMap::default();
        for (path, (seen, _)) in self.known() {
            if unseen > MANY_UNSEEN || self.is_there(path, root) {
                all.insert(path, *seen);
            }
        }
        new.iter().for_each(|(path, seen)| _ = all.insert(path, *seen));
        let mut all: Vec<(&str, Seen)> = all.into_iter().collect();
        all.sort_unstable_by_key(|(path, _)| *path);
        let Ok(payload) = postcard::to_stdvec(&all) else { return Ok(()) };
        writer.swap(&self.path, &sealed(&payload, self.owner))
    }
}
