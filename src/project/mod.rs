//! Finds the site and the config file of each post, and reads each file once.

pub mod baselines;
mod config_files;
mod finding;
mod folders;
mod foreign;
mod in_force;
pub mod layers;
mod nearest;
mod post;
pub mod rules_folder;
mod sites;
mod themes;
mod urls;
pub mod warnings;

use crate::catalog::Catalog;
use crate::diagnostic::Mistake;
use crate::digest::Digest;
use crate::files::{Files, Logged, ReadError, absolute, canonical};
use crate::place::Place;
use crate::place::dialect::Generator;
use crate::place::files::Folders;
use crate::place::theme::Themes;
use crate::ruleset::{Ruleset, Selection, UnknownRule};
use crate::source::Source;
use config_files::{config_file, name_of, read_settings, root_of};
pub use config_files::{misplaced_configs, up_to_repository_root};
use folders::SiteFolders;
pub use in_force::Project;
pub use layers::LayerFile;
use nearest::NearestOf;
pub use post::{KnownIn, Post};
use rustc_hash::{FxHashMap, FxHashSet};
pub use sites::LocatedSite;
use sites::{site_beside, site_in};
use std::collections::BTreeMap;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use themes::{ChosenTheme, SiteThemes};
pub use urls::SiteUrls;

/// A config file, or the page of a user's own rule, with mistakes.
#[derive(Debug)]
pub struct BrokenFile {
    /// Its path.
    pub path: PathBuf,
    /// Its text.
    pub source: Source,
    /// All its mistakes.
    pub mistakes: Vec<Mistake>,
}

/// Why a config file, or a user's own rule, could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A config file (the site's or postlint's) or a rule page cannot be read.
    #[error("cannot read `{}`: {_1}", _0.display())]
    Unreadable(PathBuf, ReadError),
    /// The config file or files it extends have mistakes.
    #[error("the config file has mistakes")]
    Broken(Vec<BrokenFile>),
    /// Pages of users' own rules have mistakes.
    #[error("the page of a rule has mistakes")]
    BrokenRules(Vec<BrokenFile>),
    /// A folder has config files with different names, so it is ambiguous which one applies.
    #[error("{} has both `{}` and `{}`", folder_of(_0), name_of(&_0[0]), name_of(&_0[1]))]
    TwoFiles([PathBuf; 2]),
}

impl miette::Diagnostic for ConfigError {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        match self {
            ConfigError::TwoFiles([one, _]) => {
                Some(Box::new(format!("keep one of them: merge both into `{}`", name_of(one))))
            }
            _ => None,
        }
    }
}

fn folder_of([path, _]: &[PathBuf; 2]) -> String {
    match path.parent() {
        Some(folder) if folder != Path::new("") => format!("`{}`", folder.display()),
        _ => "this folder".to_owned(),
    }
}

/// Finds sites and configs by walking up from posts; the result for each folder is cached.
pub struct Surroundings {
    files: Arc<dyn Files>,
    /// The working directory, which is the root folder of projects without a config file.
    working_directory: PathBuf,
    /// Seconds since 1970: the time at which the sites would be built.
    now: Option<i64>,
    generator: Option<Generator>,
    selection: Selection,
    /// Whether the URLs of posts are asked for even if no rule needs them.
    needs_urls: bool,
    /// The config file passed with `--config`.
    fixed: Option<PathBuf>,
    /// Settings that are used instead of any config file.
    bare: Option<Arc<Project>>,
    sites: FxHashMap<PathBuf, Option<Arc<LocatedSite>>>,
    /// The folders of each site, by the site's root.
    folders: FxHashMap<PathBuf, Arc<SiteFolders>>,
    /// The themes of each site, by the site's root: one for each way in which configs override it.
    themes: FxHashMap<PathBuf, Vec<Arc<SiteThemes>>>,
    /// The URLs of each site, by the site's root.
    urls: FxHashMap<PathBuf, Arc<SiteUrls>>,
    /// The keys of URLs that pages had before, by the canonical path of the site's root.
    former: FormerUrls,
    nearest: NearestOf,
    /// The settings for each folder.
    projects: FxHashMap<PathBuf, Arc<Project>>,
    /// The folder that was asked for last: the posts of a folder usually follow each other.
    last: Option<Arc<finding::Surrounding>>,
    /// The loaded settings, by config file and folder of users' own rules.
    loaded: BTreeMap<(Option<PathBuf>, Option<PathBuf>), Arc<Project>>,
}

