//! MkDocs. Facts: <https://www.mkdocs.org/user-guide/configuration/>, version 1.6.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::place::files::joined;
use crate::place::python_markdown::PythonMarkdown;
use crate::site::folder::{Seen, file};
use crate::site::settings::{Datum, Evidence, Fact, Setting, Settings};
use crate::site::{EngineOption, Exclusion, Site, named, python_markdown, requirement};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The folder with built pages, unless the config sets one.
pub(super) const BUILT: &str = "site";

pub(super) fn by_config(seen: &Seen<'_>) -> Option<Site> {
    let name = seen.first_file(&["mkdocs.yml", "mkdocs.yaml"])?;
    let site = Site::signed(Generator::MkDocs, file(name));
    match seen.settings(name) {
        Some(config) => Some(with_config(site, seen, &config)),
        None => Some(Site { dialect_is_known: false, may_add_ids: true, ..site }),
    }
}

/// Plugins that neither list pages nor make links, and leave the tree of a page as its Markdown makes it.
const WITHOUT_LISTS: [&str; 17] = [
    "exclude-search",
    "git-authors",
    "git-committers",
    "git-revision-date",
    "git-revision-date-localized",
    "glightbox",
    "meta",
    "minify",
    "offline",
    "optimize",
    "privacy",
    "redirects",
    "rss",
    "search",
    "social",
    "spellcheck",
    "typeset",
];

/// Plugins that may list pages or make links, and leave the tree of a page as its Markdown makes it. All others may change
/// it.
const WITH_LISTS: [&str; 16] = [
    "awesome-nav", "awesome-pages", "blog", "built_with", "exclude", "group", "info", "literate-nav", "llmstxt",
    "mike", "pdf-export", "print-site", "projects", "same-dir", "section-index", "tags",
];

/// Plugins that change pages only where there is a sign of it, such as `{{ … }}` and `::: module`.
const WITH_SIGNS: [&str; 9] = [
    "autorefs", "git-committers-2", "include-markdown", "kroki", "macros", "mermaid2", "mkdocstrings",
    "open-in-new-tab", "table-reader",
];

fn with_config(site: Site, seen: &Seen<'_>, config: &Settings) -> Site {
    let (python_markdown, is_known, options) = engine(config);
    let docs = config.text("docs_dir").unwrap_or(Fact::by_default("docs".to_owned()));
    let excluded = config.get("exclude_docs").and_then(Setting::as_text).unwrap_or("").to_owned();
    let theme = config.text("theme").or_else(|| config.text("theme.name"));
    let is_known = is_known && has_only(config, &[&WITHOUT_LISTS, &WITH_LISTS]);
    // `base.html` of Material for MkDocs; the files `.meta.yml` of the plugin `meta` may have descriptions.
    let is_material = theme.as_ref().is_some_and(|theme| theme.value == "material");
    let may_describe = config.get("theme.custom_dir").is_some() || has_plugin(config, "meta");
    Site {
        version: requirement(seen, "mkdocs"),
        engine: Some(Fact::by_default(Engine::PythonMarkdown)),
        python_markdown: Arc::new(python_markdown),
        dialect_is_known: is_known,
        may_add_ids: !has_only(config, &[&WITHOUT_LISTS, &WITH_LISTS, &WITH_SIGNS]),
        shows_own_description: is_material && is_known && !may_describe,
        options,
        title: config.text("site_name"),
        description: config.text("site_description"),
        author: config.text("site_author"),
        url: config.text("site_url"),
        built: config.text("site_dir"),
        templates: Site::folder_of(config.text("theme.custom_dir")).into_iter().collect(),
        language: config.text("theme.language"),
        theme: theme.map(named),
        navigation: navigation(config),
        source: Some(docs.value.clone()),
        content: vec![docs],
        exclude: Exclusion::globs(excluded.lines()),
        ..site
    }
}

/// The paths of the files that `nav` lists, below the folder of pages. `None` if other pages may be listed somewhere, or be left out on purpose.
fn navigation(config: &Settings) -> Option<BTreeSet<String>> {
    fn add(item: &Setting, listed: &mut BTreeSet<String>) -> Option<()> {
        match &item.value {
            Datum::Text(path) => {
                listed.extend(joined("", path));
                Some(())
            }
            Datum::List(items) => items.iter().try_for_each(|item| add(item, listed)),
            Datum::Map(entries) => entries.iter().try_for_each(|(_, item)| add(item, listed)),
            _ => None,
        }
    }
    // Snippets may have links.
    let has_snippets = config.get("markdown_extensions").is_some_and(|it| {
        extensions(it).iter().any(|(name, _, _)| name.contains("snippets") || name.contains("include"))
    });
    if !has_only(config, &[&WITHOUT_LISTS]) || config.get("not_in_nav").is_some() || has_snippets {
        return None;
    }
    let mut listed = BTreeSet::new();
    add(config.get("nav")?, &mut listed)?;
    Some(listed)
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

/// Whether there are no other plugins than these, no hooks, and no config that this one completes.
fn has_only(config: &Settings, known: &[&[&str]]) -> bool {
    let listed = config.get("plugins").map_or_else(Vec::new, extensions);
    let is_known = |name: &str| known.iter().any(|names| names.contains(&bare(name)));
    let is_whole = ["hooks", "INHERIT"].iter().all(|key| config.get(key).is_none());
    is_whole && listed.iter().all(|(name, _, _)| is_known(name))
}

/// The name of a plugin without that of its theme: `material/blog`.
fn bare(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// Whether the config lists a plugin.
fn has_plugin(config: &Settings, plugin: &str) -> bool {
    let listed = config.get("plugins").map_or_else(Vec::new, extensions);
    listed.iter().any(|(name, _, _)| bare(name) == plugin)
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
