//! Jekyll. Facts: lib/jekyll/{configuration,entry_filter,reader,frontmatter_defaults}.rb, version 4.3.1.

use crate::place::dialect::Generator;
use crate::place::engine::{Engine, Kramdown};
use crate::site::defaults::Scope;
use crate::site::folder::{Seen, file};
use crate::site::settings::{Datum, Evidence, Fact, Setting, Settings};
use crate::site::{Collection, EngineOption, Exclusion, Site, named, slug};
use serde_yaml::Value;

/// The folder with built pages, unless the config sets one.
pub(super) const BUILT: &str = "_site";

const CONFIGS: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];

/// The options of kramdown that affect the page, with Jekyll's defaults.
const OPTIONS: [(&str, &[&str]); 15] = [
    ("input", &["GFM"]),
    ("auto_ids", &["true"]),
    ("auto_id_prefix", &[""]),
    ("auto_id_stripping", &["false"]),
    ("hard_wrap", &["false"]),
    ("header_offset", &["0"]),
    ("parse_block_html", &["false"]),
    ("parse_span_html", &["true"]),
    ("html_to_native", &["false"]),
    ("smart_quotes", &["lsquo,rsquo,ldquo,rdquo", "[lsquo, rsquo, ldquo, rdquo]"]),
    ("footnote_nr", &["1"]),
    ("footnote_prefix", &[""]),
    ("toc_levels", &["[1, 2, 3, 4, 5, 6]", "1..6"]),
    ("transliterated_header_ids", &["false"]),
    ("entity_output", &["as_char"]),
];

/// Detects Jekyll by its config file. Must be called after the detection of Hexo, whose config has the same name.
pub(super) fn by_config(seen: &Seen<'_>) -> Option<Site> {
    let name = seen.first_file(&CONFIGS)?;
    let text = seen.text(name).unwrap_or_default();
    let config = seen.settings(name).unwrap_or_else(|| Settings::read(name, ""));
    let site = read(&config, &text);
    let url = site.url.clone().or_else(|| published_at(seen));
    let version = locked(seen, "jekyll").or_else(|| locked(seen, "github-pages")).or_else(|| asked(seen));
    let content = site.content.iter().cloned().chain(included(seen, &config)).collect();
    let source_is_missing = !has_source(seen, &site);
    let redirects_old_urls = has_plugin(seen, &config, "jekyll-redirect-from");
    let theme = site.theme.clone().or_else(|| gem(seen));
    Some(Site { version, url, content, source_is_missing, redirects_old_urls, theme, ..site })
}

/// Whether the site runs a plugin: the config names it, or the Gemfile in its group.
/// <https://jekyllrb.com/docs/plugins/installation/>
fn has_plugin(seen: &Seen<'_>, config: &Settings, plugin: &str) -> bool {
    let in_group = |gemfile: &str| {
        let group = gemfile.split_once(":jekyll_plugins do").map_or("", |(_, rest)| rest);
        let quoted = ['"', '\''].map(|quote| format!("{quote}{plugin}{quote}"));
        let names = |line: &str| quoted.iter().any(|name| line.contains(name.as_str()));
        let mut inside = group.lines().map(str::trim).take_while(|line| *line != "end");
        let is_alone = |line: &str| names(line) && line.contains(":jekyll_plugins");
        inside.any(|line| line.starts_with("gem ") && names(line))
            || gemfile.lines().map(str::trim).any(|line| line.starts_with("gem ") && is_alone(line))
    };
    plugins(config).any(|name| name == plugin) || seen.text("Gemfile").is_some_and(|text| in_group(&text))
}

/// The plugins that the config names.
fn plugins(config: &Settings) -> impl Iterator<Item = &str> {
    ["plugins", "gems"].into_iter().filter_map(|key| config.get(key)).flat_map(Setting::texts)
}

/// Whether the folder that `source:` names may be there.
fn has_source(seen: &Seen<'_>, site: &Site) -> bool {
    let source = site.source.as_deref().map(|source| source.trim_start_matches("./").trim_matches('/'));
    let first = source.and_then(|source| source.split('/').next());
    first.is_none_or(|first| matches!(first, "" | ".") || seen.has_folder(first))
}

/// The path of a folder without slashes at its ends.
fn folder(setting: Fact<String>) -> String {
    setting.value.trim_start_matches("./").trim_matches('/').to_owned()
}

/// The folders with pages that `include:` names, such as `_pages`.
fn included(seen: &Seen<'_>, config: &Settings) -> Vec<Fact<String>> {
    let Some(list) = config.get("include") else { return Vec::new() };
    let single = std::slice::from_ref(list);
    let items = if list.items().is_empty() { single } else { list.items() };
    let folder = |item: &Setting| {
        let name = item.as_text()?.trim_start_matches("./").trim_end_matches('/');
        if !name.starts_with('_') || name == "_posts" || !seen.has_folder(name) {
            return None;
        }
        let is_new = config.get("collections").is_none_or(|all| all.get(name.trim_start_matches('_')).is_none());
        is_new.then(|| config.fact(name.to_owned(), item.line))
    };
    items.iter().filter_map(folder).collect()
}

