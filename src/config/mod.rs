//! Parses the project's config file, `postlint.yml`. All mistakes are reported at once, each with its span.
//! `ruleset::settle` merges the settings of several files.

mod field;
mod fields;
pub mod preset;
pub mod profile;
mod read;
mod run;
pub mod schema;
pub mod site;

use crate::authored::{self, Written};
use crate::diagnostic::{LevelOrOff, Mistake};
use crate::document::read::front_matter::parse_yaml;
use crate::schema::{Expected, Schema};
use crate::source::{Source, Span};
use crate::words::nearest;
use globset::GlobSet;
pub use preset::{PRESETS, Preset};
use profile::Profile;
pub use read::KEYS;
pub use run::{FAIL_ON, OUTPUT_FORMATS, RunSettings};
use site::SiteSetting;
use std::sync::Arc;

/// The settings of a config file.
#[derive(Debug, Default)]
pub struct Config {
    /// Files and presets that it extends, in order.
    pub extends: Vec<Written<String>>,
    /// Facts about the site, which override its own files.
    pub site: SiteSetting,
    /// The language of the posts, a BCP 47 tag.
    pub language: Option<Written<String>>,
    /// Hosts that belong to the site itself.
    pub own_hosts: Vec<Written<String>>,
    /// Levels and options of rules, in order.
    pub rules: Vec<RuleSetting>,
    /// Settings for some posts only, applied after `rules`.
    pub overrides: Vec<Override>,
    /// Whether fixes are applied, and the rules whose fixes are limited.
    pub fixes: FixSettings,
    /// The defaults of options of the command line.
    pub run: RunSettings,
    /// Requirements on the front matter of posts.
    pub front_matter: Vec<FrontMatterSetting>,
    /// Paths to ignore, in `.gitignore` syntax.
    pub ignore: Vec<Written<String>>,
    /// The folder of users' own rules, relative to the file.
    pub rules_folder: Option<Written<String>>,
    /// What is probably wrong in the file, although it can be used.
    pub warnings: Vec<Mistake>,
}

/// The entries of `fix:`, as in `fix: {never: [spacer-paragraph]}`. Each word is a rule, an alias, a group or `all`.
#[derive(Debug, Default)]
pub struct FixSettings {
    /// Whether a run applies safe fixes without `--fix`.
    pub apply: Option<Written<bool>>,
    /// The rules whose fixes all count as unsafe.
    pub unsafe_only: Vec<Written<String>>,
    /// The rules that have no fixes.
    pub never: Vec<Written<String>>,
}

/// The globs of a `match:`. Those that begin with `!` exclude posts.
#[derive(Debug, Default)]
pub struct Paths {
    /// The posts that match; `None` if all do.
    wanted: Option<GlobSet>,
    unwanted: GlobSet,
    /// The valid globs as written.
    pub written: Vec<Written<String>>,
}

/// An entry of `rules:`, as in `rules: {alt-missing: off}`.
#[derive(Debug)]
pub struct RuleSetting {
    /// A rule, alias, group or `all`, as written.
    pub name: String,
    /// The span of the name.
    pub name_span: Span,
    /// The level at which the rule runs.
    pub level: Option<Written<LevelSetting>>,
    /// Options, with the spans of each name and value.
    pub options: Vec<OptionSetting>,
}

/// A level as a config may set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelSetting {
    /// A level, or `off`.
    Level(LevelOrOff),
    /// `on`: a rule that is off runs at the level of its page, or at `info` if that level is `off`. Other rules keep
    /// their level.
    On,
}

/// An entry of `options:`.
#[derive(Debug)]
pub struct OptionSetting {
    /// The option's name.
    pub name: String,
    /// The span of the name.
    pub name_span: Span,
    /// Its value.
    pub value: serde_yaml::Value,
    /// The span of the value.
    pub value_span: Span,
}

/// An item of `overrides:`, as in `{match: …, rules: …}`.
#[derive(Debug)]
pub struct Override {
    /// The whole item.
    pub span: Span,
    /// The posts that it applies to, by path relative to the project's config file.
    pub matches: Paths,
    /// Levels and options of rules for these posts.
    pub rules: Vec<RuleSetting>,
}

/// An item of `front-matter:`, as in `{match: …, required: […], fields: …}`.
#[derive(Debug)]
pub struct FrontMatterSetting {
    /// The whole item.
    pub span: Span,
    /// The posts that it applies to, by path relative to the project's config file.
    pub matches: Paths,
    /// The profiles that it extends.
    pub profiles: Vec<&'static Profile>,
    /// The keys that these posts must have.
    pub required: Vec<String>,
    /// The schemas for their keys and values.
    pub expected: Vec<Arc<Expected>>,
    /// A file with a JSON Schema; the loader of the config adds it to `expected`.
    pub schema: Option<Written<String>>,
}

/// The names of config files. A folder may have only one of them.
pub const FILE_NAMES: [&str; 6] = [
    "postlint.yml",
    "postlint.yaml",
    ".postlint.yml",
    ".postlint.yaml",
    ".config/postlint.yml",
    ".config/postlint.yaml",
];

/// Parses a config file: its valid settings, and all its mistakes.
pub fn parse(source: &Source) -> (Config, Vec<Mistake>) {
    read::read(source)
}

const SCHEMA_HELP: &str = "`postlint explain front-matter-schema` lists the supported keywords";

/// Parses a JSON Schema in JSON or YAML, or returns all mistakes in it.
pub fn read_schema(source: &Source) -> Result<Expected, Vec<Mistake>> {
    let all = Span::new(source.bom_len(), source.text().len() as u32);
    let root = parse_yaml(source.text(), all).map_err(|problem| {
        let help = problem.help_in_settings(source.text());
        vec![Mistake::at(problem.span, "the schema cannot be parsed", problem.label).with_help(help)]
    })?;
    let Some(root) = root else {
        return Err(vec![Mistake::at(all, "the schema is empty", "this file is empty").with_help(SCHEMA_HELP)]);
    };
    let schema = Schema::new(authored::json(&root), false).map_err(|problems| {
        let located = problems.into_iter().map(|problem| {
            let span = root.at_pointer(&problem.pointer).unwrap_or(root.span);
            let help = problem.help.unwrap_or_else(|| SCHEMA_HELP.to_owned());
            Mistake::at(span, problem.message, "in this schema").with_help(help)
        });
        located.collect::<Vec<_>>()
    })?;
    let known = schema.keys().map(str::to_owned).collect();
    Ok(Expected { schema: Some(schema), known, ..Expected::default() })
}

/// Whether a word under `extends` names a file rather than a preset.
pub fn is_file(word: &str) -> bool {
    word.contains('/') || word.ends_with(".yml") || word.ends_with(".yaml")
}

/// The mistake of a word under `extends` that is neither a file nor a preset.
pub fn unknown_preset(word: &Written<String>) -> Mistake {
    let known = PRESETS.map(|preset| preset.name);
    Mistake::unknown(word.span, "preset", &word.value, nearest(&word.value, known), &known)
}

impl Paths {
    /// Whether the globs match a path relative to the folder of the config file.
    pub fn is_match(&self, path: &str) -> bool {
        self.wanted.as_ref().is_none_or(|wanted| wanted.is_match(path)) && !self.unwanted.is_match(path)
    }
}

impl LevelSetting {
    /// The words allowed in a config.
    pub const WORDS: [&'static str; 5] = ["error", "warn", "info", "on", "off"];

    /// The level for this word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "on" => Some(LevelSetting::On),
            _ => LevelOrOff::from_word(word).map(LevelSetting::Level),
        }
    }
}
