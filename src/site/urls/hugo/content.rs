//! The content of a Hugo site: what each file is, and the sections above it.
//! <https://gohugo.io/content-management/page-bundles/>

use crate::place::dialect::Generator;
use crate::site::folder::Folder;
use crate::site::urls::hugo::cascade;
use crate::site::urls::hugo::fields::Fields;
use crate::site::urls::hugo::known::InFolder;
use crate::site::urls::hugo::path;
use crate::site::urls::hugo::settings::Settings;
use crate::site::urls::page::Front;
use crate::site::urls::page_url::cleaned;
use crate::site::urls::value::Value;
use crate::source::Source;
use std::cell::LazyCell;
use std::sync::Arc;

/// What a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A single page.
    Page,
    /// `_index.md` at the root.
    Home,
    /// `_index.md` of a folder.
    Section,
    /// `_index.md` of the folder of a taxonomy.
    Taxonomy,
    /// `_index.md` of a term.
    Term,
}

impl Kind {
    /// The name of the kind in configs.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::Home => "home",
            Kind::Section => "section",
            Kind::Taxonomy => "taxonomy",
            Kind::Term => "term",
        }
    }
}

/// A file of the content.
#[derive(Debug)]
pub struct File<'p> {
    /// Its folder below the root of the content.
    pub dir: String,
    /// Its name without language and extension.
    stem: &'p str,
    /// The name of the file, or of its folder for `index.md`.
    name: String,
    normal_name: String,
    /// The code of its language.
    pub language: String,
    /// The kind of its page.
    pub kind: Kind,
}

impl File<'_> {
    /// Whether the file is `index.md`.
    pub fn is_leaf(&self) -> bool {
        self.stem == "index"
    }

    /// The folder whose path begins its URL.
    pub fn parent(&self) -> &str {
        if self.is_leaf() { self.dir.rsplit_once('/').map_or("", |(above, _)| above) } else { &self.dir }
    }

    /// The first folder of its path; empty at the root.
    pub fn section(&self) -> &str {
        self.parent().split('/').next().unwrap_or("")
    }

    /// Its name, as written; none for `_index.md`.
    pub fn named(&self) -> &str {
        if self.kind == Kind::Page { &self.name } else { "" }
    }

    /// The last part of its URL.
    pub fn base_of(&self, keeps_case: bool) -> &str {
        if keeps_case { &self.name } else { &self.normal_name }
    }
}

/// The extensions of content. <https://gohugo.io/content-management/formats/>
const EXTENSIONS: [&str; 5] = ["md", "markdown", "mdown", "html", "htm"];

/// The files of a site.
pub struct Tree<'a> {
    /// What the config says.
    pub settings: &'a Settings,
    /// The files below the site's root.
    pub files: &'a dyn Folder,
}

