//! A site with the facts of its posts, kept as they change.

use crate::across::{Member, Members, Origin, Reading, posts_of, read_members};
use crate::cache::{self, Cache};
use crate::diagnostic::Diagnostic;
use crate::files::{Unsaved, read_post};
use crate::project::{LocatedSite, Post, Surroundings};
use crate::server::background::looking::{Look, Seen, look};
use crate::server::background::{Asked, Event, Progress};
use crate::walk::{Walk, is_post_name, walk};
use crossbeam_channel::Sender;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A site.
pub(super) struct Indexed {
    /// The workspace folder.
    pub(super) root: PathBuf,
    site_root: PathBuf,
    config_folder: PathBuf,
    files: Arc<Unsaved>,
    cache: cache::Settings,
    surroundings: Surroundings,
    /// Whether its config has had mistakes from the start, so that the default settings apply.
    pub(super) is_bare: bool,
    /// The posts; `None` until they are read.
    members: Option<Members>,
    /// Whether all posts must be read again.
    is_stale: bool,
    /// The posts that must be read again.
    marked: BTreeSet<PathBuf>,
}

/// Number of posts from which on progress is shown.
const MANY: usize = 500;

/// Number of posts between two messages about progress.
const STEP: usize = 100;

impl Indexed {
    /// The site of a document. `None` if it is in no site, or the site cannot be read.
    pub(super) fn of(asked: &Asked, files: Arc<Unsaved>, cache: cache::Settings) -> Option<Self> {
        let mut surroundings = Surroundings::of_folder(files.clone(), &asked.root);
        let post = surroundings.post(&asked.path, false);
        let is_bare = post.is_err();
        let post = post.or_else(|_| {
            surroundings = Surroundings::without_config(files.clone(), &asked.root);
            surroundings.post(&asked.path, false)
        });
        let located = post.ok()??.site?;
        Some(Indexed {
            root: asked.root.clone(),
            site_root: located.root.clone(),
            config_folder: located.config_folder.clone(),
            files,
            cache,
            surroundings,
            is_bare,
            members: None,
            is_stale: true,
            marked: BTreeSet::new(),
        })
    }

    /// Whether a document belongs to the site.
    pub(super) fn is_of(&self, asked: &Asked) -> bool {
        let inside = asked.path.strip_prefix(&self.site_root).ok();
        self.root == asked.root && inside.is_some_and(|inside| Path::new(&asked.facts.path) == inside)
    }

    /// Forgets what depends on a file.
    pub(super) fn forget(&mut self, path: &Path) {
        let folder = path.parent().unwrap_or(path);
        let is_around = self.site_root.starts_with(folder) || path.starts_with(&self.config_folder);
        if is_around || path.starts_with(&self.site_root) {
            self.surroundings.forget(path);
            self.is_stale = true;
        }
    }

    /// Forgets the URLs of pages, after the post at `path` got another one.
    pub(super) fn forget_urls(&mut self, path: &Path) {
        if path.starts_with(&self.site_root) {
            self.surroundings.forget_pages(path);
        }
    }

    /// Marks a post whose file must be read again.
    pub(super) fn mark(&mut self, path: PathBuf) {
        if path.starts_with(&self.site_root) && is_post_name(&path) {
            self.marked.insert(path);
        }
    }

    /// Reads what must be read again. Returns whether the facts of a post have changed.
    pub(super) fn refresh(&mut self, events: &Sender<Event>) -> bool {
        let marked = std::mem::take(&mut self.marked);
        if self.is_stale || self.members.is_none() {
            return self.read_all(events);
        }
        let mut is_changed = false;
        for path in marked {
            let read = self.read(&path);
            let Some(members) = &mut self.members else { continue };
            is_changed |= match read {
                Some(member) => members.put(member),
                None => members.remove(&path),
            };
        }
        is_changed
    }

    fn read(&mut self, path: &Path) -> Option<Member> {
        let post = self.surroundings.post(path, true).ok()??;
        read_members(&[post], &*self.files, None, || {}).pop()
    }

    /// Reads all posts. While the config has mistakes, the facts stay as they are.
    fn read_all(&mut self, events: &Sender<Event>) -> bool {
        let Ok(Some(located)) = self.surroundings.site(&self.site_root) else { return false };
        if self.surroundings.project(&self.site_root).is_err() {
            return false;
        }
        let posts = self.posts(&located);
        let (read, all) = (AtomicUsize::new(0), posts.len());
        // A small site is read before progress could be seen.
        let show = |progress| all >= MANY && events.send(Event::Indexing(progress)).is_ok();
        show(Progress::Begin);
        let step = || {
            let count = read.fetch_add(1, Ordering::Relaxed) + 1;
            if count.is_multiple_of(STEP) {
                show(Progress::Read(count, all));
            }
        };
        let cache = Cache::new(&self.cache, &self.surroundings);
        let members = read_members(&posts, &*self.files, cache.as_ref(), step);
        // An editor does without the cache; a run in a terminal says that it cannot be written.
        let _ = cache.map_or(Ok(()), |cache| cache.save());
        let files = self.surroundings.folders(&located.root, Some(&located));
        self.members = Some(Members::new(&self.surroundings.urls(&located), files, members));
        self.is_stale = false;
        show(Progress::End);
        true
    }

    fn posts(&mut self, located: &LocatedSite) -> Vec<Post> {
        let paths = [self.site_root.clone()];
        let found = walk(&Walk { paths: &paths, root: &self.site_root, force_exclude: false, commands: &[] });
        let found = found.unwrap_or_default();
        posts_of(located, found.files.iter(), &mut self.surroundings)
    }

    /// Puts the facts of a document in place of those of its file. Returns whether they differ.
    pub(super) fn put(&mut self, asked: &Asked) -> bool {
        let origin =
            Origin { path: asked.path.clone(), rules: asked.rules.clone(), suppressions: asked.suppressions.clone() };
        let member = Member { facts: asked.facts.clone(), origin };
        self.members.as_mut().is_some_and(|members| members.put(member))
    }

    /// Answers a question about the site. `None` if its posts are not known.
    pub(super) fn look(&mut self, question: &Look) -> Option<Seen> {
        let files = self.files.clone();
        let read = move |path: &Path| read_post(&*files, path);
        Some(look(self.members.as_mut()?, question, &self.site_root, &read))
    }

    /// What the rules find in each of some documents; nothing until the posts of the site are known.
    pub(super) fn find(&mut self, asked: &[&Asked]) -> Vec<Vec<Diagnostic>> {
        let Some(members) = &mut self.members else { return Vec::new() };
        let files = self.files.clone();
        let read = move |path: &Path| read_post(&*files, path);
        let posts: Vec<Option<usize>> = asked.iter().map(|asked| members.position(&asked.facts.path)).collect();
        members.find_each(&posts, &Reading { known: &|_| None, read: &read, root: &self.root, takes_notes: false })
    }
}
