//! Eleventy. Facts: src/{defaultConfig,TemplateConfig}.js, version 3.1. Its config is code: only the literals it
//! returns are known.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::place::files::joined;
use crate::site::Site;
use crate::site::folder::{Seen, file};
use crate::site::settings::{Evidence, Fact};

/// The folder with built pages, unless the config sets one.
pub(super) const BUILT: &str = "_site";

const CONFIGS: [&str; 5] =
    [".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts"];

pub(super) fn by_config(seen: &Seen<'_>) -> Option<Site> {
    let name = seen.first_file(&CONFIGS)?;
    let site = read(seen, file(name));
    let Some(config) = seen.settings(name) else { return Some(site) };
    // A site that sets its own Markdown library may use any options.
    let text = seen.folder().read(name).unwrap_or_default();
    let own = text.lines().zip(1..).find(|(line, _)| line.contains("setLibrary(")).map(|(_, number)| number);
    let engine = own.map(|line| Fact::on_line(Engine::MarkdownIt, name, line)).or(site.engine);
    let site = Site { dialect_is_known: own.is_none(), engine, ..site };
    let input = config.text("dir.input");
    let folder = input.as_ref().map_or("", |input| &input.value);
    // They are relative to the input.
    let below =
        |key: &str| joined(folder, &config.text(key)?.value).filter(|it| joined(folder, "").as_ref() != Some(it));
    let templates = ["dir.includes", "dir.layouts"].into_iter().filter_map(below).collect();
    Some(Site {
        content: input.into_iter().collect(),
        base_url: config.text("pathPrefix"),
        built: config.text("dir.output"),
        templates,
        ..site
    })
}

pub(super) fn by_package(seen: &Seen<'_>) -> Option<Site> {
    let sign = seen.dependency("@11ty/eleventy")?.from?;
    Some(read(seen, sign))
}

fn read(seen: &Seen<'_>, sign: Evidence) -> Site {
    let from = seen.dependency("markdown-it").and_then(|it| it.from);
    Site {
        version: seen.version("@11ty/eleventy"),
        engine: Some(Fact { value: Engine::MarkdownIt, from }),
        ..Site::signed(Generator::Eleventy, sign)
    }
}