impl Tree<'_> {
    /// The file at a path inside the site; `None` if it is not content.
    pub fn file<'p>(&self, path: &'p str) -> Option<File<'p>> {
        let (inside, mounted) = self.settings.mounted(path)?;
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        let is_ignored = |part: &str| part.starts_with(['.', '#']) || part.ends_with('~');
        if inside.split('/').any(is_ignored) {
            return None;
        }
        let (stem, suffix) = self.stem(name)?;
        let language = suffix.or(mounted).unwrap_or_else(|| self.settings.default_language.clone());
        if !self.settings.is_enabled(&language) {
            return None;
        }
        let dir = inside.rsplit_once('/').map_or("", |(dir, _)| dir).to_owned();
        let kind = match (stem, dir.split('/').collect::<Vec<_>>().as_slice()) {
            ("_index", [""]) => Kind::Home,
            ("_index", [first]) if self.settings.is_taxonomy(first) => Kind::Taxonomy,
            ("_index", [first, ..]) if self.settings.is_taxonomy(first) => Kind::Term,
            ("_index", _) => Kind::Section,
            _ => Kind::Page,
        };
        let name = if stem == "index" { dir.rsplit('/').next().unwrap_or("") } else { stem }.to_owned();
        Some(File { normal_name: path::normalized(&name), dir, stem, name, language, kind })
    }

    /// A name without its extension and language, and the language: `a.ko.md`.
    fn stem<'n>(&self, name: &'n str) -> Option<(&'n str, Option<String>)> {
        let (stem, extension) = name.rsplit_once('.')?;
        if !EXTENSIONS.contains(&extension.to_ascii_lowercase().as_str()) || stem.is_empty() {
            return None;
        }
        let suffix = stem.rsplit_once('.').filter(|(_, code)| self.settings.is_language(code));
        Some(suffix.map_or((stem, None), |(stem, code)| (stem, Some(code.to_ascii_lowercase()))))
    }

    /// Whether it belongs to a page in a folder above it: one with `index.md`.
    pub fn is_bundled(&self, file: &File<'_>) -> bool {
        let own =
            if file.is_leaf() || file.kind != Kind::Page { file.parent_of_dir() } else { Some(file.dir.as_str()) };
        let mut dir = own;
        while let Some(folder) = dir.filter(|folder| !folder.is_empty()) {
            if self.folder(folder).has_leaf {
                return true;
            }
            dir = folder.rsplit_once('/').map(|(above, _)| above);
        }
        false
    }

    /// The files of a folder of the content that matter to the pages below it.
    fn folder(&self, dir: &str) -> InFolder {
        self.settings.known.folders.get(dir, || self.listed(dir))
    }

    fn listed(&self, dir: &str) -> InFolder {
        let (mut has_leaf, mut sections) = (false, Vec::new());
        for (folder, mounted) in self.settings.sources(dir) {
            // The names of other pages do not matter, and they change often.
            for name in ["index.", "_index."].iter().flat_map(|it| self.files.files_like(&folder, it)) {
                let Some((stem, suffix)) = self.stem(&name) else { continue };
                has_leaf |= stem == "index";
                if stem == "_index" {
                    let own = suffix.or(mounted.clone()).unwrap_or_else(|| self.settings.default_language.clone());
                    let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
                    sections.push((own, path));
                }
            }
        }
        InFolder { has_leaf, sections: sections.into() }
    }

    /// The front matter of the `_index.md` of a folder in a language.
    pub fn index_of(&self, dir: &str, language: &str) -> Option<Arc<Front<'static>>> {
        let folder = self.folder(dir);
        let (_, path) = folder.sections.iter().find(|(own, _)| own == language)?;
        self.settings.known.fronts.get(path, || {
            let source = Source::new(self.files.read(path)?);
            Some(Arc::new(Front::read(&source, Generator::Hugo)))
        })
    }

    /// The values of a page; `None` if what it inherits is not known.
    pub fn fields<'f>(&'f self, file: &'f File<'_>, own: &'f Front<'f>) -> Option<Fields<'f>> {
        let cascades = self.cascades(file, own, &cascade::KEYS)?;
        Some(Fields { kind: file.kind, own, cascades, date_keys: &self.settings.date_keys, name: &file.name })
    }

    /// What a page inherits that has one of `keys`, by precedence; `None` if it is not known.
    pub fn cascades(&self, file: &File<'_>, own: &Front<'_>, keys: &[&str]) -> Option<Vec<Vec<(String, Value)>>> {
        let target = LazyCell::new(|| cascade::Target {
            kind: file.kind,
            language: &file.language,
            path: match file.kind {
                Kind::Page => path::normalized(&cleaned(&format!("{}/{}", file.parent(), file.name))),
                _ => path::normalized(&cleaned(&file.dir)),
            },
        });
        let mut cascades = Vec::new();
        let mut dir = Some(file.dir.as_str());
        while let Some(folder) = dir {
            let is_own = folder == file.dir && file.kind != Kind::Page;
            let above = if is_own { None } else { self.cascading_index(folder, &file.language) };
            let front = if is_own { Some(own) } else { above.as_deref() };
            if let Some(cascade) = front.and_then(|front| front.get_in_any_case("cascade")) {
                cascades.extend(cascade::given(cascade, &target, keys)?);
            }
            dir = if folder.is_empty() { None } else { Some(folder.rsplit_once('/').map_or("", |(above, _)| above)) };
        }
        if let Some(cascade) = &self.settings.cascade {
            cascades.extend(cascade::given(cascade, &target, keys)?);
        }
        Some(cascades)
    }

    /// The front matter of the `_index.md` of a folder, if it may have a `cascade`. The folder is not listed, because it
    /// may have thousands of posts that ask for this.
    fn cascading_index(&self, dir: &str, language: &str) -> Option<Arc<Front<'static>>> {
        let key = format!("{language}/{dir}");
        self.settings.known.cascading.get(&key, || self.read_cascading_index(dir, language).map(Arc::new))
    }

    fn read_cascading_index(&self, dir: &str, language: &str) -> Option<Front<'static>> {
        for (folder, mounted) in self.settings.sources(dir) {
            let own = mounted.as_deref().unwrap_or(&self.settings.default_language) == language;
            for extension in EXTENSIONS {
                let names =
                    [own.then(|| format!("_index.{extension}")), Some(format!("_index.{language}.{extension}"))];
                for name in names.into_iter().flatten() {
                    let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                    let Some(text) = self.files.read(&path) else { continue };
                    let has_cascade = text.to_ascii_lowercase().contains("cascade");
                    return has_cascade.then(|| Front::read(&Source::new(text), Generator::Hugo));
                }
            }
        }
        None
    }

    /// The sections that the file is in: folders at the root, and those with `_index.md`.
    pub fn sections<'f>(&self, file: &'f File<'_>) -> Vec<&'f str> {
        let parent = file.parent();
        let mut end = parent.len();
        while let Some(at) = parent.get(..end).and_then(|dir| dir.rfind('/')) {
            let dir = parent.get(..end).unwrap_or("");
            let is_own = file.kind != Kind::Page && dir == file.dir;
            if is_own || self.index_of(dir, &file.language).is_some() {
                break;
            }
            end = at;
        }
        parent.get(..end).unwrap_or("").split('/').filter(|part| !part.is_empty()).collect()
    }

    /// The path that the folders of a page have in its URL; `None` if it is not known.
    pub fn published_dir(&self, file: &File<'_>) -> Option<String> {
        let parent = file.parent();
        let mut published = String::new();
        let ends = parent.match_indices('/').map(|(at, _)| at).chain([parent.len()]);
        for dir in ends.filter_map(|end| parent.get(..end)).filter(|dir| !dir.is_empty()) {
            let name = dir.rsplit('/').next().unwrap_or(dir);
            published.push('/');
            match self.slug_of(dir, &file.language)? {
                Some(slug) if slug == name => published.push_str(&path::normalized(name)),
                // Sections had no slugs in old versions.
                Some(slug) if self.settings.is_new == Some(true) => published.push_str(&slug),
                Some(_) if self.settings.is_new.is_none() => return None,
                _ if self.settings.keeps_case => published.push_str(name),
                _ => published.push_str(&path::normalized(name)),
            }
        }
        Some(published)
    }

    /// The slug of a section.
    fn slug_of(&self, dir: &str, language: &str) -> Option<Option<String>> {
        let Some(front) = self.index_of(dir, language) else { return Some(None) };
        let name = String::new();
        let file = File {
            dir: dir.to_owned(),
            stem: "_index",
            normal_name: String::new(),
            name,
            language: language.to_owned(),
            kind: Kind::Section,
        };
        let fields = self.fields(&file, &front)?;
        fields.slug()
    }
}

impl File<'_> {
    fn parent_of_dir(&self) -> Option<&str> {
        self.dir.rsplit_once('/').map(|(above, _)| above)
    }
}
