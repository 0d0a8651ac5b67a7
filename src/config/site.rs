//! `site:`: a generator, or a mapping of facts that override the site's own files.

use crate::authored::{Written, is_true};
use crate::config::read::ConfigReader;
use crate::document::read::front_matter::value::{Data, Value};
use crate::place::Place;
use crate::place::dialect::{Dialect, Generator, extension_of};
use crate::place::engine::Engine;

/// The facts about the site in a config.
#[derive(Debug, Default)]
pub struct SiteSetting {
    /// The generator.
    pub generator: Option<Written<Generator>>,
    /// The Markdown engine.
    pub engine: Option<Written<Engine>>,
    /// Options of the engine.
    pub options: Vec<(EngineFlag, Written<bool>)>,
}

/// An option of an engine that is on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineFlag {
    /// kramdown's `auto_ids`.
    AutoIds,
    /// kramdown's `parse_block_html`.
    ParseBlockHtml,
    /// kramdown's `parse_span_html`.
    ParseSpanHtml,
}

impl EngineFlag {
    /// All of them, by the names of the engines.
    pub const ALL: [(&'static str, EngineFlag); 3] = [
        ("auto_ids", EngineFlag::AutoIds),
        ("parse_block_html", EngineFlag::ParseBlockHtml),
        ("parse_span_html", EngineFlag::ParseSpanHtml),
    ];
}

/// The allowed keys of the mapping.
pub const KEYS: [&str; 3] = ["generator", "engine", "options"];

impl ConfigReader {
    pub(super) fn site(&mut self, value: &Value<'_>) {
        let generators = Generator::ALL.map(Generator::as_str);
        let Data::Mapping(mapping) = &value.data else {
            let site = self.reader.choice(value, "site generator", &generators, |word| word.parse().ok());
            self.config.site.generator = site.map(|site| Written { value: site, span: value.span });
            return;
        };
        for entry in self.reader.known_entries(mapping, "`site` setting", &KEYS) {
            let value = &entry.value;
            match entry.name() {
                Some("generator") => {
                    let found = self.reader.choice(value, "site generator", &generators, |word| word.parse().ok());
                    self.config.site.generator = found.map(|found| Written { value: found, span: value.span });
                }
                Some("engine") => {
                    let engines = Engine::ALL.map(Engine::as_str);
                    let found = self.reader.choice(value, "Markdown engine", &engines, |word| word.parse().ok());
                    self.config.site.engine = found.map(|found| Written { value: found, span: value.span });
                }
                _ => self.engine_options(value),
            }
        }
    }

    fn engine_options(&mut self, value: &Value<'_>) {
        let names = EngineFlag::ALL.map(|(name, _)| name);
        let Some(mapping) = self.reader.mapping(value, "write `{parse_block_html: true}`") else { return };
        for entry in self.reader.known_entries(mapping, "engine option", &names) {
            let name = entry.name().unwrap_or("");
            let known = EngineFlag::ALL.iter().find(|(known, _)| *known == name);
            if let (Some((_, flag)), Some(_)) = (known, self.reader.flag(name, &entry.value)) {
                let written = Written { value: is_true(&entry.value), span: entry.value.span };
                self.config.site.options.push((*flag, written));
            }
        }
    }
}

/// The same place, read by `engine`.
pub fn read_by(place: Place, engine: Engine) -> Place {
    let extension = extension_of(&place.path).unwrap_or_default();
    let dialect = match (place.dialect, engine) {
        (Dialect::Html, _) => Dialect::Html,
        _ if extension == "mdx" => Dialect::Mdx,
        (_, Engine::Mdx) => Dialect::Mdx,
        (_, Engine::Kramdown) => Dialect::Kramdown,
        (_, Engine::PythonMarkdown) => Dialect::PythonMarkdown,
        _ => Dialect::CommonMark,
    };
    let is_known = dialect == Dialect::Html || engine.is_modelled();
    Place { dialect, dialect_is_known: is_known, ..place }
}

/// The same place, with an option of its engine.
pub fn with_option(mut place: Place, flag: EngineFlag, is_on: bool) -> Place {
    match flag {
        EngineFlag::AutoIds => place.kramdown.auto_ids = is_on,
        EngineFlag::ParseBlockHtml => place.kramdown.parse_block_html = is_on,
        EngineFlag::ParseSpanHtml => place.kramdown.parse_span_html = is_on,
    }
    place
}
