//! What Zola's config says about URLs. <https://www.getzola.org/documentation/getting-started/configuration/>

use crate::pattern::is_deep_glob;
use crate::site::Site;
use crate::site::folder::Seen;
use crate::site::settings::Datum;
use globset::{Glob, GlobSet, GlobSetBuilder};

/// The settings that URLs depend on.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether a setting has a value that Zola does not accept.
    pub is_unknown: bool,
    /// `base_url`
    pub base: String,
    /// `slugify.paths`
    pub slugs: Slugs,
    /// `slugify.paths_keep_dates`
    pub keeps_dates: bool,
    /// `default_language`
    pub default_language: String,
    /// The other languages, by their codes.
    pub languages: Vec<String>,
    ignored: GlobSet,
}

/// How names become parts of URLs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slugs {
    /// Latin letters in lower case, digits and hyphens.
    On,
    /// Without characters that a file system may not accept.
    Safe,
    /// As they are.
    Off,
}

impl Settings {
    /// Reads the config.
    pub fn read(seen: &Seen<'_>, site: &Site) -> Self {
        let config = seen.settings(&site.sign.file);
        let get = |key: &str| config.as_ref().and_then(|config| config.get(key));
        let text = |key: &str| get(key).and_then(|setting| setting.as_text()).map(str::to_owned);
        let slugs = match (get("slugify.paths"), text("slugify.paths").as_deref()) {
            (None, _) | (_, Some("on")) => Some(Slugs::On),
            (_, Some("safe")) => Some(Slugs::Safe),
            (_, Some("off")) => Some(Slugs::Off),
            _ => None,
        };
        let default_language = text("default_language").unwrap_or_else(|| "en".to_owned());
        let languages = get("languages").map_or(&[][..], |languages| languages.entries());
        let languages = languages.iter().map(|(code, _)| code).filter(|code| **code != default_language);
        let mut ignored = GlobSetBuilder::new();
        let globs = get("ignored_content").map_or_else(Vec::new, |list| list.texts());
        for glob in globs.into_iter().filter(|glob| !is_deep_glob(glob)).filter_map(|glob| Glob::new(glob).ok()) {
            ignored.add(glob);
        }
        Settings {
            is_unknown: slugs.is_none() || text("base_url").is_none(),
            base: site.base_path(),
            slugs: slugs.unwrap_or(Slugs::On),
            keeps_dates: get("slugify.paths_keep_dates").is_some_and(|it| it.value == Datum::Bool(true)),
            languages: languages.cloned().collect(),
            default_language,
            ignored: ignored.build().unwrap_or_else(|_| GlobSet::empty()),
        }
    }

    /// Whether `ignored_content` has the file, or the folder of a section.
    pub fn is_ignored(&self, path: &str) -> bool {
        let folder = path.rsplit_once('/').filter(|(_, name)| name.starts_with("_index.")).map(|(folder, _)| folder);
        // Zola compares the whole path.
        [Some(path), folder].into_iter().flatten().any(|path| self.ignored.is_match(format!("/site/{path}")))
    }
}
