//! Docusaurus's URLs: docs, blogs and pages. Facts: the packages `@docusaurus/plugin-content-*`, version 3.10.
//! <https://docusaurus.io/docs/create-doc#doc-urls>

mod names;
mod settings;

use crate::site::urls::around::Around;
use crate::site::urls::page::{Front, Page};
use crate::site::urls::page_url::{PageUrl, Publication};
use crate::site::urls::value::Value;
pub use settings::{Instance, Kind, Settings};

/// A file in the folder of a plugin.
struct Located<'s> {
    instance: &'s Instance,
    /// Its path inside the folder.
    inside: String,
    /// The locale, if it is not the default.
    locale: Option<String>,
    /// The part of the path for its version.
    version: String,
}

/// Where a file is.
enum Found<'s> {
    In(Located<'s>),
    /// In a folder of the plugin that is not published.
    Never,
    Unknown,
}

impl Settings {
    /// The URL of a file.
    pub fn publication(&self, page: &Page<'_>, around: Around<'_>) -> Publication {
        let Some(stem) = page.path.strip_suffix(".mdx").or_else(|| page.path.strip_suffix(".md")) else {
            return Publication::Never;
        };
        if self.is_unknown {
            return Publication::Unknown;
        }
        let located = match self.located(page.path, around) {
            Found::In(located) => located,
            Found::Never => return Publication::Never,
            Found::Unknown => return Publication::Unknown,
        };
        if located.instance.is_unknown {
            return Publication::Unknown;
        }
        if located.instance.is_excluded(&located.inside) {
            return Publication::Never;
        }
        match (&page.front, page.front.get("draft")) {
            (Front::Unreadable | Front::Program(_), _) => return Publication::Unknown,
            (_, None | Some(Value::Bool(false))) => {}
            (_, Some(Value::Bool(true))) => return Publication::Never,
            (_, Some(_)) => return Publication::Unknown,
        }
        let slug = match page.front.get("slug") {
            None => None,
            Some(Value::Text(slug)) if !slug.is_empty() => Some(slug.as_str()),
            Some(_) => return Publication::Unknown,
        };
        let extension = page.path.get(stem.len()..).unwrap_or("");
        let inside = located.inside.strip_suffix(extension).unwrap_or(&located.inside);
        let path = match located.instance.kind {
            Kind::Docs => names::doc(page, inside, slug, located.instance.strips_numbers),
            Kind::Blog => Some(slug.map_or_else(|| names::post(inside), str::to_owned)),
            Kind::Pages => Some(slug.map_or_else(|| names::page(inside), str::to_owned)),
        };
        match path {
            Some(path) => self.at(&located, &path),
            None => Publication::Unknown,
        }
    }

    fn located(&self, path: &str, around: Around<'_>) -> Found<'_> {
        if let Some(rest) = path.strip_prefix("i18n/") {
            return self.translated(rest, around);
        }
        for instance in &self.instances {
            let in_locale = |inside: &str, version: &str| {
                let (inside, version) = (inside.to_owned(), version.to_owned());
                Found::In(Located { instance, inside, locale: None, version })
            };
            if let Some(inside) = below(path, &instance.folder) {
                let current = instance.versions.iter().find(|(name, _)| name == "current");
                return match (instance.kind, current) {
                    (Kind::Docs, None) if !instance.is_unknown => Found::Never,
                    (_, current) => in_locale(inside, current.map_or("", |(_, part)| part)),
                };
            }
            let folder = format!("{}versioned_docs", instance.prefix());
            if let Some(rest) = below(path, &folder).filter(|_| instance.kind == Kind::Docs) {
                let Some((version, inside)) = rest.strip_prefix("version-").and_then(|rest| rest.split_once('/'))
                else {
                    return Found::Never;
                };
                let built = instance.versions.iter().find(|(name, _)| name == version);
                return match built {
                    Some((_, part)) => in_locale(inside, part),
                    None if instance.is_unknown => Found::Unknown,
                    None => Found::Never,
                };
            }
        }
        if self.has_other_plugins || self.instances.iter().any(|it| it.is_unknown) {
            Found::Unknown
        } else {
            Found::Never
        }
    }

    /// A translation: `i18n/fr/docusaurus-plugin-content-docs/current/a.md`.
    fn translated(&self, path: &str, around: Around<'_>) -> Found<'_> {
        let mut parts = path.splitn(3, '/');
        let (Some(locale), Some(plugin), Some(rest)) = (parts.next(), parts.next(), parts.next()) else {
            return Found::Never;
        };
        let named = |instance: &&Instance| {
            let name = format!("docusaurus-plugin-content-{}", instance.kind.name());
            if instance.id == "default" { plugin == name } else { plugin == format!("{name}-{}", instance.id) }
        };
        let Some(instance) = self.instances.iter().find(named) else {
            let is_sure = !self.has_other_plugins && self.instances.iter().all(|it| !it.is_unknown);
            return if is_sure { Found::Never } else { Found::Unknown };
        };
        let (inside, version, original) = match instance.kind {
            Kind::Docs => {
                let Some((folder, inside)) = rest.split_once('/') else { return Found::Never };
                let version = folder.strip_prefix("version-").unwrap_or(folder);
                let Some((_, part)) = instance.versions.iter().find(|(name, _)| name == version) else {
                    return if instance.is_unknown { Found::Unknown } else { Found::Never };
                };
                let original = match version {
                    "current" => format!("{}/{inside}", instance.folder),
                    version => format!("{}versioned_docs/version-{version}/{inside}", instance.prefix()),
                };
                (inside, part.clone(), original)
            }
            Kind::Blog | Kind::Pages => (rest, String::new(), format!("{}/{rest}", instance.folder)),
        };
        // Only files that have an original are read.
        let (folder, name) = original.rsplit_once('/').unwrap_or(("", &original));
        if !around.files.has_file(folder, name) {
            return Found::Never;
        }
        if self.locales.iter().any(|it| it == locale) {
            return Found::Unknown;
        }
        let locale = (locale != self.default_locale).then(|| locale.to_owned());
        Found::In(Located { instance, inside: inside.to_owned(), locale, version })
    }

    /// `normalizeUrl`, with the slash at the end that the config sets.
    fn at(&self, located: &Located<'_>, path: &str) -> Publication {
        let locale = located.locale.as_deref().unwrap_or("");
        let joined = [locale, &located.instance.route, &located.version, path].join("/");
        let parts: Vec<&str> = joined.split('/').filter(|part| !part.is_empty()).collect();
        let ends = self.ends.unwrap_or_else(|| path.ends_with('/') || parts.is_empty());
        // The home page of a locale is a folder.
        let is_home = parts.is_empty() || located.locale.is_some() && parts.len() == 1;
        let end = if (ends || is_home) && !parts.is_empty() { "/" } else { "" };
        Publication::At(PageUrl::below(&self.base, &format!("/{}{end}", parts.join("/"))))
    }
}

/// The path below a folder.
fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    path.strip_prefix(folder)?.strip_prefix('/')
}
