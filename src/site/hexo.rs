//! Hexo. Facts: lib/hexo/{default_config,load_config}.js, version 8.1.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::site::folder::Seen;
use crate::site::settings::{Evidence, Fact, Settings};
use crate::site::{Site, major, named};

/// The folder with built pages, unless the config sets one.
pub(super) const BUILT: &str = "public";

const CONFIGS: [&str; 3] = ["_config.yml", "_config.yaml", "_config.json"];

/// Packages that render Markdown, in order of precedence.
const RENDERERS: [(&str, Engine); 6] = [
    ("hexo-renderer-markdown-it-plus", Engine::MarkdownIt),
    ("hexo-renderer-markdown-it", Engine::MarkdownIt),
    ("hexo-renderer-kramed", Engine::Other),
    ("hexo-renderer-pandoc", Engine::Other),
    ("hexo-renderer-multi-markdown-it", Engine::MarkdownIt),
    ("hexo-renderer-marked", Engine::Marked),
];

/// Detects Hexo by `package.json`: a dependency, or the key `hexo` that Hexo itself writes.
pub(super) fn by_package(seen: &Seen<'_>) -> Option<Site> {
    let by_key = seen.package().and_then(|package| Some(package.fact((), package.get("hexo")?.line)));
    let sign = seen.dependency("hexo").and_then(|it| it.from).or(by_key.and_then(|it| it.from))?;
    Some(read(seen, sign))
}

/// Detects Hexo by keys of `_config.yml` that Jekyll, which uses the same file name, does not have.
pub(super) fn by_shared_name(seen: &Seen<'_>) -> Option<Site> {
    let config = seen.own_settings("_config.yml")?;
    let key = ["source_dir", "public_dir", "new_post_name", "skip_render", "post_asset_folder"]
        .into_iter()
        .find_map(|key| config.get(key))?;
    let sign = Evidence { file: config.file.clone(), line: key.line };
    Some(read(seen, sign))
}

fn read(seen: &Seen<'_>, sign: Evidence) -> Site {
    let renderer = RENDERERS.into_iter().find_map(|(name, engine)| Some((engine, seen.dependency(name)?)));
    // Old versions of marked parse Markdown inside HTML blocks, which postlint does not implement.
    let is_known = renderer.as_ref().is_none_or(|(engine, version)| match engine {
        Engine::Marked => major(&version.value) != Some(0),
        Engine::Other => false,
        _ => true,
    });
    let engine = renderer
        .map_or(Fact::by_default(Engine::Marked), |(engine, version)| Fact { value: engine, from: version.from });
    let site = Site {
        version: seen.version("hexo"),
        engine: Some(engine),
        dialect_is_known: is_known,
        ..Site::signed(Generator::Hexo, sign)
    };
    match seen.first_file(&CONFIGS).and_then(|name| seen.settings(name)) {
        Some(config) => with_config(site, &config),
        None => site,
    }
}

fn with_config(site: Site, config: &Settings) -> Site {
    let source = config.text("source_dir").unwrap_or(Fact::by_default("source".to_owned()));
    Site {
        title: config.text("title"),
        description: config.text("description"),
        author: config.text("author"),
        language: config.text("language"),
        time_zone: config.text("timezone"),
        url: config.text("url"),
        base_url: config.text("root"),
        theme: config.text("theme").map(named),
        output: Site::folder_of(config.text("public_dir")),
        built: config.text("public_dir"),
        content: vec![source],
        ..site
    }
}
