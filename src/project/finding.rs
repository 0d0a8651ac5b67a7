//! Finds what is known of a post before it is read: its site, its settings, and where both come from.

use crate::digest::{Digest, Hasher};
use crate::files::absolute;
use crate::place::Place;
use crate::place::dialect::{Dialect, Generator, extension_of};
use crate::project::sites::{guess_site, is_other_file};
use crate::project::themes::ChosenTheme;
use crate::project::{ConfigError, LocatedSite, Post, Project, Surroundings, foreign, relative};
use crate::site::Site;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// What surrounds the posts of a folder.
pub(super) struct Surrounding {
    /// The folder, absolute.
    folder: PathBuf,
    project: Arc<Project>,
    /// The site that the posts belong to, and that whose config applies to the folder. Looked for if a post is not ignored.
    sites: OnceLock<[Option<Arc<LocatedSite>>; 2]>,
    /// The generator that the command line or the config names.
    chosen: Option<Generator>,
    theme: ChosenTheme,
}

impl Surroundings {
    /// The post at `path`; `None` if the file is not a post, or if its config or site excludes it. Files that are
    /// `named` on the command line are never excluded.
    pub fn post(&mut self, path: &Path, named: bool) -> Result<Option<Post>, ConfigError> {
        let absolute = absolute(path);
        let around = self.folder(absolute.parent().unwrap_or(Path::new("")))?;
        let Surrounding { project, theme, .. } = &*around;
        let chosen = around.chosen;
        if !named && project.ignores(&absolute) {
            return Ok(None);
        }
        let [site, beside] = self.sites_of(&around)?;
        let located = site.or_else(|| guess_site(&absolute));
        if !named && beside.as_ref().is_some_and(|site| is_other_file(site, &absolute)) {
            return Ok(None);
        }
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
        let rules = project.rules(&inside).map_err(|error| {
            foreign::hide(&*self.files, &project.root, &self.working_directory, self.fixed.as_deref(), error)
        })?;
        // Do not use layouts of another generator: they would be parsed incorrectly.
        let is_read_as = |located: &&Arc<LocatedSite>| chosen.is_none_or(|it| it == located.site.generator);
        let themed = located.as_ref().filter(is_read_as).cloned().or_else(|| {
            let generator = chosen.filter(|_| *theme != ChosenTheme::default())?;
            Some(Arc::new(LocatedSite::unknown(root.clone(), generator)))
        });
        let builds_expired = located.as_ref().is_some_and(|located| located.site.builds_expired);
        let place = Place {
            now: self.now.filter(|_| !builds_expired),
            folders: absolute.starts_with(root).then(|| self.folders(root, located.as_ref().filter(is_read_as))),
            themes: themed.map(|located| self.themes(&located, theme)),
            own_hosts: place.own_hosts.iter().cloned().chain(own_hosts).collect(),
            language: language.or(place.language.clone()),
            ..project.overridden(read_as(place, chosen))
        };
        let urls = located.as_ref().and_then(|located| self.urls_for(located, &rules, &place));
        let digest = self.digest_of(project, located.as_deref(), &place, urls.is_some());
        Ok(Some(Post {
            path: path.to_owned(),
            site: located,
            urls,
            place: Box::new(place),
            rules,
            demands: project.demands(&inside),
            digest,
            config_folder: project.root.clone(),
            baseline: project.known_in(),
        }))
    }

    /// The site that posts in a folder belong to, and that whose config applies to it.
    fn sites_of(&mut self, around: &Surrounding) -> Result<[Option<Arc<LocatedSite>>; 2], ConfigError> {
        if let Some(known) = around.sites.get() {
            return Ok(known.clone());
        }
        let site = self.site(&around.folder)?;
        let sites = [site, self.sites.get(&around.folder).cloned().flatten()];
        Ok(around.sites.get_or_init(|| sites).clone())
    }

    /// What is the same for all posts in a folder.
    fn folder(&mut self, folder: &Path) -> Result<Arc<Surrounding>, ConfigError> {
        if let Some(last) = self.last.as_ref().filter(|last| last.folder.as_os_str() == folder.as_os_str()) {
            return Ok(last.clone());
        }
        let project = self.project(folder)?;
        let chosen = self.generator.or(project.last(|config| config.site.generator.as_ref()).map(|(site, _)| *site));
        let theme = project.theme(&self.working_directory);
        let found = Arc::new(Surrounding { folder: folder.to_owned(), project, sites: OnceLock::new(), chosen, theme });
        self.last = Some(found.clone());
        Ok(found)
    }

    /// The digest of all that is known of a post before it is read, except for its path: the same path, the same bytes and the
    /// same answers of its ports then lead to the same findings.
    fn digest_of(&self, project: &Project, located: Option<&LocatedSite>, place: &Place, has_urls: bool) -> Digest {
        let mut hasher = Hasher::default();
        hasher.add(project.root.as_os_str().as_encoded_bytes()).add_digest(project.digest);
        hasher.add_digest(located.map_or(Digest::default(), LocatedSite::digest));
        let has = [place.folders.is_some(), place.themes.is_some(), place.now.is_some(), has_urls];
        hasher.add(&has.map(u8::from)).digest()
    }
}

/// Returns the place for `generator`. What is known about the site's own engine does not apply to another generator.
fn read_as(place: Place, generator: Option<Generator>) -> Place {
    let Some(generator) = generator.filter(|it| *it != place.generator) else { return place };
    let extension = extension_of(&place.path).unwrap_or_default();
    let dialect = Dialect::of_extension(&extension, generator).unwrap_or(place.dialect);
    let Place {
        flavor,
        kramdown,
        python_markdown,
        dialect_is_known,
        has_no_page,
        has_config,
        alt_from_name,
        sets_rel,
        may_rewrite_links,
        may_add_ids,
        ..
    } = Place::new("", generator, dialect);
    Place {
        generator,
        dialect,
        flavor,
        kramdown,
        python_markdown,
        dialect_is_known,
        has_no_page,
        has_config,
        alt_from_name,
        sets_rel,
        may_rewrite_links,
        may_add_ids,
        ..place
    }
}