/// The URL of the site according to the `CNAME` file, which GitHub Pages uses.
fn published_at(seen: &Seen<'_>) -> Option<Fact<String>> {
    const FILE: &str = "CNAME";
    let text = seen.text(FILE)?;
    let host = text.lines().next().map(str::trim).filter(|host| host.contains('.') && !host.contains([' ', '/']))?;
    Some(Fact::on_line(format!("https://{host}"), FILE, 1))
}

/// Detects a site without a config file in this folder by a `Gemfile` beside `_posts`.
pub(super) fn by_gems(seen: &Seen<'_>) -> Option<Site> {
    let text = if seen.has_folder("_posts") { seen.text("Gemfile")? } else { return None };
    let is_jekyll =
        |line: &&str| line.contains("\"jekyll") || line.contains("'jekyll") || line.contains("github-pages");
    let line = text.lines().position(|line| is_jekyll(&line))?;
    let sign = Evidence { file: "Gemfile".into(), line: line as u32 + 1 };
    Some(Site { version: locked(seen, "jekyll"), ..Site::signed(Generator::Jekyll, sign) })
}

/// Creates a site from its config. The text is parsed again for values with their YAML types. Entries that do not parse
/// are skipped: Jekyll itself reports them.
pub fn read(config: &Settings, text: &str) -> Site {
    let engine = engine(config);
    let collections = collections(config.get("collections"));
    let texts = |key: &str| config.get(key).map_or_else(Vec::new, |list| list.texts());
    let labels = collections.iter().map(|collection| collection.label.clone()).collect();
    let theme = config.text("remote_theme").or_else(|| config.text("theme"));
    let mut content = vec![Fact::by_default("_posts".to_owned())];
    content.extend(
        collections.iter().filter(|it| it.label != "posts").map(|it| config.fact(format!("_{}", it.label), it.line)),
    );
    Site {
        options: options(config),
        kramdown: kramdown(config),
        dialect_is_known: matches!(engine.value, Engine::Kramdown | Engine::CommonMark),
        engine: Some(engine),
        language: language(config),
        empty_url: empty_url(config),
        title: config.text("title"),
        description: config.text("description"),
        author: config.text("author").or_else(|| config.text("author.name")),
        time_zone: config.text("timezone"),
        excerpt_separator: config.get("excerpt_separator").and_then(|it| Some(it.as_text()?.to_owned())),
        url: config.text("url"),
        base_url: config.text("baseurl"),
        // With a `source`, the root is that folder, and the output is beside it.
        output: Site::folder_of(config.text("destination").filter(|_| config.get("source").is_none())),
        built: config.text("destination"),
        source: config.text("source").map(|fact| fact.value),
        theme: theme.map(named),
        defaults: defaults(config, text),
        exclude: Exclusion::jekyll(&texts("exclude"), &texts("include"), labels),
        content,
        collections,
        collections_dir: config.text("collections_dir").map(folder).unwrap_or_default(),
        ..Site::signed(Generator::Jekyll, file(&config.file))
    }
}

/// The language, under the names that themes and plugins for translations read.
fn language(config: &Settings) -> Option<Fact<String>> {
    ["lang", "locale", "language", "default_lang", "default_language"].iter().find_map(|key| config.text(key))
}

/// Plugins that write absolute URLs.
const NEED_URL: [&str; 3] = ["jekyll-seo-tag", "jekyll-sitemap", "jekyll-feed"];

/// The place of a `url` without a value, if a plugin needs it. GitHub Pages knows the URL of what it builds itself.
fn empty_url(config: &Settings) -> Option<Evidence> {
    let url = config.get("url").filter(|url| url.as_text().is_none_or(|text| text.trim().is_empty()))?;
    let is_empty = matches!(url.value, Datum::Null | Datum::Text(_));
    let needs_it = plugins(config).any(|name| NEED_URL.contains(&name));
    let is_on_github = ["repository", "remote_theme", "github"].iter().any(|key| config.get(key).is_some());
    (is_empty && needs_it && !is_on_github).then(|| config.fact((), url.line).from).flatten()
}

/// The engine that `markdown:` sets: a name, or a custom class.
fn engine(config: &Settings) -> Fact<Engine> {
    let Some(named) = config.text("markdown") else { return Fact::by_default(Engine::Kramdown) };
    let engine = match named.value.to_ascii_lowercase().as_str() {
        "kramdown" => Engine::Kramdown,
        "commonmark" | "commonmarkghpages" | "gfm" => Engine::CommonMark,
        "redcarpet" => Engine::Redcarpet,
        _ => Engine::Other,
    };
    Fact { value: engine, from: named.from }
}

