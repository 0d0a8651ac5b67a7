//! From the YAML of a config file to its settings. A mistake is noted and reading goes on.

use crate::config::{Config, ConfigProblem, LevelSetting, OptionSetting, Override, Paths, RuleSetting, Written};
use crate::document::read::front_matter::parse_yaml;
use crate::document::read::front_matter::types::Engine;
use crate::document::read::front_matter::value::{Data, Entry, Mapping, Value};
use crate::pattern;
use crate::place::dialect::Generator;
use crate::rule::settings;
use crate::source::{Source, Span};
use globset::{Glob, GlobSet};
use ignore::gitignore::GitignoreBuilder;
use rustc_hash::{FxHashMap, FxHashSet};

const KEYS: [&str; 9] =
    ["extends", "site", "lang", "own-hosts", "ignore", "rules", "rules-folder", "overrides", "front-matter"];
const RULE_KEYS: [&str; 2] = ["level", "options"];
const OVERRIDE_KEYS: [&str; 2] = ["match", "rules"];

/// Countries that are taken for languages: the country's code, and the language's.
const COUNTRIES: [(&str, &str); 4] = [("kr", "ko"), ("jp", "ja"), ("cn", "zh"), ("cz", "cs")];

/// Reads what is right in a config file, and notes what is wrong.
pub fn read(source: &Source) -> (Config, Vec<ConfigProblem>) {
    let mut reader = Reader { problems: Vec::new(), config: Config::default(), patterns: FxHashSet::default() };
    let all = Span::new(source.bom_len(), source.text().len() as u32);
    match parse_yaml(source.text(), all) {
        Err(problem) => {
            let help = problem.help_in_settings(source.text());
            reader.wrong(problem.span, "the config file is not valid YAML", &problem.label, &help);
        }
        Ok(Some(Value { data: Data::Mapping(mapping), .. })) => reader.top(&mapping),
        Ok(Some(other)) if !other.is_blank(Engine::Core) => {
            let help = "write `key: value` lines; `postlint init` writes a file to start from";
            reader.wrong(other.span, "a mapping of settings is expected", settings::kind(&other), help);
        }
        Ok(_) => {}
    }
    (reader.config, reader.problems)
}

pub(super) struct Reader {
    pub(super) problems: Vec<ConfigProblem>,
    pub(super) config: Config,
    /// The regular expressions read so far that are right.
    pub(super) patterns: FxHashSet<String>,
}

impl Reader {
    pub(super) fn wrong(&mut self, span: Span, message: &str, label: &str, help: &str) {
        self.problems.push(ConfigProblem::at(span, message, label).with_help(help));
    }

    fn top(&mut self, mapping: &Mapping<'_>) {
        for entry in self.settings(mapping) {
            let value = &entry.value;
            match entry.name() {
                Some("extends") => self.config.extends = self.words(value),
                Some("site") => self.site(value),
                Some("lang") => self.language(value),
                Some("own-hosts") => self.own_hosts(value),
                Some("ignore") => self.ignore(value),
                Some("rules-folder") => self.config.rules_folder = self.path(value, "rules-folder", ".postlint/rules"),
                Some("rules") => self.config.rules = self.rules(value),
                Some("overrides") => self.overrides(value),
                Some("front-matter") => self.front_matter(value),
                _ => {}
            }
        }
    }

    fn settings<'m, 's>(&mut self, mapping: &'m Mapping<'s>) -> Vec<&'m Entry<'s>> {
        let entries = self.known_entries(mapping, "setting", &KEYS);
        let by_span: FxHashMap<Span, &Entry<'_>> =
            mapping.entries.iter().map(|entry| (entry.key.span, entry)).collect();
        for problem in &mut self.problems {
            let entry = by_span.get(&problem.span).copied();
            if let Some(name) = entry.filter(|entry| looks_like_a_rule(&entry.value)).and_then(Entry::name)
                && !KEYS.contains(&name)
            {
                problem.help = Some(format!("write `rules: {{{name}: …}}`"));
            }
        }
        entries
    }

    /// The entries with a known name; the others, and the second of two equal ones, are reported.
    pub(super) fn known_entries<'m, 's>(
        &mut self,
        mapping: &'m Mapping<'s>,
        what: &str,
        known: &[&str],
    ) -> Vec<&'m Entry<'s>> {
        settings::known_entries(&mut self.problems, mapping, what, known)
    }

