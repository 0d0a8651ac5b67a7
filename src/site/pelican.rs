//! Pelican. Facts: <https://docs.getpelican.com/en/stable/settings.html>, version 4.11.

use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use crate::site::folder::{Seen, file};
use crate::site::settings::{Datum, Fact, Setting, Settings};
use crate::site::{Site, named};

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
    let path = config.text("PATH").unwrap_or(Fact::by_default("content".to_owned()));
    Some(Site {
        title: config.text("SITENAME"),
        author: config.text("AUTHOR"),
        url: config.text("SITEURL").filter(|url| url.value.contains("://")),
        language: config.text("DEFAULT_LANG").or(Some(Fact::by_default("en".to_owned()))),
        time_zone: config.text("TIMEZONE"),
        // A local theme is set by its path, and has no name.
        theme: config.text("THEME").filter(|it| !it.value.contains('/')).map(named),
        content: vec![path],
        ..site(name)
    })
}

/// Parses assignments of a single string literal: `SITENAME = 'Tea'`. All other values are unknown.
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
