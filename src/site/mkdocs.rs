//! MkDocs. Facts: <https://www.mkdocs.org/user-guide/configuration/>, version 1.6.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::site::folder::{Seen, file};
use crate::site::settings::{Evidence, Fact, Setting, Settings};
use crate::site::{EngineOption, Exclusion, Site, named, requirement};

pub(super) fn by_config(seen: &Seen<'_>) -> Option<Site> {
    let name = seen.first_file(&["mkdocs.yml", "mkdocs.yaml"])?;
    let site = Site::signed(Generator::MkDocs, file(name));
    match seen.settings(name) {
        Some(config) => Some(with_config(site, seen, &config)),
        None => Some(site),
    }
}

fn with_config(site: Site, seen: &Seen<'_>, config: &Settings) -> Site {
    let extensions = config.get("markdown_extensions").map_or_else(Vec::new, extensions);
    let options = extensions.into_iter().map(|(name, line)| EngineOption {
        key: name,
        value: Fact { value: "true".to_owned(), from: Some(Evidence { file: config.file.clone(), line }) },
    });
    let docs = config.text("docs_dir").unwrap_or(Fact::by_default("docs".to_owned()));
    let excluded = config.get("exclude_docs").and_then(Setting::as_text).unwrap_or("").to_owned();
    let theme = config.text("theme").or_else(|| config.text("theme.name"));
    Site {
        version: requirement(seen, "mkdocs"),
        engine: Some(Fact::by_default(Engine::PythonMarkdown)),
        dialect_is_known: false,
        options: options.collect(),
        title: config.text("site_name"),
        description: config.text("site_description"),
        author: config.text("site_author"),
        url: config.text("site_url"),
        language: config.text("theme.language"),
        theme: theme.map(named),
        source: Some(docs.value.clone()),
        content: vec![docs],
        exclude: Exclusion::globs(excluded.lines()),
        ..site
    }
}

/// Parses the list of extensions: names, or mappings of one name to its options.
fn extensions(list: &Setting) -> Vec<(String, u32)> {
    let name = |item: &Setting| match item.as_text() {
        Some(name) => Some((name.to_owned(), item.line)),
        None => item.entries().first().map(|(name, setting)| (name.clone(), setting.line)),
    };
    let by_key = list.entries().iter().map(|(name, setting)| (name.clone(), setting.line));
    list.items().iter().filter_map(name).chain(by_key).collect()
}
