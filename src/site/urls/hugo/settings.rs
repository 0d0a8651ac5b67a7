//! What Hugo's config says about URLs. <https://gohugo.io/configuration/all/>

use crate::site::Site;
use crate::site::folder::Seen;
use crate::site::hugo::{Config, minor};
use crate::site::settings::{Datum, Setting};
use crate::site::urls::hugo::content::{File, Kind};
use crate::site::urls::hugo::known::Known;
use crate::site::urls::value::Value;
use regex::Regex;

/// The settings that URLs depend on.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether a setting is in a form that is not modelled.
    pub is_unknown: bool,
    /// Whether the version is one whose sections have slugs; `None` if the version is not known.
    pub is_new: Option<bool>,
    /// `disablePathToLower`
    pub keeps_case: bool,
    /// `removePathAccents`
    pub drops_accents: bool,
    /// `buildDrafts`
    pub builds_drafts: bool,
    /// `buildFuture`
    pub builds_future: bool,
    /// `buildExpired`
    pub builds_expired: bool,
    /// `disableKinds`, in lower case.
    pub disabled_kinds: Vec<String>,
    /// `defaultContentLanguage`, in lower case.
    pub default_language: String,
    /// `permalinks`
    pub permalinks: Permalinks,
    /// `cascade`
    pub cascade: Option<Value>,
    /// `frontmatter.date`
    pub date_keys: Vec<String>,
    /// What was found in the folders of the site.
    pub known: Known,
    in_subdir: bool,
    languages: Vec<Language>,
    base: String,
    mounts: Vec<Mount>,
    taxonomies: Vec<String>,
    ignored: Vec<Regex>,
    ugly: Ugly,
    outputs: Option<Value>,
}

#[derive(Clone, Debug)]
struct Language {
    code: String,
    is_disabled: bool,
    /// The `baseURL` of the language.
    base: Option<String>,
}

/// A folder of the site that is content.
#[derive(Clone, Debug)]
struct Mount {
    source: String,
    /// Below the root of the content.
    target: String,
    /// The languages whose content is in it; all if empty.
    languages: Vec<String>,
}

#[derive(Clone, Debug)]
enum Ugly {
    All(bool),
    Sections(Vec<String>),
}

/// `permalinks`: patterns by kind and section.
#[derive(Clone, Debug, Default)]
pub struct Permalinks {
    patterns: Vec<(Kind, String, String)>,
    /// Whether a pattern is for more than one section.
    is_unknown: bool,
}

impl Permalinks {
    fn read(setting: Option<&Setting>) -> Self {
        let mut found = Permalinks::default();
        let Some(setting) = setting else { return found };
        found.is_unknown = matches!(setting.value, Datum::List(_) | Datum::Unknown);
        for (key, value) in setting.entries() {
            let kind = match key.to_ascii_lowercase().as_str() {
                "page" => Some(Kind::Page),
                "section" => Some(Kind::Section),
                "taxonomy" => Some(Kind::Taxonomy),
                "term" => Some(Kind::Term),
                _ => None,
            };
            match (kind, &value.value) {
                (Some(kind), Datum::Map(entries)) => {
                    entries.iter().for_each(|(section, pattern)| found.add(&[kind], section, pattern));
                }
                _ => found.add(&[Kind::Page, Kind::Term], key, value),
            }
        }
        found
    }

    fn add(&mut self, kinds: &[Kind], section: &str, pattern: &Setting) {
        let section = section.trim_matches([' ', '/']).to_lowercase();
        let is_plain = !section.contains(['/', '*', '{', '[', '?']);
        match pattern.as_text().filter(|_| is_plain) {
            Some(text) => {
                self.patterns.extend(kinds.iter().map(|kind| (*kind, section.clone(), text.to_owned())));
            }
            None => self.is_unknown = true,
        }
    }

    /// The pattern for pages of a kind in a section, if there is one; `None` if it is not known.
    pub fn of(&self, kind: Kind, section: &str) -> Option<Option<&str>> {
        if self.is_unknown && kind != Kind::Home {
            return None;
        }
        let section = section.to_lowercase();
        let mut patterns = self.patterns.iter().filter(|(of, name, _)| *of == kind && *name == section);
        Some(patterns.next().map(|(.., pattern)| pattern.as_str()))
    }
}

