//! VitePress's URLs. Facts: `resolvePages` and `generateSitemap` of the package `vitepress`, version 1.6.
//! <https://vitepress.dev/guide/routing>

mod rewrite;

use crate::site::Site;
use crate::site::folder::Seen;
use crate::site::settings::{self, Datum, Setting};
use crate::site::urls::around::Around;
use crate::site::urls::page::Page;
use crate::site::urls::page_url::{PageUrl, Publication};
use rewrite::Rewrite;

/// The settings that URLs depend on.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether a setting is computed.
    is_unknown: bool,
    base: String,
    /// `cleanUrls`
    is_clean: bool,
    rewrites: Vec<Rewrite>,
    /// Whether a rewrite is not modelled.
    has_other_rewrites: bool,
}

impl Settings {
    /// Reads the config in `.vitepress`.
    pub fn read(seen: &Seen<'_>, site: &Site) -> Self {
        // Without a config, the folder is the evidence, and all settings are defaults.
        let has_config = site.sign.file.contains('/');
        let text = if has_config { seen.folder().read(&site.sign.file) } else { None };
        let config = text.and_then(|text| settings::Settings::exported(&site.sign.file, &text));
        let extends = |config: &settings::Settings| config.root.has_spread() || config.get("extends").is_some();
        let is_opaque = has_config && config.as_ref().is_none_or(extends);
        let get = |key: &str| config.as_ref().and_then(|config| config.get(key));
        let is_computed = |key: &str| get(key).is_some_and(|setting| setting.value == Datum::Unknown);
        let rewrites = get("rewrites");
        let rules = rewrites.map_or(&[][..], Setting::entries);
        let read: Vec<Rewrite> = rules.iter().map_while(|(from, to)| Rewrite::of(from, to.as_text()?)).collect();
        Settings {
            is_unknown: is_opaque || ["base", "cleanUrls", "srcDir", "srcExclude"].into_iter().any(is_computed),
            base: site.base_path(),
            is_clean: get("cleanUrls").is_some_and(|it| it.value == Datum::Bool(true)),
            has_other_rewrites: is_computed("rewrites") || read.len() < rules.len(),
            rewrites: read,
        }
    }

    /// The URL of a file.
    pub fn publication(&self, page: &Page<'_>, _: Around<'_>) -> Publication {
        if self.is_unknown {
            return Publication::Unknown;
        }
        // Paths begin below `srcDir`.
        let inside = page.path;
        if let Some(copied) = inside.strip_prefix("public/").filter(|_| inside.ends_with(".html")) {
            return Publication::At(PageUrl::below(&self.base, copied));
        }
        let mut folders = inside.split('/').rev().skip(1);
        let is_left_out = folders.any(|folder| matches!(folder, "node_modules" | "dist") || folder.starts_with('.'));
        if !inside.ends_with(".md") || is_left_out || inside.rsplit('/').next().is_some_and(|it| it.starts_with('.')) {
            return Publication::Never;
        }
        // A dynamic route: its paths come from a program. The page for URLs that do not exist has none.
        if inside.contains('[') || inside == "404.md" || self.has_other_rewrites {
            return Publication::Unknown;
        }
        let rewritten = self.rewrites.iter().find_map(|rewrite| rewrite.applied(inside));
        let path = rewritten.as_deref().unwrap_or(inside);
        let Some(stem) = path.strip_suffix(".md") else { return Publication::Unknown };
        let url = match stem.strip_suffix("index") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.to_owned(),
            _ if self.is_clean => stem.to_owned(),
            _ => format!("{stem}.html"),
        };
        Publication::At(PageUrl::below(&self.base, &url))
    }
}
