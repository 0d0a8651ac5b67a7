//! What Pelican's config says about URLs. <https://docs.getpelican.com/en/stable/settings.html#url-settings>

use crate::pattern::is_deep_glob;
use crate::site::Site;
use crate::site::folder::Seen;
use crate::site::settings::{Datum, Setting};
use crate::site::urls::page_url::cleaned;
use crate::site::urls::pelican::python::Module;
use globset::{Glob, GlobSet, GlobSetBuilder};
use regex::Regex;
use std::collections::BTreeMap;

/// The settings that URLs depend on.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether a setting is computed, or a plugin may change URLs.
    pub is_unknown: bool,
    /// The path of `SITEURL`.
    pub base: String,
    /// `PATH`
    pub content: String,
    /// `ARTICLE_PATHS`
    pub articles: Vec<String>,
    /// `PAGE_PATHS`
    pub pages: Vec<String>,
    /// `FILENAME_METADATA` and `PATH_METADATA`, on the name without extension and on the path.
    pub of_name: Option<Regex>,
    pub of_path: Option<Regex>,
    /// `USE_FOLDER_AS_CATEGORY`
    pub folder_is_category: bool,
    /// `DEFAULT_CATEGORY`
    pub category: String,
    /// `SLUGIFY_SOURCE`
    pub slug_is_name: bool,
    /// Whether slugs are made as by default.
    pub makes_slugs: bool,
    /// `TYPOGRIFY`
    pub typogrifies: bool,
    /// `WITH_FUTURE_DATES`
    pub with_future: bool,
    /// `DEFAULT_LANG`, in lower case.
    pub language: String,
    formats: BTreeMap<&'static str, String>,
    ignored: GlobSet,
    excluded: Vec<String>,
}

/// The settings that are formats, with their defaults.
const FORMATS: [(&str, &str); 16] = [
    ("ARTICLE_URL", "{slug}.html"),
    ("ARTICLE_SAVE_AS", "{slug}.html"),
    ("ARTICLE_LANG_URL", "{slug}-{lang}.html"),
    ("ARTICLE_LANG_SAVE_AS", "{slug}-{lang}.html"),
    ("DRAFT_URL", "drafts/{slug}.html"),
    ("DRAFT_SAVE_AS", "drafts/{slug}.html"),
    ("DRAFT_LANG_URL", "drafts/{slug}-{lang}.html"),
    ("DRAFT_LANG_SAVE_AS", "drafts/{slug}-{lang}.html"),
    ("PAGE_URL", "pages/{slug}.html"),
    ("PAGE_SAVE_AS", "pages/{slug}.html"),
    ("PAGE_LANG_URL", "pages/{slug}-{lang}.html"),
    ("PAGE_LANG_SAVE_AS", "pages/{slug}-{lang}.html"),
    ("DRAFT_PAGE_URL", "drafts/pages/{slug}.html"),
    ("DRAFT_PAGE_SAVE_AS", "drafts/pages/{slug}.html"),
    ("DRAFT_PAGE_LANG_URL", "drafts/pages/{slug}-{lang}.html"),
    ("DRAFT_PAGE_LANG_SAVE_AS", "drafts/pages/{slug}-{lang}.html"),
];

/// Settings that are read here besides the formats. A computed one makes URLs unknown.
const OTHERS: [&str; 16] = [
    "PATH",
    "ARTICLE_PATHS",
    "PAGE_PATHS",
    "ARTICLE_EXCLUDES",
    "PAGE_EXCLUDES",
    "FILENAME_METADATA",
    "PATH_METADATA",
    "USE_FOLDER_AS_CATEGORY",
    "DEFAULT_CATEGORY",
    "SLUGIFY_SOURCE",
    "TYPOGRIFY",
    "WITH_FUTURE_DATES",
    "DEFAULT_LANG",
    "IGNORE_FILES",
    "PLUGINS",
    "SITEURL",
];

/// Settings that make URLs unknown wherever they are set.
const UNKNOWN: [&str; 6] = [
    "DEFAULT_METADATA",
    "DEFAULT_DATE",
    "ARTICLE_PERMALINK_STRUCTURE",
    "READERS",
    "PELICAN_CLASS",
    "CATEGORY_SUBSTITUTIONS",
];

/// Settings that change slugs.
const SLUGS: [&str; 6] = [
    "SLUG_REGEX_SUBSTITUTIONS",
    "SLUG_SUBSTITUTIONS",
    "SLUGIFY_USE_UNICODE",
    "SLUGIFY_PRESERVE_CASE",
    "CATEGORY_REGEX_SUBSTITUTIONS",
    "AUTHOR_REGEX_SUBSTITUTIONS",
];

/// Plugins that change no URL, without `pelican.plugins.` and with hyphens.
const PLUGINS: [&str; 30] = [
    "asfgenid",
    "assets",
    "extract-toc",
    "feed-filter",
    "featured-image",
    "gfm",
    "global-license",
    "gravatar",
    "ical",
    "image-process",
    "jinja2content",
    "liquid-tags",
    "md-include",
    "more-categories-feeds",
    "neighbors",
    "pelican-katex",
    "photos",
    "post-stats",
    "read-more-link",
    "readtime",
    "related-posts",
    "render-math",
    "search",
    "seo",
    "share-post",
    "similar-posts",
    "sitemap",
    "tag-cloud",
    "tipue-search",
    "webassets",
];

