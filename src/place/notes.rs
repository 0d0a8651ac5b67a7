//! Notes of what is asked of the files around a post, and of the clock, while the post is checked. What is found may be used
//! again for as long as all answers are the same.
//!
//! The notes are those of the thread that checks the post: the ports add to them wherever they are asked from, so that no
//! rule can forget to. Values that are kept for other posts keep their notes with them.

use crate::digest::Digest;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;

/// What is asked of the files around a post. Paths are inside the site.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Question {
    /// Whether there is a file at a path.
    HasFile(String),
    /// Whether a folder has a file whose name begins with a text.
    HasFileLike(String, String),
    /// The names of the files in a folder.
    Files(String),
    /// Whether the site publishes a page at a path.
    HasPageAt(String),
    /// The paths of all files.
    AllFiles,
    /// The theme.
    Theme,
    /// The value of a key in a data file.
    Data(String, String),
    /// The settings that URLs depend on.
    UrlSettings,
    /// The names in a folder that a URL depends on.
    List(String),
    /// The names of files that begin with a text in a folder that a URL depends on.
    ListLike(String, String),
    /// Whether a folder that a URL depends on has a file with a name.
    Listed(String, String),
    /// The text of a file that a URL depends on.
    Text(String),
}

/// A question with the digest of its answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Note {
    /// The question.
    pub question: Question,
    /// The answer.
    pub answer: Digest,
}

/// All that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    /// The questions with their answers. A set: a post may ask as many questions as it has pictures.
    pub asked: FxHashSet<Note>,
    /// The answers are the same from this second since 1970 on,
    pub since: i64,
    /// and up to this one, exclusively.
    pub until: i64,
}

impl Default for Notes {
    fn default() -> Self {
        Notes { asked: FxHashSet::default(), since: i64::MIN, until: i64::MAX }
    }
}

impl Notes {
    /// Adds other notes.
    pub fn extend(&mut self, other: &Notes) {
        self.asked.extend(other.asked.iter().cloned());
        self.since = self.since.max(other.since);
        self.until = self.until.min(other.until);
    }

    /// Whether the clock does not matter to the answers at this time.
    pub fn hold_at(&self, now: i64) -> bool {
        (self.since..self.until).contains(&now)
    }
}

thread_local! {
    /// The notes that are taken, the innermost last.
    static TAKEN: RefCell<Vec<Notes>> = const { RefCell::new(Vec::new()) };
}

/// Ends the innermost notes, also after a panic.
struct Frame;

impl Frame {
    fn begin() -> Self {
        TAKEN.with_borrow_mut(|taken| taken.push(Notes::default()));
        Frame
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        TAKEN.with_borrow_mut(|taken| taken.pop());
    }
}

/// Returns what `work` returns, and all that it asked.
pub fn during<T>(work: impl FnOnce() -> T) -> (T, Notes) {
    let _frame = Frame::begin();
    let done = work();
    (done, so_far())
}

/// What was asked since the innermost notes began.
pub fn so_far() -> Notes {
    TAKEN.with_borrow(|taken| taken.last().cloned().unwrap_or_default())
}

/// Adds notes that were taken before, if any are taken.
pub fn repeat(notes: &Notes) {
    TAKEN.with_borrow_mut(|taken| {
        if let Some(last) = taken.last_mut() {
            last.extend(notes);
        }
    });
}

/// Adds a note, if any are taken.
pub fn note(make: impl FnOnce() -> (Question, Digest)) {
    if TAKEN.with_borrow(Vec::is_empty) {
        return;
    }
    let (question, answer) = make();
    TAKEN.with_borrow_mut(|taken| {
        if let Some(last) = taken.last_mut() {
            last.asked.insert(Note { question, answer });
        }
    });
}

/// Whether the time `at` has come at `now`, both in seconds since 1970.
pub fn has_come(at: i64, now: i64) -> bool {
    let has_come = at <= now;
    TAKEN.with_borrow_mut(|taken| {
        if let Some(last) = taken.last_mut() {
            if has_come {
                last.since = last.since.max(at);
            } else {
                last.until = last.until.min(at);
            }
        }
    });
    has_come
}
