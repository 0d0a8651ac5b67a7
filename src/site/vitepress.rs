//! VitePress. Facts: <https://vitepress.dev/reference/site-config>.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::place::flavor::{Flavor, HeadingIds};
use crate::site::folder::{Seen, file};
use crate::site::settings::{Fact, Settings};
use crate::site::{Exclusion, Site};

/// The folder with built pages, unless the config sets one.
pub(super) const BUILT: &str = ".vitepress/dist";

const CONFIGS: [&str; 8] = [
    ".vitepress/config.ts",
    ".vitepress/config.mts",
    ".vitepress/config.js",
    ".vitepress/config.mjs",
    ".vitepress/config.cjs",
    ".vitepress/config/index.ts",
    ".vitepress/config/index.mts",
    ".vitepress/config/index.js",
];

pub(super) fn by_config(seen: &Seen<'_>) -> Option<Site> {
    if !seen.has_folder(".vitepress") {
        return None;
    }
    let config = CONFIGS.into_iter().find_map(|path| seen.settings(path));
    let site = Site::signed(Generator::VitePress, config.as_ref().map_or(file(".vitepress"), |it| file(&it.file)));
    let site = Site { version: seen.version("vitepress"), engine: Some(Fact::by_default(Engine::MarkdownIt)), ..site };
    match config {
        Some(config) => {
            // Its Markdown may have plugins, and another function that makes ids.
            let text = seen.folder().read(&config.file).unwrap_or_default();
            let has_own_ids = ["slugify", "anchor:", "getTokensText"].iter().any(|word| text.contains(word));
            let heading_ids = if has_own_ids { HeadingIds::Off } else { site.flavor.heading_ids };
            let flavor = Flavor { heading_ids, ..site.flavor };
            // A program may describe pages.
            let shows_own_description = !["transformPageData", "transformHead"].iter().any(|word| text.contains(word));
            // Other objects of a program may have a `base` as well.
            let exported = Settings::exported(&config.file, &text);
            let base_url = exported.as_ref().unwrap_or(&config).text("base");
            Some(with_config(Site { flavor, shows_own_description, base_url, ..site }, &config))
        }
        None => Some(site),
    }
}

fn with_config(site: Site, config: &Settings) -> Site {
    let in_root = |key: &str| config.text(&format!("locales.root.{key}")).or_else(|| config.text(key));
    let excluded = config.get("srcExclude").map_or_else(Vec::new, |list| list.texts());
    Site {
        // The pages of the root locale are those in no folder of another.
        title: in_root("title"),
        description: in_root("description"),
        language: in_root("lang"),
        built: config.text("outDir"),
        source: config.text("srcDir").map(|folder| folder.value),
        exclude: Exclusion::globs(excluded.into_iter()),
        ..site
    }
}
