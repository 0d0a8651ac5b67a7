//! What is known of the posts of a site, in a few files: which of them has a post depends on its path.

use crate::cache::shard::{Entry, New, Shard};
use crate::digest::Digest;
use crate::files::{self, Limit, WriteError, Writer};
use crate::place::notes::Notes;
use crate::project::Post;
use rayon::prelude::*;
use rustc_hash::FxHasher;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Number of files. With more of them, less is written when one post changes; with fewer, less is opened.
const SHARDS: usize = 32;

/// What is known of posts.
pub(super) struct Store {
    folder: PathBuf,
    name: &'static str,
    owner: Digest,
    slots: Vec<Slot>,
}

/// What is known of a post: an encoded value, and its digest.
pub(super) struct Kept<'s> {
    pub(super) digest: Digest,
    value: &'s [u8],
}

impl Kept<'_> {
    /// The value, or what it begins with.
    pub(super) fn decode<V: DeserializeOwned>(&self) -> Option<V> {
        postcard::from_bytes(self.value).ok()
    }
}

#[derive(Default)]
struct Slot {
    /// Read when the first post asks.
    loaded: OnceLock<Loaded>,
    new: Mutex<Vec<New>>,
}

/// A file, and which answers in it are known to be the same as now.
#[derive(Default)]
struct Loaded {
    shard: Shard,
    answers: Vec<AtomicU8>,
}

const SAME: u8 = 1;
const OTHER: u8 = 2;

impl Store {
    /// The files of this name in a folder.
    pub(super) fn new(folder: &Path, name: &'static str, owner: Digest) -> Self {
        let slots = (0..SHARDS).map(|_| Slot::default()).collect();
        Store { folder: folder.to_owned(), name, owner, slots }
    }

    fn path(&self, number: usize) -> PathBuf {
        self.folder.join(format!("{}-{number:02}", self.name))
    }

    fn slot(&self, path: &str) -> (usize, Option<&Slot>) {
        let mut hasher = FxHasher::default();
        path.hash(&mut hasher);
        let number = (hasher.finish() >> 20) as usize % SHARDS;
        (number, self.slots.get(number))
    }

    /// What is known of a post with this content, if that depends on nothing that is different now.
    pub(super) fn get(&self, post: &Post, content: Digest) -> Option<Kept<'_>> {
        let (number, slot) = self.slot(&post.place.path);
        let loaded = slot?.loaded.get_or_init(|| self.load(number));
        let entry = loaded.shard.get(&post.place.path)?;
        let holds = entry.content == content && loaded.holds(entry, post);
        holds.then(|| Kept { digest: entry.digest, value: loaded.shard.value(entry) })
    }

    /// Reads all files, before the first post asks.
    pub(super) fn load_all(&self) {
        self.slots.par_iter().enumerate().for_each(|(number, slot)| _ = slot.loaded.get_or_init(|| self.load(number)));
    }

    fn load(&self, number: usize) -> Loaded {
        let bytes = files::read(&self.path(number), Limit::CACHE).ok();
        let shard = bytes.and_then(|bytes| Shard::decode(bytes, self.owner)).unwrap_or_default();
        let answers = shard.notes.iter().map(|_| AtomicU8::default()).collect();
        Loaded { shard, answers }
    }

    /// Adds what became known of a post. Returns the digest of the encoded value.
    pub(super) fn put(&self, post: &Post, content: Digest, notes: Notes, value: &impl Serialize) -> Option<Digest> {
        let slot = self.slot(&post.place.path).1?;
        let value = postcard::to_stdvec(value).ok()?;
        let digest = Digest::of(&value);
        let new = New { path: Box::from(&*post.place.path), content, setup: post.digest, notes, digest, value };
        slot.new.lock().unwrap_or_else(PoisonError::into_inner).push(new);
        Some(digest)
    }

    /// Whether anything is new.
    pub(super) fn has_news(&self) -> bool {
        self.slots.iter().any(|slot| !slot.new.lock().unwrap_or_else(PoisonError::into_inner).is_empty())
    }

    /// Writes the files with something new. Entries of posts that are not `kept` are dropped from these.
    pub(super) fn save(&self, writer: &Writer, is_kept: &(dyn Fn(&str) -> bool + Sync)) -> Result<(), WriteError> {
        self.slots.par_iter().enumerate().try_for_each(|(number, slot)| {
            let new = std::mem::take(&mut *slot.new.lock().unwrap_or_else(PoisonError::into_inner));
            if new.is_empty() {
                return Ok(());
            }
            let loaded = slot.loaded.get_or_init(|| self.load(number));
            match loaded.shard.encode(&new, self.owner, is_kept) {
                Some(bytes) => writer.swap(&self.path(number), &bytes),
                None => Ok(()),
            }
        })
    }
}

impl Loaded {
    /// Whether all that an entry depends on, besides the content of the post, is as it was.
    fn holds(&self, entry: &Entry, post: &Post) -> bool {
        // Without a clock, no time was asked for.
        let now = post.place.now.unwrap_or_default();
        self.shard.setups.get(entry.setup) == Some(&post.digest)
            && (entry.since..entry.until).contains(&now)
            && entry.asked.iter().all(|index| self.is_same(*index as usize, post))
    }

    /// Whether the answer to a question is the same as it was. It is asked once for all posts with the same settings.
    fn is_same(&self, index: usize, post: &Post) -> bool {
        let (Some(known), Some((_, note))) = (self.answers.get(index), self.shard.notes.get(index)) else {
            return false;
        };
        match known.load(Ordering::Relaxed) {
            SAME => true,
            OTHER => false,
            _ => {
                let is_same = post.answer(&note.question) == Some(note.answer);
                known.store(if is_same { SAME } else { OTHER }, Ordering::Relaxed);
                is_same
            }
        }
    }
}