impl Settings {
    /// Reads the config files.
    pub fn read(seen: &Seen<'_>, site: &Site) -> Self {
        let config = Config::all(seen);
        let flag = |key: &str| matches!(config.get(key), Some((Setting { value: Datum::Bool(true), .. }, _)));
        let text = |key: &str| config.text(key).map(|fact| fact.value);
        let texts = |key: &str| config.get(key).map_or_else(Vec::new, |(it, _)| it.texts());
        let languages = config.get("languages").map_or(&[][..], |(it, _)| it.entries());
        let disabled: Vec<String> = texts("disableLanguages").iter().map(|code| code.to_lowercase()).collect();
        let default_language = text("defaultContentLanguage").unwrap_or_else(|| "en".to_owned()).to_lowercase();
        let ugly = match config.get("uglyURLs").map(|(it, _)| &it.value) {
            Some(Datum::Bool(flag)) => Ugly::All(*flag),
            Some(Datum::Map(sections)) => {
                let is_on = |(_, it): &&(String, Setting)| it.value == Datum::Bool(true);
                Ugly::Sections(sections.iter().filter(is_on).map(|(section, _)| section.to_lowercase()).collect())
            }
            _ => Ugly::All(false),
        };
        let taxonomies = match config.get("taxonomies") {
            Some((setting, _)) => {
                setting.entries().iter().filter_map(|(_, it)| it.as_text()).map(str::to_lowercase).collect()
            }
            None => vec!["tags".to_owned(), "categories".to_owned()],
        };
        Settings {
            is_unknown: false,
            is_new: site.version.as_ref().and_then(|version| is_new(&version.value)),
            keeps_case: flag("disablePathToLower"),
            drops_accents: flag("removePathAccents"),
            builds_drafts: flag("buildDrafts"),
            builds_future: flag("buildFuture"),
            builds_expired: flag("buildExpired"),
            disabled_kinds: texts("disableKinds").iter().map(|kind| kind.to_lowercase()).collect(),
            permalinks: Permalinks::read(config.get("permalinks").map(|(it, _)| it)),
            cascade: config.get("cascade").map(|(it, _)| Value::of_setting(it)),
            date_keys: date_keys(&texts("frontmatter.date")),
            in_subdir: flag("defaultContentLanguageInSubdir"),
            languages: languages.iter().map(|(code, it)| Language::read(code, it, &disabled)).collect(),
            base: site.base_path(),
            mounts: mounts(seen, &config, languages, text("contentDir")),
            ignored: texts("ignoreFiles").iter().filter_map(|pattern| Regex::new(pattern).ok()).collect(),
            outputs: config.get("outputs").map(|(it, _)| Value::of_setting(it)),
            known: Known::default(),
            default_language,
            taxonomies,
            ugly,
        }
    }

    /// Whether the config leaves out a file.
    pub fn ignores(&self, path: &str) -> bool {
        self.ignored.iter().any(|pattern| pattern.is_match(&format!("/{path}")))
    }

    /// Whether this is the code of a language.
    pub fn is_language(&self, code: &str) -> bool {
        code.eq_ignore_ascii_case(&self.default_language) || self.language(code).is_some()
    }

    fn language(&self, code: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.code.eq_ignore_ascii_case(code))
    }

    /// Whether pages in a language are built.
    pub fn is_enabled(&self, code: &str) -> bool {
        self.language(code).is_none_or(|language| !language.is_disabled)
    }

    /// Whether a folder at the root of the content is a taxonomy.
    pub fn is_taxonomy(&self, folder: &str) -> bool {
        self.taxonomies.iter().any(|it| *it == folder.to_lowercase())
    }

    /// The folder of a language in URLs.
    pub fn prefix<'l>(&self, language: &'l str) -> &'l str {
        let is_multihost = self.languages.iter().any(|language| language.base.is_some());
        let is_plain = language == self.default_language && !self.in_subdir;
        if is_multihost || is_plain { "" } else { language }
    }

    /// The URL that the pages of a language are below.
    pub fn base(&self, language: &str) -> &str {
        self.language(language).and_then(|language| language.base.as_deref()).unwrap_or(&self.base)
    }

    /// Whether a page is a file, rather than a folder with `index.html`.
    pub fn is_ugly(&self, file: &File<'_>) -> bool {
        match &self.ugly {
            Ugly::All(flag) => *flag,
            Ugly::Sections(sections) => sections.iter().any(|section| *section == file.section().to_lowercase()),
        }
    }

    /// Whether pages of a kind are written as HTML; `None` if it is not known.
    pub fn has_html(&self, kind: Kind) -> Option<bool> {
        match self.outputs.as_ref().and_then(|outputs| outputs.get(kind.as_str(), true)) {
            None => Some(true),
            Some(Value::List(formats)) => {
                Some(formats.iter().any(|it| it.text().is_some_and(|name| name.eq_ignore_ascii_case("html"))))
            }
            Some(_) => None,
        }
    }

    /// The path in the content of a file, and the language of its folder.
    pub fn mounted(&self, path: &str) -> Option<(String, Option<String>)> {
        let found = self.mounts.iter().filter_map(|mount| {
            let rest = below(path, &mount.source)?;
            let default = mount.languages.contains(&self.default_language);
            Some(((mount.source.len(), default), joined(&mount.target, rest), mount))
        });
        let (_, inside, mount) = found.max_by_key(|(weight, ..)| *weight)?;
        let language = match mount.languages.as_slice() {
            [] => None,
            all if all.contains(&self.default_language) => Some(self.default_language.clone()),
            [first, ..] => Some(first.clone()),
        };
        Some((inside, language))
    }

    /// The folders inside the site that are a folder of the content.
    pub fn sources<'s>(&'s self, dir: &'s str) -> impl Iterator<Item = (String, Option<String>)> + 's {
        self.mounts.iter().flat_map(move |mount| {
            let folder = below(dir, &mount.target).map(|rest| joined(&mount.source, rest));
            let languages: Vec<Option<String>> = match mount.languages.as_slice() {
                [] => vec![None],
                all => all.iter().cloned().map(Some).collect(),
            };
            languages.into_iter().filter_map(move |language| Some((folder.clone()?, language)))
        })
    }
}

