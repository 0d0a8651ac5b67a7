//! Hugo's URLs. Checked with Hugo 0.168. <https://gohugo.io/content-management/urls/>

mod cascade;
mod content;
mod fields;
mod known;
mod path;
mod pattern;
mod settings;

use crate::place::notes::has_come;
use crate::place::theme::Supplied;
use crate::site::urls::around::Around;
use crate::site::urls::page::{Front, Page};
use crate::site::urls::page_url::{PageUrl, Publication, cleaned};
use crate::site::urls::value::{self, Value};
use content::{File, Kind, Tree};
use fields::Fields;
pub use settings::Settings;

impl Settings {
    /// The URL of a file.
    pub fn publication(&self, page: &Page<'_>, around: Around<'_>) -> Publication {
        if page.front.is_unreadable() || self.is_unknown {
            return Publication::Unknown;
        }
        if self.ignores(page.path) {
            return Publication::Never;
        }
        let tree = Tree { settings: self, files: around.files };
        let Some(file) = tree.file(page.path) else { return Publication::Never };
        // What a page at the root of the content does differs between versions.
        if file.dir.is_empty() && file.is_leaf() {
            return Publication::Unknown;
        }
        if tree.is_bundled(&file) || self.disabled_kinds.iter().any(|kind| kind == file.kind.as_str()) {
            return Publication::Never;
        }
        let Some(fields) = tree.fields(&file, &page.front) else { return Publication::Unknown };
        match self.is_published(&fields, around.now) {
            Some(true) => self.located(&tree, &file, &fields).unwrap_or(Publication::Unknown),
            Some(false) => Publication::Never,
            None => Publication::Unknown,
        }
    }

    /// The value of a key, or of a key in a mapping (`build.render`), that the file at `path` inherits.
    pub fn inherited(&self, path: &str, key: &str, around: Around<'_>) -> Option<Supplied> {
        let tree = Tree { settings: self, files: around.files };
        let file = tree.file(path)?;
        let (first, inside) = key.split_once('.').unwrap_or((key, ""));
        let Some(cascades) = tree.cascades(&file, &Front::Missing, &[first]) else {
            return Some(Supplied::Unknown);
        };
        let of_params = |given| value::get(given, "params", true)?.get(first, true);
        let found = cascades.iter().find_map(|given| value::get(given, first, true).or_else(|| of_params(given)))?;
        match if inside.is_empty() { found } else { found.get(inside, true)? } {
            Value::Null => None,
            Value::Bool(flag) => Some(Supplied::Text(flag.to_string())),
            other => Some(other.printed().map_or(Supplied::Unknown, |text| Supplied::Text(text.to_owned()))),
        }
    }

    /// Whether the page is built and has a file of its own; `None` if it is not known.
    /// <https://gohugo.io/content-management/build-options/>
    fn is_published(&self, fields: &Fields, now: Option<i64>) -> Option<bool> {
        let is_true = |value: &Value| *value == Value::Bool(true) || value.text().is_some_and(|text| text == "true");
        if fields.get("draft").is_some_and(is_true) && !self.builds_drafts {
            return Some(false);
        }
        if fields.get("headless").is_some_and(is_true) {
            return Some(false);
        }
        let build = fields.get("build").or_else(|| fields.get("_build"));
        let is_rendered = match build.and_then(|build| build.get("render", true)) {
            None => true,
            Some(Value::Bool(flag)) => *flag,
            Some(Value::Text(how)) => how == "always",
            Some(_) => return None,
        };
        if !is_rendered {
            return Some(false);
        }
        let has_html = match fields.get("outputs") {
            None | Some(Value::Null) => self.has_html(fields.kind)?,
            Some(Value::List(formats)) => {
                formats.iter().any(|format| format.text().is_some_and(|format| format.eq_ignore_ascii_case("html")))
            }
            Some(_) => return None,
        };
        let Some(now) = now.filter(|_| has_html) else { return Some(has_html) };
        let is_later =
            |keys: &[&str]| fields.first_date(keys).map(|date| date.map(|date| !has_come(date.unix_seconds(), now)));
        let is_future = is_later(&["publishDate", "pubdate", "published", "date"])?.unwrap_or(false);
        let is_expired = is_later(&["expiryDate", "unpublishdate"])?.is_some_and(|later| !later);
        Some((self.builds_future || !is_future) && (self.builds_expired || !is_expired))
    }

    /// The URL of a page that is built; `None` if it is not known.
    fn located(&self, tree: &Tree<'_>, file: &File<'_>, fields: &Fields) -> Option<Publication> {
        let language = self.prefix(&file.language);
        let at = |path: &str, language: &str| {
            let below = if language.is_empty() { path.to_owned() } else { format!("/{language}{path}") };
            Some(Publication::At(PageUrl::below(self.base(&file.language), &below)))
        };
        if let Some(url) = fields.get("url").filter(|url| **url != Value::Null).filter(|_| file.kind != Kind::Home) {
            let written = url.printed()?;
            if !written.is_empty() {
                let url = if written.contains(':') {
                    pattern::expanded(written, tree, file, fields)?
                } else {
                    written.into()
                };
                // A URL that does not begin with a slash is below the language.
                let language = if written.starts_with('/') { "" } else { language };
                return at(&as_url(&url), language);
            }
        }
        let ugly = self.is_ugly(file);
        let expanded = match self.permalinks.of(file.kind, file.section())? {
            Some(pattern) => Some(path::query_decoded(&pattern::expanded(pattern, tree, file, fields)?)),
            None => None,
        };
        let expanded = expanded.filter(|path| !path.is_empty());
        let path = match (file.kind, expanded) {
            (Kind::Home, _) if ugly => "/index.html".to_owned(),
            (Kind::Home, _) => "/".to_owned(),
            (Kind::Page, Some(path)) => {
                let is_index = fields.slug()?.is_some_and(|slug| slug == "index");
                self.ended(path.strip_suffix("/index").filter(|_| is_index).unwrap_or(&path), ugly)
            }
            (Kind::Page, None) => {
                let slug = fields.slug()?;
                let base = slug.as_deref().unwrap_or(file.base_of(self.keeps_case));
                let is_index = base == "index";
                let dir = tree.published_dir(file)?;
                if is_index { self.ended(&dir, false) } else { self.ended(&format!("{dir}/{base}"), ugly) }
            }
            // Before some version, sections with ugly URLs were files.
            (_, _) if ugly && self.is_new != Some(true) => return None,
            (Kind::Term, path) if ugly => self.ended(&path.unwrap_or(tree.published_dir(file)?), true),
            (_, Some(path)) => self.ended(&path, false),
            (_, None) => self.ended(&tree.published_dir(file)?, false),
        };
        let path = if ugly && matches!(file.kind, Kind::Section | Kind::Taxonomy) {
            format!("{path}index.html")
        } else {
            path
        };
        at(&path, language)
    }

    /// A path in the form of a URL, with a slash or an extension at the end.
    fn ended(&self, path: &str, ugly: bool) -> String {
        let path = cleaned(&path::sanitized(path, self));
        if path == "/" {
            return path;
        }
        format!("{path}{}", if ugly { ".html" } else { "/" })
    }
}

/// A `url` of the front matter: a file if it has a dot and no slash at the end.
fn as_url(url: &str) -> String {
    let path = cleaned(url);
    let is_file = url.contains('.') && !url.ends_with('/');
    match path.strip_suffix("/index.html") {
        Some(folder) if is_file => format!("{folder}/"),
        _ if is_file || path == "/" => path,
        _ => format!("{path}/"),
    }
}
