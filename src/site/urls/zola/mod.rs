//! Zola's URLs. Facts: components/content/src/{page,section,file_info}.rs and components/site/src/lib.rs, version 0.22.
//! <https://www.getzola.org/documentation/content/page/#output-paths>

mod settings;

use crate::document::read::markdown::zola as slugified;
use crate::place::dialect::Generator;
use crate::site::urls::around::Around;
use crate::site::urls::page::{Front, Page};
use crate::site::urls::page_url::{PageUrl, Publication};
use crate::site::urls::value::Value;
use crate::source::Source;
use regex::Regex;
pub use settings::{Settings, Slugs};
use std::sync::LazyLock;

/// A date at the start of a name, and what follows it.
static DATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let time = r"T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])";
    let date = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
    Regex::new(&format!(r"^{date}({time})?\s?[_-](?P<slug>.+)$")).ok()
});

impl Settings {
    /// The URL of a file.
    pub fn publication(&self, page: &Page<'_>, around: Around<'_>) -> Publication {
        let Some(inside) = page.path.strip_prefix("content/") else { return Publication::Never };
        let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
        let Some(stem) = name.strip_suffix(".md").filter(|_| !name.starts_with('.')) else { return Publication::Never };
        if self.is_ignored(page.path) {
            return Publication::Never;
        }
        if self.is_unknown || !matches!(page.front, Front::Keys(_)) {
            return Publication::Unknown;
        }
        let Some((stem, language)) = self.language(stem) else { return Publication::Unknown };
        match self.is_drafted(folder, name, around) {
            Some(true) => return Publication::Never,
            Some(false) => {}
            None => return Publication::Unknown,
        }
        match (page.front.get("draft"), page.front.get("render")) {
            (None | Some(Value::Bool(false)), None | Some(Value::Bool(true))) => {}
            (None | Some(Value::Bool(_)), None | Some(Value::Bool(_))) => return Publication::Never,
            _ => return Publication::Unknown,
        }
        if name.starts_with("_index.") {
            return self.section(folder, stem, language);
        }
        match page.front.get("path") {
            None => {}
            Some(Value::Text(path)) if !path.is_empty() => {
                return self.at(&format!("{}/", path.trim().trim_end_matches('/')));
            }
            Some(_) => return Publication::Unknown,
        }
        self.page(page, folder, stem, language)
    }

    fn section(&self, folder: &str, stem: &str, language: Option<&str>) -> Publication {
        // `_index.other.md` is read only for a language of the site.
        if stem != "_index" {
            return Publication::Never;
        }
        let parts = [language.unwrap_or(""), folder];
        let path: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        self.at(&if path.is_empty() { "/".to_owned() } else { format!("/{}/", path.join("/")) })
    }

    fn page(&self, page: &Page<'_>, folder: &str, stem: &str, language: Option<&str>) -> Publication {
        // The folder of an `index.md` is its name.
        let is_index = stem.split('.').next() == Some("index");
        let (parents, own) = folder.rsplit_once('/').unwrap_or(("", folder));
        let (parents, named) = match (is_index, folder) {
            (true, "") => return Publication::Unknown,
            (true, _) => (parents, if stem == "index" { own } else { stem }),
            (false, _) => (folder, stem),
        };
        let dated = DATED.as_ref().and_then(|dated| dated.captures(named)).filter(|_| !self.keeps_dates);
        let bare = dated.as_ref().and_then(|found| found.name("slug")).map_or(named, |slug| slug.as_str());
        let slug = match page.front.get("slug") {
            None => self.slug(bare),
            Some(Value::Text(slug)) => self.slug(slug),
            Some(_) => None,
        };
        let Some(slug) = slug.filter(|slug| !slug.is_empty()) else { return Publication::Unknown };
        let parts = [language.unwrap_or(""), parents, &slug];
        let path: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        self.at(&format!("/{}/", path.join("/").trim_end_matches('/')))
    }

    /// What a name is in a URL; `None` where versions differ.
    fn slug(&self, name: &str) -> Option<String> {
        match self.slugs {
            Slugs::On => Some(slugified(name)),
            Slugs::Safe => {
                let is_kept = |c: char| !c.is_whitespace() && !"<>:\"/\\|?*#()[]".contains(c);
                (name.chars().all(is_kept) && !name.ends_with('.')).then(|| name.to_owned())
            }
            Slugs::Off => Some(name.to_owned()),
        }
    }

    /// The name without a language that is not the default, and that language. `None` for a language that the config does
    /// not have, which ends the build.
    fn language<'n>(&self, stem: &'n str) -> Option<(&'n str, Option<&'n str>)> {
        match stem.split_once('.') {
            Some((bare, code)) if !self.languages.is_empty() && code != self.default_language => {
                self.languages.iter().any(|it| it == code).then_some((bare, Some(code)))
            }
            _ => Some((stem, None)),
        }
    }

    /// Whether a section above is a draft, which leaves out all that is below it. `None` if it is not known.
    fn is_drafted(&self, folder: &str, name: &str, around: Around<'_>) -> Option<bool> {
        let above = |folder: &str| folder.rsplit_once('/').map_or("", |(above, _)| above).to_owned();
        let of_section = name.starts_with("_index.");
        let mut next = match (of_section, folder) {
            (true, "") => None,
            (true, folder) => Some(above(folder)),
            (false, folder) => Some(folder.to_owned()),
        };
        while let Some(folder) = next {
            let at = if folder.is_empty() { "content".to_owned() } else { format!("content/{folder}") };
            for file in around.files.files_like(&at, "_index.").into_iter().filter(|file| self.is_index(file)) {
                let path = format!("{at}/{file}");
                let source = Source::new(around.files.read(&path)?);
                match Front::read(&source, Generator::Zola).get("draft") {
                    None | Some(Value::Bool(false)) => {}
                    Some(Value::Bool(true)) => return Some(true),
                    Some(_) => return None,
                }
            }
            next = (!folder.is_empty()).then(|| above(&folder));
        }
        Some(false)
    }

    /// Whether a file describes its folder.
    fn is_index(&self, name: &str) -> bool {
        let code = name.strip_prefix("_index.").and_then(|rest| rest.strip_suffix(".md"));
        name == "_index.md" || code.is_some_and(|code| self.languages.iter().any(|it| it == code))
    }

    fn at(&self, path: &str) -> Publication {
        Publication::At(PageUrl::below(&self.base, path))
    }
}
