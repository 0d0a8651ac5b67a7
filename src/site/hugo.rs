//! Hugo. Facts: config/configLoader.go and markup/goldmark/goldmark_config/config.go, versions 0.111 and 0.162.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::place::flavor::{
    Autolinks, DefinitionLists, Flavor, Footnotes, HeadingAttributes, HeadingIds, RawHtml, Scheme, Strikethrough,
};
use crate::site::folder::{Seen, file};
use crate::site::settings::{Datum, Evidence, Fact, Setting, Settings};
use crate::site::{EngineOption, Site, slug};

/// The folder with built pages, unless the config sets one.
pub(super) const BUILT: &str = "public";

const OWN: [&str; 4] = ["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"];
const SHARED: [&str; 4] = ["config.toml", "config.yaml", "config.yml", "config.json"];
const EXTENSIONS: [&str; 4] = ["toml", "yaml", "yml", "json"];

/// Keys by which a config file is recognized as Hugo's.
const KEYS: [&str; 8] =
    ["baseURL", "languageCode", "defaultContentLanguage", "theme", "params", "markup", "taxonomies", "permalinks"];

/// The folder with the config files for all environments.
const FOLDER: &str = "config/_default";

/// goldmark's options that affect the page, each with its default.
const OPTIONS: [(&str, &[&str]); 29] = [
    ("renderer.unsafe", &["false"]),
    ("renderer.hardWraps", &["false"]),
    ("renderer.xhtml", &["false"]),
    ("parser.autoHeadingID", &["true"]),
    ("parser.autoHeadingIDType", &["github"]),
    ("parser.autoIDType", &["github"]),
    ("parser.attribute.title", &["true"]),
    ("parser.attribute.block", &["false"]),
    ("parser.wrapStandAloneImageWithinParagraph", &["true"]),
    ("extensions.definitionList", &["true"]),
    ("extensions.footnote", &["true"]),
    ("extensions.linkify", &["true"]),
    ("extensions.strikethrough", &["true"]),
    ("extensions.table", &["true"]),
    ("extensions.taskList", &["true"]),
    ("extensions.typographer", &["true"]),
    ("extensions.passthrough.enable", &["false"]),
    ("parser.autoDefinitionTermID", &["false"]),
    ("extensions.linkifyProtocol", &["https"]),
    ("extensions.footnote.enable", &["true"]),
    ("extensions.footnote.enableAutoIDPrefix", &["false"]),
    ("extensions.cjk.enable", &["false"]),
    ("extensions.cjk.eastAsianLineBreaks", &["false"]),
    ("extensions.cjk.escapedSpace", &["false"]),
    ("extensions.extras.delete.enable", &["false"]),
    ("extensions.extras.insert.enable", &["false"]),
    ("extensions.extras.mark.enable", &["false"]),
    ("extensions.extras.subscript.enable", &["false"]),
    ("extensions.extras.superscript.enable", &["false"]),
];

pub(super) fn by_config(seen: &Seen<'_>) -> Option<Site> {
    let name = seen.first_file(&OWN)?;
    Some(read(seen, &Config::of(seen, Some(name)), file(name)))
}

/// Detects Hugo by the keys of `config.toml` and similar files, which other programs use as well.
pub(super) fn by_shared_name(seen: &Seen<'_>) -> Option<Site> {
    let name = seen.first_file(&SHARED)?;
    let settings = seen.settings(name)?.in_any_case();
    let line = KEYS.iter().find_map(|key| Some(settings.get(key)?.line))?;
    let is_blog = ["content", "layouts", "themes", "archetypes", "data"].iter().any(|it| seen.has_folder(it));
    let is_addressed = settings.get("baseURL").is_some();
    let sign = Evidence { file: name.into(), line };
    (is_blog || is_addressed).then(|| read(seen, &Config::of(seen, Some(name)), sign))
}

/// Detects Hugo by its config folder, if there is no config file.
pub(super) fn by_folder(seen: &Seen<'_>) -> Option<Site> {
    if !seen.has_folder("config") {
        return None;
    }
    let config = Config::of(seen, None);
    let keyed = || {
        let (_, settings) = config.files.iter().find(|(prefix, _)| prefix.is_empty())?;
        Some(file(&settings.file))
    };
    let is_hugo = ["content", "layouts", "archetypes", "themes"].iter().any(|it| seen.has_folder(it));
    let sign = if is_hugo { keyed() } else { None };
    let by_folders = || {
        let is_usual = seen.has_folder("content") && seen.has_folder("archetypes");
        is_usual.then(|| file("config"))
    };
    Some(read(seen, &config, sign.or_else(by_folders)?))
}

