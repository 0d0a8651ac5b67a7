//! How the layouts of a site use front matter. A [`Themes`] reads the templates when a rule first needs them.

use crate::digest::Digest;
use crate::place::Place;
use crate::place::dialect::Generator;
use crate::place::notes::Question;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

/// The place that a fact comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The path of the file, relative to the folder of the site's config.
    pub file: Arc<str>,
    /// The line, from 1. 0 if the fact is that the file exists.
    pub line: u32,
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.file),
            line => write!(f, "{}:{line}", self.file),
        }
    }
}

/// A key that a template reads, such as `title` or `eleventyNavigation.key`, and the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The key; nested keys are separated by dots.
    pub key: String,
    /// The place of the first template that reads it.
    pub from: Evidence,
}

/// The title that the page shows to readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisibleTitle {
    /// The key that it comes from.
    pub read: Read,
    /// The level of its heading; `None` if it is not in a heading.
    pub level: Option<u8>,
}

/// How a layout uses front matter, including its parent layouts and all templates that it includes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The keys that become the `<title>`; the first one that is set is used.
    pub title: Vec<Read>,
    /// The keys that become the meta description; the first one that is set is used.
    pub description: Vec<Read>,
    /// The title that the page shows to readers.
    pub visible_title: Option<VisibleTitle>,
    /// Keys whose values are part of the page's text.
    pub shown: Vec<Read>,
    /// Keys that the templates set themselves.
    pub given: Vec<String>,
    /// The place of the `<title>` tag.
    pub title_tag: Option<Evidence>,
    /// The place of the meta description tag.
    pub description_tag: Option<Evidence>,
    /// Whether an empty description is treated like a missing one: the tag is omitted, or another text is used.
    pub empty_description_is_none: bool,
    /// The place where `lang` is set on `<html>`.
    pub language: Option<Evidence>,
    /// The keys whose value that is.
    pub languages: Vec<Read>,
    /// The keys whose value is the URL of a page that readers are sent to (`<meta http-equiv="refresh">`).
    pub redirects: Vec<Read>,
    /// The place of a tag that keeps all of its pages out of search results.
    pub noindex: Option<Evidence>,
    /// Whether it writes `<base href>`, to which all relative URLs are relative.
    pub has_base: bool,
    /// Whether all of its templates were found and read.
    pub is_whole: bool,
    /// Whether this comes from postlint's own data about the theme, and not from the site's files.
    pub is_elsewhere: bool,
}

/// A layout that is read when a post with it is first checked: most sites have many that no post uses.
pub type LazyLayout = Arc<LazyLock<Layout, Box<dyn FnOnce() -> Layout + Send>>>;

/// Creates a layout that calls `read` when it is first used.
pub fn lazy(read: impl FnOnce() -> Layout + Send + 'static) -> LazyLayout {
    Arc::new(LazyLock::new(Box::new(read)))
}

/// The layouts of a site.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// The layouts, by the names that [`Theme::layout`] looks for.
    pub layouts: BTreeMap<String, LazyLayout>,
    /// The layout of posts, from postlint's own data, for a theme whose files are not in the site.
    pub elsewhere: Option<Arc<Layout>>,
    /// All keys that a template reads, with some that are keys of other pages, of data or of components.
    pub reads: BTreeMap<String, Evidence>,
    /// Those that are certainly keys of a page's front matter.
    pub own: BTreeMap<String, Evidence>,
    /// Whether there are templates, and all of them could be read.
    pub is_whole: bool,
    /// In Hugo, whether the site has templates of sections, and none of its templates prints their content.
    pub hides_sections: bool,
}

/// The layout of a post.
#[derive(Clone, Debug)]
pub enum Chosen {
    /// One of the site's own.
    Own(LazyLayout),
    /// That of a theme whose files are not in the site.
    Elsewhere(Arc<Layout>),
}

impl Deref for Chosen {
    type Target = Layout;

    fn deref(&self) -> &Layout {
        match self {
            Chosen::Own(layout) => layout,
            Chosen::Elsewhere(layout) => layout,
        }
    }
}

/// The value that a site gives to a post: a data file of Eleventy, or a `cascade` of Hugo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Supplied {
    /// A known text, number or boolean.
    Text(String),
    /// Any other value, or one that is computed by code.
    Unknown,
}

/// The theme of a site, which is read when it is first needed.
pub trait Themes: fmt::Debug + Send + Sync {
    /// The layouts of the site.
    fn theme(&self) -> &Theme;

    /// The value of a key that the site gives to the post at `path`.
    fn supplied(&self, path: &str, key: &str) -> Option<Supplied>;

    /// The digest of the answer to a question that was asked before; `None` if it is not one about layouts.
    fn answer(&self, _question: &Question) -> Option<Digest> {
        None
    }
}

