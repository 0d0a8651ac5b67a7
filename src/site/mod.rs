//! A site as described by its own files: its generator, how that parses Markdown, and the settings that affect posts.
//! No I/O: a [`folder::Folder`] provides the files.

mod astro;
pub mod defaults;
pub mod demo;
pub mod detect;
mod docusaurus;
mod eleventy;
mod exclusion;
pub mod folder;
mod gatsby;
mod hexo;
mod hugo;
mod jekyll;
mod mdbook;
pub mod memo;
mod mkdocs;
mod next;
pub mod pages;
mod pelican;
mod python_markdown;
pub mod script;
pub mod settings;
pub mod theme;
pub mod urls;
mod vitepress;
mod zola;

use crate::place::Place;
use crate::place::dialect::{Dialect, Generator, extension_of};
use crate::place::engine::{Engine, Kramdown};
use crate::place::flavor::Flavor;
use crate::place::python_markdown::PythonMarkdown;
use crate::url;
use defaults::Scope;
pub use exclusion::Exclusion;
use folder::Seen;
use settings::{Evidence, Fact, Settings};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A site, as described by its own files.
#[derive(Clone, Debug)]
pub struct Site {
    /// The generator that builds it.
    pub generator: Generator,
    /// The evidence for the generator.
    pub sign: Evidence,
    /// The config file that could not be parsed, if there is one.
    pub broken: Option<Evidence>,
    /// The generator's version, as written.
    pub version: Option<Fact<String>>,
    /// The Markdown engine, if it is known.
    pub engine: Option<Fact<Engine>>,
    /// The engine's options that differ from the generator's defaults.
    pub options: Vec<EngineOption>,
    /// The extensions of the engine, and how it differs from CommonMark.
    pub flavor: Flavor,
    /// kramdown's options, if kramdown is the engine.
    pub kramdown: Kramdown,
    /// python-markdown's extensions, if it is the engine.
    pub python_markdown: Arc<PythonMarkdown>,
    /// Whether postlint implements the engine.
    pub dialect_is_known: bool,
    /// Whether `.md` files are MDX.
    pub md_is_mdx: bool,
    /// Whether a plugin makes alternative texts of file names.
    pub alt_from_name: bool,
    /// Whether a plugin sets the `rel` of links.
    pub sets_rel: bool,
    /// Whether code of the site may change links.
    pub may_rewrite_links: bool,
    /// Whether code of the site may give ids to elements, without a sign of it in the post.
    pub may_add_ids: bool,
    /// The name of its theme, without its publisher.
    pub theme: Option<Fact<String>>,
    /// The folders with posts, relative to the site's root.
    pub content: Vec<Fact<String>>,
    /// Whether the site only shows what a theme looks like.
    pub is_demo: bool,
    /// Its language.
    pub language: Option<Fact<String>>,
    /// Its name.
    pub title: Option<Fact<String>>,
    /// Its description.
    pub description: Option<Fact<String>>,
    /// Whether each page without a description of its own shows that of the site.
    pub shows_own_description: bool,
    /// Its author.
    pub author: Option<Fact<String>>,
    /// The time zone in which its dates are shown.
    pub time_zone: Option<Fact<String>>,
    /// Whether the old URLs that posts name redirect to them.
    pub redirects_old_urls: bool,
    /// Whether posts that have expired are published.
    pub builds_expired: bool,
    /// The text that ends a post's excerpt: `excerpt_separator` in Jekyll's config.
    pub excerpt_separator: Option<String>,
    /// The URL at which the site is published.
    pub url: Option<Fact<String>>,
    /// The place where the URL is set to nothing although a plugin of the site needs it.
    pub empty_url: Option<Evidence>,
    /// The path under which the site is published, or the URL, as it is written.
    pub base_url: Option<Fact<String>>,
    /// The folder with built pages, if the config sets one: relative to the root, without slashes at its ends.
    pub output: Option<String>,
    /// The same as it is written, relative to the folder with the config.
    pub built: Option<Fact<String>>,
    /// The folders with templates that the config sets, relative to the folder with the config, without slashes at their ends.
    pub templates: Vec<String>,
    /// The folder of the site that the generator uses as the source.
    pub source: Option<String>,
    /// Whether that folder is not there, as one that is made before the site is built.
    pub source_is_missing: bool,
    /// The files that the navigation of a MkDocs site lists, below the folder of pages, if it is certain that no other page is listed anywhere.
    pub navigation: Option<BTreeSet<String>>,
    /// Jekyll's collections that the config declares.
    pub collections: Vec<Collection>,
    /// The folder around all of them, without slashes at its ends: Jekyll's `collections_dir`. Empty for the root.
    pub collections_dir: String,
    defaults: Vec<Scope>,
    exclude: Exclusion,
}

