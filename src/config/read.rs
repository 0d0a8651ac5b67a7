//! Parses a config file.

use crate::authored::{Reader, Written, kind, typed};
use crate::catalog::Catalog;
use crate::config::{Config, LevelSetting, OptionSetting, Override, Paths, RuleSetting};
use crate::diagnostic::Mistake;
use crate::document::ask::language_tag::{self, Fault};
use crate::document::read::front_matter::parse_yaml;
use crate::document::read::front_matter::types::Engine;
use crate::document::read::front_matter::value::{Data, Entry, Mapping, Value};
use crate::pattern::add_gitignore_line;
use crate::source::{Source, Span};
use crate::words::nearest;
use globset::GlobSet;
use ignore::gitignore::GitignoreBuilder;
use rustc_hash::FxHashSet;

/// The keys of a config file.
pub const KEYS: [&str; 14] = [
    "extends", "site", "lang", "own-hosts", "ignore", "rules", "rules-folder", "overrides", "fix", "front-matter",
    "fail-on", "format", "baseline", "required-version",
];
const RULE_KEYS: [&str; 2] = ["level", "options"];
const OVERRIDE_KEYS: [&str; 2] = ["match", "rules"];

/// Parses a config file: its valid settings, and all its mistakes.
pub fn read(source: &Source) -> (Config, Vec<Mistake>) {
    let mut config =
        ConfigReader { reader: Reader::default(), config: Config::default(), patterns: FxHashSet::default() };
    let all = Span::new(source.bom_len(), source.text().len() as u32);
    match parse_yaml(source.text(), all) {
        Err(problem) => {
            let help = problem.help_in_settings(source.text());
            config.wrong(problem.span, "the config file is not valid YAML", problem.label, help);
        }
        Ok(Some(Value { data: Data::Mapping(mapping), .. })) => config.top(&mapping),
        Ok(Some(other)) if !other.is_blank(Engine::Core) => {
            let help = "write `key: value` lines; `postlint init` writes a file to start from";
            config.wrong(other.span, "a mapping of settings is expected", kind(&other), help);
        }
        Ok(_) => {}
    }
    (config.config, config.reader.mistakes)
}

pub(super) struct ConfigReader {
    pub(super) reader: Reader,
    pub(super) config: Config,
    /// The valid regular expressions so far.
    pub(super) patterns: FxHashSet<String>,
}

impl ConfigReader {
    pub(super) fn wrong(
        &mut self,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.reader.wrong(span, message, label, help);
    }

    fn top(&mut self, mapping: &Mapping<'_>) {
        for entry in self.settings(mapping) {
            let value = &entry.value;
            match entry.name() {
                Some("extends") => self.config.extends = self.reader.words(value),
                Some("site") => self.site(value),
                Some("lang") => self.language(value),
                Some("own-hosts") => self.own_hosts(value),
                Some("ignore") => self.ignore(value),
                Some("rules-folder") => self.config.rules_folder = self.path(value, "rules-folder", ".postlint/rules"),
                Some("rules") => self.config.rules = self.rules(value),
                Some("overrides") => self.overrides(value),
                Some("fix") => self.fixes(value),
                Some("front-matter") => self.front_matter(value),
                Some("fail-on") => self.fail_on(value),
                Some("format") => self.format(value),
                Some("baseline") => self.baseline(value),
                Some("required-version") => self.required_version(value),
                _ => {}
            }
        }
    }

    fn settings<'m, 's>(&mut self, mapping: &'m Mapping<'s>) -> Vec<&'m Entry<'s>> {
        self.reader.known_entries_or(mapping, "setting", &KEYS, |entry| {
            let rule = rule_meant(entry.name()?).filter(|_| looks_like_a_rule(&entry.value))?;
            Some(format!("write `rules: {{{rule}: …}}`"))
        })
    }

