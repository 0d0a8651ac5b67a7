//! Docusaurus. Facts: <https://docusaurus.io/docs/api/docusaurus-config>, version 3.10.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::site::folder::{Seen, file};
use crate::site::settings::{Fact, Settings};
use crate::site::{EngineOption, Site};

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
        content: Site::folders(seen, &CONTENT),
        ..site
    }
}
