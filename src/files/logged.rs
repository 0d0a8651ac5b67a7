//! Files whose answers are hashed: what is made of them is the same for as long as all answers are.

use crate::digest::{Digest, Hasher};
use crate::files::{Files, Kind, Limit, Listed, ReadError, Stamp};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Files that keep a digest of all that was asked of them, and answered.
#[derive(Debug)]
pub struct Logged<'f> {
    files: &'f dyn Files,
    log: Mutex<Hasher>,
    /// The folder whose posts do not count where it is listed.
    root: Option<&'f Path>,
}

impl<'f> Logged<'f> {
    /// Nothing has been asked of the files yet.
    pub fn new(files: &'f dyn Files) -> Self {
        Logged { files, log: Mutex::default(), root: None }
    }

    /// The same, for what depends on the names of the posts in the folder of a site in no way, although it lists the folder.
    pub fn without_posts_in(files: &'f dyn Files, root: &'f Path) -> Self {
        Logged { root: Some(root), ..Logged::new(files) }
    }

    /// The digest of all questions and answers.
    pub fn digest(self) -> Digest {
        self.log.into_inner().unwrap_or_else(PoisonError::into_inner).digest()
    }

    fn add(&self, kind: &str, path: &Path, answer: &[u8]) {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.add(kind.as_bytes()).add(path.as_os_str().as_encoded_bytes()).add(answer);
    }
}

/// Whether a file may be a post, and is not a template.
fn is_markdown(name: &Path) -> bool {
    name.extension().is_some_and(|extension| ["md", "mdx", "markdown"].iter().any(|it| extension == *it))
}

impl Files for Logged<'_> {
    fn read(&self, path: &Path, limit: Limit) -> Result<Vec<u8>, ReadError> {
        let answer = self.files.read(path, limit);
        match &answer {
            Ok(bytes) => self.add("read", path, bytes),
            Err(error) => self.add("unreadable", path, error.to_string().as_bytes()),
        }
        answer
    }

    fn list(&self, folder: &Path) -> Result<Vec<Listed>, ReadError> {
        let mut answer = self.files.list(folder);
        if let Ok(listed) = &mut answer {
            listed.sort();
        }
        let is_root = self.root.is_some_and(|root| folder.components().eq(root.components()));
        match &answer {
            Ok(listed) => {
                let counted = listed.iter().filter(|entry| !is_root || !is_markdown(Path::new(&entry.name)));
                let names = counted.map(|entry| (entry.name.as_encoded_bytes(), entry.kind));
                let mut all = Hasher::default();
                names.for_each(|(name, kind)| _ = all.add(name).add(&[kind as u8]));
                self.add("list", folder, all.digest().to_string().as_bytes());
            }
            Err(error) => self.add("unlisted", folder, error.to_string().as_bytes()),
        }
        answer
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        let answer = self.files.kind(path);
        self.add("kind", path, &[answer.map_or(u8::MAX, |kind| kind as u8)]);
        answer
    }

    fn real(&self, path: &Path) -> PathBuf {
        let answer = self.files.real(path);
        self.add("real", path, answer.as_os_str().as_encoded_bytes());
        answer
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        self.files.stamp(path)
    }
}