/// All config files, each with the key path implied by its name.
pub(in crate::site) struct Config {
    files: Vec<(String, Settings)>,
}

impl Config {
    /// The config files of a site.
    pub(in crate::site) fn all(seen: &Seen<'_>) -> Self {
        Config::of(seen, seen.first_file(&OWN).or_else(|| seen.first_file(&SHARED)))
    }

    fn of(seen: &Seen<'_>, root: Option<&str>) -> Self {
        let own = root.and_then(|name| seen.settings(name)).map(|settings| (String::new(), settings.in_any_case()));
        let mut files: Vec<(String, Settings)> = own.into_iter().collect();
        if seen.has_folder("config") {
            let mut names = seen.folder().list(FOLDER);
            names.sort();
            let read = |(name, _): &(String, _)| {
                let (stem, extension) = name.rsplit_once('.')?;
                let is_config = EXTENSIONS.contains(&extension);
                let settings = if is_config { seen.settings(&format!("{FOLDER}/{name}"))? } else { return None };
                Some((prefix(stem), settings.in_any_case()))
            };
            let split: Vec<(String, Settings)> = names.iter().filter_map(read).collect();
            files.extend(languages(&split));
            files.extend(split);
        }
        Config { files }
    }

    /// The setting at a path of keys, and its file. Later files take precedence.
    pub(in crate::site) fn get(&self, path: &str) -> Option<(&Setting, &Settings)> {
        self.files.iter().rev().find_map(|(prefix, settings)| {
            let rest = match prefix.as_str() {
                "" => path,
                // The whole file: `languages.toml` has the languages at its top.
                prefix if prefix == path => return Some((&*settings.root, settings)),
                prefix => path.strip_prefix(prefix)?.strip_prefix('.')?,
            };
            Some((settings.get(rest)?, settings))
        })
    }

    pub(in crate::site) fn text(&self, path: &str) -> Option<Fact<String>> {
        let (setting, settings) = self.get(path)?;
        let text = setting.as_text().filter(|text| !text.is_empty())?;
        Some(settings.fact(text.to_owned(), setting.line))
    }
}

/// The languages that have a file each, `languages.en.toml`, as one setting.
fn languages(split: &[(String, Settings)]) -> Option<(String, Settings)> {
    let of_language = |(prefix, settings): &(String, Settings)| {
        let code = prefix.strip_prefix("languages.").filter(|code| !code.contains('.'))?;
        Some((code.to_owned(), Setting::clone(&settings.root)))
    };
    let (_, first) = split.iter().find(|file| of_language(file).is_some())?;
    let all = Settings::of(&first.file, Datum::Map(split.iter().filter_map(of_language).collect()));
    Some(("languages".to_owned(), all.in_any_case()))
}

/// The key path implied by a file name: `params` for `params.toml`, `languages.en` for `languages.en.toml`.
fn prefix(stem: &str) -> String {
    match stem.split_once('.') {
        None if matches!(stem, "hugo" | "config") => String::new(),
        None => stem.to_ascii_lowercase(),
        Some(("params", language)) => format!("languages.{language}.params"),
        Some(("menu" | "menus", language)) => format!("languages.{language}.menus"),
        Some((_, language)) => format!("languages.{language}"),
    }
}

