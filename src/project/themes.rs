//! The theme of a site on the disk, read when a post first needs it.

use crate::digest::Digest;
use crate::files::{Files, Logged};
use crate::place::dialect::Generator;
use crate::place::notes::{Question, note};
use crate::place::theme::{Read, Supplied, Theme, Themes};
use crate::project::sites::Below;
use crate::project::urls::SiteUrls;
use crate::site::settings::Fact;
use crate::site::theme;
use rustc_hash::FxHashMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The theme settings in the config file of postlint, which override the facts from the site's own files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChosenTheme {
    /// The theme, by its slug.
    pub theme: Option<Fact<String>>,
    /// The key that becomes `<title>`.
    pub title: Option<Read>,
    /// The key that becomes the meta description.
    pub description: Option<Read>,
}

/// The theme of a site.
pub struct SiteThemes {
    files: Arc<dyn Files>,
    chosen: ChosenTheme,
    /// The theme with the digest of the files that it was read from.
    theme: OnceLock<(Theme, Digest)>,
    /// The values that data files set, by file and key.
    data: Mutex<FxHashMap<(String, String), Option<Supplied>>>,
    /// The site, and what sections of a Hugo site give to their pages.
    urls: Arc<SiteUrls>,
}

impl SiteThemes {
    /// Creates the theme of a site, without reading it.
    pub fn new(files: Arc<dyn Files>, urls: Arc<SiteUrls>, chosen: ChosenTheme) -> Self {
        SiteThemes { files, chosen, theme: OnceLock::new(), data: Mutex::default(), urls }
    }

    /// Whether `chosen` are the overrides of this theme.
    pub fn is_chosen_by(&self, chosen: &ChosenTheme) -> bool {
        self.chosen == *chosen
    }

    fn folder(&self) -> Below<'_> {
        Below::new(&*self.files, &self.urls.site().root)
    }

    fn in_file(&self, file: String, key: &str) -> Option<Supplied> {
        let mut known = self.data.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || theme::data::value(&self.folder(), &file, key);
        let value = known.entry((file.clone(), key.to_owned())).or_insert_with(read).clone();
        note(|| (Question::Data(file, key.to_owned()), Digest::of_debug(&value)));
        value
    }
}

impl fmt::Debug for SiteThemes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SiteThemes").field("root", &self.urls.site().root).finish_non_exhaustive()
    }
}

impl Themes for SiteThemes {
    fn theme(&self) -> &Theme {
        let (theme, digest) = self.read();
        note(|| (Question::Theme, *digest));
        theme
    }

    fn supplied(&self, path: &str, key: &str) -> Option<Supplied> {
        match self.urls.site().site.generator {
            Generator::Eleventy => theme::data::files(path).into_iter().find_map(|file| self.in_file(file, key)),
            Generator::Hugo => self.urls.inherited(path, key),
            _ => None,
        }
    }

    fn answer(&self, question: &Question) -> Option<Digest> {
        match question {
            Question::Theme => Some(self.read().1),
            Question::Data(file, key) => Some(Digest::of_debug(&self.in_file(file.clone(), key))),
            _ => self.urls.answer(question),
        }
    }
}

impl SiteThemes {
    fn read(&self) -> &(Theme, Digest) {
        self.theme.get_or_init(|| {
            let logged = Logged::without_posts_in(&*self.files, &self.urls.site().root);
            let site = &self.urls.site().site;
            let ChosenTheme { theme, title, description } = &self.chosen;
            let chosen = theme.is_some().then(|| {
                let mut site = site.clone();
                site.theme.clone_from(theme);
                site
            });
            let theme = theme::read(&Below::new(&logged, &self.urls.site().root), chosen.as_ref().unwrap_or(site));
            (theme.with_keys(title.as_ref(), description.as_ref()), logged.digest())
        })
    }
}
