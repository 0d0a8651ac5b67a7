//! Parses the YAML files written for postlint: config files, profiles and rule pages. Mistakes are collected with their
//! spans, and parsing continues after each.

mod value;

use crate::diagnostic::Mistake;
use crate::document::read::front_matter::types::{Engine, Resolved};
use crate::document::read::front_matter::value::{Data, Entry, Mapping, Value};
use crate::pattern::{self, Unusable};
use crate::source::Span;
use crate::words::nearest;
use globset::Glob;
use regex::Regex;
use rustc_hash::FxHashSet;
use serde_json::Number;
pub use value::{is_true, json, kind, listed, number, place, typed};

/// A value and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written<T> {
    /// The value.
    pub value: T,
    /// Its span.
    pub span: Span,
}

/// Collects the mistakes in a file. Its methods return the parsed value, or record a mistake and return `None`.
#[derive(Debug, Default)]
pub struct Reader {
    /// The mistakes so far.
    pub mistakes: Vec<Mistake>,
}

impl Reader {
    /// Records a mistake.
    pub fn wrong(&mut self, span: Span, message: impl Into<String>, label: impl Into<String>, help: impl Into<String>) {
        self.mistakes.push(Mistake::at(span, message, label).with_help(help));
    }

    /// The entries with known names. Unknown names and duplicates are mistakes.
    pub fn known_entries<'m, 's>(
        &mut self,
        mapping: &'m Mapping<'s>,
        what: &str,
        known: &[&str],
    ) -> Vec<&'m Entry<'s>> {
        self.known_entries_or(mapping, what, known, |_| None)
    }

    /// Like [`Reader::known_entries`], but a text that `help` returns for an unknown name replaces the default help.
    pub fn known_entries_or<'m, 's>(
        &mut self,
        mapping: &'m Mapping<'s>,
        what: &str,
        known: &[&str],
        help: impl Fn(&Entry<'s>) -> Option<String>,
    ) -> Vec<&'m Entry<'s>> {
        let mut entries: Vec<&Entry<'_>> = Vec::new();
        for entry in &mapping.entries {
            let name = entry.name().unwrap_or("");
            if !known.contains(&name) {
                let suggestion = nearest(name, known.iter().copied());
                let mistake = Mistake::unknown(entry.key.span, what, name, suggestion, known);
                self.mistakes.push(Mistake { help: help(entry).or(mistake.help), ..mistake });
            } else if entries.iter().any(|earlier| earlier.name() == Some(name)) {
                self.mistakes.push(twice(entry, name));
            } else {
                entries.push(entry);
            }
        }
        entries
    }

    /// All entries of a mapping with arbitrary names. Duplicates are mistakes, and so are keys that are not names;
    /// `what` and `help` describe what is expected.
    pub fn named_entries<'m, 's>(
        &mut self,
        mapping: &'m Mapping<'s>,
        what: &str,
        help: &str,
    ) -> Vec<(&'m str, &'m Entry<'s>)> {
        let mut seen = FxHashSet::default();
        let mut entries = Vec::new();
        for entry in &mapping.entries {
            let Some(name) = entry.name() else {
                self.wrong(entry.key.span, format!("the name of {what} is expected here"), "not a name", help);
                continue;
            };
            if !seen.insert(name) {
                self.mistakes.push(twice(entry, name));
            }
            entries.push((name, entry));
        }
        entries
    }

    /// A mapping. `help` describes what is expected.
    pub fn mapping<'v, 's>(&mut self, value: &'v Value<'s>, help: &str) -> Option<&'v Mapping<'s>> {
        let mapping = value.as_mapping();
        if mapping.is_none() {
            self.wrong(place(value), "a mapping is expected here", kind(value), help);
        }
        mapping
    }

    /// Like [`Reader::mapping`], but the value may be empty.
    pub fn mapping_or_blank<'v, 's>(&mut self, value: &'v Value<'s>, help: &str) -> Option<&'v Mapping<'s>> {
        if value.is_blank(Engine::Core) { None } else { self.mapping(value, help) }
    }

    /// The items of a list that is not empty. `message` and `help` describe what is expected.
    pub fn sequence<'v, 's>(&mut self, value: &'v Value<'s>, message: &str, help: &str) -> Option<&'v [Value<'s>]> {
        let items = value.as_sequence().filter(|items| !items.is_empty());
        if items.is_none() {
            self.wrong(place(value), message, kind(value), help);
        }
        items
    }

