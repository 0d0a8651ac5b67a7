//! What Hexo's config says about URLs. <https://hexo.io/docs/configuration>

use crate::pattern::path_globs;
use crate::site::Site;
use crate::site::folder::Seen;
use crate::site::settings::{Datum, Setting};
use crate::site::urls::hexo::is_hidden;
use crate::site::urls::hexo::post::FileName;
use crate::site::urls::time::Zone;
use globset::GlobSet;

/// The settings that URLs depend on.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether a plugin or a script makes permalinks.
    pub is_unknown: bool,
    /// `permalink`
    pub permalink: String,
    /// `permalink_defaults`
    pub defaults: Vec<(String, String)>,
    /// `new_post_name`
    pub new_post_name: String,
    /// What it says of the names of posts; `None` if it cannot be read.
    pub file_name: Option<FileName>,
    /// `default_category`
    pub default_category: String,
    /// `category_map`
    pub category_map: Vec<(String, String)>,
    /// `filename_case`
    pub case: Option<String>,
    /// `post_asset_folder`
    pub has_asset_folders: bool,
    /// `use_slug_as_post_title`
    pub slug_is_title: bool,
    /// `future`
    pub future: bool,
    /// `render_drafts`
    pub renders_drafts: bool,
    /// `pretty_urls.trailing_index`
    pub keeps_index: bool,
    /// `pretty_urls.trailing_html`
    pub keeps_html: bool,
    /// `timezone`
    pub zone: Zone,
    /// Whether the site is built where the time zone is UTC.
    pub is_built_by_server: bool,
    /// The path below which the site is published: `root`, or that of `url`.
    pub root: String,
    source: String,
    skipped: GlobSet,
    included: GlobSet,
    excluded: GlobSet,
}

/// Packages that make permalinks.
const PLUGINS: [&str; 3] = ["hexo-permalink-pinyin", "hexo-abbrlink2", "hexo-generator-i18n"];

impl Settings {
    /// Reads `_config.yml`.
    pub fn read(seen: &Seen<'_>, site: &Site) -> Self {
        let name = seen.first_file(&["_config.yml", "_config.yaml", "_config.json"]);
        let config = name.and_then(|name| seen.settings(name));
        let get = |key: &str| config.as_ref().and_then(|config| config.get(key));
        let text = |key: &str| get(key).and_then(Setting::as_text).filter(|text| !text.is_empty());
        let flag = |key: &str, default: bool| match get(key).map(|setting| &setting.value) {
            Some(Datum::Bool(flag)) => *flag,
            _ => default,
        };
        let pairs = |key: &str| {
            let entries = get(key).map_or(&[][..], Setting::entries);
            entries.iter().map(|(key, value)| (key.clone(), value.written())).collect()
        };
        let globs = |key: &str| path_globs(&get(key).map_or_else(Vec::new, |setting| setting.texts()));
        let has_script = || {
            let scripts = seen.folder().list("scripts");
            let mut texts = scripts.iter().filter_map(|(name, _)| seen.folder().read(&format!("scripts/{name}")));
            seen.has_folder("scripts") && texts.any(|text| text.contains("permalink"))
        };
        let new_post_name = text("new_post_name").unwrap_or(":title.md");
        Settings {
            is_unknown: PLUGINS.iter().any(|name| seen.dependency(name).is_some()) || has_script(),
            permalink: text("permalink").unwrap_or(":year/:month/:day/:title/").to_owned(),
            defaults: pairs("permalink_defaults"),
            new_post_name: new_post_name.to_owned(),
            file_name: FileName::of(new_post_name),
            default_category: text("default_category").unwrap_or("uncategorized").to_owned(),
            category_map: pairs("category_map"),
            case: get("filename_case").map(Setting::written).filter(|case| case != "0"),
            has_asset_folders: flag("post_asset_folder", false),
            slug_is_title: flag("use_slug_as_post_title", false),
            future: flag("future", true),
            renders_drafts: flag("render_drafts", false),
            keeps_index: flag("pretty_urls.trailing_index", true),
            keeps_html: flag("pretty_urls.trailing_html", true),
            zone: Zone::of(text("timezone"), seen),
            is_built_by_server: matches!(Zone::of(None, seen), Zone::OfServer),
            root: site.base_path(),
            source: text("source_dir").unwrap_or("source").trim_start_matches("./").trim_matches('/').to_owned(),
            skipped: globs("skip_render"),
            included: globs("include"),
            excluded: globs("exclude"),
        }
    }

    /// The path below the source folder.
    pub fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(self.source.as_str())?.strip_prefix('/')
    }

    /// Whether a file is copied instead of rendered.
    pub fn is_skipped(&self, path: &str) -> bool {
        self.skipped.is_match(path)
    }

    /// Whether a page is left out.
    pub fn is_excluded(&self, path: &str) -> bool {
        self.excluded.is_match(path) || is_hidden(path) && !self.included.is_match(path)
    }
}
