//! Finds the site and the config file of each post, and reads each file once.

mod folders;
mod foreign;
mod in_force;
pub mod layers;
pub mod rules_folder;
mod sites;
mod themes;

use crate::catalog::Catalog;
use crate::config;
use crate::diagnostic::Mistake;
use crate::engine::Setup;
use crate::files::{Files, Limit, ReadError};
use crate::place::Place;
use crate::place::dialect::{Dialect, Generator, extension_of};
use crate::place::files::Folders;
use crate::place::theme::Themes;
use crate::ruleset::{Ruleset, Selection, UnknownRule};
use crate::schema::Demands;
use crate::site::Site;
use crate::source::Source;
use folders::SiteFolders;
pub use in_force::Project;
pub use layers::LayerFile;
use rustc_hash::FxHashMap;
pub use sites::LocatedSite;
use sites::{guess_site, site_in};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use themes::SiteThemes;

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
                Some(Box::new(format!("keep one: move what it lacks into `{}`", name_of(one))))
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

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A post before it is parsed, with its site and settings.
pub struct Post {
    /// The path of its file.
    pub path: PathBuf,
    /// Its site, unless none was found.
    pub site: Option<Arc<LocatedSite>>,
    /// Its place in the site.
    pub place: Place,
    /// The rules to run on it.
    pub rules: Arc<Ruleset>,
    /// The front matter that its config requires.
    pub demands: Demands,
    /// The folder of its config file, absolute; without one, the working directory.
    pub config_folder: PathBuf,
}

impl Post {
    /// Its place, rules and required front matter.
    pub fn setup(&self) -> Setup<'_> {
        Setup { place: &self.place, rules: &self.rules, demands: &self.demands }
    }
}

/// Finds sites and configs by walking up from posts; the result for each folder is cached.
pub struct Surroundings {
    files: Arc<dyn Files>,
    /// Its settings apply if there is no config file.
    working_directory: PathBuf,
    generator: Option<Generator>,
    selection: Selection,
    /// The config file given by `--config`.
    fixed: Option<PathBuf>,
    /// The settings to use instead of any config file.
    bare: Option<Arc<Project>>,
    sites: FxHashMap<PathBuf, Option<Arc<LocatedSite>>>,
    /// Keyed by the root of the site.
    folders: FxHashMap<PathBuf, Arc<SiteFolders>>,
    /// Keyed by the root of the site.
    themes: FxHashMap<PathBuf, Arc<SiteThemes>>,
    /// Keyed by folder.
    projects: FxHashMap<PathBuf, Arc<Project>>,
    /// Keyed by config file and folder of users' own rules.
    loaded: BTreeMap<(Option<PathBuf>, Option<PathBuf>), Arc<Project>>,
}

impl Surroundings {
    /// `generator` and `config` are from the command line.
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

    fn unasked(files: Arc<dyn Files>, working_directory: &Path) -> Self {
        Surroundings {
            files,
            working_directory: working_directory.to_owned(),
            generator: None,
            selection: Selection::default(),
            fixed: None,
            bare: None,
            sites: FxHashMap::default(),
            folders: FxHashMap::default(),
            themes: FxHashMap::default(),
            projects: FxHashMap::default(),
            loaded: BTreeMap::new(),
        }
    }

    /// The same, but ignores config files and users' own rules.
    pub fn without_config(files: Arc<dyn Files>, working_directory: &Path) -> Self {
        let root = working_directory.to_owned();
        let bare = Project::new(root, Vec::new(), Catalog::builtin().clone(), Selection::default());
        Surroundings { bare: Some(Arc::new(bare)), ..Surroundings::unasked(files, working_directory) }
    }

