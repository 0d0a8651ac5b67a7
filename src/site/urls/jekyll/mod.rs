//! Jekyll's URLs. Facts: lib/jekyll/{url,page,document,collection,publisher,static_file,reader}.rb, version 4.3.
//! <https://jekyllrb.com/docs/permalinks/>

mod document;
mod plugins;
mod post_url;
mod settings;
mod slug;
mod template;

use crate::document::read::front_matter::calendar::Date;
use crate::place::notes::has_come;
use crate::site::Site;
use crate::site::urls::around::Around;
use crate::site::urls::page::Page;
use crate::site::urls::page_url::{PageUrl, Publication};
use crate::site::urls::value::Value;
use document::Document;
pub use post_url::{PostName, PostReference};
pub use settings::Settings;

/// What a file is by its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind<'p> {
    /// In `_posts`.
    Post,
    /// In `_drafts`.
    Draft,
    /// In the folder of a collection.
    InCollection(&'p str),
    /// Anything else.
    Page,
}

/// The values that the config gives to a file, the strongest last.
type Defaults = Vec<(String, Value)>;

impl Settings {
    /// The URL of a file.
    pub fn publication(&self, page: &Page<'_>, around: Around<'_>) -> Publication {
        if self.urls_are_changed || page.front.is_unreadable() {
            return Publication::Unknown;
        }
        if self.destination.as_deref().is_some_and(|folder| is_inside(page.path, folder)) {
            return Publication::Never;
        }
        let defaults = defaults(page.path, around.site);
        match self.kind(page.path) {
            Kind::Post if !is_dated(page.split().1) => Publication::Never,
            Kind::Draft if !self.show_drafts => Publication::Never,
            // The date of a draft is that of the file's last change.
            Kind::Draft => Publication::Unknown,
            Kind::InCollection(label) if !self.has_output(label) => Publication::Never,
            Kind::InCollection(label) if page.front.is_missing() => self.copied(page.path, label),
            Kind::Post => self.document(page, "posts", &defaults, around.now),
            Kind::InCollection(label) => self.document(page, label, &defaults, around.now),
            Kind::Page => self.page(page, &defaults),
        }
    }

    /// The name by which `{% post_url %}` finds a post, if it is not that of its file.
    pub fn post_name(&self, page: &Page<'_>, site: &Site) -> Option<PostName> {
        PostName::of(self, page, &defaults(page.path, site))
    }