/// The [keys](crate::facts::key) of URLs that pages had before some changes, by the canonical path of their site's root.
pub type FormerUrls = FxHashMap<PathBuf, Arc<FxHashSet<String>>>;

impl Surroundings {
    /// `generator` and `config` come from the command line. Returns an error if the file at `config` cannot be read.
    pub fn new(
        files: Arc<dyn Files>,
        working_directory: &Path,
        generator: Option<Generator>,
        config: Option<&Path>,
        selection: Selection,
    ) -> Result<Self, ConfigError> {
        if let Some(path) = config {
            read_settings(&*files, path)?;
        }
        let fixed = config.map(Path::to_owned);
        Ok(Surroundings { generator, selection, fixed, ..Surroundings::unasked(files, working_directory) })
    }

    /// Those of a run in the folder without options.
    pub fn of_folder(files: Arc<dyn Files>, folder: &Path) -> Self {
        Surroundings::unasked(files, folder)
    }

    fn unasked(files: Arc<dyn Files>, working_directory: &Path) -> Self {
        Surroundings {
            files,
            working_directory: working_directory.to_owned(),
            now: now(),
            generator: None,
            selection: Selection::default(),
            needs_urls: false,
            fixed: None,
            bare: None,
            sites: FxHashMap::default(),
            folders: FxHashMap::default(),
            themes: FxHashMap::default(),
            urls: FxHashMap::default(),
            former: FormerUrls::default(),
            nearest: NearestOf::default(),
            projects: FxHashMap::default(),
            last: None,
            loaded: BTreeMap::new(),
        }
    }

    /// Like [`new`](Self::new), but ignores config files and users' own rules.
    pub fn without_config(files: Arc<dyn Files>, working_directory: &Path) -> Self {
        Surroundings::unasked(files, working_directory).isolated()
    }

    /// The same, with the URLs of all posts.
    pub fn with_urls(self) -> Self {
        Surroundings { needs_urls: true, ..self }
    }

    /// The same with URLs that pages had before.
    pub fn with_former(self, former: FormerUrls) -> Self {
        Surroundings { former, ..self }
    }

    /// The same without config files and users' own rules.
    pub fn isolated(self) -> Self {
        let preset = self.selection.preset.map(layers::of_preset).into_iter().collect();
        let root = self.working_directory.clone();
        let bare = Project::new(root, preset, Catalog::builtin().clone(), self.selection.clone());
        Surroundings { bare: Some(Arc::new(bare)), last: None, ..self }
    }

    /// The digest of the options of the run that posts are checked with.
    pub fn options(&self) -> Digest {
        let is_bare = self.bare.is_some();
        Digest::of_debug(&(&self.working_directory, self.generator, &self.selection, &self.fixed, is_bare))
    }

    /// Seconds since 1970.
    pub fn now(&self) -> Option<i64> {
        self.now
    }

    /// The files of a site, or of a project without one, at `root`.
    pub fn folders(&mut self, root: &Path, located: Option<&Arc<LocatedSite>>) -> Arc<dyn Folders> {
        if let Some(known) = self.folders.get(root) {
            return known.clone();
        }
        let urls = located.map(|located| self.urls(located));
        let folders = Arc::new(SiteFolders::new(self.files.clone(), root.to_owned(), urls));
        self.folders.insert(root.to_owned(), folders.clone());
        folders
    }

    /// The theme of a site, which is read when it is first needed.
    pub fn themes(&mut self, located: &Arc<LocatedSite>, chosen: &ChosenTheme) -> Arc<dyn Themes> {
        let known = self.themes.get(&located.root).map_or(&[][..], Vec::as_slice);
        if let Some(known) = known.iter().find(|it| it.is_chosen_by(chosen)) {
            return known.clone();
        }
        let themes = Arc::new(SiteThemes::new(self.files.clone(), self.urls(located), chosen.clone()));
        self.themes.entry(located.root.clone()).or_default().push(themes.clone());
        themes
    }

    /// The URLs of a site's pages, which are read when the first of them is needed.
    pub fn urls(&mut self, located: &Arc<LocatedSite>) -> Arc<SiteUrls> {
        if let Some(known) = self.urls.get(&located.root).filter(|known| Arc::ptr_eq(known.site(), located)) {
            return known.clone();
        }
        let urls = SiteUrls::new(self.files.clone(), located.clone());
        let former = if self.former.is_empty() { None } else { self.former.get(&canonical(&located.root)) };
        let urls = Arc::new(urls.with_former(former.cloned().unwrap_or_default()));
        self.urls.insert(located.root.clone(), urls.clone());
        urls
    }

