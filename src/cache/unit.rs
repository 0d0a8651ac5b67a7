//! What is known of the posts of one site, with one set of options.

use crate::cache::across::{Across, FoundAcross};
use crate::cache::contents::{Content, Contents};
use crate::cache::store::Store;
use crate::digest::{Digest, Hasher};
use crate::engine::post::{KnownHead, Text};
use crate::engine::{Asked, Checked, Known};
use crate::facts::PageFacts;
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
    known: Store,
    findings: Store,
    across: Across,
}

impl Unit {
    /// The unit of this folder. `by_stamp`: whether files are not read whose stamps are known.
    pub(super) fn new(folder: PathBuf, root: &Path, owner: Digest, by_stamp: bool) -> Self {
        Unit {
            root: root.to_owned(),
            contents: Contents::new(folder.join(CONTENTS), owner, by_stamp),
            known: Store::new(&folder, "known", owner),
            findings: Store::new(&folder, "findings", owner),
            across: Across::new(folder.join("across"), owner),
            folder,
        }
    }

    /// The findings of a post, which is read and checked unless they are known.
    pub fn check(&self, post: &Post, files: &dyn Files) -> Result<Checked, ReadError> {
        let Some(content) = self.contents.of(post, files) else {
            return Ok(Checked::of(post.setup(), read(post, files)?.1, &mut ()));
        };
        let Content { digest, bytes } = content?;
        if let Some(checked) = self.checked(post, digest) {
            return Ok(checked);
        }
        let (digest, source) = match bytes {
            Some(bytes) => (digest, Source::from_bytes(bytes)),
            None => read(post, files)?,
        };
        let (checked, asked) = Checked::noted(post.setup(), source, &mut ());
        let Some(Asked { for_facts, for_all }) = asked else { return Ok(checked) };
        let Checked { text, findings, making, facts, suppressions, .. } = checked;
        let known = Known { making, suppressions, facts };
        let kept = self.known.put(post, digest, without_itself(for_facts, post), &known);
        self.findings.put(post, digest, without_itself(for_all, post), &findings);
        let Known { making, suppressions, facts } = known;
        let kept = kept.filter(|_| facts.is_some()).map(|known| of_all(digest, known));
        Ok(Checked { text, findings, making, facts, kept, suppressions })
    }

    /// What is known of a checked post. Its facts stay in the cache: perhaps no rule asks for them.
    fn checked(&self, post: &Post, content: Digest) -> Option<Checked> {
        let known = self.known.get(post, content)?;
        let findings = self.findings.get(post, content)?.decode()?;
        let KnownHead { making, suppressions, has_facts } = known.decode()?;
        let kept = has_facts.then(|| of_all(content, known.digest));
        Some(Checked { text: Text::Unread(content), findings, making, facts: None, kept, suppressions })
    }

    /// The facts of a checked post, if they are in the cache.
    pub fn facts(&self, post: &Post, content: Digest) -> Option<Box<PageFacts>> {
        self.known.get(post, content)?.decode::<Known>()?.facts
    }

    /// The digest of all that is known of a post that is not checked. `None` unless it is in the cache.
    pub fn kept(&self, post: &Post, files: &dyn Files) -> Option<Digest> {
        let Content { digest, .. } = self.contents.of(post, files)?.ok()?;
        Some(of_all(digest, self.known.get(post, digest)?.digest))
    }

    /// What rules across posts found when all that they look at had this digest. `post` is one of the site.
    pub fn across(&self, key: Digest, post: &Post) -> Option<FoundAcross> {
        self.across.get(key, post)
    }

    /// Adds what rules across posts found.
    pub fn put_across(&self, key: Digest, found: FoundAcross) {
        self.across.put(key, found);
    }

    /// What is known of a post that is not checked, which is read unless it is known. `None` if that cannot be done.
    pub fn known(&self, post: &Post, files: &dyn Files) -> Option<Known> {
        let Some(content) = self.contents.of(post, files) else {
            return Known::of(post.setup(), &read(post, files).ok()?.1);
        };
        let Content { digest, bytes } = content.ok()?;
        if let Some(known) = self.known.get(post, digest).and_then(|kept| kept.decode()) {
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
        self.contents.has_news() || self.known.has_news() || self.findings.has_news() || self.across.has_news()
    }

    /// Writes what is new.
    pub(super) fn save(&self, writer: &Writer) -> Result<(), WriteError> {
        let is_there = |path: &str| self.contents.is_there(path, &self.root);
        self.known.save(writer, &is_there)?;
        self.findings.save(writer, &is_there)?;
        self.across.save(writer)?;
        self.contents.save(writer, &self.root)
    }
}

/// The text of a post, with its digest.
fn read(post: &Post, files: &dyn Files) -> Result<(Digest, Source), ReadError> {
    let bytes = files.read(&post.path, Limit::POST)?;
    Ok((Digest::of(&bytes), Source::from_bytes(bytes)))
}

/// The digest of all that is known of a post: places in other files are those in its text.
fn of_all(content: Digest, known: Digest) -> Digest {
    Hasher::default().add_digest(content).add_digest(known).digest()
}

/// What was asked without the text of the post itself, which has a digest of its own.
fn without_itself(mut notes: Notes, post: &Post) -> Notes {
    notes.asked.retain(|note| note.question != Question::Text(post.place.path.clone()));
    notes
}