fn options(config: &Settings) -> Vec<EngineOption> {
    let option = |(key, defaults): (&str, &[&str])| {
        let setting = config.get(&format!("kramdown.{key}"))?;
        let written = setting.written();
        let differs = setting.value != Datum::Null && !defaults.contains(&&*written);
        differs.then(|| EngineOption { key: key.to_owned(), value: config.fact(written, setting.line) })
    };
    OPTIONS.into_iter().filter_map(option).collect()
}

fn kramdown(config: &Settings) -> Kramdown {
    let flag = |key: &str, default: bool| config.flag(&format!("kramdown.{key}")).unwrap_or(default);
    let plain = Kramdown::JEKYLL;
    let quotes = config.get("kramdown.smart_quotes").map(Setting::written);
    Kramdown {
        gfm: config.text("kramdown.input").is_none_or(|input| input.value.eq_ignore_ascii_case("gfm")),
        auto_ids: flag("auto_ids", plain.auto_ids),
        smart_quotes: quotes.is_none_or(|quotes| !quotes.contains("apos") && !quotes.contains("quot,")),
        parse_block_html: flag("parse_block_html", plain.parse_block_html),
        parse_span_html: flag("parse_span_html", plain.parse_span_html),
        hard_wrap: flag("hard_wrap", plain.hard_wrap),
        auto_id_prefix: config.text("kramdown.auto_id_prefix").map(|prefix| prefix.value.into()),
        header_offset: config.get("kramdown.header_offset").and_then(|it| it.written().parse().ok()).unwrap_or(0),
    }
}

fn collections(setting: Option<&Setting>) -> Vec<Collection> {
    let Some(setting) = setting else { return Vec::new() };
    let named = setting.texts().into_iter().map(|label| Collection::new(label, setting.line, false));
    let written = setting.entries().iter().map(|(label, metadata)| {
        let output = metadata.get("output").is_some_and(|output| output.value == Datum::Bool(true));
        Collection::new(label, metadata.line, output)
    });
    named.chain(written).collect()
}

/// Parses `defaults:`, whose values keep their YAML types.
fn defaults(config: &Settings, text: &str) -> Vec<Scope> {
    // Do not parse a config again that is broken, for example because it is nested too deeply, or that lacks the key.
    let Some(setting) = config.get("defaults").filter(|_| !config.is_broken) else { return Vec::new() };
    // Jekyll reads an alias without an anchor as nothing, and others do not parse such a config.
    let parsed = serde_yaml::from_str::<Value>(text).or_else(|_| serde_yaml::from_str(&entry(text, setting.line))).ok();
    let list = parsed.as_ref().and_then(|config| config.get("defaults")).and_then(Value::as_sequence);
    list.map_or_else(Vec::new, |list| list.iter().map(Scope::read).collect())
}

/// The lines of the top-level key on the line, from 1.
fn entry(text: &str, line: u32) -> String {
    let mut lines = text.split_inclusive('\n').skip((line as usize).saturating_sub(1));
    let first = lines.next().unwrap_or("");
    let is_inside = |line: &&str| line.trim().is_empty() || line.starts_with([' ', '-', '#']);
    std::iter::once(first).chain(lines.take_while(is_inside)).collect()
}

/// The version of Jekyll that the `Gemfile` asks for.
fn asked(seen: &Seen<'_>) -> Option<Fact<String>> {
    let text = seen.text("Gemfile")?;
    let (line, version) = text.lines().enumerate().find_map(|(line, written)| {
        let (gem, rest) = written.trim().strip_prefix("gem")?.trim_start().split_once(',')?;
        let is_jekyll = gem.trim().trim_matches(['"', '\'']) == "jekyll";
        let version = rest.split(',').next().unwrap_or_default().trim().trim_matches(['"', '\'']);
        let is_version =
            version.trim_start_matches(['~', '>', '<', '=', ' ']).starts_with(|c: char| c.is_ascii_digit());
        (is_jekyll && is_version).then(|| (line, version.to_owned()))
    })?;
    Some(Fact::on_line(version, "Gemfile", line + 1))
}

/// The version of a gem in `Gemfile.lock`.
fn locked(seen: &Seen<'_>, gem: &str) -> Option<Fact<String>> {
    const FILE: &str = "Gemfile.lock";
    let text = seen.text(FILE)?;
    let (line, version) = text.lines().enumerate().find_map(|(line, written)| {
        let version = written.trim().strip_prefix(gem)?.strip_prefix(" (")?.strip_suffix(')')?;
        version.starts_with(|c: char| c.is_ascii_digit()).then(|| (line, version.to_owned()))
    })?;
    let value = if gem == "jekyll" { version } else { format!("{gem} {version}") };
    Some(Fact::on_line(value, FILE, line + 1))
}

/// The theme, if the folder itself is one, which is recognized by its gemspec.
fn gem(seen: &Seen<'_>) -> Option<Fact<String>> {
    let name = seen.files().find(|name| name.ends_with(".gemspec"))?;
    Some(Fact { value: slug(name.trim_end_matches(".gemspec")), from: Some(file(name)) })
}
