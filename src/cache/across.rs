//! What rules across posts found in a site, for a run in which nothing that they look at is different.

use crate::cache::shard::{sealed, unsealed};
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::files::{self, Limit, WriteError, Writer};
use crate::place::notes::Notes;
use crate::project::Post;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

/// What rules across posts found, and what they asked of the files of the site.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FoundAcross {
    /// What was asked.
    pub notes: Notes,
    /// The findings in posts, by the paths of these inside the site.
    pub in_posts: Vec<(String, Diagnostic)>,
    /// The findings at lines (from 1) of other files.
    pub in_files: Vec<(PathBuf, u32, Diagnostic)>,
}

/// The findings of the last run on a whole site.
pub(super) struct Across {
    path: PathBuf,
    owner: Digest,
    known: OnceLock<Option<(Digest, FoundAcross)>>,
    new: Mutex<Option<(Digest, FoundAcross)>>,
}

impl Across {
    /// Those in a file of the cache.
    pub(super) fn new(path: PathBuf, owner: Digest) -> Self {
        Across { path, owner, known: OnceLock::new(), new: Mutex::default() }
    }

    fn load(&self) -> Option<(Digest, FoundAcross)> {
        let bytes = files::read(&self.path, Limit::CACHE).ok()?;
        postcard::from_bytes(unsealed(&bytes, self.owner)?).ok()
    }

    /// What was found when all that rules know of the posts had the digest `key`, if all that they asked is as it was.
    pub(super) fn get(&self, key: Digest, post: &Post) -> Option<FoundAcross> {
        let (known, found) = self.known.get_or_init(|| self.load()).as_ref()?;
        // Without a clock, no time was asked for.
        let now = post.place.now.unwrap_or_default();
        let is_same = || found.notes.asked.iter().all(|note| post.answer(&note.question) == Some(note.answer));
        (*known == key && found.notes.hold_at(now) && is_same()).then(|| found.clone())
    }

    /// Replaces what is known.
    pub(super) fn put(&self, key: Digest, found: FoundAcross) {
        *self.new.lock().unwrap_or_else(PoisonError::into_inner) = Some((key, found));
    }

    /// Whether anything is new.
    pub(super) fn has_news(&self) -> bool {
        self.new.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Writes the file if anything is new.
    pub(super) fn save(&self, writer: &Writer) -> Result<(), WriteError> {
        let new = self.new.lock().unwrap_or_else(PoisonError::into_inner).take();
        match new.and_then(|new| postcard::to_stdvec(&new).ok()) {
            Some(payload) => writer.swap(&self.path, &sealed(&payload, self.owner)),
            None => Ok(()),
        }
    }
}