/// An option of a Markdown engine that differs from the generator's default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineOption {
    /// Its key, as the engine names it.
    pub key: String,
    /// Its value, as written.
    pub value: Fact<String>,
}

/// One of Jekyll's collections: the folder `_label` contains its documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// Its name.
    pub label: String,
    /// The line of the config that declares the collection.
    pub line: u32,
    /// Whether its documents become pages.
    pub output: bool,
}

impl Collection {
    fn new(label: &str, line: u32, output: bool) -> Self {
        Collection { label: label.to_owned(), line, output }
    }
}

impl Site {
    /// Creates a site of which only the generator and its evidence are known.
    pub fn signed(generator: Generator, sign: Evidence) -> Self {
        Site {
            generator,
            sign,
            broken: None,
            version: None,
            engine: None,
            options: Vec::new(),
            flavor: Flavor::of(generator),
            kramdown: Kramdown::JEKYLL,
            python_markdown: PythonMarkdown::of(generator),
            dialect_is_known: true,
            md_is_mdx: matches!(generator, Generator::Docusaurus),
            alt_from_name: false,
            sets_rel: false,
            may_rewrite_links: false,
            may_add_ids: false,
            theme: None,
            content: Vec::new(),
            is_demo: false,
            language: None,
            title: None,
            description: None,
            shows_own_description: false,
            author: None,
            time_zone: None,
            redirects_old_urls: false,
            builds_expired: false,
            excerpt_separator: None,
            url: None,
            empty_url: None,
            base_url: None,
            output: None,
            built: None,
            templates: Vec::new(),
            source: None,
            source_is_missing: false,
            navigation: None,
            collections: Vec::new(),
            collections_dir: String::new(),
            defaults: Vec::new(),
            exclude: match generator {
                Generator::Jekyll => Exclusion::jekyll(&[], &[], Vec::new()),
                _ => Exclusion::none(),
            },
        }
    }

    /// Creates a site of which only the generator is known.
    pub fn new(generator: Generator) -> Self {
        Site::signed(generator, Evidence { file: "".into(), line: 0 })
    }

    /// Returns the site with a config that cannot be parsed, so that no settings are known.
    fn without_config(self, config: Arc<str>) -> Self {
        Site {
            broken: Some(Evidence { file: config, line: 0 }),
            version: self.version,
            dialect_is_known: false,
            ..Site::signed(self.generator, self.sign)
        }
    }

    /// Creates a Jekyll site from the text of a `_config.yml`.
    pub fn jekyll(config: &str) -> Self {
        jekyll::read(&Settings::read("_config.yml", config), config)
    }

    /// The content folders: those of `paths` that exist.
    fn folders(seen: &Seen<'_>, paths: &[&str]) -> Vec<Fact<String>> {
        let is_there = |path: &&&str| match path.rsplit_once('/') {
            None => seen.has_folder(path),
            Some((parent, name)) => {
                let listed = || seen.folder().list(parent);
                let first = parent.split('/').next().unwrap_or(parent);
                seen.has_folder(first) && listed().iter().any(|(it, is_folder)| *is_folder && it == name)
            }
        };
        paths.iter().filter(is_there).map(|path| Fact::by_default((*path).to_owned())).collect()
    }

    /// The host at which the site is published, in lower case.
    pub fn host(&self) -> Option<String> {
        self.url.as_ref().and_then(|url| url::host(&url.value)).map(std::borrow::Cow::into_owned)
    }

    /// The path below which the site is published: `/blog`, or empty. Its own setting, which may be a whole URL, else that
    /// of the URL.
    pub fn base_path(&self) -> String {
        let of_url = || self.url.as_ref().map(|url| url::path_and_query(&url.value));
        let own = self.base_url.as_ref().map(|base| base.value.as_str());
        own.or_else(of_url).map(url::base_path).unwrap_or_default()
    }

    /// The collection with this label.
    pub fn collection(&self, label: &str) -> Option<&Collection> {
        self.collections.iter().find(|collection| collection.label == label)
    }