    fn kind<'p>(&self, path: &'p str) -> Kind<'p> {
        let Some(inside) = self.in_collections(path) else { return Kind::Page };
        let (folders, _) = inside.rsplit_once('/').unwrap_or(("", inside));
        let first = folders.split('/').next().and_then(|folder| folder.strip_prefix('_'));
        if let Some(label) = first.filter(|label| *label != "posts" && self.collection(label).is_some()) {
            return Kind::InCollection(label);
        }
        let special = folders.split('/').find_map(|folder| match folder {
            "_posts" => Some(Kind::Post),
            "_drafts" => Some(Kind::Draft),
            _ => None,
        });
        special.unwrap_or(Kind::Page)
    }

    /// The path below `collections_dir`; `None` if it is outside.
    fn in_collections<'p>(&self, path: &'p str) -> Option<&'p str> {
        match self.collections_dir.as_str() {
            "" => Some(path),
            folder => path.strip_prefix(folder)?.strip_prefix('/'),
        }
    }

    /// A page: `Jekyll::Page`, or a file without front matter, which is copied.
    fn page(&self, page: &Page<'_>, defaults: &Defaults) -> Publication {
        let (folder, name) = page.split();
        let (base, extension) = split_extension(name);
        if page.front.is_missing() {
            return match extension {
                _ if !self.is_markdown(extension) => self.at(&format!("/{}", page.path)),
                // A plugin may make a page of it.
                _ if self.fronts_are_optional => Publication::Unknown,
                _ => Publication::Never,
            };
        }
        if page.front.get("published").is_some_and(Value::is_false) && !self.unpublished {
            return Publication::Never;
        }
        let of_site = || crate::site::urls::value::get(defaults, "permalink", false);
        let permalink = match page.front.get("permalink").or_else(of_site) {
            None | Some(Value::Null | Value::Bool(false)) => None,
            Some(Value::Text(text)) if !text.is_empty() => Some(text.as_str()),
            // The build fails.
            Some(_) => return Publication::Unknown,
        };
        let base = base.trim_end_matches('.');
        let output = self.output_extension(permalink, extension);
        let template = match permalink {
            Some(permalink) => permalink.to_owned(),
            None if !matches!(output.as_str(), ".html" | ".xhtml" | ".htm") => "/:path/:basename:output_ext".to_owned(),
            None if base == "index" => "/:path/".to_owned(),
            None => self.with_suffix("/:path/:basename"),
        };
        let folder = if folder.is_empty() { String::new() } else { format!("/{folder}") };
        let tokens = [("path", folder.as_str()), ("basename", base), ("output_ext", output.as_str())];
        self.at(&template::replaced(&template, &tokens))
    }

    /// A post, or a document of a collection.
    fn document(&self, page: &Page<'_>, label: &str, defaults: &Defaults, now: Option<i64>) -> Publication {
        let Some(document) = Document::read(self, page, label, defaults) else { return Publication::Unknown };
        if document.is_unpublished && !self.unpublished {
            return Publication::Never;
        }
        let is_future = |now: i64| document.date.is_some_and(|date| !has_come(date.unix_seconds(&self.zone), now));
        if !self.future && now.is_some_and(is_future) {
            return Publication::Never;
        }
        let template = document.permalink.clone().unwrap_or_else(|| self.template_of(label));
        Publication::agreed(document.shown(self).into_iter().map(|at| match document.filled(&template, at) {
            Some(path) => self.at(&path),
            None => Publication::Unknown,
        }))
    }

    /// A file without front matter in a collection: `Jekyll::StaticFile`.
    fn copied(&self, path: &str, label: &str) -> Publication {
        let inside = self.in_collections(path).unwrap_or(path);
        let (_, name) = path.rsplit_once('/').unwrap_or(("", path));
        let (base, extension) = split_extension(name);
        if self.is_markdown(extension) {
            return if self.fronts_are_optional { Publication::Unknown } else { Publication::Never };
        }
        let cleaned = inside.strip_suffix(extension).unwrap_or(inside).trim_end_matches('.');
        let cleaned = cleaned.replacen(&format!("_{label}"), "", 1);
        let base = base.trim_end_matches('.');
        let tokens =
            [("collection", label), ("path", cleaned.as_str()), ("output_ext", ""), ("name", base), ("title", "")];
        let url = template::replaced(&self.template_of(label), &tokens);
        self.at(&format!("{}{extension}", url.strip_suffix('/').unwrap_or(&url)))
    }

    fn at(&self, path: &str) -> Publication {
        Publication::At(PageUrl::below(&self.base, path))
    }
}

/// The values that the config gives to the file at `path`.
fn defaults(path: &str, site: &Site) -> Defaults {
    site.defaults_of(path).map(|(key, value)| (key.clone(), Value::of_yaml(value))).collect()
}

fn is_inside(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// `DATE_FILENAME_MATCHER`: a file in `_posts` with another name is not read.
fn is_dated(name: &str) -> bool {
    dated(name).is_some()
}

/// The date and the slug in the name of a post: `2024-07-30-seoul.md`.
fn dated(name: &str) -> Option<(&str, &str)> {
    let (stem, extension) = name.rsplit_once('.')?;
    let slug = crate::document::ask::page::dated_slug(stem)?;
    let date = stem.get(..stem.len() - slug.len())?.strip_suffix('-')?;
    (!extension.is_empty()).then_some((date, slug))
}

/// The day in the name of a post, as Ruby reads it: `24-5-1` is in 2024, and `70-5-1` in 1970.
fn day(date: &str) -> Option<Date> {
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let year: i32 = match year.parse().ok()? {
        short if year.len() <= 2 => short + if short < 69 { 2000 } else { 1900 },
        year => year,
    };
    Some(Date { year, month, day }).filter(|date| date.exists())
}

/// Ruby's `File.extname`: from the last dot, unless the name begins with it.
fn split_extension(name: &str) -> (&str, &str) {
    let at = name.rfind('.').filter(|at| *at > 0 && !name.bytes().take(*at).all(|byte| byte == b'.'));
    at.and_then(|at| name.split_at_checked(at)).unwrap_or((name, ""))
}