    fn language(&mut self, value: &Value<'_>) {
        let tag = value.text().unwrap_or("");
        let mut parts = tag.split('-');
        let first =
            parts.next().is_some_and(|p| matches!(p.len(), 2..=8) && p.bytes().all(|b| b.is_ascii_alphabetic()));
        let rest = parts.all(|p| matches!(p.len(), 1..=8) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
        if first && rest {
            self.config.warnings.extend(doubt(tag, value.span));
            self.config.language = Some(Written { value: tag.to_owned(), span: value.span });
        } else {
            // `en_US` is a locale of POSIX, `en_US.UTF-8` one with an encoding.
            let hyphenated = tag.split('.').next().unwrap_or(tag).replace('_', "-");
            let is_locale = tag.contains('_') && language_tag::fault(&hyphenated).is_none();
            let help = match is_locale {
                true => format!("write `{hyphenated}`"),
                false => "write a tag such as `ko`, `en-GB` or `zh-Hant`".to_owned(),
            };
            self.wrong(value.span, "`lang` expects a language tag (BCP 47)", "not a language tag", help);
        }
    }

    fn own_hosts(&mut self, value: &Value<'_>) {
        for host in self.reader.words(value) {
            let name = host.value.trim_end_matches('/');
            let bare = name.split_once("//").map_or(name, |(_, rest)| rest);
            let bare = bare.split('/').next().unwrap_or("");
            if bare == host.value && !bare.is_empty() && !bare.contains(char::is_whitespace) {
                self.config.own_hosts.push(Written { value: bare.to_ascii_lowercase(), span: host.span });
            } else {
                let is_name = !bare.is_empty() && !bare.contains(char::is_whitespace);
                let name = if is_name { bare } else { "blog.example.com" };
                let help = format!("write `{name}`");
                self.wrong(host.span, "`own-hosts` expects host names", "not just a host name", help);
            }
        }
    }

    fn ignore(&mut self, value: &Value<'_>) {
        for line in self.reader.words(value) {
            if !self.reader.is_flat_glob(&line.value, line.span) {
                continue;
            }
            match add_gitignore_line(&mut GitignoreBuilder::new(""), &line.value) {
                Ok(()) => self.config.ignore.push(line),
                Err(cause) => self.reader.bad_glob(line.span, &cause),
            }
        }
    }

    fn rules(&mut self, value: &Value<'_>) -> Vec<RuleSetting> {
        let mut rules = Vec::new();
        let help = "write `name: level` lines, such as `alt-missing: warn`";
        let Some(mapping) = self.reader.mapping_or_blank(value, help) else { return rules };
        for (name, entry) in self.reader.named_entries(mapping, "a rule", "write `name: level`") {
            let mut setting =
                RuleSetting { name: name.to_owned(), name_span: entry.key.span, level: None, options: Vec::new() };
            match &entry.value.data {
                Data::Mapping(settings) => {
                    for inner in self.reader.known_entries(settings, "rule setting", &RULE_KEYS) {
                        match inner.name() {
                            Some("level") => setting.level = self.level(&inner.value),
                            _ => setting.options = self.options(&inner.value),
                        }
                    }
                }
                _ => setting.level = self.level(&entry.value),
            }
            rules.push(setting);
        }
        rules
    }

    pub(super) fn level(&mut self, value: &Value<'_>) -> Option<Written<LevelSetting>> {
        let level = self.reader.choice(value, "level", &LevelSetting::WORDS, LevelSetting::from_word);
        level.map(|level| Written { value: level, span: value.span })
    }

    fn options(&mut self, value: &Value<'_>) -> Vec<OptionSetting> {
        let help = "write `name: value` lines";
        let Some(mapping) = self.reader.mapping_or_blank(value, help) else { return Vec::new() };
        let option = |(name, entry): (&str, &Entry<'_>)| OptionSetting {
            name: name.to_owned(),
            name_span: entry.key.span,
            value: typed(&entry.value),
            value_span: entry.value.span,
        };
        self.reader.named_entries(mapping, "an option", help).into_iter().map(option).collect()
    }

    fn overrides(&mut self, value: &Value<'_>) {
        let (message, help) = ("`overrides` expects a list", "write `- match: …` items");
        for item in self.reader.sequence_or_blank(value, message, help).unwrap_or_default() {
            let Some(mapping) = self.reader.mapping_or_blank(item, "write `match: …` and `rules: …`") else {
                continue;
            };
            let mut matches = None;
            let mut rules = Vec::new();
            for entry in self.reader.known_entries(mapping, "override setting", &OVERRIDE_KEYS) {
                match entry.name() {
                    Some("match") if entry.value.is_blank(Engine::Core) => {}
                    Some("match") => matches = Some(self.globs(&entry.value)),
                    _ => rules = self.rules(&entry.value),
                }
            }
            match matches {
                Some(matches) => self.config.overrides.push(Override { span: item.span, matches, rules }),
                None => {
                    let span = mapping.entries.first().map_or(item.span, |entry| entry.key.span);
                    let help = "add `match: \"_posts/2012-*\"`";
                    self.wrong(span, "an override needs `match`", "this override matches no post", help);
                }
            }
        }
    }

    pub(super) fn globs(&mut self, value: &Value<'_>) -> Paths {
        let (mut wanted, mut unwanted, mut written) = (Vec::new(), Vec::new(), Vec::new());
        for word in self.reader.words(value) {
            let (glob, side) = match word.value.strip_prefix('!') {
                Some(glob) => (glob, &mut unwanted),
                None => (&*word.value, &mut wanted),
            };
            if let Some(glob) = self.reader.glob(glob, word.span) {
                side.push(glob);
                written.push(word);
            }
        }
        let wanted = (!wanted.is_empty() || unwanted.is_empty()).then_some(wanted);
        Paths {
            wanted: wanted.map(|globs| GlobSet::new(globs).unwrap_or_default()),
            unwanted: GlobSet::new(unwanted).unwrap_or_default(),
            written,
        }
    }

    /// Parses a path. `example` is used in the help.
    pub(super) fn path(&mut self, value: &Value<'_>, name: &str, example: &str) -> Option<Written<String>> {
        if value.is_blank(Engine::Core) {
            return None;
        }
        let text =
            self.reader.text(value, &format!("`{name}` expects one path"), &format!("write `{name}: {example}`"))?;
        Some(Written { value: text.to_owned(), span: value.span })
    }
}

/// The warning for a well-formed tag whose parts do not exist, such as `korean`, or that is probably a country, such as `kr`.
fn doubt(tag: &str, span: Span) -> Option<Mistake> {
    let meant = right_code(tag);
    let (message, label) = match language_tag::fault(tag) {
        Some(Fault::Language(part)) => (format!("`{part}` is not a language code"), "no such language"),
        Some(Fault::Long(part, _)) => {
            (format!("`{part}` is not the code that language tags have for this language"), "not in language tags")
        }
        Some(Fault::Region(part)) => (format!("`{part}` is not a region"), "no such region"),
        Some(Fault::Part(part)) => (format!("`{part}` is not valid in a language tag"), "not a part of a language tag"),
        Some(Fault::Underscore) => return None,
        // `kr` and `tw` are languages, too, of which hardly any blog is.
        None => {
            meant.as_ref()?;
            (format!("`{tag}` is a country code rather than a language code"), "probably not this language")
        }
    };
    let help = match meant {
        Some(code) => format!("did you mean `{code}`?"),
        None => "write a tag of BCP 47 such as `ko`, `en-GB` or `zh-Hant`".to_owned(),
    };
    Some(Mistake::at(span, message, label).with_help(help))
}

/// The tag that was meant, by the table of the rule `language-code-wrong` or that of long codes.
fn right_code(tag: &str) -> Option<String> {
    let options = &Catalog::builtin().get("language-code-wrong")?.page.meta.options;
    let codes = options.get("codes")?.get("default")?;
    let of_rule = |word: &str| codes.get(word.to_lowercase())?.as_str();
    let known = |word: &str| of_rule(word).or_else(|| language_tag::short_code(word));
    if let Some(right) = known(tag) {
        return Some(right.to_owned());
    }
    let (primary, rest) = tag.split_once('-')?;
    let right = format!("{}-{rest}", known(primary)?);
    language_tag::fault(&right).is_none().then_some(right)
}

/// The rule, group or alias that a top-level key probably names. A key that is closer to a setting names none.
fn rule_meant(key: &str) -> Option<&str> {
    let builtin = Catalog::builtin();
    if builtin.resolve(key).is_some() {
        return Some(key);
    }
    nearest(key, KEYS).is_none().then(|| builtin.suggest(key))?
}

/// Whether a top-level setting is probably meant for `rules`, such as `alt-missing: off`.
fn looks_like_a_rule(value: &Value<'_>) -> bool {
    let is_level = value.text().is_some_and(|word| LevelSetting::from_word(word).is_some());
    let is_setting = |entry: &Entry<'_>| entry.name().is_some_and(|name| RULE_KEYS.contains(&name));
    let is_settings = |mapping: &Mapping<'_>| !mapping.entries.is_empty() && mapping.entries.iter().all(is_setting);
    is_level || value.as_mapping().is_some_and(is_settings)
}
