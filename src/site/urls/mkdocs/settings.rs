//! What MkDocs's config says about URLs. <https://www.mkdocs.org/user-guide/configuration/>

use crate::pattern::is_deep_glob;
use crate::site::Site;
use crate::site::folder::Seen;
use crate::site::settings::{Datum, Setting};
use crate::site::urls::mkdocs::blog::Blog;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// The settings that URLs depend on.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether a setting is computed, or a plugin may change URLs.
    pub is_unknown: bool,
    /// The path of `site_url`.
    pub base: String,
    /// `use_directory_urls`
    pub has_folders: bool,
    /// The plugin `blog` of Material.
    pub blog: Option<Blog>,
    /// `exclude_docs` and `draft_docs`; `None` if they are not literals.
    left_out: Option<Gitignore>,
}

/// Plugins that change no URL: what they do is about navigation, search, and the content of pages.
const PLUGINS: [&str; 34] = [
    "autorefs",
    "awesome-nav",
    "awesome-pages",
    "blog",
    "exclude-search",
    "git-authors",
    "git-committers",
    "git-committers-2",
    "git-revision-date",
    "git-revision-date-localized",
    "glightbox",
    "include-markdown",
    "info",
    "kroki",
    "literate-nav",
    "llmstxt",
    "macros",
    "mermaid2",
    "meta",
    "minify",
    "mkdocstrings",
    "open-in-new-tab",
    "optimize",
    "pdf-export",
    "print-site",
    "privacy",
    "redirects",
    "rss",
    "search",
    "section-index",
    "social",
    "spellcheck",
    "table-reader",
    "tags",
];

/// Events of hooks in which no file gets another URL.
const EVENTS: [&str; 8] = [
    "on_page_markdown", "on_page_content", "on_page_context", "on_post_page", "on_post_template", "on_pre_template",
    "on_env", "on_post_build",
];

impl Settings {
    /// Reads `mkdocs.yml`.
    pub fn read(seen: &Seen<'_>, site: &Site) -> Self {
        let config = seen.settings(&site.sign.file);
        let get = |key: &str| config.as_ref().and_then(|config| config.get(key));
        let is_literal = |key: &str| get(key).is_none_or(|it| it.as_text().is_some_and(|text| !text.contains("!ENV")));
        let has_folders = match get("use_directory_urls").map(|setting| &setting.value) {
            None => Some(true),
            Some(Datum::Bool(flag)) => Some(*flag),
            Some(_) => None,
        };
        let plugins = get("plugins").map_or_else(Vec::new, names);
        let is_known = |name: &str| PLUGINS.contains(&name.strip_prefix("material/").unwrap_or(name));
        let hooks = get("hooks").map_or_else(Vec::new, |hooks| hooks.texts());
        let is_harmless = |path: &&str| seen.folder().read(path).is_some_and(|text| is_harmless(&text));
        let blogs: Vec<_> =
            plugins.iter().filter(|(name, _)| matches!(name.as_str(), "blog" | "material/blog")).collect();
        let blog = blogs.first().map(|(_, options)| Blog::read(*options));
        let is_unknown = get("INHERIT").is_some()
            || has_folders.is_none()
            || !is_literal("docs_dir")
            || get("site_url").is_some_and(|it| !matches!(it.value, Datum::Text(_) | Datum::Null))
            || !plugins.iter().all(|(name, _)| is_known(name))
            || !hooks.iter().all(is_harmless)
            || blogs.len() > 1
            || matches!(blog, Some(None));
        Settings {
            is_unknown,
            base: site.base_path(),
            has_folders: has_folders.unwrap_or(true),
            blog: blog.flatten(),
            left_out: left_out([get("exclude_docs"), get("draft_docs")]),
        }
    }

    /// Whether a file below the folder of pages is built. `None` if it is not known.
    pub fn is_built(&self, path: &str) -> Option<bool> {
        let left_out = self.left_out.as_ref()?;
        Some(!left_out.matched_path_or_any_parents(path, false).is_ignore())
    }
}

/// `mkdocs.structure.files._default_exclude`, and what the config adds.
fn left_out(settings: [Option<&Setting>; 2]) -> Option<Gitignore> {
    let mut builder = GitignoreBuilder::new("");
    let defaults = [".*", "/templates/"].into_iter();
    let mut lines: Vec<&str> = defaults.collect();
    for setting in settings.into_iter().flatten().filter(|setting| setting.value != Datum::Null) {
        lines.extend(setting.as_text()?.lines());
    }
    for line in lines.into_iter().filter(|line| !is_deep_glob(line)) {
        builder.add_line(None, line).ok()?;
    }
    builder.build().ok()
}

/// Whether a program of hooks changes no URL: it handles only events that come after URLs are made.
fn is_harmless(program: &str) -> bool {
    let mut handled = program.lines().filter_map(|line| {
        let line = line.strip_prefix("async ").unwrap_or(line);
        line.strip_prefix("def ")?.split('(').next()
    });
    let is_event = |name: &str| name.starts_with("on_");
    handled.all(|name| !is_event(name) || EVENTS.contains(&name)) && !program.contains("dest_uri")
}

/// The names in a list of plugins, each with its options.
fn names(list: &Setting) -> Vec<(String, Option<&Setting>)> {
    let mut found: Vec<(String, Option<&Setting>)> = Vec::new();
    for item in list.items() {
        match item.as_text() {
            Some(name) => found.push((name.to_owned(), None)),
            None => found.extend(item.entries().iter().map(|(name, options)| (name.clone(), Some(options)))),
        }
    }
    found.extend(list.entries().iter().map(|(name, options)| (name.clone(), Some(options))));
    found
}
