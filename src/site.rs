//! The site of the posts: which generator builds it, and what its own config tells about each post. No IO here.

use crate::document::read::front_matter::is_too_deep;
use crate::pattern::is_deep_glob;
use crate::place::Place;
use crate::place::dialect::{Dialect, Generator};
use crate::url;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use serde_yaml::Value;

/// A site, as described by its own files.
#[derive(Debug)]
pub struct Site {
    /// The generator that builds it.
    pub generator: Generator,
    /// Its language, if its config sets one.
    pub language: Option<String>,
    /// Its name: `title` in `_config.yml`.
    pub title: Option<String>,
    /// The time zone in which its dates are shown: `timezone` in `_config.yml`.
    pub time_zone: Option<String>,
    /// The end of a post's excerpt: `excerpt_separator` in Jekyll's config.
    pub excerpt_separator: Option<String>,
    /// The URL it will be published at: `url` and `baseurl` in `_config.yml`.
    pub url: Option<String>,
    /// The path it is published under.
    pub base_url: Option<String>,
    /// The folder inside it that is read instead of it: `source` in `_config.yml`.
    pub source: Option<String>,
    /// Collections besides posts: the folder `_name` contains their documents.
    pub collections: Vec<String>,
    defaults: Vec<Scope>,
    exclude: Gitignore,
}

/// One item of Jekyll's `defaults:`.
#[derive(Debug)]
struct Scope {
    path: String,
    kind: Option<String>,
    values: Vec<(String, Value)>,
}

/// Files that mark a folder as a site's root.
const MARKERS: [(Generator, &[&str]); 4] = [
    (Generator::Astro, &["astro.config.mjs", "astro.config.js", "astro.config.ts", "astro.config.mts"]),
    (
        Generator::Eleventy,
        &[".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts"],
    ),
    (Generator::Hugo, &["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"]),
    (Generator::Jekyll, &["_config.yml", "_config.yaml", "_config.toml"]),
];

/// Packages whose presence in `package.json` identifies the generator.
const PACKAGES: [(Generator, &str); 3] =
    [(Generator::Hexo, "\"hexo\""), (Generator::Astro, "\"astro\""), (Generator::Eleventy, "\"@11ty/eleventy\"")];

/// The generator identified by a folder's own files. `names` are the files and folders in it, `read` returns a file's
/// text.
pub fn detect(names: &[String], read: impl Fn(&str) -> Option<String>) -> Option<Generator> {
    let has = |name: &str| names.iter().any(|n| n == name);
    let package = if has("package.json") { read("package.json") } else { None };
    let by_package = PACKAGES.into_iter().find(|(_, key)| package.as_ref().is_some_and(|text| text.contains(key)));
    // Hexo's config has Jekyll's name: only its package and its own keys distinguish them.
    if let Some((generator, _)) = by_package {
        return Some(generator);
    }
    let marked = MARKERS.into_iter().find(|(_, files)| files.iter().any(|file| has(file)));
    match marked.map(|(generator, _)| generator) {
        Some(Generator::Jekyll) if read("_config.yml").is_some_and(|text| is_hexo_config(&text)) => {
            Some(Generator::Hexo)
        }
        Some(generator) => Some(generator),
        None if has("config.toml") && has("content") && read("config.toml").is_some_and(|t| is_hugo_config(&t)) => {
            Some(Generator::Hugo)
        }
        None if has("config") && has("content") && has("archetypes") => Some(Generator::Hugo),
        None => None,
    }
}

fn is_hexo_config(text: &str) -> bool {
    ["source_dir:", "public_dir:", "new_post_name:"].iter().any(|key| text.lines().any(|line| line.starts_with(key)))
}

fn is_hugo_config(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().to_ascii_lowercase().starts_with("baseurl"))
}

impl Site {
    /// Creates a site of which only the generator is known.
    pub fn new(generator: Generator) -> Self {
        Site {
            generator,
            language: None,
            title: None,
            time_zone: None,
            excerpt_separator: None,
            url: None,
            base_url: None,
            source: None,
            collections: Vec::new(),
            defaults: Vec::new(),
            exclude: Gitignore::empty(),
        }
    }

