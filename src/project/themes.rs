//! The theme of a site on the disk, read when a post first needs it.

use crate::files::Files;
use crate::place::dialect::Generator;
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
    theme: OnceLock<Theme>,
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
        known.entry((file.clone(), key.to_owned())).or_insert_with(read).clone()
    }
}

impl fmt::Debug for SiteThemes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SiteThemes").field("root", &self.urls.site().root).finish_non_exhaustive()
    }
}

impl Themes for SiteThemes {
    fn theme(&self) -> &Theme {
        self.theme.get_or_init(|| {
            let site = &self.urls.site().site;
            let ChosenTheme { theme, title, description } = &self.chosen;
            let chosen = theme.is_some().then(|| {
                let mut site = site.clone();
                site.theme.clone_from(theme);
                site
            });
            let theme = theme::read(&self.folder(), chosen.as_ref().unwrap_or(site));
            theme.with_keys(title.as_ref(), description.as_ref())
        })
    }

    fn supplied(&self, path: &str, key: &str) -> Option<Supplied> {
        match self.urls.site().site.generator {
            Generator::Eleventy => theme::data::files(path).into_iter().find_map(|file| self.in_file(file, key)),
            Generator::Hugo => self.urls.inherited(path, key),
            _ => None,
        }
    }
}
