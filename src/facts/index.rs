//! What is where in a site: its pages by URL, source file and name, its redirects, and its files.

use crate::facts::posts::Posts;
use crate::facts::target::Target;
use crate::facts::{PageFacts, SiteFacts};
use crate::place::all_files::{AllFiles, is_picture};
use crate::place::dialect::Generator;
use crate::site::pages::page_name;
use crate::site::urls::{PageUrl, Publication};
use crate::text::composed;
use crate::url::percent_decoded;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The page of this index.
    Page(usize),
    /// A redirect: the page it leads to, and the index of the URL among its redirects.
    Redirect(usize, usize),
    /// A file that is not a page of which something is known.
    File,
    /// Nothing of which anything is known.
    Nothing,
    /// Not known.
    Unknown,
}

/// What is where in a site. Each list is sorted by path.
#[derive(Debug)]
pub struct Index {
    by_url: FxHashMap<String, Vec<usize>>,
    /// The URLs of which a page has one.
    possible: FxHashSet<String>,
    by_path: FxHashMap<String, usize>,
    redirects: FxHashMap<String, Vec<(usize, usize)>>,
    /// The pages whose URL ends with this name.
    by_name: FxHashMap<String, Vec<usize>>,
    /// The pages whose URL is directly below this one.
    below: FxHashMap<String, Vec<usize>>,
    /// The codes of languages below which pages are published: `ko` for `/ko/boat/`.
    pub languages: BTreeSet<String>,
    /// Number of pages below URLs that differ in digits only.
    shapes: FxHashMap<String, usize>,
    /// The folders of the files whose pages are below URLs that differ in digits only.
    folders: FxHashMap<String, FxHashSet<String>>,
    /// Files that are not published, by the name that their URL would end with.
    unpublished: FxHashMap<String, Vec<usize>>,
    /// Names of files that may be published at a URL that is not known.
    unsure: FxHashSet<String>,
    /// The names of all pages.
    names: FxHashSet<String>,
    /// In Hugo, the pages whose file or folder has this name.
    sources: FxHashMap<String, Vec<usize>>,
    /// The folder around Jekyll's collections. `{% link %}` names their documents by the path below it.
    collections_dir: String,
    /// The posts of Jekyll, if a link names one.
    posts: Option<Posts>,
    /// Extensions of files, each with the paths that their folders end with.
    kinds: OnceLock<FxHashSet<String>>,
    /// All files.
    pub files: Arc<AllFiles>,
    /// The path under which the site is published, without a slash at its end.
    pub base: String,
    /// Whether the URLs of nearly all pages are known.
    pub urls_are_known: bool,
}

impl Index {
    /// Builds the index of a site.
    pub fn of(site: &SiteFacts<'_>) -> Self {
        let mut index = Index {
            by_url: FxHashMap::default(),
            possible: FxHashSet::default(),
            by_path: FxHashMap::default(),
            redirects: FxHashMap::default(),
            by_name: FxHashMap::default(),
            below: FxHashMap::default(),
            shapes: FxHashMap::default(),
            folders: FxHashMap::default(),
            languages: BTreeSet::new(),
            unpublished: FxHashMap::default(),
            unsure: FxHashSet::default(),
            names: page_names(site),
            sources: FxHashMap::default(),
            collections_dir: site.site.collections_dir.clone(),
            posts: None,
            kinds: OnceLock::new(),
            files: site.files.all(),
            base: site.site.base_path(),
            urls_are_known: false,
        };
        let (mut known, mut unknown) = (0, 0);
        for (at, page) in site.pages.iter().enumerate() {
            index.by_path.insert(page.path.clone(), at);
            let former = page.former_urls.iter().map(|path| key(PageUrl::below(&index.base, path).as_str()));
            index.possible.extend(former);
            if site.site.generator == Generator::Hugo {
                names_of(&page.path).for_each(|name| index.sources.entry(name).or_default().push(at));
            }
            match &page.publication {
                Publication::At(url) => {
                    known += 1;
                    index.add_page(at, url, &page.path);
                    index.add_redirects(at, page, url);
                }
                Publication::OneOf(urls) => {
                    known += 1;
                    index.add_possible(at, urls, &page.path);
                    urls.iter().take(1).for_each(|url| index.add_redirects(at, page, url));
                }
                Publication::Never => {
                    let (_, name) = page_spot(&page.path);
                    index.unpublished.entry(page_name(name)).or_default().push(at);
                }
                Publication::Unknown => {
                    unknown += 1;
                    index.unsure.extend(names_of(&page.path));
                }
            }
        }
        index.urls_are_known = known > 0 && unknown * 10 <= known && index.files.is_whole();
        let files = index.files.clone();
        index.posts = Posts::of(site, &files);
        let others = files.paths().filter(|path| !index.by_path.contains_key(*path) && may_make_page(path));
        let names: Vec<String> = others.flat_map(names_of).collect();
        index.unsure.extend(names);
        index
    }