    /// The place of the post at `path` (relative to the site's root, with `/`); `None` if the file is not a post.
    pub fn place(&self, path: &str) -> Option<Place> {
        let extension = extension_of(path)?;
        let dialect = self.dialect(&extension)?;
        let value = |fact: &Option<Fact<String>>| fact.as_ref().map(|fact| fact.value.clone());
        let is_outside = self.is_outside_content(path);
        Some(Place {
            defaults: self.defaults_of(path).cloned().collect(),
            language: value(&self.language),
            base_path: self.base_path(),
            own_hosts: self.host().into_iter().collect(),
            site_title: value(&self.title),
            time_zone: value(&self.time_zone),
            excerpt_separator: self.excerpt_separator.clone(),
            // What the site's engine does to Markdown does not apply to a file that it never renders.
            flavor: if is_outside { Flavor::unknown() } else { self.flavor },
            kramdown: self.kramdown.clone(),
            python_markdown: Arc::clone(&self.python_markdown),
            dialect_is_known: self.dialect_is_known || dialect == Dialect::Html,
            has_no_page: self.has_no_page(path) || is_outside,
            has_config: !self.sign.file.is_empty() && self.broken.is_none(),
            alt_from_name: self.alt_from_name,
            sets_rel: self.sets_rel,
            may_rewrite_links: self.may_rewrite_links,
            may_add_ids: self.may_add_ids,
            is_demo: self.shows_theme(path),
            ..Place::new(path, self.generator, dialect)
        })
    }

    /// Front matter that the config gives to the file at `path`, by increasing precedence.
    pub fn defaults_of(&self, path: &str) -> impl Iterator<Item = &(String, serde_yaml::Value)> {
        let mut scopes: Vec<&Scope> = self.defaults.iter().filter(|scope| scope.covers(path, self)).collect();
        scopes.sort_by_key(|scope| scope.weight());
        scopes.into_iter().flat_map(|scope| &scope.values)
    }

    /// The dialect of files with this extension (lower case); `None` if they are not posts.
    fn dialect(&self, extension: &str) -> Option<Dialect> {
        let dialect = Dialect::of_extension(extension, self.generator)?;
        let engine = self.engine.as_ref().map(|engine| engine.value);
        Some(match dialect {
            Dialect::Kramdown if !matches!(engine, None | Some(Engine::Kramdown)) => Dialect::CommonMark,
            Dialect::Mdx if extension == "md" && !self.md_is_mdx => Dialect::CommonMark,
            Dialect::CommonMark if extension == "md" && self.md_is_mdx => Dialect::Mdx,
            dialect => dialect,
        })
    }

    /// Whether the file is outside the content folders, such as a README beside them. Always false for generators that
    /// also build files in other folders.
    fn is_outside_content(&self, path: &str) -> bool {
        let is_strict =
            matches!(self.generator, Generator::Hugo | Generator::Hexo | Generator::Zola | Generator::Pelican);
        is_strict && !self.content.is_empty() && self.content_around(path).next().is_none()
    }

