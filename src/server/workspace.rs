//! The folders that are open in the client, each with what is known of its sites and configs.

use crate::diagnostic::Diagnostic;
use crate::engine::baseline::Baseline;
use crate::engine::{RuleInfo, rule_infos};
use crate::files::{Disk, Files, Limit, Unsaved};
use crate::project::baselines::{self, Places};
use crate::project::{ConfigError, KnownIn, Post, Surroundings, up_to_repository_root};
use crate::source::Source;
use crate::walk::{Walk, is_post_name, walk};
use gen_lsp_types::FileChangeType;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folders of a client.
pub struct Workspace {
    /// All files, with the texts of open documents.
    pub files: Arc<Unsaved>,
    folders: BTreeMap<PathBuf, Folder>,
}

/// A folder: what a run of `postlint` in it would know.
pub struct Folder {
    /// What is known of its sites and configs.
    pub surroundings: Surroundings,
    /// The same without configs: they have mistakes.
    bare: Surroundings,
    baselines: BTreeMap<PathBuf, Option<Arc<Baseline>>>,
}

/// A post as a run would check it.
pub struct Located {
    /// The post.
    pub post: Post,
    /// The rules of its catalog by name.
    pub infos: Arc<BTreeMap<String, RuleInfo>>,
    /// The known findings of posts, and the path that it has among them.
    pub known: Option<(Arc<Baseline>, String)>,
    /// What is wrong with its baseline.
    pub notice: Option<String>,
}

impl Located {
    /// Drops the findings that the baseline knows.
    pub fn hide_known(&self, source: &Source, found: &mut Vec<Diagnostic>) {
        if let Some((baseline, path)) = &self.known {
            baseline.hide(path, source, found);
        }
    }
}

impl Workspace {
    /// The workspace with these folders. Nothing is read yet.
    pub fn new(roots: impl IntoIterator<Item = PathBuf>) -> Self {
        let mut workspace = Workspace { files: Unsaved::new(), folders: BTreeMap::new() };
        roots.into_iter().for_each(|root| workspace.add(root));
        workspace
    }

    /// Adds a folder.
    pub fn add(&mut self, root: PathBuf) {
        let folder = Folder::new(self.files.clone(), &root);
        self.folders.insert(root, folder);
    }

    /// Removes a folder.
    pub fn remove(&mut self, root: &Path) {
        self.folders.remove(root);
    }

    /// The innermost folder around a path. A file outside of all folders has one of its own: its repository, or else the
    /// folder that it is in.
    pub fn root_of(&mut self, path: &Path) -> PathBuf {
        if let Some(root) = path.ancestors().find(|ancestor| self.folders.contains_key(*ancestor)) {
            return root.to_owned();
        }
        let folder = path.parent().unwrap_or(path);
        let top = up_to_repository_root(&*self.files, folder).last().unwrap_or(folder);
        let root = if self.files.exists(&top.join(".git")) { top } else { folder };
        self.add(root.to_owned());
        root.to_owned()
    }

    /// The folder around a path.
    pub fn folder(&mut self, path: &Path) -> &mut Folder {
        let root = self.root_of(path);
        let files = &self.files;
        self.folders.entry(root.clone()).or_insert_with(|| Folder::new(files.clone(), &root))
    }

    /// The post at a path. `None` if the file is not a post, or is excluded or ignored.
    pub fn post(&mut self, path: &Path) -> Result<Option<Located>, ConfigError> {
        self.post_with(path, |folder| &mut folder.surroundings)
    }

    /// The same with the default settings, in place of those of a config that has mistakes. Returns an error if a config of
    /// the site cannot be read.
    pub fn post_without_config(&mut self, path: &Path) -> Result<Option<Located>, ConfigError> {
        self.post_with(path, |folder| &mut folder.bare)
    }

    fn post_with(
        &mut self,
        path: &Path,
        surroundings: impl FnOnce(&mut Folder) -> &mut Surroundings,
    ) -> Result<Option<Located>, ConfigError> {
        let root = self.root_of(path);
        if !is_post_name(path) || is_ignored(path, &root) {
            return Ok(None);
        }
        let folder = self.folder(path);
        let Some(post) = surroundings(folder).post(path, false)? else { return Ok(None) };
        Ok(Some(folder.located(post)))
    }

    /// How the file at a path changes if it gets this text; `None` if it has that already.
    pub fn change_to(&self, path: &Path, text: &str) -> Option<FileChangeType> {
        if !self.files.exists(path) {
            return Some(FileChangeType::Created);
        }
        let is_same = self.files.read(path, Limit::POST).is_ok_and(|bytes| bytes == text.as_bytes());
        (!is_same).then_some(FileChangeType::Changed)
    }

    /// Drops what depends on a file that was created, changed or removed.
    pub fn forget(&mut self, path: &Path) {
        for (root, folder) in &mut self.folders {
            if path.starts_with(root) || root.starts_with(path.parent().unwrap_or(path)) {
                folder.surroundings.forget(path);
                folder.bare.forget(path);
                folder.baselines.clear();
            }
        }
    }
}

impl Folder {
    fn new(files: Arc<Unsaved>, root: &Path) -> Self {
        let bare = Surroundings::without_config(files.clone(), root);
        Folder { surroundings: Surroundings::of_folder(files, root), bare, baselines: BTreeMap::new() }
    }

    /// Drops the URLs of pages, after a post got another one.
    pub fn forget_pages(&mut self, path: &Path) {
        self.surroundings.forget_pages(path);
        self.bare.forget_pages(path);
    }

    /// A post with its baseline. One that cannot be used knows nothing.
    fn located(&mut self, post: Post) -> Located {
        let file = Places::new(None).of(&post);
        let mut notice = None;
        let known = self.baselines.entry(file.clone()).or_insert_with(|| match baselines::load(&file) {
            Ok(baseline) => baseline.map(|mut baseline| {
                baselines::use_new_names(&mut baseline, post.rules.catalog());
                Arc::new(baseline)
            }),
            Err(error) => {
                notice = Some(error.to_string());
                None
            }
        });
        let known = known.clone().filter(|_| post.baseline != KnownIn::Nowhere).map(|mut baseline| {
            let path = baselines::path_in(&file, &post.path);
            if baseline.known_in(&path) == 0 {
                baselines::follow(Arc::make_mut(&mut baseline), &file, [post.path.as_path()].into_iter());
            }
            (baseline, path)
        });
        let infos = Arc::new(rule_infos([post.rules.catalog()].into_iter()));
        Located { post, infos, known, notice }
    }
}

/// Whether a search of the folder `root` would skip the file. One that is not on the disk yet is not skipped.
fn is_ignored(path: &Path, root: &Path) -> bool {
    if Disk.kind(path).is_none() {
        return false;
    }
    let paths = [path.to_owned()];
    walk(&Walk { paths: &paths, root, force_exclude: true, commands: &[] }).is_ok_and(|found| found.files.is_empty())
}