    fn site(&mut self, value: &Value<'_>) {
        let known = Generator::ALL.map(Generator::as_str);
        let site = settings::word(&mut self.problems, value, "site generator", &known, |word| word.parse().ok());
        self.config.site = site.map(|site| Written { value: site, span: value.span });
    }

    fn language(&mut self, value: &Value<'_>) {
        let tag = value.text().unwrap_or("");
        let mut parts = tag.split('-');
        let first =
            parts.next().is_some_and(|p| matches!(p.len(), 2..=8) && p.bytes().all(|b| b.is_ascii_alphabetic()));
        let rest = parts.all(|p| matches!(p.len(), 1..=8) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
        let country = COUNTRIES.iter().find(|(country, _)| country.eq_ignore_ascii_case(tag));
        if let Some((_, language)) = country {
            let problem = ConfigProblem::at(value.span, format!("`{tag}` is a country, not a language"), "no language");
            self.problems.push(problem.with_help(format!("did you mean `{language}`?")));
        } else if first && rest {
            self.config.language = Some(Written { value: tag.to_owned(), span: value.span });
        } else {
            let problem = ConfigProblem::at(value.span, "`lang` takes a language tag (BCP 47)", "no language tag");
            self.problems.push(problem.with_help("write `ko`, `en-GB`, `zh-Hant`"));
        }
    }

    fn own_hosts(&mut self, value: &Value<'_>) {
        for host in self.words(value) {
            let name = host.value.trim_end_matches('/');
            let bare = name.split_once("//").map_or(name, |(_, rest)| rest);
            let bare = bare.split('/').next().unwrap_or("");
            if bare == host.value && !bare.is_empty() && !bare.contains(char::is_whitespace) {
                self.config.own_hosts.push(Written { value: bare.to_ascii_lowercase(), span: host.span });
            } else {
                let problem = ConfigProblem::at(host.span, "`own-hosts` takes names of hosts", "more than a name");
                self.problems.push(problem.with_help(format!("write `{}`", bare.trim())));
            }
        }
    }

    fn ignore(&mut self, value: &Value<'_>) {
        for line in self.words(value) {
            if pattern::is_deep_glob(&line.value) {
                self.problems.push(deep_glob(line.span));
                continue;
            }
            match GitignoreBuilder::new("").add_line(None, &line.value) {
                Ok(_) => self.config.ignore.push(line),
                Err(error) => {
                    let cause = match &error {
                        ignore::Error::Glob { err, .. } => err.clone(),
                        other => other.to_string(),
                    };
                    self.problems.push(bad_glob(line.span, &cause));
                }
            }
        }
    }

    fn rules(&mut self, value: &Value<'_>) -> Vec<RuleSetting> {
        let mut rules = Vec::new();
        let Some(mapping) = self.mapping(value, "write `name: level` lines, such as `alt-missing: warn`") else {
            return rules;
        };
        self.problems.extend(settings::duplicates(mapping));
        for entry in &mapping.entries {
            let Some(name) = entry.name() else {
                self.wrong(entry.key.span, "the name of a rule is expected here", "no name", "write `name: level`");
                continue;
            };
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
            rules.push(setting);
        }
        rules
    }

    pub(super) fn level(&mut self, value: &Value<'_>) -> Option<Written<LevelSetting>> {
        let level = settings::word(&mut self.problems, value, "level", &LevelSetting::WORDS, LevelSetting::from_word);
        level.map(|level| Written { value: level, span: value.span })
    }

    fn options(&mut self, value: &Value<'_>) -> Vec<OptionSetting> {
        let Some(mapping) = self.mapping(value, "write `name: value` lines") else { return Vec::new() };
        self.problems.extend(settings::duplicates(mapping));
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

    fn overrides(&mut self, value: &Value<'_>) {
        let Some(items) = self.sequence(value, "`overrides` takes a list", "write `- match: …` items") else {
            return;
        };
        for item in items {
            let Some(mapping) = self.mapping(item, "write `match: …` and `rules: …`") else { continue };
            let mut matches = None;
            let mut rules = Vec::new();
            for entry in self.known_entries(mapping, "setting of an override", &OVERRIDE_KEYS) {
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
                    let problem = ConfigProblem::at(span, "an override needs `match`", "which posts?");
                    self.problems.push(problem.with_help("add `match: \"_posts/2012-*\"`"));
                }
            }
        }
    }

    pub(super) fn globs(&mut self, value: &Value<'_>) -> Paths {
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        for word in self.words(value) {
            let (glob, side) = match word.value.strip_prefix('!') {
                Some(glob) => (glob, &mut unwanted),
                None => (&*word.value, &mut wanted),
            };
            if pattern::is_deep_glob(glob) {
                self.problems.push(deep_glob(word.span));
                continue;
            }
            match Glob::new(glob) {
                Ok(glob) => side.push(glob),
                Err(error) => self.problems.push(bad_glob(word.span, &error.kind().to_string())),
            }
        }
        let wanted = (!wanted.is_empty() || unwanted.is_empty()).then_some(wanted);
        Paths {
            wanted: wanted.map(|globs| GlobSet::new(globs).unwrap_or_default()),
            unwanted: GlobSet::new(unwanted).unwrap_or_default(),
        }
    }

    /// One path; `example` is shown where something else is written.
    pub(super) fn path(&mut self, value: &Value<'_>, name: &str, example: &str) -> Option<Written<String>> {
        if value.is_blank(Engine::Core) {
            return None;
        }
        let Some(text) = value.text() else {
            let help = format!("write `{name}: {example}`");
            self.wrong(value.span, &format!("`{name}` takes one path"), settings::kind(value), &help);
            return None;
        };
        Some(Written { value: text.to_owned(), span: value.span })
    }

    pub(super) fn mapping<'v, 's>(&mut self, value: &'v Value<'s>, help: &str) -> Option<&'v Mapping<'s>> {
        let mapping = value.as_mapping();
        if mapping.is_none() && !value.is_blank(Engine::Core) {
            self.wrong(value.span, "a mapping is expected here", settings::kind(value), help);
        }
        mapping
    }

    pub(super) fn sequence<'v, 's>(
        &mut self,
        value: &'v Value<'s>,
        message: &str,
        help: &str,
    ) -> Option<&'v [Value<'s>]> {
        let items = value.as_sequence();
        if items.is_none() && !value.is_blank(Engine::Core) {
            self.wrong(value.span, message, settings::kind(value), help);
        }
        items
    }

