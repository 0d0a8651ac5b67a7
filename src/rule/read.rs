//! Reads a page's front matter: its metadata, its `match:` and its `fix:`. All mistakes are found at once.

use crate::diagnostic::{Authority, Mistake, Safety};
use crate::document::read::front_matter::types::{Engine, Resolved};
use crate::document::read::front_matter::value::{Entry, Mapping, Value};
use crate::document::tree::select::Selector;
use crate::pattern;
use crate::rule::declared::{Action, At, Condition, Declared, FixVerb, Pattern, Select};
use crate::rule::page::{DefaultLevel, Group, Meta};
use crate::rule::settings::{bad_pattern, kind, known_entries, listed, mapping, place, strings, typed, word};
use crate::source::Span;
use crate::words::nearest;
use regex::Regex;
use rustc_hash::FxHashSet;
use std::sync::Arc;

const PAGE_KEYS: [&str; 12] = [
    "summary", "group", "level", "authority", "since", "aliases", "references", "options", "match", "fix", "label",
    "help",
];
/// What a `match:` looks for; each says one of these.
const SUBJECTS: [&str; 6] = ["select", "front-matter", "text", "all", "any", "not"];
/// What it asks of a front matter key.
const CONDITIONS: [&str; 7] = ["missing", "empty", "same-as", "longer-than", "shorter-than", "not-in", "matches"];
const PLACES: [&str; 4] = ["start-tag", "element", "text", "attr:NAME"];
const VERBS: [&str; 7] = ["set-attr", "remove-attr", "remove-token", "rename-tag", "unwrap", "remove", "replace"];

/// Reads the keys of the page `name`, which may be a user's own; its opening fence is where missing ones belong. `None` where a mistake was found.
pub(super) fn page(
    name: &str,
    keys: &Mapping<'_>,
    fence: Span,
    is_users: bool,
    mistakes: &mut Vec<Mistake>,
) -> Option<(Meta, Option<Declared>)> {
    let mut reader = Reader { mistakes, parts: 0 };
    if is_users {
        reader.users(keys, fence);
    }
    let meta = reader.meta(name, keys, fence);
    let pattern = keys.get("match").map(|entry| reader.pattern(&entry.value));
    let fix = keys.get("fix").map(|entry| (entry, reader.fix(&entry.value)));
    if let (Some((entry, _)), false) = (&fix, matches!(pattern, Some(None | Some(Pattern::Select(_))))) {
        reader.wrong(entry.key.span, "only what `select` finds can be fixed", "there is no `select`", "remove `fix`");
    }
    if let Some(Some(Pattern::Not(_))) = pattern {
        let at = keys.get("match").map_or(fence, |entry| place(&entry.value));
        reader.wrong(
            at,
            "`not` alone finds no place",
            "it says where not to look",
            "put it below `all:`, after what says where",
        );
    }
    let declared = pattern.flatten().map(|pattern| Declared { pattern, fix: fix.and_then(|(_, fix)| fix) });
    meta.filter(|_| mistakes.is_empty()).map(|meta| (meta, declared))
}

/// How many things one rule may look for: each looks through the whole post.
const MAX_PARTS: usize = 100;

struct Reader<'r> {
    mistakes: &'r mut Vec<Mistake>,
    /// How many there are so far in the lists of `match`.
    parts: usize,
}