    /// Like [`Reader::sequence`], but the value may be empty.
    pub fn sequence_or_blank<'v, 's>(
        &mut self,
        value: &'v Value<'s>,
        message: &str,
        help: &str,
    ) -> Option<&'v [Value<'s>]> {
        if value.is_blank(Engine::Core) { None } else { self.sequence(value, message, help) }
    }

    /// Text that is not blank. `message` and `help` describe what is expected.
    pub fn text<'v>(&mut self, value: &'v Value<'_>, message: &str, help: &str) -> Option<&'v str> {
        let text = value.text().filter(|text| !text.trim().is_empty());
        if text.is_none() {
            self.wrong(place(value), message, kind(value), help);
        }
        text
    }

    /// A list of words, which may be empty; a single word counts as a list of one.
    pub fn words(&mut self, value: &Value<'_>) -> Vec<Written<String>> {
        let items = match &value.data {
            Data::Sequence { items, .. } => items.as_slice(),
            _ if value.is_blank(Engine::Core) => &[],
            _ => std::slice::from_ref(value),
        };
        let mut words = Vec::new();
        for item in items {
            match item.text() {
                Some(text) => words.push(Written { value: text.to_owned(), span: item.span }),
                None => {
                    let help = "write `[one, two]`, with quotes around words that contain `:` or `#`";
                    self.wrong(place(item), "words are expected here", kind(item), help);
                }
            }
        }
        words
    }

    /// One of the words `known`.
    pub fn choice<T>(
        &mut self,
        value: &Value<'_>,
        what: &str,
        known: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let Some(word) = value.text().filter(|text| !text.is_empty()) else {
            let article = if what.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
            let one_of = if known.len() == 1 { "" } else { "one of " };
            let help = format!("write {one_of}{}", listed(known));
            self.wrong(place(value), format!("{article} {what} is expected here"), kind(value), help);
            return None;
        };
        self.known(&Written { value: word.to_owned(), span: place(value) }, what, known, parse)
    }

    /// One or more of the words `known`.
    pub fn choices<T>(
        &mut self,
        value: &Value<'_>,
        what: &str,
        known: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let words = self.words(value);
        words.iter().filter_map(|word| self.known(word, what, known, &parse)).collect()
    }

    fn known<T>(
        &mut self,
        word: &Written<String>,
        what: &str,
        known: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let parsed = parse(&word.value);
        if parsed.is_none() {
            let suggestion = nearest(&word.value, known.iter().copied());
            self.mistakes.push(Mistake::unknown(word.span, what, &word.value, suggestion, known));
        }
        parsed
    }

    /// The value of the setting `name`, a boolean.
    pub fn flag(&mut self, name: &str, value: &Value<'_>) -> Option<bool> {
        let flag = match value.resolve(Engine::Core) {
            Some(Resolved::Bool(flag)) => Some(flag),
            _ => None,
        };
        if flag.is_none() {
            let message = format!("`{name}` expects `true` or `false`");
            self.wrong(place(value), message, "this is neither", format!("write `{name}: true` or `{name}: false`"));
        }
        flag
    }

    /// Checks that the setting `name` is `true`, the only value that it may have. Returns `None` otherwise.
    pub fn yes(&mut self, name: &str, value: &Value<'_>) -> Option<()> {
        if is_true(value) {
            return Some(());
        }
        let help = format!("write `{name}: true`, or remove it");
        self.wrong(place(value), format!("`{name}` must be `true`"), "this is not `true`", help);
        None
    }

    /// The value of the setting `name`, a number.
    pub fn number(&mut self, name: &str, value: &Value<'_>) -> Option<Number> {
        let found = number(value);
        if found.is_none() {
            self.not_a_number(name, value, "a number");
        }
        found
    }

    /// The value of the setting `name`, a whole number that is not negative.
    pub fn count(&mut self, name: &str, value: &Value<'_>) -> Option<u64> {
        let found = number(value).and_then(|number| number.as_u64());
        if found.is_none() {
            self.not_a_number(name, value, "a whole number of at least 0");
        }
        found
    }

    fn not_a_number(&mut self, name: &str, value: &Value<'_>, what: &str) {
        let example = if name.contains('-') { 60 } else { 1 };
        let help = format!("write it in digits, such as `{name}: {example}`");
        self.wrong(place(value), format!("`{name}` expects {what}"), format!("this is not {what}"), help);
    }

    /// The value of the setting `name`, a regular expression.
    pub fn regex(&mut self, name: &str, value: &Value<'_>) -> Option<Regex> {
        let message = format!("`{name}` expects a regular expression");
        let text = self.text(value, &message, &format!("write `{name}: \"^[a-z]\"`"))?;
        // Block scalars (`|`) end with a line break, which is not part of the pattern.
        let text = text.trim_end_matches('\n');
        pattern::regex(text).map_err(|error| self.bad_regex(value.span, &error)).ok()
    }

    fn bad_regex(&mut self, span: Span, error: &Unusable) {
        let help = error.help.unwrap_or("write `\\(` for a literal `(`; see https://docs.rs/regex for the syntax");
        self.wrong(span, error.message, &*error.cause, help);
    }

    /// A glob.
    pub fn glob(&mut self, glob: &str, span: Span) -> Option<Glob> {
        if !self.is_flat_glob(glob, span) {
            return None;
        }
        Glob::new(glob).map_err(|error| self.bad_glob(span, &error.kind().to_string())).ok()
    }

    /// Whether the braces of a glob are nested shallowly enough for it to be parsed; otherwise records a mistake.
    pub fn is_flat_glob(&mut self, glob: &str, span: Span) -> bool {
        let is_deep = pattern::is_deep_glob(glob);
        if is_deep {
            let label = format!("more than {} nested braces", pattern::DEEPEST_GLOB);
            let help = "write the alternatives side by side: `{a,b,c}`";
            self.wrong(span, "invalid glob", label, help);
        }
        !is_deep
    }

    /// Records why a glob is not valid.
    pub fn bad_glob(&mut self, span: Span, cause: &str) {
        // globset appends a hint in parentheses to the cause.
        let cause = cause.split(" (").next().unwrap_or(cause);
        let help = "`*` matches within a name, `**` any folders; write `[[]` for a literal `[`";
        self.wrong(span, "invalid glob", cause, help);
    }
}

fn twice(entry: &Entry<'_>, name: &str) -> Mistake {
    Mistake::at(entry.key.span, format!("`{name}` is set twice"), "already set above").with_help("keep one of the two")
}
