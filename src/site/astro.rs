//! Astro and Starlight. Facts: packages/astro/src/core/config, version 7.3.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::site::folder::{Seen, file};
use crate::site::settings::{Evidence, Fact, Settings};
use crate::site::{Site, major, script};

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
    let chosen = is_chosen.then(|| Fact { value: Engine::Remark, from: Some(file(name)) });
    let own = config.text("i18n.defaultLocale");
    let site = match seen.text(name).and_then(|text| starlight_options(name, &text)) {
        Some((options, has_locales)) => with_starlight(site, &options, (own, has_locales)),
        None => Site { language: own, ..site },
    };
    Some(Site {
        engine: chosen.or(site.engine),
        may_rewrite_links,
        url: config.text("site"),
        base_url: config.text("base"),
        built: config.text("outDir"),
        ..site
    })
}

/// The object in `starlight({ … })`, if it is a literal, and whether it may have locales: `{ locales }` is one that is not.
fn starlight_options(name: &str, text: &str) -> Option<(Settings, bool)> {
    let call = "starlight(";
    let at = text.find(call)? + call.len();
    let options = script::literal(text, at);
    let has_locales = text.get(at..).is_some_and(|rest| rest.contains("locales"));
    (!options.entries().is_empty()).then(|| (Settings::of(name, options.value), has_locales))
}

/// A site with what the options of Starlight say. Facts: packages/starlight/utils/user-config.ts and i18n.ts, version 0.36.
fn with_starlight(site: Site, options: &Settings, (own, has_locales): (Option<Fact<String>>, bool)) -> Site {
    let language = match (has_locales, options.text("defaultLocale")) {
        // Without locales, the site is in the language of Astro's `i18n`, or in English.
        (false, _) => own.or_else(|| Some(Fact::by_default("en".to_owned()))),
        // The locale without a folder of its own, unless another one is the default.
        (true, default) => {
            let locale = default.as_ref().map_or("root", |default| &*default.value);
            let set = options.text(&format!("locales.{locale}.lang"));
            set.or_else(|| default.clone().filter(|_| locale != "root")).or(own)
        }
    };
    // A title for each language, or for all.
    let in_language = |key: &str| options.text(&format!("{key}.{}", language.as_ref()?.value));
    let title = options.text("title").or_else(|| in_language("title"));
    Site { title, description: options.text("description"), language, ..site }
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
