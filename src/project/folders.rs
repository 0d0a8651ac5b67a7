//! The folders of a site. Each is listed at most once, and only if a post needs it.

use crate::digest::{Digest, Hasher};
use crate::files::{Files, Kind, Limit, collapsed};
use crate::place::all_files::AllFiles;
use crate::place::dialect::Generator;
use crate::place::files::{Folders, begins_with, is_in, split};
use crate::place::notes::{Question, during, note};
use crate::project::urls::SiteUrls;
use crate::site::pages::Names;
use crate::walk::is_generated;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The folders of a site. Each is listed on first use, and the listing is cached.
pub struct SiteFolders {
    files: Arc<dyn Files>,
    root: PathBuf,
    known: Mutex<FxHashMap<String, Arc<BTreeSet<String>>>>,
    names: OnceLock<Names>,
    all: OnceLock<Arc<AllFiles>>,
    /// The URLs of the site whose root this is, if it is known.
    urls: Option<Arc<SiteUrls>>,
}

/// Maximum number of files and folders whose names are collected.
const MAX_NAMES: usize = 100_000;

impl SiteFolders {
    /// The folders of the site at `root`.
    pub fn new(files: Arc<dyn Files>, root: PathBuf, urls: Option<Arc<SiteUrls>>) -> Self {
        SiteFolders { files, root, known: Mutex::default(), names: OnceLock::new(), all: OnceLock::new(), urls }
    }

    fn list(&self, folder: &str) -> BTreeSet<String> {
        let listed = self.files.list(&self.root.join(folder)).unwrap_or_default();
        let files = listed.into_iter().filter(|entry| entry.kind == Kind::File);
        files.map(|entry| entry.name.to_string_lossy().into_owned()).collect()
    }

    fn all_names(&self) -> Names {
        let mut names = Names::default();
        self.all_files().paths().for_each(|path| names.add(path));
        names
    }

    /// The paths of all files below the root, and whether none was left out.
    fn every_path(&self) -> (Vec<String>, bool) {
        let mut paths = Vec::new();
        let built = self.built_folder();
        let mut folders = vec![(self.root.clone(), String::new())];
        let mut count = 0;
        while let Some((folder, inside)) = folders.pop() {
            for entry in self.files.list(&folder).unwrap_or_default() {
                let name = entry.name.to_string_lossy();
                let path = folder.join(&entry.name);
                count += 1;
                if count > MAX_NAMES {
                    return (paths, false);
                }
                if name.starts_with('.') || is_generated(&path) || built.as_ref() == Some(&path) {
                    continue;
                }
                let inside = if inside.is_empty() { name.into_owned() } else { format!("{inside}/{name}") };
                match entry.kind {
                    Kind::Folder => folders.push((path, inside)),
                    Kind::File => paths.push(inside),
                    Kind::Other => {}
                }
            }
        }
        paths.sort();
        (paths, true)
    }

    /// The folder that the generator writes, unless it is one of sources as well. Its files are not in the list of all files: an old
    /// build would hide broken links.
    fn built_folder(&self) -> Option<PathBuf> {
        let located = self.urls.as_ref()?.site();
        let folder = collapsed(&located.config_folder.join(located.site.built_folder()));
        let is_source = |inside: &str| collapsed(&located.root.join(inside)).starts_with(&folder);
        let holds_sources = located.site.content.iter().any(|content| is_source(&content.value)) || is_source("");
        (!holds_sources && folder != located.config_folder).then_some(folder)
    }

    /// What git ignores according to the file in the root, and the digest of that file.
    fn ignored(&self) -> (Option<Gitignore>, Digest) {
        let path = self.root.join(".gitignore");
        let Ok(text) = self.files.read(&path, Limit::SETTINGS) else { return (None, Digest::default()) };
        let mut builder = GitignoreBuilder::new("");
        for line in String::from_utf8_lossy(&text).lines() {
            let _ = builder.add_line(None, line);
        }
        (builder.build().ok(), Digest::of(&text))
    }
}

impl fmt::Debug for SiteFolders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SiteFolders").field("root", &self.root).finish_non_exhaustive()
    }
}

impl Folders for SiteFolders {
    fn files(&self, folder: &str) -> Arc<BTreeSet<String>> {
        let files = self.names_in(folder);
        note(|| (Question::Files(folder.to_owned()), Digest::of_debug(&files)));
        files
    }

    fn has_file(&self, path: &str) -> bool {
        let (folder, name) = split(path);
        let has_file = is_in(&self.names_in(folder), name);
        note(|| (Question::HasFile(path.to_owned()), Digest::of_bool(has_file)));
        has_file
    }

    fn has_file_like(&self, folder: &str, beginning: &str) -> bool {
        let has_file = begins_with(&self.names_in(folder), beginning);
        note(|| (Question::HasFileLike(folder.to_owned(), beginning.to_owned()), Digest::of_bool(has_file)));
        has_file
    }

    fn has_page_at(&self, path: &str) -> bool {
        let generator = self.urls.as_ref().map_or(Generator::Plain, |urls| urls.site().site.generator);
        // What the other posts say is part of the answer.
        let (has_page, _) = during(|| {
            let names = self.names.get_or_init(|| self.all_names());
            names.has_page_at(path, generator, |file| self.urls.as_ref()?.published(file))
        });
        note(|| (Question::HasPageAt(path.to_owned()), Digest::of_bool(has_page)));
        has_page
    }

    fn all(&self) -> Arc<AllFiles> {
        let all = self.all_files();
        note(|| (Question::AllFiles, all.digest()));
        all
    }
}

impl SiteFolders {
    fn names_in(&self, folder: &str) -> Arc<BTreeSet<String>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(files) = known.get(folder) {
            return files.clone();
        }
        let files = Arc::new(self.list(folder));
        known.insert(folder.to_owned(), files.clone());
        files
    }

    fn all_files(&self) -> Arc<AllFiles> {
        let all = || {
            let (paths, is_whole) = self.every_path();
            let (ignored, digest) = self.ignored();
            let mut all = Hasher::default();
            paths.iter().for_each(|path| _ = all.add(path.as_bytes()));
            let all = all.add(&[u8::from(is_whole)]).add_digest(digest).digest();
            Arc::new(AllFiles::new(paths, is_whole, ignored).with_digest(all))
        };
        self.all.get_or_init(all).clone()
    }
}
