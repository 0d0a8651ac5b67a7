//! The files around the posts: finds the site and the config file that each post belongs to, each read once.

mod in_force;
pub mod layers;

use crate::config;
use crate::document::Place;
use crate::document::dialect::{Dialect, Generator};
use crate::ruleset::{Ruleset, Selection};
use crate::site::{self, Site};
pub use in_force::Project;
pub use layers::{BrokenConfig, LayerFile};
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

/// A site and the folder it lives in.
#[derive(Debug)]
pub struct LocatedSite {
    /// Its root folder, absolute.
    pub root: PathBuf,
    /// What its files say.
    pub site: Site,
}

/// Why a config file could not be loaded.
#[derive(Debug)]
pub enum ConfigError {
    /// The file named by `--config` cannot be read.
    Unreadable(PathBuf, io::Error),
    /// It, or files it extends, can be read but are wrong.
    Broken(Vec<BrokenConfig>),
}

/// A post with everything that is known about it before it is read.
pub struct Post {
    /// Where its file is.
    pub path: PathBuf,
    /// Its site, unless none was found.
    pub site: Option<Arc<LocatedSite>>,
    /// What its site says about it.
    pub place: Place,
    /// The rules to run on it.
    pub rules: Arc<Ruleset<'static>>,
}

/// Finds sites and configs by walking up from posts; what a folder answers is remembered.
pub struct Surroundings {
    generator: Option<Generator>,
    selection: Selection,
    fixed: Option<Arc<Project>>,
    bare: Arc<Project>,
    sites: HashMap<PathBuf, Option<Arc<LocatedSite>>>,
    projects: HashMap<PathBuf, Option<Arc<Project>>>,
}

impl Surroundings {
    /// `generator` and `config` are what the command line decides.
    pub fn new(generator: Option<Generator>, config: Option<&Path>, selection: Selection) -> Result<Self, ConfigError> {
        let bare = selection.preset.map(layers::of_preset).into_iter().collect();
        let bare = Project::new(current_dir(), bare, selection.clone());
        let fixed = match config {
            Some(path) => {
                let text = fs::read(path).map_err(|error| ConfigError::Unreadable(path.to_owned(), error))?;
                Some(Arc::new(load(path, text, &selection)?))
            }
            None => None,
        };
        Ok(Surroundings {
            generator,
            selection,
            fixed,
            bare: Arc::new(bare),
            sites: HashMap::new(),
            projects: HashMap::new(),
        })
    }

    /// The same, reading no config file.
    pub fn without_config() -> Self {
        let bare = Arc::new(Project::new(current_dir(), Vec::new(), Selection::default()));
        Surroundings {
            generator: None,
            selection: Selection::default(),
            fixed: Some(bare.clone()),
            bare,
            sites: HashMap::new(),
            projects: HashMap::new(),
        }
    }

    /// What is known about the file at `path`; `None` when it is no post or its config or site leaves it out.
    /// `named` files were given by name: a site's own exclusions do not hold for them.
    pub fn post(&mut self, path: &Path, named: bool) -> Result<Option<Post>, ConfigError> {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let folder = absolute.parent().unwrap_or(Path::new("")).to_owned();
        let project = self.project(&folder)?;
        if !named && project.ignores(&absolute) {
            return Ok(None);
        }
        let located = self.site(&folder).or_else(|| guess_site(&absolute));
        let chosen = self.generator.or(project.last(|config| config.site.as_ref()).map(|(site, _)| *site));
        let place = match &located {
            Some(located) => {
                let inside = relative(&absolute, &located.root);
                if !named && located.site.is_excluded(&inside) {
                    return Ok(None);
                }
                located.site.place(&inside)
            }
            None => Site::new(Generator::Plain).place(&relative(&absolute, &current_dir())),
        };
        let Some(place) = place else { return Ok(None) };
        let language = project.last(|config| config.language.as_ref()).map(|(language, _)| language.clone());
        let own_hosts = project.all(|config| &config.own_hosts).map(|(host, _)| host.clone());
        let place = Place {
            required_keys: project.required_keys(&absolute),
            expected: project.expected(&absolute),
            own_hosts: place.own_hosts.iter().cloned().chain(own_hosts).collect(),
            language: language.or(place.language.clone()),
            ..read_as(place, chosen)
        };
        Ok(Some(Post { path: path.to_owned(), site: located, place, rules: project.rules(&absolute) }))
    }

