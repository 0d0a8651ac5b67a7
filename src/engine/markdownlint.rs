//! What of the config of markdownlint or rumdl corresponds to postlint, for `postlint init --from`.
//!
//! Sources: the rules with their aliases and tags, <https://github.com/DavidAnson/markdownlint/blob/main/doc/Rules.md>;
//! the files of markdownlint-cli2, <https://github.com/DavidAnson/markdownlint-cli2#configuration>; rumdl's settings,
//! <https://github.com/rvben/rumdl/blob/main/docs/global-settings.md>.

use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// A rule of markdownlint for which postlint has rules.
struct Counterpart {
    /// Its name and its alias, in lower case.
    names: [&'static str; 2],
    tags: &'static [&'static str],
    /// The rules that find the same in blog posts.
    rules: &'static [&'static str],
}

/// Only rules about what readers or search engines get; the rest of markdownlint is about the style of the source.
const COUNTERPARTS: [Counterpart; 8] = [
    Counterpart { names: ["md001", "heading-increment"], tags: &["headings"], rules: &["heading-skipped"] },
    Counterpart { names: ["md024", "no-duplicate-heading"], tags: &["headings"], rules: &["heading-duplicated"] },
    Counterpart {
        names: ["md025", "single-h1"],
        tags: &["headings"],
        rules: &["heading-multiple-h1", "heading-repeats-title-level"],
    },
    Counterpart {
        names: ["md036", "no-emphasis-as-heading"],
        tags: &["emphasis", "headings"],
        rules: &["heading-faked-in-bold"],
    },
    Counterpart { names: ["md042", "no-empty-links"], tags: &["links"], rules: &["href-empty"] },
    Counterpart {
        names: ["md045", "no-alt-text"],
        tags: &["accessibility", "images"],
        rules: &["alt-missing", "alt-empty-markdown"],
    },
    Counterpart { names: ["md051", "link-fragments"], tags: &["links"], rules: &["fragment-broken"] },
    Counterpart {
        names: ["md059", "descriptive-link-text"],
        tags: &["accessibility", "links"],
        rules: &["link-text-generic"],
    },
];

/// Keys of a config that are not rules.
const OTHER_KEYS: [&str; 3] = ["default", "extends", "$schema"];

/// Obsolete elements that `element-obsolete` reports, which MD033 may allow.
const OBSOLETE: [&str; 8] = ["big", "center", "font", "marquee", "nobr", "strike", "tt", "acronym"];

/// What is taken over into a config file.
#[derive(Debug, Default)]
pub struct TakenOver {
    /// Lines of `ignore`, each with the file that it comes from.
    pub ignore: Vec<(String, String)>,
    /// Rules to turn off, each with the reason.
    pub off: Vec<(&'static str, String)>,
    /// What is not taken over, and why.
    pub notes: Vec<String>,
}

impl TakenOver {
    /// Takes over a config of markdownlint, `{"default": true, "MD013": false, …}`. `from` is the name of its file.
    pub fn add_rules(&mut self, config: &Map<String, Value>, from: &str) {
        let by_default = config.get("default").is_none_or(is_on);
        for Counterpart { names, tags, rules } in &COUNTERPARTS {
            let is_about = |key: &str| names.contains(&key) || tags.contains(&key);
            // Later keys override earlier ones, whether they name a rule or a tag.
            let last = config.iter().rfind(|(key, _)| is_about(&key.to_lowercase()));
            if last.map_or(by_default, |(_, value)| is_on(value)) {
                continue;
            }
            let name = names.first().map(|name| name.to_uppercase()).unwrap_or_default();
            let why = match last {
                Some((key, _)) if key.eq_ignore_ascii_case(&name) => format!("{name} is off in {from}"),
                Some((key, _)) => format!("{name} is off by `{key}` in {from}"),
                None => format!("{name} is off by `default` in {from}"),
            };
            self.off.extend(rules.iter().map(|rule| (*rule, why.clone())));
        }
        let is_known = |key: &str| {
            let key = key.to_lowercase();
            COUNTERPARTS.iter().any(|it| it.names.contains(&&*key) || it.tags.contains(&&*key))
        };
        let left: Vec<&str> =
            config.keys().map(String::as_str).filter(|key| !OTHER_KEYS.contains(key) && !is_known(key)).collect();
        if !left.is_empty() {
            self.notes.push(format!("{}: postlint leaves style to Markdown linters; keep {from}", left.join(", ")));
        }
        if config.contains_key("extends") {
            self.notes.push(format!("`extends` in {from}: the other file was not read"));
        }
        self.note_elements(config);
        self.note_words(config);
    }