    /// The post at `path`; `None` if the file is not a post, or if its config or site excludes it. The exclusions of
    /// the site do not apply to files that are `named` on the command line.
    pub fn post(&mut self, path: &Path, named: bool) -> Result<Option<Post>, ConfigError> {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let folder = absolute.parent().unwrap_or(Path::new("")).to_owned();
        let project = self.project(&folder)?;
        if !named && project.ignores(&absolute) {
            return Ok(None);
        }
        let located = self.site(&folder)?.or_else(|| guess_site(&absolute));
        let chosen = self.generator.or(project.last(|config| config.site.generator.as_ref()).map(|(site, _)| *site));
        let place = match &located {
            Some(located) => {
                let inside = relative(&absolute, &located.root);
                if !named && located.site.is_excluded(&inside) {
                    return Ok(None);
                }
                located.site.place(&inside)
            }
            None => Site::new(Generator::Plain).place(&project.inside(&absolute)),
        };
        let root = located.as_ref().map_or(&project.root, |located| &located.root);
        let Some(place) = place else { return Ok(None) };
        let language = project.last(|config| config.language.as_ref()).map(|(language, _)| language.clone());
        let own_hosts = project.all(|config| &config.own_hosts).map(|(host, _)| host.clone());
        let inside = project.inside(&absolute);
        let rules = project.rules(&inside);
        let rules = rules.map_err(|error| {
            foreign::hide(&*self.files, &project.root, &self.working_directory, self.fixed.as_deref(), error)
        })?;
        // Layouts of another generator would be read wrongly.
        let is_read_as = |located: &&Arc<LocatedSite>| chosen.is_none_or(|it| it == located.site.generator);
        let place = Place {
            folders: absolute.starts_with(root).then(|| self.folders(root)),
            themes: located.as_ref().filter(|it| is_read_as(it)).map(|located| self.themes(located)),
            own_hosts: place.own_hosts.iter().cloned().chain(own_hosts).collect(),
            language: language.or(place.language.clone()),
            ..project.overridden(read_as(place, chosen))
        };
        Ok(Some(Post {
            path: path.to_owned(),
            site: located,
            place,
            rules,
            demands: project.demands(&inside),
            config_folder: project.root.clone(),
        }))
    }

    fn folders(&mut self, root: &Path) -> Arc<dyn Folders> {
        if let Some(known) = self.folders.get(root) {
            return known.clone();
        }
        let folders = Arc::new(SiteFolders::new(self.files.clone(), root.to_owned()));
        self.folders.insert(root.to_owned(), folders.clone());
        folders
    }

    /// The theme of a site, which is not read yet.
    pub fn themes(&mut self, located: &Arc<LocatedSite>) -> Arc<dyn Themes> {
        if let Some(known) = self.themes.get(&located.root) {
            return known.clone();
        }
        let themes = Arc::new(SiteThemes::new(self.files.clone(), located.clone()));
        self.themes.insert(located.root.clone(), themes.clone());
        themes
    }

    /// Clears what was cached for the absolute `path` and everything derived from it, after the file was created,
    /// changed or removed. Posts returned before are not updated.
    pub fn forget(&mut self, path: &Path) {
        let folder = path.parent().unwrap_or(path);
        self.folders.retain(|root, _| !path.starts_with(root));
        self.themes.retain(|root, _| !path.starts_with(root));
        self.sites.retain(|known, _| !known.starts_with(folder));
        // A config file may extend any file and use any folder of rules.
        self.projects.clear();
        self.loaded.clear();
    }

    /// The catalogs of the projects found so far; those with the same folder of rules are equal.
    pub fn catalogs(&self) -> impl Iterator<Item = &Catalog> {
        self.loaded.values().map(|project| &*project.catalog)
    }