    /// Creates a Jekyll site from its `_config.yml`. What does not parse is left out: Jekyll itself reports it.
    pub fn jekyll(config: &str) -> Self {
        let parsed = if is_too_deep(config) { None } else { serde_yaml::from_str(config).ok() };
        let config: Value = parsed.unwrap_or(Value::Null);
        let word = |key: &str| config.get(key).and_then(Value::as_str).map(str::to_owned);
        let collections = match config.get("collections") {
            Some(Value::Mapping(map)) => map.keys().filter_map(Value::as_str).map(str::to_owned).collect(),
            Some(Value::Sequence(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        let defaults = config.get("defaults").and_then(Value::as_sequence);
        let excluded = config.get("exclude").and_then(Value::as_sequence);
        Site {
            language: word("lang"),
            title: word("title"),
            time_zone: word("timezone"),
            excerpt_separator: word("excerpt_separator"),
            url: word("url"),
            base_url: word("baseurl"),
            source: word("source"),
            collections,
            defaults: defaults.map_or_else(Vec::new, |list| list.iter().map(Scope::read).collect()),
            exclude: gitignore(excluded.into_iter().flatten().filter_map(Value::as_str)),
            ..Site::new(Generator::Jekyll)
        }
    }

    /// The host it will be published at, in lower case.
    pub fn host(&self) -> Option<String> {
        self.url.as_deref().and_then(url::host).map(std::borrow::Cow::into_owned)
    }

    /// The place of the post at `path` (inside the site, with `/`); `None` for a file that is not a post.
    pub fn place(&self, path: &str) -> Option<Place> {
        let extension = path.rsplit_once('.')?.1.to_ascii_lowercase();
        let dialect = Dialect::of_extension(&extension, self.generator)?;
        let scopes = self.defaults.iter().filter(|scope| scope.covers(path, self));
        Some(Place {
            defaults: scopes.flat_map(|scope| scope.values.iter().cloned()).collect(),
            language: self.language.clone(),
            base_path: self.base_url.as_deref().unwrap_or("").trim_end_matches('/').to_owned(),
            own_hosts: self.host().into_iter().collect(),
            site_title: self.title.clone(),
            time_zone: self.time_zone.clone(),
            excerpt_separator: self.excerpt_separator.clone(),
            ..Place::new(path, self.generator, dialect)
        })
    }

    /// Whether the generator does not make a page of `path`: it is excluded by the site's config, or a template.
    pub fn is_excluded(&self, path: &str) -> bool {
        if self.exclude.matched_path_or_any_parents(path, false).is_ignore() {
            return true;
        }
        let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
        let mut folders = folders.split('/').filter(|folder| !folder.is_empty());
        match self.generator {
            // Below their root: `content/functions/resources` contains posts like any other folder.
            Generator::Hugo | Generator::Hexo | Generator::Astro => {
                folders.next().is_some_and(|folder| self.is_template_folder(folder))
            }
            _ => folders.any(|folder| self.is_template_folder(folder)),
        }
    }

    fn is_template_folder(&self, folder: &str) -> bool {
        match self.generator {
            // Jekyll ignores folders that start with `_`, except posts, drafts and collections.
            Generator::Jekyll => folder
                .strip_prefix('_')
                .is_some_and(|name| !matches!(name, "posts" | "drafts") && !self.collections.iter().any(|c| c == name)),
            Generator::Hugo => matches!(folder, "layouts" | "archetypes" | "themes" | "public" | "resources"),
            Generator::Hexo => matches!(folder, "themes" | "scaffolds" | "public"),
            Generator::Eleventy => matches!(folder, "_includes" | "_layouts" | "_site"),
            Generator::Astro => folder == "dist",
            Generator::Plain => false,
        }
    }
}

impl Scope {
    fn read(item: &Value) -> Self {
        let scope = item.get("scope");
        let word = |key: &str| scope.and_then(|scope| scope.get(key)).and_then(Value::as_str).map(str::to_owned);
        let values = item.get("values").and_then(Value::as_mapping);
        let pair = |(key, value): (&Value, &Value)| key.as_str().map(|key| (key.to_owned(), value.clone()));
        Scope {
            path: word("path").unwrap_or_default(),
            kind: word("type"),
            values: values.map_or_else(Vec::new, |values| values.iter().filter_map(pair).collect()),
        }
    }

    fn covers(&self, path: &str, site: &Site) -> bool {
        let place = self.path.trim_matches('/');
        let inside = place.is_empty()
            || path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            || (place.contains('*') && glob_matches(place, path));
        inside && self.kind.as_deref().is_none_or(|kind| kind_of(path, site) == kind)
    }
}

/// Jekyll's `type` of the file at `path`.
fn kind_of<'p>(path: &'p str, site: &Site) -> &'p str {
    let special = |folder: &'p str| match folder.strip_prefix('_') {
        Some(name) if matches!(name, "posts" | "drafts") || site.collections.iter().any(|c| c == name) => Some(name),
        _ => None,
    };
    path.split('/').find_map(special).unwrap_or("pages")
}

fn glob_matches(glob: &str, path: &str) -> bool {
    !is_deep_glob(glob) && globset::Glob::new(glob).is_ok_and(|glob| glob.compile_matcher().is_match(path))
}

fn gitignore<'g>(globs: impl Iterator<Item = &'g str>) -> Gitignore {
    let mut builder = GitignoreBuilder::new("");
    for glob in globs.filter(|glob| !is_deep_glob(glob)) {
        // A pattern that is not valid excludes nothing.
        let _ = builder.add_line(None, glob);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}
