//! A post before it is parsed.

use crate::digest::Digest;
use crate::engine::Setup;
use crate::place::Place;
use crate::place::dialect::{Dialect, Generator};
use crate::place::notes::Question;
use crate::project::{LocatedSite, SiteUrls};
use crate::ruleset::Ruleset;
use crate::schema::Demands;
use crate::site::urls::PageUrls;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A post before it is parsed, with its site and settings.
pub struct Post {
    /// The path of its file.
    pub path: PathBuf,
    /// Its site, unless none was found.
    pub site: Option<Arc<LocatedSite>>,
    /// Its place in the site. Boxed: long lists of posts are moved several times.
    pub place: Box<Place>,
    /// The rules to run on it.
    pub rules: Arc<Ruleset>,
    /// The front matter that its config requires.
    pub demands: Demands,
    /// The URLs of its site, if rules across posts run on it.
    pub urls: Option<Arc<SiteUrls>>,
    /// The digest of all of this, except for the paths.
    pub digest: Digest,
    /// The folder of its config file, absolute; without one, the working directory.
    pub config_folder: PathBuf,
    /// Where its known findings are, according to its config file.
    pub baseline: KnownIn,
}

/// Where the known findings of posts are, according to a config file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum KnownIn {
    /// In the nearest file of the usual name.
    #[default]
    Nearest,
    /// In this file.
    File(PathBuf),
    /// No findings are known.
    Nowhere,
}

impl Post {
    /// A file of a site that is not a post, such as its config, with findings of rules across posts.
    pub fn of_file(path: &Path, rules: Arc<Ruleset>, config_folder: PathBuf, baseline: KnownIn) -> Self {
        Post {
            path: path.to_owned(),
            site: None,
            place: Box::new(Place::new("", Generator::Plain, Dialect::Html)),
            rules,
            demands: Demands::default(),
            urls: None,
            digest: Digest::default(),
            config_folder,
            baseline,
        }
    }

    /// Whether suppressions can be written into the file: not into a config.
    pub fn is_post(&self) -> bool {
        !self.place.path.is_empty()
    }

    /// The digest of the answer to a question about the files around it; `None` if there is nothing that answers it.
    pub fn answer(&self, question: &Question) -> Option<Digest> {
        let (folders, themes) = (self.place.folders.as_deref(), self.place.themes.as_deref());
        match question {
            Question::HasFile(path) => Some(Digest::of_bool(folders?.has_file(path))),
            Question::HasFileLike(folder, beginning) => {
                Some(Digest::of_bool(folders?.has_file_like(folder, beginning)))
            }
            Question::Files(folder) => Some(Digest::of_debug(&folders?.files(folder))),
            Question::HasPageAt(path) => Some(Digest::of_bool(folders?.has_page_at(path))),
            Question::AllFiles => Some(folders?.all().digest()),
            _ => themes.and_then(|themes| themes.answer(question)).or_else(|| self.urls.as_ref()?.answer(question)),
        }
    }

    /// Its place, rules and required front matter.
    pub fn setup(&self) -> Setup<'_> {
        let urls = self.urls.as_deref().map(|urls| urls as &dyn PageUrls);
        Setup { place: &self.place, rules: &self.rules, demands: &self.demands, urls }
    }
}
