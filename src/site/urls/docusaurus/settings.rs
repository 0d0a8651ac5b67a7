//! What Docusaurus's config says about URLs: its plugins with content. <https://docusaurus.io/docs/api/docusaurus-config>

use crate::pattern::path_globs;
use crate::site::Site;
use crate::site::folder::Seen;
use crate::site::settings::{self, Datum, Setting};
use crate::site::urls::page_url::cleaned;
use globset::GlobSet;

/// The settings that URLs depend on.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether a setting is computed.
    pub is_unknown: bool,
    /// `baseUrl`
    pub base: String,
    /// `trailingSlash`
    pub ends: Option<bool>,
    /// `i18n.defaultLocale`
    pub default_locale: String,
    /// Locales with a path of their own, by name: that of the others is their name.
    pub locales: Vec<String>,
    /// Plugins with content.
    pub instances: Vec<Instance>,
    /// Whether another plugin may publish files.
    pub has_other_plugins: bool,
}

/// A plugin that publishes the files of a folder.
#[derive(Clone, Debug)]
pub struct Instance {
    /// Docs, blog or pages.
    pub kind: Kind,
    /// `id`
    pub id: String,
    /// `path`
    pub folder: String,
    /// `routeBasePath`
    pub route: String,
    /// Whether an option that URLs depend on is computed, or is not modelled.
    pub is_unknown: bool,
    /// Whether numbers at the start of names are left out.
    pub strips_numbers: bool,
    /// The versions, from the latest: names with the part of the path. `current` is the folder itself.
    pub versions: Vec<(String, String)>,
    excluded: GlobSet,
}

/// What a plugin publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `@docusaurus/plugin-content-docs`
    Docs,
    /// `@docusaurus/plugin-content-blog`
    Blog,
    /// `@docusaurus/plugin-content-pages`
    Pages,
}

/// `GlobExcludeDefault`
const EXCLUDED: [&str; 3] = ["**/_*.{js,jsx,ts,tsx,md,mdx}", "**/_*/**", "**/__tests__/**"];

impl Kind {
    /// All, by their names, folders and routes.
    const ALL: [(Kind, &'static str, &'static str, &'static str); 3] = [
        (Kind::Docs, "docs", "docs", "docs"),
        (Kind::Blog, "blog", "blog", "blog"),
        (Kind::Pages, "pages", "src/pages", "/"),
    ];

    /// The name of the folder with its translations.
    pub fn name(self) -> &'static str {
        Kind::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, name, ..)| name)
    }
}

impl Settings {
    /// Reads the config.
    pub fn read(seen: &Seen<'_>, site: &Site) -> Self {
        let file = &site.sign.file;
        let config = seen.folder().read(file).and_then(|text| settings::Settings::exported(file, &text));
        let get = |key: &str| config.as_ref().and_then(|config| config.get(key));
        let text = |key: &str| get(key).and_then(Setting::as_text).map(str::to_owned);
        let is_computed = |key: &str| get(key).is_some_and(|it| it.value == Datum::Unknown || it.has_spread());
        let locales = get("i18n.localeConfigs").map_or(&[][..], Setting::entries);
        let is_own = |(_, config): &&(String, Setting)| {
            config.value == Datum::Unknown || ["path", "baseUrl", "url"].iter().any(|key| config.get(key).is_some())
        };
        let mut instances = Vec::new();
        let mut has_other_plugins = false;
        for item in get("presets").map_or(&[][..], Setting::items) {
            let (name, options) = named(item);
            let is_classic = name.is_some_and(|name| name == "classic" || name.ends_with("preset-classic"));
            has_other_plugins |= !is_classic || options.is_some_and(|it| !matches!(it.value, Datum::Map(_)));
            has_other_plugins |= options.is_some_and(Setting::has_spread);
            for (kind, key, ..) in Kind::ALL.into_iter().filter(|_| is_classic) {
                let options = options.and_then(|options| options.get(key));
                if options.is_none_or(|options| options.value != Datum::Bool(false)) {
                    instances.push(Instance::read(kind, options, seen));
                }
            }
        }
        for item in get("plugins").map_or(&[][..], Setting::items) {
            let (name, options) = named(item);
            let bare = name.and_then(|name| name.rsplit_once("content-")).map(|(_, bare)| bare);
            match Kind::ALL.into_iter().find(|(_, key, ..)| bare == Some(*key)) {
                Some((kind, ..)) => instances.push(Instance::read(kind, options, seen)),
                None => has_other_plugins |= !matches!(item.value, Datum::Bool(false) | Datum::Null),
            }
        }
        let ends = get("trailingSlash").map(|setting| &setting.value);
        Settings {
            is_unknown: config.as_ref().is_none_or(|config| config.root.has_spread())
                || text("baseUrl").is_none()
                || ["i18n", "i18n.defaultLocale", "i18n.localeConfigs", "presets", "plugins"]
                    .into_iter()
                    .any(is_computed)
                || !matches!(ends, None | Some(Datum::Bool(_) | Datum::Null))
                || get("i18n.path").is_some(),
            base: site.base_path(),
            ends: ends.and_then(|it| if let Datum::Bool(flag) = it { Some(*flag) } else { None }),
            default_locale: text("i18n.defaultLocale").unwrap_or_else(|| "en".to_owned()),
            locales: locales.iter().filter(is_own).map(|(name, _)| name.clone()).collect(),
            instances,
            has_other_plugins,
        }
    }
}