impl Settings {
    /// Reads `pelicanconf.py`, and `publishconf.py` for the URL of the site.
    pub fn read(seen: &Seen<'_>, site: &Site) -> Self {
        let module = Module::read(&seen.text("pelicanconf.py").unwrap_or_default());
        let published = Module::read(&seen.text("publishconf.py").unwrap_or_default());
        let get = |name: &str| module.get(name);
        let text = |name: &str, default: &str| get(name).and_then(Setting::as_text).unwrap_or(default).to_owned();
        let flag = |name: &str, default: bool| get(name).map_or(default, |it| it.value == Datum::Bool(true));
        let texts = |name: &str, default: &[&str]| match get(name) {
            Some(list) => list.texts().into_iter().map(str::to_owned).collect(),
            None => default.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>(),
        };
        let formats = FORMATS.map(|(name, default)| (name, text(name, default)));
        let names = || FORMATS.iter().map(|(name, _)| *name).chain(OTHERS);
        let is_format = |name: &str| name.ends_with("_URL") || name.ends_with("_SAVE_AS");
        let is_text = |setting: &Setting| setting.as_text().is_some();
        let is_computed =
            |name: &str| get(name).is_some_and(|setting| !is_literal(setting) || is_format(name) && !is_text(setting));
        let is_plugin = |name: &str| {
            let bare = name.strip_prefix("pelican.plugins.").unwrap_or(name).replace('_', "-");
            PLUGINS.contains(&bare.as_str())
        };
        let url = published.get("SITEURL").or(get("SITEURL"));
        let pattern = |name: &str, default: &str| {
            let pattern = text(name, default);
            if pattern.is_empty() { Some(None) } else { Regex::new(&format!("^(?:{pattern})")).ok().map(Some) }
        };
        let (of_name, of_path) =
            (pattern("FILENAME_METADATA", r"(?P<date>\d{4}-\d{2}-\d{2}).*"), pattern("PATH_METADATA", ""));
        let is_unknown = module.is_unknown()
            || seen.has_file("pelicanconf.yaml")
            || names().any(is_computed)
            || UNKNOWN.iter().any(|name| get(name).is_some())
            || names().chain(UNKNOWN).chain(SLUGS).any(|name| name != "SITEURL" && published.get(name).is_some())
            || !texts("PLUGINS", &[]).iter().all(|name| is_plugin(name))
            || url.is_some_and(|url| url.as_text().is_none())
            || of_name.is_none()
            || of_path.is_none()
            || get("EXTRA_PATH_METADATA").is_some_and(|it| !only_paths(it));
        Settings {
            is_unknown,
            base: site.base_path(),
            content: cleaned(&text("PATH", "content")).trim_start_matches('/').to_owned(),
            articles: texts("ARTICLE_PATHS", &[""]),
            pages: texts("PAGE_PATHS", &["pages"]),
            of_name: of_name.flatten(),
            of_path: of_path.flatten(),
            folder_is_category: flag("USE_FOLDER_AS_CATEGORY", true),
            category: text("DEFAULT_CATEGORY", "misc"),
            slug_is_name: text("SLUGIFY_SOURCE", "title") == "basename",
            makes_slugs: !SLUGS.iter().any(|name| get(name).is_some()),
            typogrifies: flag("TYPOGRIFY", false),
            with_future: flag("WITH_FUTURE_DATES", true),
            language: text("DEFAULT_LANG", "en").to_lowercase(),
            formats: formats.into_iter().collect(),
            ignored: globs(&texts("IGNORE_FILES", &[".*"])),
            excluded: texts("ARTICLE_EXCLUDES", &[]),
        }
    }

    /// The format with this name.
    pub fn format(&self, name: &str) -> &str {
        self.formats.get(name).map_or("", String::as_str)
    }

    /// Whether a name in the path is ignored.
    pub fn is_ignored(&self, path: &str) -> bool {
        path.split('/').any(|name| self.ignored.is_match(name))
    }

    /// Whether the article is in a folder that is left out.
    pub fn is_excluded(&self, path: &str) -> bool {
        self.excluded.iter().any(|folder| is_in(path, folder))
    }
}

/// Whether a path is in a folder, or in the root.
pub fn is_in(path: &str, folder: &str) -> bool {
    let folder = folder.trim_matches('/');
    matches!(folder, "" | ".") || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether no part of a value is computed.
fn is_literal(setting: &Setting) -> bool {
    match &setting.value {
        Datum::Unknown => false,
        Datum::List(items) => items.iter().all(is_literal),
        Datum::Map(entries) => entries.iter().all(|(_, value)| is_literal(value)),
        _ => true,
    }
}

/// Whether `EXTRA_PATH_METADATA` only moves files that are copied.
fn only_paths(setting: &Setting) -> bool {
    let is_path = |(_, value): &(String, Setting)| value.entries().iter().all(|(name, _)| name == "path");
    matches!(setting.value, Datum::Map(_)) && is_literal(setting) && setting.entries().iter().all(is_path)
}

fn globs(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns.iter().filter(|pattern| !is_deep_glob(pattern)) {
        if let Ok(glob) = Glob::new(pattern.trim_start_matches("**/")) {
            set.add(glob);
        }
    }
    set.build().unwrap_or_else(|_| GlobSet::empty())
}
