//! What is known of the posts of one site, with one set of options.

use crate::cache::contents::{Content, Contents};
use crate::cache::store::Store;
use crate::diagnostic::Diagnostic;
use crate::digest::Digest;
use crate::engine::post::Text;
use crate::engine::{Asked, Checked, Known};
use crate::files::{Files, Limit, ReadError, WriteError, Writer};
use crate::place::notes::{Notes, Question};
use crate::project::Post;
use crate::source::Source;
use std::path::{Path, PathBuf};

/// The file with the digests of the files of posts. Its time of modification is when the unit was last used.
pub(super) const CONTENTS: &str = "contents";

/// What is known of the posts of a site.
pub struct Unit {
    /// Its folder in the cache.
    pub(super) folder: PathBuf,
    /// The folder that the paths of posts are below.
    root: PathBuf,
    contents: Contents,
    known: Store<Known>,
    findings: Store<Vec<Diagnostic>>,
}

impl Unit {
    /// The unit of this folder. `by_stamp`: whether files are not read whose stamps are known.
    pub(super) fn new(folder: PathBuf, root: &Path, owner: Digest, by_stamp: bool) -> Self {
        Unit {
            root: root.to_owned(),
            contents: Contents::new(folder.join(CONTENTS), owner, by_stamp),
            known: Store::new(&folder, "known", owner),
            findings: Store::new(&folder, "findings", owner),
            folder,
        }
    }

    /// The findings of a post, which is read and checked unless they are known.
    pub fn check(&self, post: &Post, files: &dyn Files) -> Result<Checked, ReadError> {
        let Some(content) = self.contents.of(post, files) else {
            return Ok(Checked::of(post.setup(), read(post, files)?.1, &mut ()));
        };
        let Content { digest, bytes } = content?;
        if let Some(known) = self.known.get(post, digest)
            && let Some(findings) = self.findings.get(post, digest)
        {
            let Known { making, facts, suppressions } = known;
            return Ok(Checked { text: Text::Unread(digest), findings, making, facts, suppressions });
        }
        let (digest, source) = match bytes {
            Some(bytes) => (digest, Source::from_bytes(bytes)),
            None => read(post, files)?,
        };
        let (checked, asked) = Checked::noted(post.setup(), source, &mut ());
        let Some(Asked { for_facts, for_all }) = asked else { return Ok(checked) };
        let Checked { text, findings, making, facts, suppressions } = checked;
        let known = Known { making, facts, suppressions };
        self.known.put(post, digest, without_itself(for_facts, post), &known);
        self.findings.put(post, digest, without_itself(for_all, post), &findings);
        let Known { making, facts, suppressions } = known;
        Ok(Checked { text, findings, making, facts, suppressions })
    }

    /// What is known of a post that is not checked, which is read unless it is known. `None` if that cannot be done.
    pub fn known(&self, post: &Post, files: &dyn Files) -> Option<Known> {
        let Some(content) = self.contents.of(post, files) else {
            return Known::of(post.setup(), &read(post, files).ok()?.1);
        };
        let Content { digest, bytes } = content.ok()?;
        if let Some(known) = self.known.get(post, digest) {
            return Some(known);
        }
        let (digest, source) = match bytes {
            Some(bytes) => (digest, Source::from_bytes(bytes)),
            None => read(post, files).ok()?,
        };
        let (known, notes) = Known::noted(post.setup(), &source)?;
        self.known.put(post, digest, without_itself(notes, post), &known);
        Some(known)
    }

    /// Reads what is known of posts that are not checked, before they are asked for.
    pub fn load(&self) {
        rayon::join(|| self.contents.load(), || self.known.load_all());
    }

    /// Whether anything is new.
    pub(super) fn has_news(&self) -> bool {
        self.contents.has_news() || self.known.has_news() || self.findings.has_news()
    }

    /// Writes what is new.
    pub(super) fn save(&self, writer: &Writer) -> Result<(), WriteError> {
        let is_there = |path: &str| self.contents.is_there(path, &self.root);
        self.known.save(writer, &is_there)?;
        self.findings.save(writer, &is_there)?;
        self.contents.save(writer, &self.root)
    }
}

/// The text of a post, with its digest.
fn read(post: &Post, files: &dyn Files) -> Result<(Digest, Source), ReadError> {
    let bytes = files.read(&post.path, Limit::POST)?;
    Ok((Digest::of(&bytes), Source::from_bytes(bytes)))
}

/// What was asked without the text of the post itself, which has a digest of its own.
fn without_itself(mut notes: Notes, post: &Post) -> Notes {
    notes.asked.retain(|note| note.question != Question::Text(post.place.path.clone()));
    notes
}
