//! Finds sites on the disk: their folders, and the settings in their config files.

use crate::digest::Digest;
use crate::files::{Files, Kind, collapsed};
use crate::place::dialect::Generator;
use crate::project::{ConfigError, read_settings};
use crate::site::Site;
use crate::site::demo::is_demo;
use crate::site::detect::detect;
use crate::site::folder::Folder;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// A site and its folder.
#[derive(Debug)]
pub struct LocatedSite {
    /// The folder with its config, absolute.
    pub config_folder: PathBuf,
    /// Its absolute root folder. Paths in its config are relative to it.
    pub root: PathBuf,
    /// The settings in its files.
    pub site: Site,
    digest: OnceLock<Digest>,
}

impl LocatedSite {
    fn new(config_folder: PathBuf, root: PathBuf, site: Site) -> Self {
        LocatedSite { config_folder, root, site, digest: OnceLock::new() }
    }

    /// The digest of all that is known of the site.
    pub(super) fn digest(&self) -> Digest {
        *self.digest.get_or_init(|| Digest::of_debug(&(&self.config_folder, &self.root, &self.site)))
    }

    /// A site of which only the folder and the generator are known.
    pub(super) fn unknown(root: PathBuf, generator: Generator) -> Self {
        LocatedSite::new(root.clone(), root, Site::new(generator))
    }

    /// A Jekyll site of which only the folder is known.
    pub(super) fn without_config(root: PathBuf) -> Self {
        let mut site = Site::jekyll("");
        site.sign = Site::new(Generator::Jekyll).sign;
        LocatedSite::new(root.clone(), root, site)
    }
}

/// The site whose config is in `folder`.
pub(super) fn site_in(files: &dyn Files, folder: &Path) -> Result<Option<LocatedSite>, ConfigError> {
    let seen = Below::new(files, folder);
    let site = detect(&seen);
    if let Some(error) = seen.unreadable.take() {
        return Err(error);
    }
    let Some(mut site) = site.filter(|_| !is_theme(files, folder)) else { return Ok(None) };
    let source = site.source.as_ref().and_then(|source| source_folder(files, folder, source));
    // It may be beside the folder with the config, which detection does not see.
    site.source_is_missing &= source.is_none();
    let root = source.unwrap_or(folder.to_owned());
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    site.is_demo = folder.parent().is_some_and(|around| is_demo(name, &Below::new(files, around)));
    Ok(Some(LocatedSite::new(folder.to_owned(), root, site)))
}

/// The folder that a config in `folder` names as its `source`. Any other folder is ignored: its files may not belong to
/// the site.
fn source_folder(files: &dyn Files, folder: &Path, source: &str) -> Option<PathBuf> {
    let below = |base: &Path| {
        let path = collapsed(&base.join(source));
        (path.starts_with(base) && files.is_folder(&path)).then_some(path)
    };
    let is_config_folder = folder.file_name().is_some_and(|name| CONFIG_FOLDERS.iter().any(|it| name == *it));
    below(folder).or_else(|| below(folder.parent().filter(|_| is_config_folder)?))
}

/// Folders of config files for `jekyll build --config conf/_config.yml`, whose `source` is relative to the folder in
/// which that is run.
const CONFIG_FOLDERS: [&str; 3] = ["conf", "config", "_config"];

/// The Jekyll site in a folder beside the one with its config.
pub(super) fn site_beside(files: &dyn Files, folder: &Path) -> Result<Option<LocatedSite>, ConfigError> {
    let mut folders = CONFIG_FOLDERS.iter().map(|name| folder.join(name));
    let Some(config_folder) = folders.find(|folder| files.exists(&folder.join("_config.yml"))) else { return Ok(None) };
    let site = site_in(files, &config_folder)?;
    Ok(site.filter(|it| it.site.generator == Generator::Jekyll && !it.root.starts_with(&config_folder)))
}

/// Documents for readers of a repository.
const ABOUT_REPOSITORY: [&str; 11] = [
    "readme", "contributing", "changelog", "code_of_conduct", "security", "license", "licence", "support", "agents",
    "claude", "gemini",
];

