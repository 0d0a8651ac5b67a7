//! The project's config file, `postlint.yml`, as written: every mistake in it is found at once, each with its bytes.

use crate::document::dialect::Generator;
use crate::document::front_matter::parse_yaml;
use crate::document::front_matter::types::Engine;
use crate::document::front_matter::value::{Data, Entry, Mapping, Value};
use crate::rule::page::DefaultLevel;
use crate::rule::settings;
use crate::source::{Source, Span};
use globset::{Glob, GlobMatcher};

/// What a config file sets.
#[derive(Debug, Default)]
pub struct Config {
    /// The site's generator, where detection should not decide.
    pub site: Option<Generator>,
    /// Levels and options of rules, in order.
    pub rules: Vec<RuleSetting>,
    /// Front matter keys posts must have.
    pub required_keys: Vec<RequiredKeys>,
    /// Paths not to read, in the syntax of `.gitignore`.
    pub ignore: Vec<String>,
}

/// `rules: {name: …}`
#[derive(Debug)]
pub struct RuleSetting {
    /// A rule, alias, group or `all`, as written.
    pub name: String,
    /// Where the name is written.
    pub name_span: Span,
    /// The level to run it at.
    pub level: Option<DefaultLevel>,
    /// Options, with the bytes of each name and value.
    pub options: Vec<OptionSetting>,
}

/// `options: {name: value}`
#[derive(Debug)]
pub struct OptionSetting {
    /// The option's name.
    pub name: String,
    /// Where it is written.
    pub name_span: Span,
    /// Its value.
    pub value: serde_yaml::Value,
    /// Where that is written.
    pub value_span: Span,
}

/// `front-matter: [{match: …, required: […]}]`
#[derive(Debug)]
pub struct RequiredKeys {
    /// Which posts, by path below the config file.
    pub matcher: GlobMatcher,
    /// The keys they must have.
    pub keys: Vec<String>,
}

/// A mistake in a config file.
pub use crate::diagnostic::Mistake as ConfigProblem;

/// The names a config file is looked for under.
pub const FILE_NAMES: [&str; 2] = ["postlint.yml", "postlint.yaml"];

const KEYS: [&str; 4] = ["site", "rules", "front-matter", "ignore"];
const RULE_KEYS: [&str; 2] = ["level", "options"];
const FRONT_MATTER_KEYS: [&str; 2] = ["match", "required"];

/// Reads a config file: either all of it, or all its mistakes.
pub fn parse(source: &Source) -> Result<Config, Vec<ConfigProblem>> {
    let mut reader = Reader { problems: Vec::new(), config: Config::default() };
    let all = Span::new(source.bom_len(), source.text().len() as u32);
    match parse_yaml(source.text(), all) {
        Err(problem) => reader.problems.push(ConfigProblem {
            span: problem.span,
            message: "the config file is not valid YAML".into(),
            label: problem.label,
            help: Some(problem.help),
        }),
        Ok(Some(Value { data: Data::Mapping(mapping), .. })) => reader.top(&mapping),
        Ok(Some(other)) if !other.is_blank(Engine::Core) => {
            reader.wrong(other.span, "a mapping of settings is expected", "expected `key: value` lines");
        }
        Ok(_) => {}
    }
    if reader.problems.is_empty() { Ok(reader.config) } else { Err(reader.problems) }
}

struct Reader {
    problems: Vec<ConfigProblem>,
    config: Config,
}

impl Reader {
    fn wrong(&mut self, span: Span, message: &str, label: &str) {
        self.problems.push(ConfigProblem::at(span, message, label));
    }

    fn top(&mut self, mapping: &Mapping<'_>) {
        for entry in self.known_entries(mapping, "setting", &KEYS) {
            match entry.name() {
                Some("site") => self.site(&entry.value),
                Some("rules") => self.rules(&entry.value),
                Some("front-matter") => self.front_matter(&entry.value),
                Some("ignore") => self.config.ignore = self.strings(&entry.value),
                _ => {}
            }
        }
    }

    /// The entries with a known name; the others, and the second of two equal ones, are reported.
    fn known_entries<'m, 's>(&mut self, mapping: &'m Mapping<'s>, what: &str, known: &[&str]) -> Vec<&'m Entry<'s>> {
        settings::known_entries(&mut self.problems, mapping, what, known)
    }

    fn site(&mut self, value: &Value<'_>) {
        let known = Generator::ALL.map(Generator::as_str);
        self.config.site =
            settings::word(&mut self.problems, value, "site generator", &known, |word| word.parse().ok());
    }

    fn rules(&mut self, value: &Value<'_>) {
        let Some(mapping) = self.mapping(value, "`rules` takes `name: level` lines") else { return };
        for entry in &mapping.entries {
            let Some(name) = entry.name() else { continue };
            let mut setting =
                RuleSetting { name: name.to_owned(), name_span: entry.key.span, level: None, options: Vec::new() };
            match &entry.value.data {
                Data::Mapping(settings) => {
                    for inner in self.known_entries(settings, "rule setting", &RULE_KEYS) {
                        match inner.name() {
                            Some("level") => setting.level = self.level(&inner.value),
                            _ => setting.options = self.options(&inner.value),
                        }
                    }
                }
                _ => setting.level = self.level(&entry.value),
            }
            self.config.rules.push(setting);
        }
    }

    fn level(&mut self, value: &Value<'_>) -> Option<DefaultLevel> {
        settings::word(&mut self.problems, value, "level", &DefaultLevel::WORDS, DefaultLevel::from_word)
    }

    fn options(&mut self, value: &Value<'_>) -> Vec<OptionSetting> {
        let Some(mapping) = self.mapping(value, "`options` takes `name: value` lines") else { return Vec::new() };
        let option = |entry: &Entry<'_>| {
            Some(OptionSetting {
                name: entry.name()?.to_owned(),
                name_span: entry.key.span,
                value: settings::typed(&entry.value),
                value_span: entry.value.span,
            })
        };
        mapping.entries.iter().filter_map(option).collect()
    }

    fn front_matter(&mut self, value: &Value<'_>) {
        let Some(items) = value.as_sequence() else {
            return self.wrong(value.span, "`front-matter` takes a list", "expected `- match: …` items");
        };
        for item in items {
            let Some(mapping) = self.mapping(item, "expected `match` and `required`") else { continue };
            let mut glob = "**".to_owned();
            let mut glob_span = item.span;
            let mut keys = Vec::new();
            for entry in self.known_entries(mapping, "front matter setting", &FRONT_MATTER_KEYS) {
                match (entry.name(), entry.value.as_scalar()) {
                    (Some("match"), Some(scalar)) => {
                        glob = scalar.text.to_string();
                        glob_span = entry.value.span;
                    }
                    (Some("match"), None) => self.wrong(entry.value.span, "`match` takes one glob", "expected a glob"),
                    _ => keys = self.strings(&entry.value),
                }
            }
            match Glob::new(&glob) {
                Ok(glob) => self.config.required_keys.push(RequiredKeys { matcher: glob.compile_matcher(), keys }),
                Err(error) => self.wrong(glob_span, "this glob cannot be read", &error.kind().to_string()),
            }
        }
    }

    fn mapping<'v, 's>(&mut self, value: &'v Value<'s>, label: &str) -> Option<&'v Mapping<'s>> {
        settings::mapping(&mut self.problems, value, label)
    }

    /// A list of words; a single word counts as a list of one.
    fn strings(&mut self, value: &Value<'_>) -> Vec<String> {
        settings::strings(&mut self.problems, value)
    }
}