    /// The URLs of the site if one of the rules needs the facts of all its posts, and it is parsed by the generator that
    /// was found: a config may name another one.
    fn urls_for(&mut self, located: &Arc<LocatedSite>, rules: &Ruleset, place: &Place) -> Option<Arc<SiteUrls>> {
        if !self.needs_urls && rules.for_site().next().is_none() || located.site.generator != place.generator {
            return None;
        }
        Some(self.urls(located))
    }

    /// Removes everything from the caches that depends on the absolute `path`, after that file was created, changed or
    /// removed. Posts returned before are not updated.
    pub fn forget(&mut self, path: &Path) {
        let folder = path.parent().unwrap_or(path);
        self.folders.retain(|root, _| !path.starts_with(root));
        self.themes.retain(|root, _| !path.starts_with(root));
        self.urls.retain(|root, _| !path.starts_with(root));
        self.sites.retain(|known, _| !known.starts_with(folder));
        // Any config file may extend this file or use this folder of rules.
        self.projects.clear();
        self.nearest.forget();
        self.last = None;
        self.loaded.clear();
    }

    /// Removes the URLs of pages from the caches, after the post at the absolute `path` got another one. Posts returned
    /// before are not updated.
    pub fn forget_pages(&mut self, path: &Path) {
        self.folders.retain(|root, _| !path.starts_with(root));
        self.urls.retain(|root, _| !path.starts_with(root));
    }

    /// What is probably wrong in the config files found so far, although they can be used; with `baselines`, also
    /// baselines that do not exist.
    pub fn warnings(&self, baselines: bool) -> Vec<BrokenFile> {
        self.loaded.values().flat_map(|project| project.warnings(&*self.files, baselines)).collect()
    }

    /// The projects found so far that have a config file, each with that file as its last layer.
    pub fn projects(&self) -> impl Iterator<Item = &Project> {
        self.loaded.values().map(|project| &**project).filter(|project| project.own_layer().is_some())
    }

    /// What users of old names of rules on the command line are told.
    pub fn notices(&self) -> Vec<String> {
        let Selection { select, extend_select, ignore, .. } = &self.selection;
        let words = || select.iter().chain(extend_select).chain(ignore);
        self.catalogs().flat_map(|catalog| words().filter_map(|word| catalog.notice(word))).collect()
    }

    /// The catalogs of the projects found so far; those with the same folder of rules are equal.
    pub fn catalogs(&self) -> impl Iterator<Item = &Catalog> {
        self.loaded.values().chain(&self.bare).map(|project| &*project.catalog)
    }

    /// The first word of `--select` and `--ignore` that does not name a rule of any project found so far. If no project
    /// was found, that of the working directory is used.
    pub fn unknown_rule(&mut self) -> Result<Option<UnknownRule>, ConfigError> {
        if self.loaded.is_empty() && self.bare.is_none() {
            self.project(&self.working_directory.clone())?;
        }
        let unknown: Vec<Vec<UnknownRule>> = self.catalogs().map(|catalog| self.selection.unknown(catalog)).collect();
        let (first, others) = unknown.split_first().map_or((&[][..], &[][..]), |(first, rest)| (&first[..], rest));
        let everywhere = |word: &&UnknownRule| others.iter().all(|these| these.iter().any(|w| w.name == word.name));
        Ok(first.iter().find(everywhere).cloned())
    }

    /// The config that applies to posts in `folder`, an absolute path.
    pub fn project(&mut self, folder: &Path) -> Result<Arc<Project>, ConfigError> {
        if let Some(known) = self.bare.as_ref().or_else(|| self.projects.get(folder)) {
            return Ok(known.clone());
        }
        let nearest = self.nearest.folder(&*self.files, folder);
        let config = match &self.fixed {
            Some(fixed) => Some(fixed.clone()),
            None => nearest.config()?.map(Path::to_owned),
        };
        let key = (config, nearest.rules);
        let project = match self.loaded.get(&key) {
            Some(known) => known.clone(),
            None => {
                let (config, rules) = (key.0.as_deref(), key.1.as_deref());
                let here = &self.working_directory;
                let logged = Logged::new(&*self.files);
                let loaded = load(&logged, config, rules, here, &self.selection);
                let loaded = loaded.map(|project| project.with_digest(logged.digest()));
                // Without a config file, use the folder that contains `.postlint/rules`.
                let home = config.and_then(Path::parent).or(rules.and_then(|rules| rules.ancestors().nth(2)));
                let home = home.unwrap_or(folder);
                let project =
                    loaded.map_err(|error| foreign::hide(&*self.files, home, here, self.fixed.as_deref(), error))?;
                let project = Arc::new(project);
                self.loaded.insert(key, project.clone());
                project
            }
        };
        self.projects.insert(folder.to_owned(), project.clone());
        Ok(project)
    }