/// The name of a plugin, and its options.
fn named(item: &Setting) -> (Option<&str>, Option<&Setting>) {
    let first = item.items().first().unwrap_or(item);
    (first.as_text(), item.items().get(1))
}

impl Instance {
    fn read(kind: Kind, options: Option<&Setting>, seen: &Seen<'_>) -> Self {
        let (_, _, folder, route) = Kind::ALL.into_iter().find(|(it, ..)| *it == kind).unwrap_or((kind, "", "", ""));
        let get = |key: &str| options.and_then(|options| options.get(key));
        let text = |key: &str, default: &str| get(key).and_then(Setting::as_text).unwrap_or(default).to_owned();
        let is_computed = |key: &str| get(key).is_some_and(|it| it.as_text().is_none());
        let id = text("id", "default");
        let excluded = get("exclude").map(|list| list.texts());
        let all_read =
            |key: &str| get(key).is_none_or(|it| !it.items().is_empty() && it.texts().len() == it.items().len());
        let numbers = get("numberPrefixParser").map(|setting| &setting.value);
        let versions = if kind == Kind::Docs { versions(options, &id, seen) } else { Some(Vec::new()) };
        let is_map = options.is_none_or(|options| matches!(options.value, Datum::Map(_)) && !options.has_spread());
        let is_unknown = !is_map
            || ["path", "routeBasePath", "id"].into_iter().any(is_computed)
            || !all_read("exclude")
            || get("include").is_some()
            || !matches!(numbers, None | Some(Datum::Bool(_)))
            || get("processBlogPosts").is_some()
            || versions.is_none();
        Instance {
            kind,
            id,
            folder: cleaned(&text("path", folder)).trim_start_matches('/').to_owned(),
            route: text("routeBasePath", route),
            is_unknown,
            strips_numbers: numbers != Some(&Datum::Bool(false)),
            versions: versions.unwrap_or_default(),
            excluded: path_globs(&excluded.unwrap_or_else(|| EXCLUDED.to_vec())),
        }
    }

    /// Whether a file below the folder is left out.
    pub fn is_excluded(&self, path: &str) -> bool {
        self.excluded.is_match(path)
    }

    /// What the names of the folders with its versions begin with.
    pub fn prefix(&self) -> String {
        if self.id == "default" { String::new() } else { format!("{}_", self.id) }
    }
}

/// The versions that are built, and the part of the path of each; `None` if an option is computed. `readVersionsMetadata`.
fn versions(options: Option<&Setting>, id: &str, seen: &Seen<'_>) -> Option<Vec<(String, String)>> {
    let get = |key: &str| options.and_then(|options| options.get(key));
    let flag = |key: &str, default: bool| match get(key).map(|setting| &setting.value) {
        None => Some(default),
        Some(Datum::Bool(flag)) => Some(*flag),
        Some(_) => None,
    };
    let mut names = Vec::new();
    if flag("includeCurrentVersion", true)? {
        names.push("current".to_owned());
    }
    let file = if id == "default" { "versions.json".to_owned() } else { format!("{id}_versions.json") };
    if let (false, Some(text)) = (flag("disableVersioning", false)?, seen.text(&file)) {
        let written: Vec<String> = serde_json::from_str(&text).ok()?;
        names.extend(written);
    }
    if let Some(only) = get("onlyIncludeVersions") {
        let kept = only.texts();
        if kept.len() != only.items().len() {
            return None;
        }
        names.retain(|name| kept.contains(&name.as_str()));
    }
    let last = match get("lastVersion") {
        Some(last) => last.as_text()?.to_owned(),
        None => names.iter().find(|name| *name != "current").cloned().unwrap_or_else(|| "current".to_owned()),
    };
    let own = get("versions");
    if own.is_some_and(|own| own.has_spread() || !matches!(own.value, Datum::Map(_))) {
        return None;
    }
    let part = |name: &String| {
        let config = own.and_then(|own| own.get(name));
        if config.is_some_and(|config| config.has_spread() || !matches!(config.value, Datum::Map(_))) {
            return None;
        }
        Some(match config.and_then(|config| config.get("path")) {
            Some(path) => path.as_text()?.to_owned(),
            None if *name == last => String::new(),
            None if name == "current" => "next".to_owned(),
            None => name.clone(),
        })
    };
    let with_part = |name: String| part(&name).map(|part| (name, part));
    names.into_iter().map(with_part).collect()
}
