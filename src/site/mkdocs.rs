//! MkDocs. Facts: <https://www.mkdocs.org/user-guide/configuration/>, version 1.6.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::place::python_markdown::PythonMarkdown;
use crate::site::folder::{Seen, file};
use crate::site::settings::{Evidence, Fact, Setting, Settings};
use crate::site::{EngineOption, Exclusion, Site, named, python_markdown, requirement};
use std::sync::Arc;

pub(super) fn by_config(seen: &Seen<'_>) -> Option<Site> {
    let name = seen.first_file(&["mkdocs.yml", "mkdocs.yaml"])?;
    let site = Site::signed(Generator::MkDocs, file(name));
    match seen.settings(name) {
        Some(config) => Some(with_config(site, seen, &config)),
        None => Some(Site { dialect_is_known: false, ..site }),
    }
}

/// Plugins that leave the tree of a page as its Markdown makes it: all others may change it.
const PLUGINS: [&str; 33] = [
    "awesome-nav",
    "awesome-pages",
    "blog",
    "built_with",
    "exclude",
    "exclude-search",
    "git-authors",
    "git-committers",
    "git-revision-date",
    "git-revision-date-localized",
    "glightbox",
    "group",
    "info",
    "literate-nav",
    "llmstxt",
    "meta",
    "minify",
    "mike",
    "offline",
    "optimize",
    "pdf-export",
    "privacy",
    "print-site",
    "projects",
    "redirects",
    "rss",
    "same-dir",
    "search",
    "section-index",
    "social",
    "spellcheck",
    "tags",
    "typeset",
];

fn with_config(site: Site, seen: &Seen<'_>, config: &Settings) -> Site {
    let (python_markdown, is_known, options) = engine(config);
    let docs = config.text("docs_dir").unwrap_or(Fact::by_default("docs".to_owned()));
    let excluded = config.get("exclude_docs").and_then(Setting::as_text).unwrap_or("").to_owned();
    let theme = config.text("theme").or_else(|| config.text("theme.name"));
    Site {
        version: requirement(seen, "mkdocs"),
        engine: Some(Fact::by_default(Engine::PythonMarkdown)),
        python_markdown: Arc::new(python_markdown),
        dialect_is_known: is_known && plugins_are_known(config),
        options,
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

/// The extensions that are on, whether the parser follows all of them, and what the config says.
fn engine(config: &Settings) -> (PythonMarkdown, bool, Vec<EngineOption>) {
    let mut python_markdown = PythonMarkdown::mkdocs();
    let mut is_known = true;
    let mut options = Vec::new();
    let listed = config.get("markdown_extensions").map_or_else(Vec::new, extensions);
    let has_superfences = listed.iter().any(|(name, _, _)| name.ends_with("superfences") || name == "pymdownx.extra");
    if has_superfences {
        python_markdown.extensions.retain(|name| *name != "fenced_code");
    }
    for (name, settings, line) in listed {
        let follows = python_markdown::turn_on(&mut python_markdown, &name, settings);
        is_known = is_known && follows;
        let from = Some(Evidence { file: config.file.clone(), line });
        options.push(EngineOption { key: name, value: Fact { value: "true".to_owned(), from } });
    }
    (python_markdown, is_known, options)
}

/// Whether no plugin and no hook changes what Markdown makes.
fn plugins_are_known(config: &Settings) -> bool {
    let listed = config.get("plugins").map_or_else(Vec::new, extensions);
    let bare = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
    config.get("hooks").is_none() && listed.iter().all(|(name, _, _)| PLUGINS.contains(&bare(name).as_str()))
}

/// Names, or mappings of one name to its options.
fn extensions(list: &Setting) -> Vec<(String, Option<&Setting>, u32)> {
    let name = |item: &'_ Setting| item.as_text().map(|name| (name.to_owned(), None, item.line));
    let by_key = |entry: &'_ (String, Setting)| (entry.0.clone(), entry.1.line);
    let mut found = Vec::new();
    for item in list.items() {
        match name(item) {
            Some(named) => found.push(named),
            None => found.extend(item.entries().first().map(|entry| {
                let (name, line) = by_key(entry);
                (name, Some(&entry.1), line)
            })),
        }
    }
    found.extend(list.entries().iter().map(|entry| {
        let (name, line) = by_key(entry);
        (name, Some(&entry.1), line)
    }));
    found
}