    /// The first word of `--select` and `--ignore` that does not name a rule of any project found so far. If none was
    /// found, the working directory's is used.
    pub fn unknown_rule(&mut self) -> Result<Option<UnknownRule>, ConfigError> {
        if self.loaded.is_empty() {
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
        let config = match &self.fixed {
            Some(fixed) => Some(fixed.clone()),
            None => config_file(&*self.files, folder)?,
        };
        let key = (config, rules_folder::nearest(&*self.files, folder));
        let project = match self.loaded.get(&key) {
            Some(known) => known.clone(),
            None => {
                let (config, rules) = (key.0.as_deref(), key.1.as_deref());
                let here = &self.working_directory;
                let loaded = load(&*self.files, config, rules, here, &self.selection);
                // Without a config file, the folder that contains `.postlint/rules`.
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

    /// The site of the nearest folder with a site's config, from `folder` up; its posts may be in other folders.
    pub fn config_of(&mut self, folder: &Path) -> Result<Option<Arc<LocatedSite>>, ConfigError> {
        self.site(folder)?;
        Ok(self.sites.get(folder).cloned().flatten())
    }

    /// The site that posts in `folder`, an absolute path, belong to: the nearest that has a config, else the nearest
    /// folder that has `_posts`. Those with a config have such folders inside.
    pub fn site(&mut self, folder: &Path) -> Result<Option<Arc<LocatedSite>>, ConfigError> {
        let mut seen = Vec::new();
        let mut found = None;
        for ancestor in up_to_repository_root(&*self.files, folder) {
            if let Some(known) = self.sites.get(ancestor) {
                found = known.clone();
                break;
            }
            seen.push(ancestor.to_owned());
            found = site_in(&*self.files, ancestor)?.map(Arc::new);
            if found.is_some() {
                break;
            }
        }
        let mut by_posts = None;
        // From the top down: without a config, the folders above `_posts` are not in a site.
        for folder in seen.into_iter().rev() {
            if found.is_none() && self.files.is_folder(&folder.join("_posts")) {
                by_posts = Some(Arc::new(LocatedSite::without_config(folder.clone())));
            }
            self.sites.insert(folder, found.clone().or_else(|| by_posts.clone()));
        }
        // Jekyll may read another folder than the one with its config.
        Ok(self.sites.get(folder).cloned().flatten().filter(|site| folder.starts_with(&site.root)))
    }
}

/// `nearest_rules` is the folder of users' own rules that is used if the config file does not name one.
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
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let root = absolute.parent().unwrap_or(Path::new("")).to_owned();
    let stack = layers::read(files, path, text, selection.preset);
    let rules = stack.rules_folder().filter(|folder| files.is_folder(folder));
    let catalog = rules_folder::catalog(files, rules.as_deref().or(nearest_rules))?;
    let layers = stack.finish(files, &catalog).map_err(ConfigError::Broken)?;
    Ok(Project::new(root, layers, catalog, selection.clone()))
}

/// The nearest config file, from `folder` up to the root of the repository.
fn config_file(files: &dyn Files, folder: &Path) -> Result<Option<PathBuf>, ConfigError> {
    for ancestor in up_to_repository_root(files, folder) {
        let paths = config::FILE_NAMES.map(|name| ancestor.join(name));
        match paths.each_ref().map(|path| files.exists(path)) {
            [true, true] => return Err(ConfigError::TwoFiles(paths)),
            [false, false] => {}
            _ => return Ok(paths.into_iter().find(|path| files.exists(path))),
        }
    }
    Ok(None)
}

/// The folder and those above it, up to and including the one that contains `.git`.
pub fn up_to_repository_root<'p>(files: &dyn Files, folder: &'p Path) -> impl Iterator<Item = &'p Path> {
    let mut below_root = true;
    folder.ancestors().take_while(move |ancestor| {
        let take = below_root;
        below_root = below_root && !files.exists(&ancestor.join(".git"));
        take
    })
}

/// The bytes of a config file or a rule's page.
fn read_settings(files: &dyn Files, path: &Path) -> Result<Vec<u8>, ConfigError> {
    files.read(path, Limit::SETTINGS).map_err(|error| ConfigError::Unreadable(path.to_owned(), error))
}

/// The same place for `generator`. What is known of the site's own engine does not apply to that of another one.
fn read_as(place: Place, generator: Option<Generator>) -> Place {
    let Some(generator) = generator.filter(|it| *it != place.generator) else { return place };
    let extension = extension_of(&place.path).unwrap_or_default();
    let dialect = Dialect::of_extension(&extension, generator).unwrap_or(place.dialect);
    let Place { flavor, kramdown, python_markdown, dialect_is_known, has_no_page, .. } =
        Place::new("", generator, dialect);
    Place { generator, dialect, flavor, kramdown, python_markdown, dialect_is_known, has_no_page, ..place }
}

/// `path` below `root`, with `/`.
fn relative(path: &Path, root: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts = inside.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}