impl Language {
    fn read(code: &str, setting: &Setting, disabled: &[String]) -> Self {
        let get = |key: &str| any_case(setting, key);
        let is_disabled = get("disabled").is_some_and(|it| it.value == Datum::Bool(true));
        let code = code.to_lowercase();
        let base = get("baseURL").and_then(Setting::as_text).map(str::to_owned);
        Language { is_disabled: is_disabled || disabled.contains(&code), base, code }
    }
}

fn any_case<'s>(setting: &'s Setting, key: &str) -> Option<&'s Setting> {
    setting.entries().iter().rev().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, setting)| setting)
}

fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    match folder {
        "" => Some(path),
        _ if path == folder => Some(""),
        folder => path.strip_prefix(folder)?.strip_prefix('/'),
    }
}

fn joined(folder: &str, rest: &str) -> String {
    match (folder, rest) {
        ("", rest) => rest.to_owned(),
        (folder, "") => folder.to_owned(),
        (folder, rest) => format!("{folder}/{rest}"),
    }
}

fn trimmed(path: &str) -> String {
    path.trim_start_matches("./").trim_matches('/').to_owned()
}

/// The folders of content: those that the config mounts, else those of the languages, else `contentDir`.
fn mounts(seen: &Seen<'_>, config: &Config, languages: &[(String, Setting)], folder: Option<String>) -> Vec<Mount> {
    let mounted = config.get("module.mounts").map_or(&[][..], |(it, _)| it.items());
    // Hugo ignores mounts of folders that do not exist.
    let is_there = |mount: &Mount| mount.source.split('/').next().is_some_and(|first| seen.has_file(first));
    let found: Vec<Mount> = mounted.iter().filter_map(mount).filter(is_there).collect();
    if !found.is_empty() {
        return found;
    }
    let folder = trimmed(&folder.unwrap_or_else(|| "content".to_owned()));
    let of_language = |setting: &Setting| any_case(setting, "contentDir").and_then(Setting::as_text).map(trimmed);
    if !languages.iter().any(|(_, it)| of_language(it).is_some()) {
        return vec![Mount { source: folder, target: String::new(), languages: Vec::new() }];
    }
    let mount = |(code, it): &(String, Setting)| Mount {
        source: of_language(it).unwrap_or_else(|| folder.clone()),
        target: String::new(),
        languages: vec![code.to_lowercase()],
    };
    languages.iter().map(mount).collect()
}

fn mount(setting: &Setting) -> Option<Mount> {
    let target = any_case(setting, "target")?.as_text()?;
    let target = below(target.trim_matches('/'), "content")?.to_owned();
    let source = trimmed(any_case(setting, "source")?.as_text()?);
    let matrix =
        any_case(setting, "sites").and_then(|it| any_case(it, "matrix")).and_then(|it| any_case(it, "languages"));
    let languages = any_case(setting, "lang").or(matrix).map_or_else(Vec::new, |it| it.texts());
    Some(Mount { source, target, languages: languages.iter().map(|code| code.to_lowercase()).collect() })
}

/// <https://gohugo.io/configuration/front-matter/#dates>
fn date_keys(written: &[&str]) -> Vec<String> {
    const DEFAULT: [&str; 6] = ["date", "publishdate", "pubdate", "published", "lastmod", "modified"];
    let written = if written.is_empty() { &[":default"][..] } else { written };
    let mut keys = Vec::new();
    for key in written {
        match *key {
            ":default" => keys.extend(DEFAULT.map(str::to_owned)),
            handler if handler.starts_with(':') => keys.push(handler.to_lowercase()),
            key => keys.push(key.to_owned()),
        }
    }
    keys
}

/// Whether sections have slugs in a version: those of 0.168 do, those of 0.159 do not.
fn is_new(version: &str) -> Option<bool> {
    let number = minor(version)?;
    let is_least = version.starts_with(['>', '^']);
    match number {
        168.. => Some(true),
        ..160 if !is_least => Some(false),
        _ => None,
    }
}