    /// A list of words; a single word counts as a list of one.
    pub(super) fn words(&mut self, value: &Value<'_>) -> Vec<Written<String>> {
        let items = match &value.data {
            Data::Sequence { items, .. } => items.as_slice(),
            _ if value.is_blank(Engine::Core) => &[],
            _ => std::slice::from_ref(value),
        };
        let mut words = Vec::new();
        for item in items {
            match item.text() {
                Some(text) => words.push(Written { value: text.to_owned(), span: item.span }),
                None => self.problems.push(settings::no_word(item)),
            }
        }
        words
    }
}

fn deep_glob(span: Span) -> ConfigProblem {
    let label = format!("more than {} braces inside each other", pattern::DEEPEST_GLOB);
    let help = "write what may stand there side by side: `{a,b,c}`";
    ConfigProblem::at(span, "this glob cannot be read", label).with_help(help)
}

fn bad_glob(span: Span, cause: &str) -> ConfigProblem {
    // The parser adds a hint of its own after the cause.
    let cause = cause.split(" (").next().unwrap_or(cause);
    let help = "`*` is a part of a name, `**` any folders; write `[[]` for a `[`";
    ConfigProblem::at(span, "this glob cannot be read", cause).with_help(help)
}

/// `alt-missing: off` beside the settings, where only `rules` may say it.
fn looks_like_a_rule(value: &Value<'_>) -> bool {
    let is_level = value.text().is_some_and(|word| LevelSetting::from_word(word).is_some());
    let is_setting = |entry: &Entry<'_>| entry.name().is_some_and(|name| RULE_KEYS.contains(&name));
    let is_settings = |mapping: &Mapping<'_>| !mapping.entries.is_empty() && mapping.entries.iter().all(is_setting);
    is_level || value.as_mapping().is_some_and(is_settings)
}
