//! Zola. Facts: <https://www.getzola.org/documentation/getting-started/configuration/>.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::place::flavor::{Flavor, HeadingIds};
use crate::site::folder::{Seen, file};
use crate::site::settings::{Datum, Fact, Settings};
use crate::site::{EngineOption, Site, named};

/// The folder with built pages, unless the config sets one.
pub(super) const BUILT: &str = "public";

/// Options of `[markdown]` that affect the page, each with its default.
const OPTIONS: [(&str, bool); 6] = [
    ("render_emoji", false),
    ("smart_punctuation", false),
    ("definition_list", false),
    ("bottom_footnotes", false),
    ("github_alerts", false),
    ("lazy_async_image", false),
];

pub(super) fn by_config(seen: &Seen<'_>) -> Option<Site> {
    let config = seen.own_settings("zola.toml")?;
    Some(with_config(&config))
}

/// Detects Zola by `base_url` at the top level of `config.toml`, a file name that Hugo also uses.
pub(super) fn by_shared_name(seen: &Seen<'_>) -> Option<Site> {
    let config = seen.own_settings("config.toml")?;
    let is_zola = config.get("base_url").is_some() && (seen.has_folder("templates") || seen.has_folder("content"));
    is_zola.then(|| with_config(&config))
}

fn with_config(config: &Settings) -> Site {
    let option = |(key, default): (&str, bool)| {
        let setting = config.get(&format!("markdown.{key}"))?;
        let differs = setting.value != Datum::Bool(default);
        let value = config.fact(setting.written(), setting.line);
        differs.then(|| EngineOption { key: key.to_owned(), value })
    };
    let plain = Flavor::of(Generator::Zola);
    // Other strategies differ between versions.
    let anchors = config.get("slugify.anchors").is_none_or(|anchors| anchors.as_text() == Some("on"));
    Site {
        flavor: if anchors { plain } else { Flavor { heading_ids: HeadingIds::Off, ..plain } },
        engine: Some(Fact::by_default(Engine::PulldownCmark)),
        options: OPTIONS.into_iter().filter_map(option).collect(),
        title: config.text("title"),
        description: config.text("description"),
        author: config.text("author"),
        url: config.text("base_url"),
        language: config.text("default_language").or(Some(Fact::by_default("en".to_owned()))),
        theme: config.text("theme").map(named),
        output: Site::folder_of(config.text("output_dir")),
        built: config.text("output_dir"),
        content: vec![Fact::by_default("content".to_owned())],
        ..Site::signed(Generator::Zola, file(&config.file))
    }
}