    /// Notes elements that MD033 allows and postlint reports.
    fn note_elements(&mut self, config: &Map<String, Value>) {
        let rule = config.iter().find(|(key, _)| matches!(&*key.to_lowercase(), "md033" | "no-inline-html"));
        let allowed = rule.and_then(|(_, value)| value.get("allowed_elements")?.as_array());
        let allowed: Vec<&str> = allowed.into_iter().flatten().filter_map(Value::as_str).collect();
        let obsolete = allowed.iter().filter(|name| OBSOLETE.contains(&&*name.to_lowercase()));
        let obsolete: Vec<String> = obsolete.map(|name| format!("`{name}`")).collect();
        if !obsolete.is_empty() {
            let names = obsolete.join(", ");
            self.notes.push(format!("MD033 allows {names}: `element-obsolete` reports them, for all elements or none"));
        }
    }

    fn note_words(&mut self, config: &Map<String, Value>) {
        let rule = config.iter().find(|(key, _)| matches!(&*key.to_lowercase(), "md059" | "descriptive-link-text"));
        if rule.is_some_and(|(_, value)| value.get("prohibited_texts").is_some()) {
            self.notes.push("`prohibited_texts` of MD059: see the option `words` of `link-text-generic`".to_owned());
        }
    }

    /// Takes over the `ignores` and negated `globs` of markdownlint-cli2: globs that begin in the folder of the file.
    pub fn add_globs(&mut self, options: &Map<String, Value>, from: &str) {
        let list =
            |key: &str| options.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let negated = list("globs").filter_map(|glob| glob.strip_prefix(['!', '#']));
        for glob in list("ignores").chain(negated) {
            let glob = glob.trim_start_matches("./");
            match glob.contains('/') {
                true => self.ignore_line(glob, from),
                false => self.ignore_line(&format!("/{glob}"), from),
            }
        }
    }

    /// Takes over lines in the syntax of `.gitignore`.
    pub fn add_lines<'l>(&mut self, lines: impl Iterator<Item = &'l str>, from: &str) {
        let lines = lines.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.for_each(|line| self.ignore_line(line, from));
    }

    fn ignore_line(&mut self, line: &str, from: &str) {
        if line.contains(['{', '}']) {
            self.notes.push(format!("`{line}` in {from}: write a line for each alternative into `ignore`"));
        } else if self.ignore.iter().all(|(known, _)| known != line) {
            self.ignore.push((line.to_owned(), from.to_owned()));
        }
    }

    /// Takes over a config of rumdl, whose global settings are in `[global]` or above all tables.
    pub fn add_rumdl(&mut self, config: &Map<String, Value>, from: &str) {
        let words = |key: &str| -> Vec<&str> {
            let inner = config.get("global").and_then(|global| global.get(key)).or_else(|| config.get(key));
            inner.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
        };
        self.add_lines(words("exclude").into_iter(), from);
        let mut rules = Map::new();
        let enabled: BTreeSet<&str> = words("enable").into_iter().chain(words("extend-enable")).collect();
        if !words("enable").is_empty() {
            rules.insert("default".to_owned(), false.into());
            rules.extend(enabled.iter().map(|name| ((*name).to_owned(), true.into())));
        }
        let disabled = words("disable").into_iter().chain(words("extend-disable"));
        rules.extend(disabled.map(|name| (name.to_owned(), false.into())));
        let tables =
            config.iter().filter(|(key, value)| *key != "global" && *key != "per-file-ignores" && value.is_object());
        for (name, table) in tables {
            rules.entry(name.clone()).or_insert_with(|| table.clone());
        }
        self.add_rules(&rules, from);
        if config.contains_key("per-file-ignores") {
            self.notes.push(format!("`per-file-ignores` in {from}: see `overrides`"));
        }
    }
}

/// Whether a value turns a rule on: `true`, options, or a severity.
fn is_on(value: &Value) -> bool {
    !matches!(value, Value::Bool(false) | Value::Null)
}