    /// The config that holds for posts in `folder`, an absolute path.
    pub fn project(&mut self, folder: &Path) -> Result<Arc<Project>, ConfigError> {
        if let Some(fixed) = &self.fixed {
            return Ok(fixed.clone());
        }
        let mut seen = Vec::new();
        let mut found = None;
        for ancestor in up_to_repository_root(folder) {
            if let Some(known) = self.projects.get(ancestor) {
                found = known.clone();
                break;
            }
            seen.push(ancestor.to_owned());
            let candidates = config::FILE_NAMES.iter().map(|name| ancestor.join(name));
            let read = candidates.map(|path| fs::read(&path).map(|text| (path, text)));
            if let Some((path, text)) = read.filter_map(Result::ok).next() {
                found = Some(Arc::new(load(&path, text, &self.selection)?));
                break;
            }
        }
        for folder in seen {
            self.projects.insert(folder, found.clone());
        }
        Ok(found.unwrap_or_else(|| self.bare.clone()))
    }

    /// The site that posts in `folder`, an absolute path, belong to.
    pub fn site(&mut self, folder: &Path) -> Option<Arc<LocatedSite>> {
        let mut seen = Vec::new();
        let mut found = None;
        for ancestor in up_to_repository_root(folder) {
            if let Some(known) = self.sites.get(ancestor) {
                found = known.clone();
                break;
            }
            seen.push(ancestor.to_owned());
            found = site_in(ancestor).map(Arc::new);
            if found.is_some() {
                break;
            }
        }
        for folder in seen {
            self.sites.insert(folder, found.clone());
        }
        found
    }
}

fn load(path: &Path, text: Vec<u8>, selection: &Selection) -> Result<Project, ConfigError> {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let root = absolute.parent().unwrap_or(Path::new("")).to_owned();
    let layers = layers::load(path, text, selection.preset).map_err(ConfigError::Broken)?;
    Ok(Project::new(root, layers, selection.clone()))
}

/// The folder and those above it, up to and with the one that holds `.git`.
fn up_to_repository_root(folder: &Path) -> impl Iterator<Item = &Path> {
    let mut below_root = true;
    folder.ancestors().take_while(move |ancestor| {
        let take = below_root;
        below_root = below_root && !ancestor.join(".git").exists();
        take
    })
}

fn site_in(folder: &Path) -> Option<LocatedSite> {
    let names: Vec<String> =
        fs::read_dir(folder).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    let read = |name: &str| fs::read_to_string(folder.join(name)).ok();
    let site = match site::detect(&names, read)? {
        Generator::Jekyll => Site::jekyll(&read("_config.yml").unwrap_or_default()),
        generator => Site::new(generator),
    };
    Some(LocatedSite { root: folder.to_owned(), site })
}

/// A file `_posts/YYYY-MM-DD-slug` belongs to a Jekyll site even where nothing else of the site is at hand.
fn guess_site(path: &Path) -> Option<Arc<LocatedSite>> {
    let name = path.file_name()?.to_str()?;
    let posts = path.ancestors().find(|ancestor| ancestor.file_name().is_some_and(|name| name == "_posts"))?;
    let root = posts.parent()?.to_owned();
    crate::document::place::is_dated(name).then(|| Arc::new(LocatedSite { root, site: Site::new(Generator::Jekyll) }))
}

/// The same place, read the way `generator` reads it.
fn read_as(place: Place, generator: Option<Generator>) -> Place {
    let Some(generator) = generator else { return place };
    let extension = place.path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    let dialect = Dialect::of_extension(&extension, generator).unwrap_or(place.dialect);
    Place { generator, dialect, ..place }
}

fn current_dir() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
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
