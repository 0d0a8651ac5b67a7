//! Parses `site:`: a generator, or a mapping of facts that override the site's own files.

use crate::authored::{Written, is_true};
use crate::config::read::ConfigReader;
use crate::document::read::front_matter::value::{Data, Value};
use crate::place::Place;
use crate::place::dialect::{Dialect, Generator, extension_of};
use crate::place::engine::Engine;
use crate::site::slug;

/// The facts about the site in a config.
#[derive(Debug, Default)]
pub struct SiteSetting {
    /// The generator.
    pub generator: Option<Written<Generator>>,
    /// The Markdown engine.
    pub engine: Option<Written<Engine>>,
    /// Options of the engine.
    pub options: Vec<(EngineFlag, Written<bool>)>,
    /// The theme, by its slug.
    pub theme: Option<Written<String>>,
    /// The front matter key that becomes `<title>`.
    pub title_key: Option<Written<String>>,
    /// The front matter key that becomes the meta description.
    pub description_key: Option<Written<String>>,
}

/// A boolean option of an engine.
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
    /// All flags, by the names that the engines use.
    pub const ALL: [(&'static str, EngineFlag); 3] = [
        ("auto_ids", EngineFlag::AutoIds),
        ("parse_block_html", EngineFlag::ParseBlockHtml),
        ("parse_span_html", EngineFlag::ParseSpanHtml),
    ];
}

/// The allowed keys of the mapping.
pub const KEYS: [&str; 6] = ["generator", "engine", "options", "theme", "title-key", "description-key"];

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
                Some("options") => self.engine_options(value),
                Some("theme") => {
                    let theme = self.site_text(value, "the slug of a theme is expected here", "`minimal-mistakes`");
                    self.config.site.theme = theme.map(|it| Written { value: slug(&it.value), ..it });
                }
                Some("title-key") => self.config.site.title_key = self.site_key(value),
                _ => self.config.site.description_key = self.site_key(value),
            }
        }
    }

    fn site_key(&mut self, value: &Value<'_>) -> Option<Written<String>> {
        self.site_text(value, "the name of a front matter key is expected here", "`headline`")
    }

    fn site_text(&mut self, value: &Value<'_>, message: &str, example: &str) -> Option<Written<String>> {
        let text = self.reader.text(value, message, &format!("write a name such as {example}"))?;
        Some(Written { value: text.trim().to_owned(), span: value.span })
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

/// Returns the place with `engine` as its Markdown engine.
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

/// Returns the place with an option of its engine set.
pub fn with_option(mut place: Place, flag: EngineFlag, is_on: bool) -> Place {
    match flag {
        EngineFlag::AutoIds => place.kramdown.auto_ids = is_on,
        EngineFlag::ParseBlockHtml => place.kramdown.parse_block_html = is_on,
        EngineFlag::ParseSpanHtml => place.kramdown.parse_span_html = is_on,
    }
    place
}
