//! Docusaurus. Facts: <https://docusaurus.io/docs/api/docusaurus-config>, version 3.10.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::site::folder::{Seen, file};
use crate::site::settings::{Datum, Fact, Setting, Settings};
use crate::site::{EngineOption, Site};

/// The folder with built pages, unless the config sets one.
pub(super) const BUILT: &str = "build";

const CONFIGS: [&str; 6] = [
    "docusaurus.config.ts",
    "docusaurus.config.mts",
    "docusaurus.config.cts",
    "docusaurus.config.js",
    "docusaurus.config.mjs",
    "docusaurus.config.cjs",
];

/// Content folders of the classic preset.
const CONTENT: [&str; 5] = ["blog", "docs", "src/pages", "versioned_docs", "i18n"];

pub(super) fn by_config(seen: &Seen<'_>) -> Option<Site> {
    let name = seen.first_file(&CONFIGS)?;
    let site = Site::signed(Generator::Docusaurus, file(name));
    match seen.settings(name) {
        Some(config) => Some(with_config(site, seen, &config)),
        None => Some(site),
    }
}

fn with_config(site: Site, seen: &Seen<'_>, config: &Settings) -> Site {
    // With `md`, all files are CommonMark; with `detect`, the extension decides. By default, both extensions are MDX.
    let format = config.text("markdown.format");
    let md_is_mdx = format.as_ref().is_none_or(|format| format.value == "mdx");
    let written = format.filter(|format| format.value != "mdx");
    let options = written.map(|format| EngineOption { key: "format".to_owned(), value: format });
    let engine = if md_is_mdx { Engine::Mdx } else { Engine::Remark };
    Site {
        version: seen.version("@docusaurus/core"),
        engine: Some(Fact::by_default(engine)),
        options: options.into_iter().collect(),
        md_is_mdx,
        title: config.text("title"),
        description: config.text("tagline"),
        url: config.text("url"),
        base_url: config.text("baseUrl"),
        language: config.text("i18n.defaultLocale"),
        theme: seen.dependency("@docusaurus/preset-classic").map(|it| Fact { value: "classic".to_owned(), ..it }),
        content: content(seen, config),
        ..site
    }
}

/// The folders that the config gives to plugins with content, and the others of the classic preset that exist.
fn content(seen: &Seen<'_>, config: &Settings) -> Vec<Fact<String>> {
    let mut found: Vec<Fact<String>> = Vec::new();
    let mut replaced: Vec<&str> = Vec::new();
    let folder = |path: &Setting| {
        let written = path.as_text()?.trim_start_matches("./").trim_end_matches('/');
        (!written.is_empty() && !written.starts_with('.')).then(|| config.fact(written.to_owned(), path.line))
    };
    for preset in config.get("presets").map_or(&[][..], Setting::items) {
        let Some(options) = preset.items().get(1) else { continue };
        for (key, default) in [("docs", "docs"), ("blog", "blog"), ("pages", "src/pages")] {
            let Some(options) = options.get(key) else { continue };
            let path = options.get("path").and_then(folder);
            let is_off = options.value == Datum::Bool(false);
            replaced.extend((is_off || path.as_ref().is_some_and(|path| path.value != default)).then_some(default));
            found.extend(path.filter(|path| path.value != default));
        }
    }
    for plugin in config.get("plugins").map_or(&[][..], Setting::items) {
        let name = plugin.items().first().and_then(Setting::as_text).unwrap_or("");
        let path = plugin.items().get(1).and_then(|options| options.get("path"));
        found.extend(path.filter(|_| name.contains("content-")).and_then(folder));
    }
    let usual = Site::folders(seen, &CONTENT).into_iter().filter(|it| !replaced.contains(&it.value.as_str()));
    let mut all: Vec<Fact<String>> = usual.collect();
    for folder in found {
        if !all.iter().any(|known| known.value == folder.value) {
            all.push(folder);
        }
    }
    all
}