    /// Adds a page at one of these URLs. The folders above them differ in digits only.
    fn add_possible(&mut self, at: usize, urls: &[PageUrl], path: &str) {
        let keys = urls.iter().map(|url| key(url.as_str()));
        self.possible.extend(keys.clone());
        keys.take(1).for_each(|key| self.add_place(at, &key, path));
    }

    fn add_place(&mut self, at: usize, key: &str, path: &str) {
        if let Some((above, name)) = key.rsplit_once('/') {
            self.below.entry(above.to_owned()).or_default().push(at);
            *self.shapes.entry(shape(above)).or_default() += 1;
            self.folders.entry(shape(above)).or_default().insert(page_spot(path).0.to_owned());
            self.by_name.entry(name.to_lowercase()).or_default().push(at);
        }
    }

    fn add_page(&mut self, at: usize, url: &PageUrl, path: &str) {
        let key = key(url.as_str());
        self.add_place(at, &key, path);
        let first = key.strip_prefix(&*self.base).and_then(|inside| inside.split('/').nth(1));
        if let Some(language) = first.filter(|part| is_language(part) && !self.languages.contains(*part)) {
            self.languages.insert(language.to_owned());
        }
        self.by_url.entry(key).or_default().push(at);
    }

    fn add_redirects(&mut self, at: usize, page: &PageFacts, url: &PageUrl) {
        for (number, redirect) in page.redirects.iter().enumerate() {
            let path = crate::url::path_and_query(&redirect.text);
            let below = PageUrl::below(&self.base, path);
            let mut keys = vec![key(below.as_str()), key(PageUrl::new(path).as_str())];
            if !path.starts_with('/') {
                // Hugo resolves it relative to the page.
                let folder = url.as_str().trim_end_matches('/').rsplit_once('/').map_or("", |(above, _)| above);
                keys.push(key(PageUrl::new(&format!("{folder}/{path}")).as_str()));
            }
            keys.dedup();
            for key in keys {
                self.redirects.entry(key).or_default().push((at, number));
            }
        }
    }

    /// What a link leads to.
    pub fn find(&self, target: &Target) -> Found {
        match target {
            Target::Url(url) => self.at(url),
            Target::Source(path) => match self.source(path) {
                Found::Nothing if !self.collections_dir.is_empty() => {
                    self.source(&format!("{}/{path}", self.collections_dir))
                }
                found => found,
            },
            Target::Content(path) => self.one_of(self.ending_with(path)),
            Target::Post(name) => self.posts.as_ref().map_or(Found::Unknown, |posts| self.one_of(posts.find(name))),
            Target::Ref(name) => self.named_by_ref(name),
            Target::Here | Target::Elsewhere | Target::Unknown => Found::Unknown,
        }
    }

    fn source(&self, path: &str) -> Found {
        match self.by_path.get(path) {
            Some(at) => Found::Page(*at),
            None if self.files.contains(path) => Found::File,
            None => Found::Nothing,
        }
    }

    fn one_of(&self, paths: Vec<&str>) -> Found {
        match paths.as_slice() {
            [] => Found::Nothing,
            [path] => self.by_path.get(*path).map_or(Found::File, |at| Found::Page(*at)),
            _ => Found::File,
        }
    }

    fn at(&self, url: &PageUrl) -> Found {
        let key = key(url.as_str());
        if let Some(page) = self.by_url.get(&key).and_then(|pages| pages.first()) {
            return Found::Page(*page);
        }
        if let Some((page, number)) = self.redirects.get(&key).and_then(|found| found.first()) {
            return Found::Redirect(*page, *number);
        }
        if self.possible.contains(&key) {
            return Found::Unknown;
        }
        let decoded = percent_decoded(url.as_str());
        let path = decoded.strip_prefix(self.base.as_str()).unwrap_or(&decoded).trim_matches('/');
        let last = path.rsplit('/').next().unwrap_or(path);
        // Most links are those of pages, and the names of all others are rarely those of files.
        let may_be_file = || self.names.contains(&page_name(last));
        let is_file = |end: &&str| !self.ending_with(&format!("{path}{end}")).is_empty();
        let pages = ["", "/index.html", ".html", ".htm", "/index.htm"];
        if path.is_empty() || may_be_file() && pages.iter().any(is_file) { Found::File } else { Found::Nothing }
    }