impl Reader<'_> {
    fn wrong(&mut self, span: Span, message: impl Into<String>, label: impl Into<String>, help: impl Into<String>) {
        self.mistakes.push(Mistake::at(span, message, label).with_help(help));
    }

    /// What a page must and cannot say where there is no check in Rust beside it.
    fn users(&mut self, keys: &Mapping<'_>, fence: Span) {
        if !self.has(keys, "match") {
            let help = "add `match:` with one of `select`, `front-matter`, `text`, `all`, `any`";
            self.wrong(fence, "the page has no `match`", "`match` is missing", help);
        }
        if let Some(options) = keys.get("options") {
            let help = "write the values into `match`";
            self.wrong(options.key.span, "a declared rule takes no `options`", "nothing would read them", help);
        }
    }

    /// True where the key is there, or one that was meant for it.
    fn has(&self, keys: &Mapping<'_>, key: &str) -> bool {
        let is_it = |name: &str| name == key || !PAGE_KEYS.contains(&name) && nearest(name, PAGE_KEYS) == Some(key);
        keys.entries.iter().filter_map(Entry::name).any(is_it)
    }

    fn meta(&mut self, name: &str, keys: &Mapping<'_>, fence: Span) -> Option<Meta> {
        known_entries(self.mistakes, keys, "key", &PAGE_KEYS);
        let summary = self.required(keys, "summary", fence).and_then(|value| self.text(value));
        let group = self
            .required(keys, "group", fence)
            .and_then(|value| word(self.mistakes, value, "group", &Group::ALL.map(Group::as_str), Group::from_word));
        let level = self
            .required(keys, "level", fence)
            .and_then(|value| word(self.mistakes, value, "level", &DefaultLevel::WORDS, DefaultLevel::from_word));
        let authority = keys.get("authority").map(|entry| {
            let known = Authority::ALL.map(Authority::as_str);
            word(self.mistakes, &entry.value, "authority", &known, Authority::from_word)
        });
        let text = |reader: &mut Self, key: &str| keys.get(key).and_then(|entry| reader.text(&entry.value));
        let list = |reader: &mut Self, key: &str| {
            keys.get(key).map_or_else(Vec::new, |entry| strings(reader.mistakes, &entry.value))
        };
        let options = keys.get("options").and_then(|entry| {
            mapping(self.mistakes, &entry.value, "`options` takes `name: {default: …, doc: …}` lines")?;
            typed(&entry.value).as_mapping().cloned()
        });
        Some(Meta {
            name: Arc::from(name),
            summary: summary?,
            group: group?,
            level: level?,
            authority: authority.unwrap_or(Some(Authority::Opinion))?,
            since: text(self, "since").unwrap_or_default(),
            aliases: list(self, "aliases"),
            references: list(self, "references"),
            options: options.unwrap_or_default(),
            label: text(self, "label").unwrap_or_default(),
            help: text(self, "help"),
        })
    }

    fn required<'v, 's>(&mut self, keys: &'v Mapping<'s>, key: &str, fence: Span) -> Option<&'v Value<'s>> {
        let entry = keys.get(key);
        if !self.has(keys, key) {
            self.mistakes.push(Mistake {
                span: fence,
                message: format!("the page has no `{key}`"),
                label: format!("`{key}` is missing"),
                help: Some(match key {
                    "summary" => "add a line `summary:` that says what is wrong in a few words".to_owned(),
                    "group" => format!("add a line `group:` with one of {}", listed(&Group::ALL.map(Group::as_str))),
                    _ => format!("add a line `{key}:` with one of {}", listed(&DefaultLevel::WORDS)),
                }),
            });
        }
        entry.map(|entry| &entry.value)
    }

    fn text(&mut self, value: &Value<'_>) -> Option<String> {
        let text = value.as_scalar().map(|scalar| scalar.text.trim()).filter(|text| !text.is_empty());
        if text.is_none() {
            self.wrong(place(value), "words are expected here", kind(value), "write a line of text");
        }
        text.map(str::to_owned)
    }

    fn number(&mut self, value: &Value<'_>) -> Option<usize> {
        match value.resolve(Engine::Core) {
            Some(Resolved::Int(n)) if n >= 0 => usize::try_from(n).ok(),
            _ => {
                self.wrong(
                    place(value),
                    "a number of characters is expected here",
                    "this is no whole number",
                    "write it in digits, such as `80`",
                );
                None
            }
        }
    }

    fn yes(&mut self, value: &Value<'_>) -> Option<()> {
        if matches!(value.resolve(Engine::Core), Some(Resolved::Bool(true))) {
            return Some(());
        }
        self.wrong(place(value), "only `true` can be said here", "expected `true`", "write `true`, or remove the line");
        None
    }

    fn selector(&mut self, value: &Value<'_>) -> Option<Selector> {
        let text = self.text(value)?;
        Selector::parse(&text)
            .map_err(|error| {
                let help = "`postlint search SELECTOR` tries one; words are found by `text:`";
                self.wrong(value.span, "this selector cannot be read", error.message, help);
            })
            .ok()
    }

    fn regex(&mut self, value: &Value<'_>) -> Option<Regex> {
        let text = self.text(value)?;
        pattern::regex(&text).map_err(|error| self.mistakes.push(bad_pattern(value.span, &error))).ok()
    }

    fn pattern(&mut self, value: &Value<'_>) -> Option<Pattern> {
        let keys = mapping(
            self.mistakes,
            value,
            "say what to find: `{select: u}`, `{text: words}`, `{front-matter: image, missing: true}`",
        )?;
        let known: Vec<&str> = SUBJECTS.iter().chain(&["at"]).chain(&CONDITIONS).copied().collect();
        let entries = known_entries(self.mistakes, keys, "`match` setting", &known);
        let subject = self.only_one(&entries, &SUBJECTS, value, "`match`", "put both below `all:` or `any:`")?;
        let belongs = match subject.name() {
            Some("select") => &["at"][..],
            Some("front-matter") => &CONDITIONS,
            _ => &[],
        };
        for entry in &entries {
            let name = entry.name().unwrap_or("");
            if !SUBJECTS.contains(&name) && !belongs.contains(&name) {
                let owner = if name == "at" { "select" } else { "front-matter" };
                let label = format!("no `{owner}` here");
                let help = format!("remove it, or say where with `{owner}:`");
                self.wrong(entry.key.span, format!("`{name}` belongs to `{owner}`"), label, help);
            }
        }
        let written = &subject.value;
        match subject.name() {
            Some("select") => {
                let at = keys.get("at").map_or(Some(At::StartTag), |entry| self.at(&entry.value));
                Some(Pattern::Select(Select::new(self.selector(written)?, &self.text(written)?, at?)))
            }
            Some("front-matter") => {
                let (key, condition) = (self.key(written), self.condition(&entries, value));
                Some(Pattern::FrontMatter(key?, condition?))
            }
            Some("text") => Some(Pattern::Text(self.words_in_text(written)?)),
            Some("all") => self.patterns(written).map(Pattern::All),
            Some("any") => self.patterns(written).map(Pattern::Any),
            _ => Some(Pattern::Not(Box::new(self.pattern(written)?))),
        }
    }

    /// A key of the front matter itself.
    fn key(&mut self, value: &Value<'_>) -> Option<String> {
        let key = self.text(value)?;
        if let Some((outer, inner)) = key.split_once('.') {
            let help = format!(
                "write `front-matter: [{{fields: {{{outer}: {{fields: {{{inner}: …}}}}}}}}]` into `postlint.yml` instead"
            );
            self.wrong(value.span, format!("`{key}` names a key inside another"), "one key is expected here", help);
            return None;
        }
        Some(key)
    }

    /// What fits no text at all would fit between any two letters.
    fn words_in_text(&mut self, value: &Value<'_>) -> Option<Regex> {
        let regex = self.regex(value)?;
        if regex.is_match("") {
            let help = "write `+` for `*`, and no `?` where it is all there is";
            self.wrong(value.span, "this regular expression finds empty text", "it fits nothing, too", help);
            return None;
        }
        Some(regex)
    }

    fn patterns(&mut self, value: &Value<'_>) -> Option<Vec<Pattern>> {
        let Some(items) = value.as_sequence().filter(|items| !items.is_empty()) else {
            self.wrong(place(value), "a list is expected here", kind(value), "write `- select: …` items");
            return None;
        };
        // What is said again is not looked for again.
        let mut said = FxHashSet::default();
        let items: Vec<&Value<'_>> = items.iter().filter(|item| said.insert(typed(item))).collect();
        self.parts += items.len();
        if self.parts > MAX_PARTS {
            let help = "write one selector `a, b`, one expression `a|b`, or several rules";
            self.wrong(value.span, "this rule looks for too many things", format!("{MAX_PARTS} at most"), help);
            return None;
        }
        let patterns: Vec<Option<Pattern>> = items.iter().map(|item| self.pattern(item)).collect();
        if let (Some(Some(Pattern::Not(_))), Some(first)) = (patterns.first(), items.first()) {
            self.wrong(
                first.span,
                "`not` finds no place",
                "something that says where must come first",
                "put `not` last",
            );
        }
        patterns.into_iter().collect()
    }

    /// The one entry among `names`; none, or a second one, is a mistake.
    fn only_one<'m, 's>(
        &mut self,
        entries: &[&'m Entry<'s>],
        names: &[&str],
        whole: &Value<'_>,
        what: &str,
        way_out: &str,
    ) -> Option<&'m Entry<'s>> {
        let mut found = entries.iter().filter(|entry| entry.name().is_some_and(|name| names.contains(&name)));
        let Some(first) = found.next() else {
            // An unknown setting is what was meant, and is a mistake already.
            if self.mistakes.iter().any(|it| whole.full_span.contains(it.span) && it.message.contains("` setting `")) {
                return None;
            }
            let help = Some(format!("add one of {}", listed(names)));
            let mistake = Mistake::at(place(whole), format!("{what} does not say what to do"), "nothing is said here");
            self.mistakes.push(Mistake { help, ..mistake });
            return None;
        };
        if let Some(second) = found.next() {
            let first = first.name().unwrap_or("");
            let mistake = Mistake::at(second.key.span, format!("{what} says two things"), format!("beside `{first}`"));
            self.mistakes.push(Mistake { help: Some(way_out.to_owned()), ..mistake });
        }
        Some(first)
    }

    fn at(&mut self, value: &Value<'_>) -> Option<At> {
        let parse = |word: &str| match word {
            "start-tag" => Some(At::StartTag),
            "element" => Some(At::Element),
            "text" => Some(At::Text),
            other => other.strip_prefix("attr:").filter(|name| !name.is_empty()).map(|name| At::Attribute(name.into())),
        };
        word(self.mistakes, value, "place", &PLACES, parse)
    }

    fn condition(&mut self, entries: &[&Entry<'_>], whole: &Value<'_>) -> Option<Condition> {
        let entry = self.only_one(entries, &CONDITIONS, whole, "`front-matter`", "put both below `all:` or `any:`")?;
        let value = &entry.value;
        Some(match entry.name() {
            Some("missing") => self.yes(value).map(|()| Condition::Missing)?,
            Some("empty") => self.yes(value).map(|()| Condition::Empty)?,
            Some("same-as") => Condition::SameAs(self.key(value)?),
            Some("longer-than") => Condition::LongerThan(self.number(value)?),
            Some("shorter-than") => Condition::ShorterThan(self.number(value)?),
            Some("not-in") => Condition::NotIn(strings(self.mistakes, value)),
            _ => Condition::Matches(self.regex(value)?),
        })
    }

    fn fix(&mut self, value: &Value<'_>) -> Option<FixVerb> {
        let keys = mapping(self.mistakes, value, "write `{title: remove it, safety: unsafe, remove: true}`")?;
        let known: Vec<&str> = ["title", "safety"].iter().chain(&VERBS).copied().collect();
        let entries = known_entries(self.mistakes, keys, "`fix` setting", &known);
        for key in ["title", "safety"] {
            if keys.get(key).is_none() {
                let help = match key {
                    "title" => "add `title: …` that says what the fix does",
                    _ => "add `safety: safe` where the page stays the same, else `safety: unsafe`",
                };
                self.wrong(place(value), format!("the fix has no `{key}`"), format!("`{key}` is missing"), help);
            }
        }
        let title = keys.get("title").and_then(|entry| self.text(&entry.value));
        let safety = keys.get("safety").and_then(|entry| {
            let known = Safety::ALL.map(Safety::as_str);
            word(self.mistakes, &entry.value, "safety", &known, Safety::from_word)
        });
        let verb = self.only_one(&entries, &VERBS, value, "`fix`", "keep one of them");
        let action = verb.and_then(|entry| self.action(entry));
        Some(FixVerb { title: title?, safety: safety?, action: action? })
    }

    fn action(&mut self, verb: &Entry<'_>) -> Option<Action> {
        let value = &verb.value;
        match verb.name() {
            Some("set-attr") => {
                let [name, written] = self.pair(value, ["name", "value"])?;
                Some(Action::SetAttr { name: self.html_name(value, name, "attribute")?, value: written })
            }
            Some("remove-attr") => self.text(value).map(Action::RemoveAttr),
            Some("remove-token") => {
                self.pair(value, ["attr", "token"]).map(|[attr, token]| Action::RemoveToken { attr, token })
            }
            Some("rename-tag") => {
                let name = self.text(value)?;
                self.html_name(value, name, "element").map(Action::RenameTag)
            }
            Some("unwrap") => self.yes(value).map(|()| Action::Unwrap),
            Some("remove") => self.yes(value).map(|()| Action::Remove),
            _ => value.as_scalar().map(|scalar| Action::Replace(scalar.text.to_string())),
        }
    }

    fn html_name(&mut self, value: &Value<'_>, name: String, what: &str) -> Option<String> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_name) {
            return Some(name);
        }
        let help = "write letters, digits and `-`, a letter first";
        self.wrong(value.span, format!("`{name}` is no name of an {what}"), "no name", help);
        None
    }

    fn pair(&mut self, value: &Value<'_>, names: [&str; 2]) -> Option<[String; 2]> {
        let [first, second] = names;
        let keys = mapping(self.mistakes, value, &format!("write `{{{first}: …, {second}: …}}`"))?;
        known_entries(self.mistakes, keys, "setting", &names);
        let mut get = |name: &str| {
            let scalar = keys.get(name).and_then(|entry| entry.value.as_scalar());
            if scalar.is_none() {
                let help = format!("add `{name}: …`");
                self.wrong(place(value), format!("`{name}` is missing"), "not all is said here", help);
            }
            scalar.map(|scalar| scalar.text.to_string())
        };
        let pair = (get(first), get(second));
        Some([pair.0?, pair.1?])
    }
}