/// Whether the file is not a post, wherever the content of the site is.
pub(super) fn is_other_file(located: &LocatedSite, path: &Path) -> bool {
    is_about_repository(located, path) || is_template(located, path)
}

/// Whether the file tells about the repository of a site: a `README.md` beside the config, outside of the content.
/// Generators without a content folder publish it.
fn is_about_repository(located: &LocatedSite, path: &Path) -> bool {
    if path.parent() != Some(&located.config_folder) {
        return false;
    }
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_ascii_lowercase();
    let stem = stem.replace('-', "_");
    // `README.zh-CN.md` and `README_zh.md` are translations.
    let is_language = |word: &str| matches!(word.len(), 2 | 3) && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_translation =
        |rest: &str| rest.starts_with(['.', '_']) && rest.split(['.', '_']).nth(1).is_some_and(is_language);
    let begins = |name: &str| stem.strip_prefix(name).is_some_and(|rest| rest.is_empty() || is_translation(rest));
    if !ABOUT_REPOSITORY.iter().any(|name| begins(name)) {
        return false;
    }
    let has_content_folders =
        !matches!(located.site.generator, Generator::Jekyll | Generator::VitePress | Generator::Plain)
            && !located.site.content.is_empty();
    let inside = path.strip_prefix(&located.root).ok().and_then(Path::to_str);
    match inside {
        None => true,
        Some(inside) => has_content_folders && located.site.content_around(inside).next().is_none(),
    }
}

/// Whether the file is in a folder of templates that the config of the site sets, which may be outside of its content.
fn is_template(located: &LocatedSite, path: &Path) -> bool {
    let is_around = |folder: &String| path.starts_with(located.config_folder.join(folder));
    located.site.templates.iter().any(is_around)
}

/// Whether the folder is a theme inside of a site, such as `themes/sea`. Themes have config files, too.
fn is_theme(files: &dyn Files, folder: &Path) -> bool {
    let Some(themes) = folder.parent().filter(|parent| parent.file_name().is_some_and(|name| name == "themes")) else {
        return false;
    };
    let around = themes.parent().map(|around| Below::new(files, around));
    around.is_some_and(|around| detect(&around).is_some())
}

/// A file `_posts/YYYY-MM-DD-slug` belongs to a Jekyll site even if no other file of the site is known.
pub(super) fn guess_site(path: &Path) -> Option<Arc<LocatedSite>> {
    let name = path.file_name()?.to_str()?;
    let posts = path.ancestors().find(|ancestor| ancestor.file_name().is_some_and(|name| name == "_posts"))?;
    let root = posts.parent()?.to_owned();
    crate::place::is_dated(name).then(|| Arc::new(LocatedSite::without_config(root)))
}

/// A folder, and the error of the last file in it that could not be read.
pub(super) struct Below<'f> {
    files: &'f dyn Files,
    folder: &'f Path,
    unreadable: RefCell<Option<ConfigError>>,
}

impl<'f> Below<'f> {
    /// The files below `folder`.
    pub(super) fn new(files: &'f dyn Files, folder: &'f Path) -> Self {
        Below { files, folder, unreadable: RefCell::new(None) }
    }
}

impl Folder for Below<'_> {
    fn list(&self, path: &str) -> Vec<(String, bool)> {
        let listed = self.files.list(&self.folder.join(path)).unwrap_or_default();
        let named = |entry: crate::files::Listed| Some((entry.name.into_string().ok()?, entry.kind == Kind::Folder));
        listed.into_iter().filter_map(named).collect()
    }

    fn read(&self, path: &str) -> Option<String> {
        match read_settings(self.files, &self.folder.join(path)) {
            Ok(bytes) => String::from_utf8(bytes).ok(),
            // Ignore missing and inaccessible files: a folder above the posts may belong to another user.
            Err(ConfigError::Unreadable(_, error)) if error.is_missing() || error.is_denied() => None,
            Err(error) => {
                self.unreadable.replace(Some(error));
                None
            }
        }
    }
}