    /// The redirect at the URL of a link: the page, and the index of the URL among its redirects.
    pub fn redirect(&self, target: &Target) -> Option<(usize, usize)> {
        let Target::Url(url) = target else { return None };
        if self.redirects.is_empty() {
            return None;
        }
        let key = key(url.as_str());
        let found = self.redirects.get(&key).and_then(|found| found.first().copied());
        found.filter(|_| !self.by_url.contains_key(&key))
    }

    /// The files whose path is this one, or ends with it after a slash.
    pub fn ending_with(&self, path: &str) -> Vec<&str> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let path = composed(path);
        let ends = |file: &&String| {
            composed(file).strip_suffix(&*path).is_some_and(|above| above.is_empty() || above.ends_with('/'))
        };
        self.files.named(name).iter().filter(ends).map(String::as_str).collect()
    }

    /// Whether a file that is not a page may be published at the end of this path.
    pub fn has_other_file(&self, path: &str) -> bool {
        self.ending_with(path).iter().any(|file| !self.by_path.contains_key(*file))
    }

    /// Whether a page may have the URL of this key, among others.
    pub fn is_possible(&self, key: &str) -> bool {
        self.possible.contains(key)
    }

    /// Whether Hugo may find a page by this path, or by the end of it, ignoring case, as render hooks of links ask it to.
    pub fn is_known_to_hugo(&self, path: &str) -> bool {
        let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
        self.names.contains(&page_name(&percent_decoded(last)))
    }

    /// Hugo's `GetPage` finds a page by its path or by the end of it, with or without its extension.
    fn named_by_ref(&self, name: &str) -> Found {
        let name = name.trim_matches('/');
        let bare = name.strip_suffix(".md").or_else(|| name.strip_suffix(".html")).unwrap_or(name);
        let bare = bare.strip_suffix("/index").or_else(|| bare.strip_suffix("/_index")).unwrap_or(bare);
        let last = bare.rsplit('/').next().unwrap_or(bare);
        let is_plain = name.ends_with(".md") || !name.contains('.');
        if last.is_empty() || !is_plain {
            return Found::Unknown;
        }
        if !self.names.contains(&page_name(last)) {
            return Found::Nothing;
        }
        // A translation, or a page of the same name in another section, may be meant.
        match self.sources.get(&page_name(last)).map(Vec::as_slice) {
            Some([only]) if self.is_page_of(*only, bare) => Found::Page(*only),
            _ => Found::Unknown,
        }
    }

    /// Whether the path of a page ends with the path that `ref` names.
    fn is_page_of(&self, page: usize, bare: &str) -> bool {
        let files = ["", "/index", "/_index"].map(|end| format!("{bare}{end}.md"));
        let at = |path: &str| self.by_path.get(path) == Some(&page);
        files.iter().any(|file| self.ending_with(file).into_iter().any(at))
    }

    /// Whether there is a file with this extension in a folder whose path is this one, or ends with it.
    pub fn has_files_like(&self, folder: &str, extension: &str) -> bool {
        let kinds = || {
            let mut kinds = FxHashSet::default();
            for path in self.files.paths() {
                let Some((folder, name)) = path.rsplit_once('/') else { continue };
                let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
                let starts = folder.match_indices('/').map(|(at, _)| at + 1).chain([0]);
                kinds.extend(starts.filter_map(|at| Some(format!("{extension} {}", folder.get(at..)?))));
            }
            kinds
        };
        self.kinds.get_or_init(kinds).contains(&format!("{} {folder}", extension.to_lowercase()))
    }

    /// Whether a file or a folder of the site has this name, without its extension.
    pub fn has_name(&self, name: &str) -> bool {
        self.names.contains(&page_name(name))
    }

    /// The pages whose URL is directly below the one of this key.
    pub fn below(&self, key: &str) -> &[usize] {
        self.below.get(key).map_or(&[], Vec::as_slice)
    }

    /// Number of pages whose URLs are like those directly below the one of this key: only digits differ.
    pub fn like_below(&self, key: &str) -> usize {
        self.shapes.get(&shape(key)).copied().unwrap_or(0)
    }

    /// The pages whose URL ends with this name, ignoring case.
    pub fn named(&self, name: &str) -> &[usize] {
        self.by_name.get(&name.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// The pages with the URL of this key.
    pub fn pages_at(&self, key: &str) -> &[usize] {
        self.by_url.get(key).map_or(&[], Vec::as_slice)
    }

    /// The URLs that several pages have, with these pages.
    pub fn urls(&self) -> impl Iterator<Item = (&str, &[usize])> {
        self.by_url.iter().map(|(key, pages)| (key.as_str(), pages.as_slice()))
    }

    /// The URLs that redirect, with the pages they lead to and the indexes of the URLs among their redirects.
    pub fn redirects(&self) -> impl Iterator<Item = (&str, &[(usize, usize)])> {
        self.redirects.iter().map(|(key, pages)| (key.as_str(), pages.as_slice()))
    }

    /// The redirects from the URL of this key: pages, and the indexes of the URL among their redirects.
    pub fn redirects_from(&self, key: &str) -> &[(usize, usize)] {
        self.redirects.get(key).map_or(&[], Vec::as_slice)
    }

    /// The files that are not published, and whose URL would be this name below that of the key `above`: they are in the
    /// same folder as files of pages there, or in one with the name at the end of `above`.
    pub fn unpublished(&self, site: &SiteFacts<'_>, above: &str, name: &str) -> Vec<usize> {
        let Some(named) = self.unpublished.get(&page_name(name)) else { return Vec::new() };
        let beside = self.folders.get(&shape(above));
        let last = above.rsplit('/').next().unwrap_or("").to_lowercase();
        let is_there = |at: &&usize| {
            let Some(page) = site.pages.get(**at) else { return false };
            let (folder, _) = page_spot(&page.path);
            let own = folder.rsplit('/').next().unwrap_or("");
            // The URL of a post of Jekyll does not depend on these folders.
            let is_any = own.starts_with('_');
            is_any || beside.is_some_and(|it| it.contains(folder)) || !last.is_empty() && own.to_lowercase() == last
        };
        named.iter().filter(is_there).copied().collect()
    }

    /// Whether a file whose URL is not known may have one that ends with this name.
    pub fn may_be_published_as(&self, name: &str) -> bool {
        self.unsure.contains(&page_name(name))
    }
}

/// The names of all files and folders of a site, as URLs usually contain them.
fn page_names(site: &SiteFacts<'_>) -> FxHashSet<String> {
    let all = site.files.all();
    let parts: FxHashSet<&str> = all.paths().flat_map(|path| path.split('/')).collect();
    parts.into_iter().map(page_name).collect()
}

/// The names that the URL of a file may end with.
fn names_of(path: &str) -> impl Iterator<Item = String> + '_ {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let of_folder = folder.rsplit('/').next().filter(|folder| !folder.is_empty());
    std::iter::once(page_name(name)).chain(of_folder.map(page_name))
}

