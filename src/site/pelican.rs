//! Pelican. Facts: <https://docs.getpelican.com/en/stable/settings.html>, version 4.11.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::place::python_markdown::PythonMarkdown;
use crate::site::exclusion::Exclusion;
use crate::site::folder::{Seen, file};
use crate::site::settings::{Datum, Fact, Setting, Settings};
use crate::site::{Site, named, python_markdown, script};
use std::sync::Arc;

/// The folder with built pages, unless the config sets one.
pub(super) const BUILT: &str = "output";

pub(super) fn by_config(seen: &Seen<'_>) -> Option<Site> {
    let site = |sign: &str| Site {
        engine: Some(Fact::by_default(Engine::PythonMarkdown)),
        dialect_is_known: false,
        ..Site::signed(Generator::Pelican, file(sign))
    };
    // Apache's build of Pelican uses YAML settings.
    if let Some(config) = seen.own_settings("pelicanconf.yaml") {
        return Some(Site {
            title: config.text("site.name"),
            url: config.text("site.domain"),
            content: vec![Fact::by_default("content".to_owned())],
            theme: config.text("theme").map(named),
            ..site("pelicanconf.yaml")
        });
    }
    let name = seen.first_file(&["pelicanconf.py"])?;
    let text = seen.folder().read(name)?;
    let config = python(name, &text);
    let (python_markdown, dialect_is_known) = engine(&text);
    let line = assignment(&text, "MARKDOWN").map(|at| text.get(..at).unwrap_or_default().lines().count());
    let engine =
        line.map_or(Fact::by_default(Engine::PythonMarkdown), |line| Fact::on_line(Engine::PythonMarkdown, name, line));
    let path = config.text("PATH").unwrap_or(Fact::by_default("content".to_owned()));
    Some(Site {
        title: config.text("SITENAME"),
        author: config.text("AUTHOR"),
        url: published(seen).or_else(|| url(&config)),
        language: config.text("DEFAULT_LANG").or(Some(Fact::by_default("en".to_owned()))),
        time_zone: config.text("TIMEZONE"),
        // A folder with the name `theme` has no other.
        theme: config.text("THEME").filter(|it| !is_nameless(&it.value)).map(named),
        content: vec![path],
        exclude: Exclusion::globs(theme_folder(&config).as_deref().into_iter()),
        built: config.text("OUTPUT_PATH"),
        python_markdown: Arc::new(python_markdown),
        dialect_is_known,
        engine: Some(engine),
        ..site(name)
    })
}

/// The folder of a theme that is among the files of the site.
fn theme_folder(config: &Settings) -> Option<String> {
    let theme = config.text("THEME")?.value;
    let path = theme.trim_start_matches("./").trim_matches('/');
    // Others have the name of a theme that is installed.
    (path.contains('/') && !theme.starts_with('/')).then(|| format!("/{path}/"))
}

/// The URL of the site, if the settings have it. During development it is empty, or a path.
fn url(config: &Settings) -> Option<Fact<String>> {
    config.text("SITEURL").filter(|url| url.value.contains("://"))
}

/// The URL of the site in the settings with which it is published.
/// <https://docs.getpelican.com/en/stable/publish.html#deployment>
fn published(seen: &Seen<'_>) -> Option<Fact<String>> {
    const FILE: &str = "publishconf.py";
    url(&python(FILE, &seen.text(FILE)?))
}

/// Whether a path of a theme does not end with a name.
fn is_nameless(path: &str) -> bool {
    matches!(path.trim_end_matches('/').rsplit('/').next(), None | Some("" | "." | ".." | "theme" | "themes"))
}

/// The extensions of `MARKDOWN`, and whether the parser follows all of them. Pelican's `MarkdownReader` adds `meta` to
/// them. A plugin may change what any of them makes, and most do not touch it: only the setting counts.
fn engine(text: &str) -> (PythonMarkdown, bool) {
    let Some(at) = assignment(text, "MARKDOWN") else { return (PythonMarkdown::pelican(), true) };
    let setting = script::literal(text, at);
    let mut options = PythonMarkdown::plain();
    let mut is_known = matches!(setting.value, Datum::Map(_));
    let configs = setting.get("extension_configs").map_or(&[][..], Setting::entries);
    let names = setting.get("extensions").map_or(&[][..], Setting::items);
    for (name, value) in configs {
        is_known &= python_markdown::turn_on(&mut options, name, Some(value));
    }
    for name in names {
        is_known &= name.as_text().is_some_and(|name| python_markdown::turn_on(&mut options, name, None));
    }
    options.turn_on("meta");
    (options, is_known)
}

/// Where the value of the last assignment to a name at the start of a line begins.
fn assignment(text: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    let mut found = None;
    for line in text.split_inclusive('\n') {
        if let Some(rest) = line.strip_prefix(name).map(str::trim_start).and_then(|rest| rest.strip_prefix('=')) {
            found = Some(at + line.len() - rest.len());
        }
        at += line.len();
    }
    found
}

/// The assignments of one literal string: `SITENAME = 'Tea'`. All others are unknown.
fn python(name: &str, text: &str) -> Settings {
    let entry = |(number, line): (usize, &str)| {
        let (key, value) = line.split_once('=')?;
        let (key, value) = (key.trim_end(), value.trim());
        let is_name = key.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_') && !key.is_empty();
        let quote = value.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let (literal, rest) = value.get(1..)?.split_once(quote)?;
        let is_whole = rest.trim().is_empty() || rest.trim_start().starts_with('#');
        let value = if is_whole { Datum::Text(literal.to_owned()) } else { Datum::Unknown };
        is_name.then(|| (key.to_owned(), Setting { value, line: number as u32 + 1 }))
    };
    let entries = text.lines().enumerate().filter_map(entry).collect();
    Settings::of(name, Datum::Map(entries))
}