fn read(seen: &Seen<'_>, config: &Config, sign: Evidence) -> Site {
    let handler = config.text("markup.defaultMarkdownHandler").filter(|handler| handler.value != "goldmark");
    let engine = match handler {
        Some(handler) => Fact { value: Engine::Other, from: handler.from },
        None => Fact::by_default(Engine::Goldmark),
    };
    let theme = first_theme(config).or_else(|| module(config));
    let language = config.text("defaultContentLanguage").or_else(|| config.text("languageCode"));
    let version = version(seen, config);
    // A site in several languages has a title in each.
    let main = config.text("defaultContentLanguage").map_or_else(|| "en".to_owned(), |language| language.value);
    let in_main = |key: &str| config.text(&format!("languages.{main}.{key}"));
    Site {
        flavor: Flavor { figures: has_own_figures(seen, config), ..flavor(config, version.as_ref()) },
        version,
        dialect_is_known: engine.value == Engine::Goldmark,
        engine: Some(engine),
        options: options(config),
        title: in_main("title").or_else(|| config.text("title")),
        description: in_main("params.description").or_else(|| config.text("params.description")),
        author: config.text("params.author").or_else(|| config.text("params.author.name")),
        language: language.or(Some(Fact::by_default("en".to_owned()))),
        url: config.text("baseURL"),
        time_zone: config.text("timeZone"),
        redirects_old_urls: config.get("disableAliases").is_none_or(|(setting, _)| setting.value == Datum::Bool(false)),
        builds_expired: config.get("buildExpired").is_some_and(|(setting, _)| setting.value == Datum::Bool(true)),
        theme,
        output: Site::folder_of(config.text("publishDir")),
        built: config.text("publishDir"),
        templates: ["layoutDir", "archetypeDir", "themesDir"]
            .iter()
            .filter_map(|key| Site::folder_of(config.text(key)))
            .collect(),
        content: content(config),
        ..Site::signed(Generator::Hugo, sign)
    }
}

/// goldmark with the options of the config. A value of the wrong type is treated as the default.
fn flavor(config: &Config, version: Option<&Fact<String>>) -> Flavor {
    let minor = version.and_then(|version| minor(&version.value));
    let plain = minor.map_or(Flavor::goldmark(), Flavor::hugo);
    let flag = |key: &str| match config.get(&format!("markup.goldmark.{key}")).map(|(setting, _)| &setting.value) {
        Some(Datum::Bool(flag)) => Some(*flag),
        _ => None,
    };
    let is_off = |key: &str| flag(key) == Some(false);
    // If no config was found, HTML may be allowed.
    let is_dropped = !config.files.is_empty() && flag("renderer.unsafe") != Some(true);
    let id_type = config.text("markup.goldmark.parser.autoIDType");
    let id_type = id_type.or_else(|| config.text("markup.goldmark.parser.autoHeadingIDType"));
    let attributes = if is_off("parser.attribute.title") { HeadingAttributes::Off } else { plain.heading_attributes };
    let ids = match (plain.heading_ids, id_type.as_ref().map(|it| it.value.as_str())) {
        _ if is_off("parser.autoHeadingID") => HeadingIds::Off,
        (HeadingIds::Hugo(input), Some("github-ascii")) => HeadingIds::HugoAscii(input),
        (HeadingIds::Hugo(input), Some("blackfriday")) => HeadingIds::HugoBlackfriday(input),
        (ids, _) => ids,
    };
    let protocol = config.text("markup.goldmark.extensions.linkifyProtocol");
    let is_http = protocol.is_some_and(|protocol| protocol.value == "http");
    Flavor {
        tables: !is_off("extensions.table"),
        strikethrough: if is_off("extensions.strikethrough") { Strikethrough::Off } else { plain.strikethrough },
        task_lists: !is_off("extensions.taskList"),
        footnotes: if is_off("extensions.footnote") { Footnotes::Off } else { plain.footnotes },
        definition_lists: if is_off("extensions.definitionList") {
            DefinitionLists::Off
        } else {
            plain.definition_lists
        },
        autolinks: if is_off("extensions.linkify") { Autolinks::Off } else { plain.autolinks },
        www_scheme: if is_http { Scheme::Http } else { plain.www_scheme },
        heading_ids: ids,
        heading_attributes: attributes,
        block_attributes: flag("parser.attribute.block") == Some(true),
        raw_html: if is_dropped { RawHtml::Dropped } else { RawHtml::Kept },
        hard_breaks: flag("renderer.hardWraps") == Some(true),
        typographer: !is_off("extensions.typographer"),
        images_in_paragraphs: !is_off("parser.wrapStandAloneImageWithinParagraph"),
        ..plain
    }
}