impl Layout {
    fn with_keys(mut self, title: Option<&Read>, description: Option<&Read>) -> Layout {
        if let Some(title) = title {
            (self.title, self.title_tag) = (vec![title.clone()], Some(title.from.clone()));
        }
        if let Some(description) = description {
            self.description = vec![description.clone()];
            self.description_tag = Some(description.from.clone());
        }
        self
    }
}

impl Theme {
    /// Returns the theme with another key for the title, or the meta description, of every layout.
    pub fn with_keys(self, title: Option<&Read>, description: Option<&Read>) -> Theme {
        if title.is_none() && description.is_none() {
            return self;
        }
        let changed = |(name, layout): (String, LazyLayout)| {
            let (title, description) = (title.cloned(), description.cloned());
            (name, lazy(move || Layout::clone(&layout).with_keys(title.as_ref(), description.as_ref())))
        };
        let elsewhere = self.elsewhere.as_deref().cloned().unwrap_or_default().with_keys(title, description);
        Theme { layouts: self.layouts.into_iter().map(changed).collect(), elsewhere: Some(Arc::new(elsewhere)), ..self }
    }

    /// The layout of the post at `place`. `layout` and `kind` are the values of its keys `layout` (`template` in Zola)
    /// and `type`.
    pub fn layout(&self, place: &Place, layout: Option<&str>, kind: Option<&str>) -> Option<Chosen> {
        let names = names(place, layout, kind);
        let found = names.iter().find_map(|name| self.layouts.get(name)).cloned();
        found.map(Chosen::Own).or_else(|| self.elsewhere.clone().map(Chosen::Elsewhere))
    }

    /// The place that reads a key, if there is one.
    pub fn reader(&self, key: &str, any_case: bool) -> Option<&Evidence> {
        let in_any_case = || self.reads.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, from)| from);
        self.reads.get(key).or_else(|| if any_case { in_any_case() } else { None })
    }

    /// The layout that posts usually have.
    pub fn main(&self) -> Option<&Layout> {
        let usual = ["post", "posts", "_default/single", "single", "article", "*"];
        let named = usual.iter().find_map(|name| self.layouts.get(*name));
        let like =
            |word: &str| self.layouts.iter().find(|(name, it)| name.contains(word) && it.visible_title.is_some());
        let likely = ["post", "single", "article", "news", "blog", "page"];
        let similar = || likely.into_iter().find_map(like).map(|(_, layout)| layout);
        let page = || self.layouts.get("page").or_else(|| self.layouts.get("page.html"));
        let titled = || self.layouts.values().find(|layout| layout.title_tag.is_some());
        let here = named.or_else(similar).or_else(page).or_else(titled);
        let here = here.filter(|it| it.title_tag.is_some() || it.visible_title.is_some() || !it.title.is_empty());
        here.map(|layout| &***layout).or(self.elsewhere.as_deref())
    }
}

/// The names by which the generator looks for a post's layout.
fn names(place: &Place, layout: Option<&str>, kind: Option<&str>) -> Vec<String> {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let name = layout.map(|name| name.trim().trim_start_matches("./"));
    match place.generator {
        Generator::Jekyll => name.into_iter().map(str::to_owned).collect(),
        Generator::Hexo => {
            let usual = if place.is_post() { "post" } else { "page" };
            owned(&[name.unwrap_or(usual), usual, "index"])
        }
        Generator::Eleventy => name.into_iter().flat_map(|name| [name.to_owned(), without_extension(name)]).collect(),
        Generator::Zola => owned(&[name.unwrap_or("page.html")]),
        Generator::Pelican => owned(&[name.unwrap_or("article")]),
        Generator::Hugo => hugo_names(place, name, kind),
        _ => owned(&["*"]),
    }
}

fn without_extension(name: &str) -> String {
    let extension = name.rsplit_once('.').filter(|(_, end)| matches!(*end, "njk" | "liquid" | "html" | "ejs" | "webc"));
    extension.map_or(name, |(stem, _)| stem).to_owned()
}

/// The names by which Hugo looks for a layout: `<type>/<layout>` before `_default/single`.
fn hugo_names(place: &Place, layout: Option<&str>, kind: Option<&str>) -> Vec<String> {
    // Lists and the home page have different layouts.
    if place.file_name().starts_with("_index.") {
        return Vec::new();
    }
    let below = place.path.split_once("content/").map_or("", |(_, below)| below);
    // `content/en/posts` and `content/zh-cn/posts` are in folders of languages, which are not part of the type.
    let is_language = |name: &&str| name.len() == 2 || name.len() == 5 && name.as_bytes().get(2) == Some(&b'-');
    let mut folders = below.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev();
    let section = folders.find(|name| !is_language(name));
    let folders = kind.or(section).into_iter().chain(["_default", ""]);
    let folders: Vec<String> =
        folders.map(|folder| if folder.is_empty() { String::new() } else { format!("{folder}/") }).collect();
    let files: Vec<&str> = layout.into_iter().chain(["single", "page"]).collect();
    folders.iter().flat_map(|folder| files.iter().map(move |file| format!("{folder}{file}"))).collect()
}
