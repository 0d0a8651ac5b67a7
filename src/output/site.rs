//! The facts about a site as text or JSON, each with the line that sets it.

use crate::output::Screen;
use crate::output::theme::{self, Row};
use crate::output::visible::{one_line, path};
use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::place::theme::Themes;
use crate::site::settings::{Evidence, Fact};
use crate::site::{EngineOption, Site};
use crate::words::counted;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

/// A site to print.
pub struct SiteReport<'s> {
    /// Its root, as printed: `.` for the working directory.
    pub root: String,
    /// The folder with its config, as printed; paths of evidence are relative to it.
    pub config_folder: String,
    /// The settings in its files; `None` without a site.
    pub site: Option<&'s Site>,
    /// Its layouts.
    pub themes: Option<Arc<dyn Themes>>,
    /// What the config of postlint sets instead.
    pub chosen: Chosen,
    /// Its posts, by collection or section.
    pub posts: BTreeMap<String, usize>,
    /// The number of files that look like posts, and do not become pages: drafts, templates, parts of pages.
    pub others: usize,
}

/// What `site:` in a config sets, each with its file and line.
#[derive(Debug, Default)]
pub struct Chosen {
    /// The generator.
    pub generator: Option<(Generator, String)>,
    /// The Markdown engine.
    pub engine: Option<(Engine, String)>,
    /// Options of the engine.
    pub options: Vec<(&'static str, bool, String)>,
}

/// The origin of values that are not set in a file.
const BY_DEFAULT: &str = "default";
const UNKNOWN: &str = "unknown";

/// Writes one block of lines per site.
pub fn write_text(reports: &[SiteReport<'_>], out: &mut Screen<'_>) -> io::Result<()> {
    for (nth, report) in reports.iter().enumerate() {
        if nth > 0 {
            writeln!(out)?;
        }
        let rows = rows(report);
        let width = rows.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or(0);
        let values = rows.iter().map(|(_, value, _)| value.chars().count()).filter(|width| *width <= 40);
        let value_width = values.max().unwrap_or(0);
        for (name, value, from) in &rows {
            let line = format!("{name:width$}  {value:value_width$}  {from}");
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    Ok(())
}

fn rows(report: &SiteReport<'_>) -> Vec<Row> {
    let mut rows = vec![("site".to_owned(), path(&report.root).into_owned(), String::new())];
    let Some(site) = report.site else {
        let (generator, from) = generator(report);
        rows.push(("generator".to_owned(), generator.as_str().to_owned(), path(&from).into_owned()));
        rows.extend(report.chosen.engine.iter().map(|(engine, from)| engine_row(engine.as_str(), from.clone())));
        rows.extend(chosen_options(report));
        rows.extend(posts(report));
        return rows;
    };
    let place = |from: &Option<Evidence>| match from {
        Some(evidence) => path(&shown(report, evidence)).into_owned(),
        None => BY_DEFAULT.to_owned(),
    };
    let text = |name: &str, fact: &Option<Fact<String>>| match fact {
        Some(fact) => (name.to_owned(), one_line(&fact.value).into_owned(), place(&fact.from)),
        None => (name.to_owned(), UNKNOWN.to_owned(), String::new()),
    };
    let (generator, from) = generator(report);
    rows.push(("generator".to_owned(), generator.as_str().to_owned(), path(&from).into_owned()));
    if let Some(broken) = &site.broken {
        let note = "config cannot be parsed: its settings are not known";
        rows.push((String::new(), note.to_owned(), path(&shown(report, broken)).into_owned()));
    }
    rows.push(text("version", &site.version));
    let engine = site.engine.as_ref();
    let engine_from = engine.map_or_else(String::new, |engine| place(&engine.from));
    rows.push(match &report.chosen.engine {
        Some((engine, from)) => engine_row(engine.as_str(), from.clone()),
        None => engine_row(engine.map_or(UNKNOWN, |it| it.value.as_str()), engine_from),
    });
    rows.extend(chosen_options(report));
    for option in own_options(report, site) {
        let written = format!("{}: {}", option.key, option.value.value);
        rows.push((String::new(), one_line(&written).into_owned(), place(&option.value.from)));
    }
    if !is_dialect_known(report, site) {
        let note = "not supported: rules about Markdown itself are skipped";
        rows.push((String::new(), note.to_owned(), String::new()));
    }
    for (nth, folder) in site.content.iter().enumerate() {
        let name = if nth == 0 { "content" } else { "" };
        rows.push((name.to_owned(), path(&folder.value).into_owned(), place(&folder.from)));
    }
    rows.push(text("theme", &site.theme));
    let themes = theme::rows(report.themes.as_deref().map(Themes::theme), &report.root);
    rows.extend(
        themes.into_iter().map(|(name, value, from)| (name, one_line(&value).into_owned(), path(&from).into_owned())),
    );
    for (name, fact) in details(site) {
        rows.extend(fact.is_some().then(|| text(name, fact)));
    }
    if let Some(host) = site.host() {
        let from = site.url.as_ref().map_or_else(String::new, |url| place(&url.from));
        rows.push(("own host".to_owned(), one_line(&host).into_owned(), from));
    }
    rows.extend(posts(report));
    rows
}

/// The generator, and where it is known from.
fn generator(report: &SiteReport<'_>) -> (Generator, String) {
    match (&report.chosen.generator, report.site) {
        (Some((generator, from)), _) => (*generator, from.clone()),
        (None, Some(site)) => (site.generator, sign(report, site)),
        (None, None) => {
            (Generator::Plain, "assumed: no config file of a site generator in this folder or above it".to_owned())
        }
    }
}

fn engine_row(engine: &str, from: String) -> Row {
    ("engine".to_owned(), engine.to_owned(), path(&from).into_owned())
}

fn chosen_options(report: &SiteReport<'_>) -> impl Iterator<Item = Row> {
    let options = report.chosen.options.iter();
    options.map(|(key, is_on, from)| (String::new(), format!("{key}: {is_on}"), path(from).into_owned()))
}

/// The options that the site's config sets and that of postlint does not.
fn own_options<'s>(report: &SiteReport<'_>, site: &'s Site) -> impl Iterator<Item = &'s EngineOption> {
    site.options.iter().filter(|option| !report.chosen.options.iter().any(|(key, ..)| *key == option.key))
}

fn is_dialect_known(report: &SiteReport<'_>, site: &Site) -> bool {
    report.chosen.engine.as_ref().map_or(site.dialect_is_known, |(engine, _)| engine.is_modelled())
}

fn details(site: &Site) -> [(&'static str, &Option<Fact<String>>); 7] {
    [
        ("title", &site.title),
        ("description", &site.description),
        ("author", &site.author),
        ("language", &site.language),
        ("time zone", &site.time_zone),
        ("url", &site.url),
        ("base path", &site.base_url),
    ]
}

fn posts(report: &SiteReport<'_>) -> Vec<Row> {
    let total: usize = report.posts.values().sum();
    let parts: Vec<String> = report.posts.iter().map(|(name, count)| format!("{count} in {name}")).collect();
    let posts = ("posts".to_owned(), total.to_string(), one_line(&parts.join(", ")).into_owned());
    let others = (report.others > 0).then(|| {
        let note = format!("a run checks them too, and counts {}", counted(total + report.others, "post"));
        ("not pages".to_owned(), report.others.to_string(), note)
    });
    std::iter::once(posts).chain(others).collect()
}

/// Evidence as `file:line`, relative to the same folder as other paths.
fn shown(report: &SiteReport<'_>, evidence: &Evidence) -> String {
    let file = match report.config_folder.as_str() {
        "" | "." => evidence.file.to_string(),
        folder => format!("{folder}/{}", evidence.file),
    };
    if evidence.line == 0 { file } else { format!("{file}:{}", evidence.line) }
}

fn sign(report: &SiteReport<'_>, site: &Site) -> String {
    if site.sign.file.is_empty() { "assumed from the `_posts` folder".to_owned() } else { shown(report, &site.sign) }
}

/// Writes `{"sites": [{root, generator, version, engine, options, content, theme, …, posts, evidence}]}`. Unknown facts
/// are `null`; `evidence` has `file:line` for each fact that is set in a file.
pub fn write_json(reports: &[SiteReport<'_>], out: &mut Screen<'_>) -> io::Result<()> {
    let sites: Vec<Value> = reports.iter().map(record).collect();
    out.json_indented(&json!({ "sites": sites }))
}

fn record(report: &SiteReport<'_>) -> Value {
    let Some(site) = report.site else {
        let (generator, _) = generator(report);
        return json!({ "root": report.root, "generator": generator.as_str(), "posts": report.posts });
    };
    let mut evidence = Map::new();
    let (generator, from) = generator(report);
    evidence.insert("generator".to_owned(), Value::from(from));
    let mut note = |name: &str, from: &Option<Evidence>| {
        if let Some(from) = from {
            evidence.insert(name.to_owned(), Value::from(shown(report, from)));
        }
    };
    let mut record = Map::new();
    record.insert("root".to_owned(), Value::from(report.root.clone()));
    record.insert("generator".to_owned(), Value::from(generator.as_str()));
    if let Some(broken) = &site.broken {
        record.insert("brokenConfig".to_owned(), Value::from(shown(report, broken)));
    }
    record.insert("version".to_owned(), text(&site.version, |from| note("version", from)));
    let engine = report.chosen.engine.as_ref().map(|(engine, _)| *engine).or(site.engine.as_ref().map(|it| it.value));
    record.insert("engine".to_owned(), engine.map_or(Value::Null, |it| Value::from(it.as_str())));
    if let Some(engine) = &site.engine {
        note("engine", &engine.from);
    }
    let mut options = Map::new();
    for option in own_options(report, site) {
        options.insert(option.key.clone(), typed(&option.value.value));
        note(&option.key, &option.value.from);
    }
    options.extend(report.chosen.options.iter().map(|(key, is_on, _)| ((*key).to_owned(), Value::Bool(*is_on))));
    record.insert("options".to_owned(), Value::Object(options));
    record.insert("dialectIsKnown".to_owned(), Value::from(is_dialect_known(report, site)));
    record.insert("content".to_owned(), site.content.iter().map(|it| Value::from(it.value.clone())).collect());
    for (name, fact) in [("theme", &site.theme)].into_iter().chain(details(site)) {
        let name = camel(name);
        let value = text(fact, |from| note(&name, from));
        record.insert(name, value);
    }
    theme::record(report.themes.as_deref().map(Themes::theme), &report.root, &mut record, &mut evidence);
    record.insert("ownHosts".to_owned(), site.host().into_iter().map(Value::from).collect());
    record.insert("posts".to_owned(), json!(report.posts));
    record.insert("notPages".to_owned(), Value::from(report.others));
    let engine = report.chosen.engine.iter().map(|(_, from)| ("engine", from));
    let chosen = engine.chain(report.chosen.options.iter().map(|(key, _, from)| (*key, from)));
    evidence.extend(chosen.map(|(key, from)| (key.to_owned(), Value::from(from.clone()))));
    record.insert("evidence".to_owned(), Value::Object(evidence));
    Value::Object(record)
}

fn text(fact: &Option<Fact<String>>, note: impl FnOnce(&Option<Evidence>)) -> Value {
    match fact {
        Some(fact) => {
            note(&fact.from);
            Value::from(fact.value.clone())
        }
        None => Value::Null,
    }
}

/// Parses `true`, `false` and whole numbers as such, and all other values as text.
fn typed(written: &str) -> Value {
    match written {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => written.parse::<i64>().map_or_else(|_| Value::from(written), Value::from),
    }
}

fn camel(name: &str) -> String {
    match name.split_once(' ') {
        Some((first, second)) => {
            let mut rest = second.chars();
            let capital = rest.next().map(|c| c.to_ascii_uppercase());
            first.chars().chain(capital).chain(rest).collect()
        }
        None => name.to_owned(),
    }
}

/// The line before a run: `Jekyll site, 214 posts`.
pub fn line(generator: Generator, posts: usize) -> String {
    format!("{generator} site, {}", counted(posts, "post"))
}
