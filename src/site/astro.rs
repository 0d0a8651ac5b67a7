//! Astro and Starlight. Facts: packages/astro/src/core/config, version 7.3.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::site::folder::{Seen, file};
use crate::site::settings::{Evidence, Fact};
use crate::site::{Site, major};

/// The folder with built pages, unless the config sets one.
pub(super) const BUILT: &str = "dist";

const CONFIGS: [&str; 6] = [
    "astro.config.mjs", "astro.config.js", "astro.config.ts", "astro.config.mts", "astro.config.cjs",
    "astro.config.cts",
];

const CONTENT: [&str; 2] = ["src/content", "src/pages"];

pub(super) fn by_config(seen: &Seen<'_>) -> Option<Site> {
    let name = seen.first_file(&CONFIGS)?;
    let site = read(seen, file(name));
    let Some(config) = seen.settings(name) else { return Some(site) };
    // A plugin may make paths of the site's own URLs, for example.
    let has_plugins = || seen.text(name).is_some_and(|text| text.to_lowercase().contains("rehypeplugins"));
    let may_rewrite_links = site.may_rewrite_links || has_plugins();
    // The value of `markdown.processor` is code and therefore not known: assume remark, as for `remarkPlugins`.
    let is_chosen = config.get("markdown.processor").is_some() || config.get("markdown.remarkPlugins").is_some();
    let engine = if is_chosen { Some(Fact { value: Engine::Remark, from: Some(file(name)) }) } else { site.engine };
    Some(Site {
        engine,
        may_rewrite_links,
        url: config.text("site"),
        base_url: config.text("base"),
        built: config.text("outDir"),
        language: config.text("i18n.defaultLocale"),
        ..site
    })
}

pub(super) fn by_package(seen: &Seen<'_>) -> Option<Site> {
    // Require `src`: in a monorepo, the root package may depend on `astro` too.
    let sign = seen.dependency("astro").filter(|_| seen.has_folder("src"))?.from?;
    Some(read(seen, sign))
}

fn read(seen: &Seen<'_>, sign: Evidence) -> Site {
    let version = seen.version("astro");
    let engine = match version.as_ref().and_then(|it| major(&it.value)) {
        Some(7..) => Engine::Satteri,
        _ => Engine::Remark,
    };
    let starlight = seen.dependency("@astrojs/starlight");
    Site {
        engine: Some(Fact::by_default(engine)),
        sets_rel: seen.dependency("rehype-external-links").is_some(),
        theme: starlight.map(|it| Fact { value: "starlight".to_owned(), ..it }),
        content: Site::folders(seen, &CONTENT),
        version,
        ..Site::signed(Generator::Astro, sign)
    }
}