/// The minor version number: 134 of `v0.134.2`.
pub(in crate::site) fn minor(version: &str) -> Option<u32> {
    let (_, rest) = version.split_once("0.")?;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn options(config: &Config) -> Vec<EngineOption> {
    let option = |(key, defaults): (&str, &[&str])| {
        let (setting, settings) = config.get(&format!("markup.goldmark.{key}"))?;
        let written = setting.written();
        // `typographer` may also be a mapping of its options.
        let is_value = !matches!(setting.value, Datum::Map(_) | Datum::Null);
        let name = key.strip_suffix(".enable").unwrap_or(key);
        let name = name.rsplit('.').next().unwrap_or(name).to_owned();
        (is_value && !defaults.contains(&&*written))
            .then(|| EngineOption { key: name, value: settings.fact(written, setting.line) })
    };
    // It is not one of goldmark's, and changes the page as they do.
    let emoji = config.get("enableEmoji").filter(|(setting, _)| setting.value == Datum::Bool(true));
    let emoji = emoji.map(|(setting, settings)| EngineOption {
        key: "enableEmoji".to_owned(),
        value: settings.fact("true".to_owned(), setting.line),
    });
    OPTIONS.into_iter().filter_map(option).chain(emoji).collect()
}

/// The content folders: those of the languages and those mounted as content, or else `contentDir`.
fn content(config: &Config) -> Vec<Fact<String>> {
    let mut found: Vec<Fact<String>> = Vec::new();
    if let Some((languages, settings)) = config.get("languages") {
        let folders = languages.entries().iter().filter_map(|(_, language)| {
            let (_, folder) = language.entries().iter().find(|(key, _)| key.eq_ignore_ascii_case("contentDir"))?;
            Some(settings.fact(folder.as_text()?.to_owned(), folder.line))
        });
        found.extend(folders);
    }
    if let Some((mounts, settings)) = config.get("module.mounts") {
        let folders = mounts.items().iter().filter_map(|mount| {
            let is_content = mount.get("target").and_then(Setting::as_text)?.split('/').next() == Some("content");
            let source = mount.get("source").and_then(Setting::as_text).filter(|_| is_content)?;
            Some(settings.fact(source.to_owned(), mount.line))
        });
        found.extend(folders);
    }
    if found.is_empty() {
        found.push(config.text("contentDir").unwrap_or(Fact::by_default("content".to_owned())));
    }
    found.dedup_by(|a, b| a.value == b.value);
    found
}

/// Whether neither the site nor its themes replace the built-in shortcode `figure`. A theme whose files are not in the
/// site may: PaperMod does.
fn has_own_figures(seen: &Seen<'_>, config: &Config) -> bool {
    let has_figure = |folder: &str| seen.folder().list(folder).iter().any(|(name, _)| name.starts_with("figure."));
    let is_replaced =
        |layouts: &str| ["shortcodes", "_shortcodes"].iter().any(|it| has_figure(&format!("{layouts}/{it}")));
    let themes = config.get("theme").map(|(themes, _)| themes.texts()).unwrap_or_default();
    let has_files = |theme: &&str| !seen.folder().list(&format!("themes/{theme}")).is_empty();
    !config.files.is_empty()
        && config.get("module.imports").is_none()
        && !(seen.has_folder("layouts") && is_replaced("layouts"))
        && themes.iter().all(|theme| has_files(&&**theme) && !is_replaced(&format!("themes/{theme}/layouts")))
}

fn first_theme(config: &Config) -> Option<Fact<String>> {
    let (themes, settings) = config.get("theme")?;
    let name = themes.texts().first().map(|name| slug(name))?;
    Some(settings.fact(name, themes.line))
}

/// The theme, if it is a module: the first import.
fn module(config: &Config) -> Option<Fact<String>> {
    let (imports, settings) = config.get("module.imports")?;
    let first = imports.items().iter().find_map(|import| import.get("path"))?;
    Some(settings.fact(slug(first.as_text()?), first.line))
}

fn version(seen: &Seen<'_>, config: &Config) -> Option<Fact<String>> {
    let packages = ["hugo-extended", "hugo-bin"];
    let by_package = packages.into_iter().find_map(|name| seen.dependency(name)).filter(|it| !it.value.is_empty());
    let by_netlify = || {
        let netlify = seen.own_settings("netlify.toml")?;
        let contexts = ["build.environment", "context.production.environment"];
        contexts.into_iter().find_map(|context| netlify.text(&format!("{context}.HUGO_VERSION")))
    };
    let least = || {
        let least = config.text("module.hugoVersion.min")?;
        Some(Fact { value: format!(">= {}", least.value), ..least })
    };
    let by_file = || {
        let written = seen.folder().read(".hugo-version")?;
        Some(Fact::on_line(written.lines().next()?.trim().to_owned(), ".hugo-version", 1))
    };
    by_package.or_else(by_netlify).or_else(by_file).or_else(least)
}