    /// Like [`site`](Self::site), but also returns a site whose root does not contain `folder`, such as a Jekyll site
    /// with `source: docs` for the folder of its config.
    pub fn config_of(&mut self, folder: &Path) -> Result<Option<Arc<LocatedSite>>, ConfigError> {
        self.site(folder)?;
        Ok(self.sites.get(folder).cloned().flatten())
    }

    /// The site to which posts in `folder`, an absolute path, belong: that of the nearest folder with a config, or else
    /// the nearest folder with `_posts`. A `_posts` folder inside a site with a config does not start another site.
    pub fn site(&mut self, folder: &Path) -> Result<Option<Arc<LocatedSite>>, ConfigError> {
        // Most posts have others beside them.
        if let Some(known) = self.sites.get(folder) {
            return Ok(known.clone().filter(|site| folder.starts_with(&site.root)));
        }
        let mut seen = Vec::new();
        let mut found = None;
        for ancestor in up_to_repository_root(&*self.files, folder) {
            if let Some(known) = self.sites.get(ancestor) {
                found = known.clone();
                break;
            }
            seen.push(ancestor.to_owned());
            found = match site_in(&*self.files, ancestor)? {
                Some(site) => Some(site),
                None => site_beside(&*self.files, ancestor)?,
            }
            .map(Arc::new);
            if found.is_some() {
                break;
            }
        }
        let mut by_posts = None;
        // Go from the top down: without a config, the folder that contains `_posts` and all folders below it are the
        // site.
        for folder in seen.into_iter().rev() {
            if found.is_none() && self.files.is_folder(&folder.join("_posts")) {
                by_posts = Some(Arc::new(LocatedSite::without_config(folder.clone())));
            }
            self.sites.insert(folder, found.clone().or_else(|| by_posts.clone()));
        }
        // The root may be a subfolder of the folder with the config (`source` in Jekyll, `docs_dir` in MkDocs) that
        // does not contain `folder`.
        Ok(self.sites.get(folder).cloned().flatten().filter(|site| folder.starts_with(&site.root)))
    }
}

/// Seconds since 1970.
fn now() -> Option<i64> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}

/// Loads the settings. `nearest_rules` is the folder of users' own rules that is used if the config file does not set
/// one.
fn load(
    files: &dyn Files,
    path: Option<&Path>,
    nearest_rules: Option<&Path>,
    working_directory: &Path,
    selection: &Selection,
) -> Result<Project, ConfigError> {
    let Some(path) = path else {
        let catalog = rules_folder::catalog(files, nearest_rules)?;
        let preset = selection.preset.map(layers::of_preset).into_iter().collect();
        return Ok(Project::new(working_directory.to_owned(), preset, catalog, selection.clone()));
    };
    let text = read_settings(files, path)?;
    let root = root_of(&absolute(path));
    let stack = layers::read(files, path, text, selection.preset).of_this_version()?;
    let rules = stack.rules_folder().filter(|folder| files.is_folder(folder));
    let catalog = rules_folder::catalog(files, rules.as_deref().or(nearest_rules))?;
    let layers = stack.finish(files, &catalog).map_err(ConfigError::Broken)?;
    Ok(Project::new(root, layers, catalog, selection.clone()))
}

/// `path` relative to `root`, with `/`.
fn relative(path: &Path, root: &Path) -> String {
    if let Some(inside) = plainly_inside(path, root) {
        return inside.to_owned();
    }
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts = inside.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// `path` relative to `root`, if both are written in the simplest way: taking paths apart takes longer than all else that is
/// done to find the site of a post.
fn plainly_inside<'p>(path: &'p Path, root: &Path) -> Option<&'p str> {
    let inside = path.to_str()?.strip_prefix(root.to_str()?)?.strip_prefix('/')?;
    let is_plain = MAIN_SEPARATOR == '/' && inside.split('/').all(|part| !matches!(part, "" | "." | ".."));
    is_plain.then_some(inside)
}