    /// The content folders that contain the file at `path`, each with the path relative to it. The root is an empty
    /// path.
    pub fn content_around<'p>(&'p self, path: &'p str) -> impl Iterator<Item = (&'p str, &'p str)> {
        self.content.iter().filter_map(move |folder| {
            match folder.value.trim_start_matches("./").trim_end_matches('/') {
                "" | "." => Some(("", path)),
                folder => Some((folder, path.strip_prefix(folder)?.strip_prefix('/')?)),
            }
        })
    }

    /// Whether the file is there to show a theme. Beside its posts, the site of a theme for Jekyll has its manual.
    fn shows_theme(&self, path: &str) -> bool {
        let is_post = || path.split('/').any(|folder| folder == "_posts");
        self.is_demo && (self.generator != Generator::Jekyll || is_post())
    }

    /// Whether the file is in a collection whose documents do not become pages.
    fn has_no_page(&self, path: &str) -> bool {
        let label = path.split('/').find_map(|folder| folder.strip_prefix('_'));
        label.and_then(|label| self.collection(label)).is_some_and(|it| !it.output && it.label != "posts")
    }

    /// Whether `path` does not become a page because the site's config excludes it or because it is a template.
    pub fn is_excluded(&self, path: &str) -> bool {
        if self.exclude.covers(path) || self.is_output(path) {
            return true;
        }
        let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
        let mut folders = folders.split('/').filter(|folder| !folder.is_empty());
        match self.generator {
            // The names of Eleventy's folders are special at any depth. Those of other generators are special only
            // directly below the root: `content/functions/resources` may contain posts.
            Generator::Eleventy => folders.any(|folder| self.is_template_folder(folder)),
            _ => folders.next().is_some_and(|folder| self.is_template_folder(folder)),
        }
    }

    /// Whether the file is in the folder of built pages that the config sets.
    fn is_output(&self, path: &str) -> bool {
        let rest = self.output.as_deref().and_then(|output| path.strip_prefix(output));
        rest.is_some_and(|rest| rest.starts_with('/'))
    }

    /// The folder with built pages, relative to the folder with the config: that of the config, else the generator's own.
    pub fn built_folder(&self) -> &str {
        let usual = match self.generator {
            Generator::Jekyll => jekyll::BUILT,
            Generator::Hugo => hugo::BUILT,
            Generator::Hexo => hexo::BUILT,
            Generator::Astro => astro::BUILT,
            Generator::Eleventy => eleventy::BUILT,
            Generator::MkDocs => mkdocs::BUILT,
            Generator::VitePress => vitepress::BUILT,
            Generator::MdBook => mdbook::BUILT,
            Generator::Pelican => pelican::BUILT,
            Generator::Docusaurus => docusaurus::BUILT,
            Generator::Zola => zola::BUILT,
            Generator::Gatsby => gatsby::BUILT,
            Generator::Next => next::BUILT,
            Generator::Plain => "",
        };
        self.built.as_ref().map_or(usual, |folder| &folder.value)
    }

    /// The folder of a setting, unless it is the root or outside of it.
    fn folder_of(setting: Option<Fact<String>>) -> Option<String> {
        let written = setting?.value;
        let folder = written.trim_start_matches("./").trim_end_matches('/');
        let is_inside = !folder.starts_with(['/', '.', '~']) && !folder.contains("..");
        (is_inside && !folder.is_empty()).then(|| folder.to_owned())
    }

    fn is_template_folder(&self, folder: &str) -> bool {
        match self.generator {
            Generator::Hugo => matches!(folder, "layouts" | "archetypes" | "themes" | "public" | "resources"),
            Generator::Hexo => matches!(folder, "themes" | "scaffolds" | "public"),
            Generator::Eleventy => matches!(folder, "_includes" | "_layouts" | "_site"),
            Generator::Astro => folder == "dist",
            Generator::Docusaurus => matches!(folder, "build" | "static"),
            Generator::Zola => matches!(folder, "templates" | "themes" | "public"),
            Generator::Pelican => matches!(folder, "output" | "theme" | "themes"),
            Generator::Gatsby => matches!(folder, "public"),
            Generator::MkDocs | Generator::MdBook | Generator::VitePress | Generator::Next => false,
            Generator::Jekyll | Generator::Plain => false,
        }
    }
}

/// The name of a theme without its publisher, version and the usual additions: `mmistakes/minimal-mistakes@4.27` and
/// `minimal-mistakes-jekyll` are `minimal-mistakes`.
pub fn slug(written: &str) -> String {
    let name = written.split('@').next().unwrap_or(written).trim_matches('/').trim_end_matches(".git");
    let is_name = |part: &&str| {
        let is_version = part.strip_prefix('v').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
        !is_version && !matches!(*part, "theme" | "themes" | "hugo" | "")
    };
    let name = name.rsplit('/').find(is_name).unwrap_or(name).to_ascii_lowercase();
    let prefixes = ["jekyll-theme-", "hugo-theme-", "hexo-theme-", "gatsby-theme-", "hugo-"];
    let suffixes = ["-jekyll-theme", "-hugo-theme", "-theme", "-jekyll", "-hugo"];
    let name = prefixes.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(&name);
    suffixes.iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(name).to_owned()
}

/// Reduces a theme to its name.
fn named(theme: Fact<String>) -> Fact<String> {
    Fact { value: slug(&theme.value), ..theme }
}

/// The major version in a requirement such as `^3.2.1`.
fn major(version: &str) -> Option<u32> {
    let digits = version.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// The version of a package in `requirements.txt`, as it is written there.
fn requirement(seen: &Seen<'_>, package: &str) -> Option<Fact<String>> {
    const FILE: &str = "requirements.txt";
    let text = seen.text(FILE)?;
    let (line, version) = text.lines().enumerate().find_map(|(line, written)| {
        let rest = written.trim().strip_prefix(package)?;
        let version = rest.split(['#', ';']).next().unwrap_or(rest).trim();
        version.starts_with(['=', '>', '<', '~']).then(|| (line, version.trim_start_matches('=').to_owned()))
    })?;
    Some(Fact::on_line(version, FILE, line + 1))
}