/// The folder that the URL of a file is usually made of, and the name at its end: those of the folder for `index.md`.
fn page_spot(path: &str) -> (&str, &str) {
    let split = |path| str::rsplit_once(path, '/').unwrap_or(("", path));
    let (folder, name) = split(path);
    let stem = name.split('.').next().unwrap_or(name);
    let (above, own) = split(folder);
    let is_of_folder = ["index", "_index", "readme", own].iter().any(|it| stem.eq_ignore_ascii_case(it));
    if is_of_folder && !folder.is_empty() { (above, own) } else { (folder, name) }
}

/// Whether a generator may make a page of this file.
fn may_make_page(path: &str) -> bool {
    const NEVER: [&str; 20] = [
        "css", "scss", "sass", "less", "woff", "woff2", "ttf", "otf", "eot", "pdf", "zip", "gz", "mp3", "mp4", "webm",
        "ogg", "map", "lock", "rb", "sh",
    ];
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    !is_picture(path) && !NEVER.contains(&&*extension)
}

/// A URL with one spelling for all that static hosts answer with the same page: decoded, without `index.html`, `.html`
/// and a slash at the end. The root is empty.
pub fn key(url: &str) -> String {
    let path = percent_decoded(url.split(['?', '#']).next().unwrap_or(""));
    let path = path.strip_suffix("index.html").or_else(|| path.strip_suffix("index.htm")).unwrap_or(&path);
    let path = path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm")).unwrap_or(path);
    let mut key = String::with_capacity(path.len());
    for part in path.split('/').filter(|part| !part.is_empty()) {
        key.push('/');
        key.push_str(&composed(part));
    }
    key
}

/// Whether this may be the code of a language: `ko`, `zh-cn`.
pub fn is_language(part: &str) -> bool {
    let (language, region) = part.split_once(['-', '_']).unwrap_or((part, "xx"));
    let is_code = |code: &str, most: usize| {
        (2..=most).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    is_code(language, 2) && is_code(region, 4)
}

fn shape(key: &str) -> String {
    key.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}
