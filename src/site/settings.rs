//! The config files of site generators, as values with line numbers. Computed values are unknown.

use crate::document::read::front_matter::types::{Engine, Resolved};
use crate::document::read::front_matter::value::{Data, Mapping, Style, Value};
use crate::document::read::front_matter::{parse_json, parse_toml, parse_yaml};
pub use crate::place::theme::Evidence;
use crate::site::script;
use crate::source::Span;
use std::sync::Arc;

/// A fact about a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact<T> {
    /// Its value.
    pub value: T,
    /// The place where it is set; `None` for a default of the generator.
    pub from: Option<Evidence>,
}

impl<T> Fact<T> {
    /// Creates a fact that is a default of the generator.
    pub fn by_default(value: T) -> Self {
        Fact { value, from: None }
    }

    /// Creates a fact from a line (from 1) of a file.
    pub fn on_line(value: T, file: &str, line: usize) -> Self {
        Fact { value, from: Some(Evidence { file: file.into(), line: line as u32 }) }
    }
}

/// A value in a config file.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The value.
    pub value: Datum,
    /// The line it starts on, from 1.
    pub line: u32,
}

/// The data of a setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum {
    /// A value computed by code, or an alias.
    Unknown,
    /// `null`, or an empty value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number or a date, as written.
    Other(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Setting>),
    /// Keys with values, in source order.
    Map(Vec<(String, Setting)>),
}

/// A config file. Clones share its content.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Its path relative to the folder of the site's config.
    pub file: Arc<str>,
    /// Its content.
    pub root: Arc<Setting>,
    /// Whether it could not be parsed, so that its settings are not known.
    pub is_broken: bool,
    /// Whether keys are case-insensitive.
    any_case: bool,
}

impl Settings {
    /// Parses a file according to its extension. Parts that do not parse are skipped: the generator reports them.
    pub fn read(file: &str, text: &str) -> Self {
        let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
        let whole = Span::of(0..text.len());
        let lines = Lines::of(text);
        let mut is_broken = false;
        let value = match extension {
            "yml" | "yaml" => match parse_yaml(text, whole) {
                Ok(Some(value)) => lines.setting(&value).value,
                Ok(None) => Datum::Null,
                Err(_) => {
                    is_broken = true;
                    Datum::Null
                }
            },
            "toml" => {
                let (mapping, problem) = parse_toml(text, whole);
                is_broken = problem.is_some();
                lines.map(&mapping)
            }
            "json" => {
                let (mapping, problem) = parse_json(text, whole);
                is_broken = problem.is_some();
                lines.map(&mapping)
            }
            _ => script::read(text),
        };
        Settings { is_broken, ..Settings::of(file, value) }
    }

    /// Parses a config that may be a program, of which only the exported object counts. `None` if it is made in a way that
    /// is not followed.
    pub fn exported(file: &str, text: &str) -> Option<Self> {
        match file.rsplit_once('.') {
            Some((_, "json" | "yml" | "yaml" | "toml")) => Some(Settings::read(file, text)),
            _ => script::exported(text).map(|value| Settings::of(file, value)),
        }
    }

    /// Creates settings with this content.
    pub fn of(file: &str, value: Datum) -> Self {
        Settings { file: file.into(), root: Arc::new(Setting { value, line: 1 }), is_broken: false, any_case: false }
    }

    /// Returns the settings for a generator whose keys are case-insensitive.
    pub fn in_any_case(self) -> Self {
        Settings { any_case: true, ..self }
    }

    /// The setting at a path of keys, such as `markup.goldmark.renderer.unsafe`.
    pub fn get(&self, path: &str) -> Option<&Setting> {
        path.split('.').try_fold(&*self.root, |setting, key| setting.entry(key, self.any_case))
    }

    /// The text at a path.
    pub fn text(&self, path: &str) -> Option<Fact<String>> {
        let setting = self.get(path)?;
        // A folded text ends with a line ending.
        let text = setting.as_text().map(str::trim_end).filter(|text| !text.is_empty())?;
        Some(self.fact(text.to_owned(), setting.line))
    }

    /// The boolean at a path.
    pub fn flag(&self, path: &str) -> Option<bool> {
        match self.get(path)?.value {
            Datum::Bool(flag) => Some(flag),
            _ => None,
        }
    }

    /// Creates a fact with this file as its origin.
    pub fn fact<T>(&self, value: T, line: u32) -> Fact<T> {
        Fact { value, from: Some(Evidence { file: self.file.clone(), line }) }
    }
}

impl Setting {
    pub fn entry(&self, key: &str, any_case: bool) -> Option<&Setting> {
        let is_it = |name: &str| name == key || any_case && name.eq_ignore_ascii_case(key);
        self.entries().iter().rev().find(|(name, _)| is_it(name)).map(|(_, setting)| setting)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Setting> {
        self.entry(key, false)
    }

    /// The entries of a mapping; empty for other values.
    pub fn entries(&self) -> &[(String, Setting)] {
        match &self.value {
            Datum::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Whether entries of the mapping come from another object.
    pub fn has_spread(&self) -> bool {
        self.get(script::SPREAD).is_some()
    }

    /// The items of a list; empty for other values.
    pub fn items(&self) -> &[Setting] {
        match &self.value {
            Datum::List(items) => items,
            _ => &[],
        }
    }

    /// The text, if the value is one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Datum::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The strings in a list; a single string is treated as a list of one.
    pub fn texts(&self) -> Vec<&str> {
        self.as_text().into_iter().chain(self.items().iter().filter_map(Setting::as_text)).collect()
    }

    /// The value as it would be written in a config file.
    pub fn written(&self) -> String {
        match &self.value {
            Datum::Unknown => "unknown".to_owned(),
            Datum::Null => "null".to_owned(),
            Datum::Bool(flag) => flag.to_string(),
            Datum::Other(text) | Datum::Text(text) => text.clone(),
            Datum::List(items) => {
                let items: Vec<String> = items.iter().map(Setting::written).collect();
                format!("[{}]", items.join(", "))
            }
            Datum::Map(entries) => {
                let entries: Vec<String> =
                    entries.iter().map(|(key, setting)| format!("{key}: {}", setting.written())).collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }
}

/// The offsets at which the lines of a text start.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Lines(std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect())
    }

    fn line(&self, span: Span) -> u32 {
        self.0.partition_point(|start| *start <= span.start as usize) as u32
    }

    /// Converts a value. Recursion is safe: the parsers limit the depth.
    fn setting(&self, value: &Value<'_>) -> Setting {
        let datum = match &value.data {
            Data::Scalar(scalar) => match (value.resolve(Engine::Core), scalar.style) {
                (Some(Resolved::Null), _) | (_, Style::Absent) => Datum::Null,
                (Some(Resolved::Bool(flag)), _) => Datum::Bool(flag),
                (Some(Resolved::String), _) => Datum::Text(scalar.text.clone().into_owned()),
                _ => Datum::Other(scalar.text.clone().into_owned()),
            },
            Data::Sequence { items, .. } => Datum::List(items.iter().map(|item| self.setting(item)).collect()),
            Data::Mapping(mapping) => self.map(mapping),
            Data::Alias { .. } => Datum::Unknown,
        };
        Setting { value: datum, line: self.line(value.span) }
    }

    fn map(&self, mapping: &Mapping<'_>) -> Datum {
        let entry = |entry: &crate::document::read::front_matter::value::Entry<'_>| {
            let line = self.line(entry.key.span);
            Some((entry.name()?.to_owned(), Setting { line, ..self.setting(&entry.value) }))
        };
        Datum::Map(mapping.entries.iter().filter_map(entry).collect())
    }
}
