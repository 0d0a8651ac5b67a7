//! What Astro's config says about URLs: its literals. <https://docs.astro.build/en/reference/configuration-reference/>

use crate::site::Site;
use crate::site::folder::Seen;
use crate::site::memo::Memo;
use crate::site::urls::astro::routes::Route;
use std::sync::Arc;

/// The settings that URLs depend on.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether a setting is computed.
    pub is_unknown: bool,
    /// `base`
    pub base: String,
    /// `build.format`
    pub format: String,
    /// Whether URLs have no slash at the end.
    pub ends_bare: bool,
    /// `src/pages`
    pub pages: String,
    /// `src/content`
    pub content: String,
    /// Whether Starlight publishes the collection `docs`.
    pub is_starlight: bool,
    /// Whether the collections are loaded by code of their own, or ids are.
    pub makes_ids: bool,
    /// Whether collections are loaded from other folders too.
    pub has_other_folders: bool,
    /// The major version.
    pub version: Option<u32>,
    /// The routes of collections, by their names.
    pub routes: Memo<Option<Arc<Route>>>,
}

const CONFIGS: [&str; 6] = [
    "astro.config.mjs", "astro.config.js", "astro.config.ts", "astro.config.mts", "astro.config.cjs",
    "astro.config.cts",
];

/// The file that defines collections.
const COLLECTIONS: [&str; 8] = [
    "src/content.config.ts",
    "src/content.config.js",
    "src/content.config.mjs",
    "src/content.config.mts",
    "src/content/config.ts",
    "src/content/config.js",
    "src/content/config.mjs",
    "src/content/config.mts",
];

impl Settings {
    /// Reads the config.
    pub fn read(seen: &Seen<'_>, site: &Site) -> Self {
        let config = seen.first_file(&CONFIGS).and_then(|name| seen.settings(name));
        let text = |key: &str| config.as_ref().and_then(|config| config.text(key)).map(|fact| fact.value);
        let is_computed = |key: &str| {
            let setting = config.as_ref().and_then(|config| config.get(key));
            setting.is_some_and(|setting| setting.as_text().is_none())
        };
        let collections = COLLECTIONS.iter().find_map(|path| seen.folder().read(path)).unwrap_or_default();
        let source = text("srcDir").unwrap_or_else(|| "src".to_owned());
        let source = source.trim_start_matches("./").trim_matches('/').to_owned();
        let own_folders = || {
            let bases = collections.split("base:").skip(1).map(|rest| rest.trim_start());
            bases.filter(|rest| !rest.starts_with(['"', '\'', '`']) || !rest.contains("src/content/")).count()
        };
        let is_starlight = site.theme.as_ref().is_some_and(|theme| theme.value == "starlight");
        Settings {
            is_unknown: ["base", "build.format", "trailingSlash", "srcDir"].iter().any(|key| is_computed(key)),
            base: site.base_path(),
            format: text("build.format").unwrap_or_else(|| "directory".to_owned()),
            ends_bare: text("trailingSlash").is_some_and(|slash| slash == "never"),
            pages: format!("{source}/pages"),
            content: format!("{source}/content"),
            is_starlight,
            makes_ids: collections.contains("generateId"),
            has_other_folders: own_folders() > 0,
            version: site.version.as_ref().and_then(|version| crate::site::major(&version.value)),
            routes: Memo::default(),
        }
    }
}
