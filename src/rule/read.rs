//! Parses a page's front matter: its metadata, its `match:` and its `fix:`. All mistakes are reported at once.

use crate::authored::{Reader, kind, listed, place, typed};
use crate::diagnostic::{Authority, Level, LevelOrOff, Mistake, Safety};
use crate::document::read::front_matter::types::Engine;
use crate::document::read::front_matter::value::{Entry, Mapping, Value};
use crate::document::tree::select::Selector;
use crate::place::dialect::Generator;
use crate::rule::applies_to::AppliesTo;
use crate::rule::built::ReadsBuilt;
use crate::rule::declared::{Action, At, Condition, Declared, FixVerb, Pattern, Select};
use crate::rule::meta::{Group, Meta};
use crate::rule::patterns::Expression;
use crate::source::Span;
use crate::words::nearest;
use regex::Regex;
use rustc_hash::FxHashSet;
use std::sync::Arc;

const PAGE_KEYS: [&str; 18] = [
    "summary", "group", "level", "built", "audit", "lower", "authority", "since", "aliases", "formerly", "retired",
    "references", "applies-to", "options", "match", "fix", "label", "help",
];
/// The subjects of a `match:`, which has exactly one of them.
const SUBJECTS: [&str; 6] = ["select", "front-matter", "text", "all", "any", "not"];
/// The conditions on a front matter key.
const CONDITIONS: [&str; 7] = ["missing", "empty", "same-as", "longer-than", "shorter-than", "not-in", "matches"];
/// The conditions of `applies-to:`.
const PRECONDITIONS: [&str; 4] = ["generator", "page", "front-matter", "dialect"];
const PLACES: [&str; 4] = ["start-tag", "element", "text", "attr:NAME"];
const VERBS: [&str; 7] = ["set-attr", "remove-attr", "remove-token", "rename-tag", "unwrap", "remove", "replace"];

/// Parses the front matter of the page `name`, or returns all mistakes in it. Missing keys are reported at `fence`, the
/// opening fence.
pub(super) fn page(
    name: &str,
    keys: &Mapping<'_>,
    fence: Span,
    is_users: bool,
) -> Result<(Meta, Option<Declared>), Vec<Mistake>> {
    let mut reader = PageReader { reader: Reader::default(), parts: 0, is_users };
    if is_users {
        reader.users(keys, fence);
    }
    let meta = reader.meta(name, keys, fence);
    let pattern = keys.get("match").map(|entry| reader.pattern(&entry.value));
    let fix = keys.get("fix").map(|entry| (entry, reader.fix(&entry.value)));
    if let (Some((entry, _)), false) = (&fix, matches!(pattern, Some(None | Some(Pattern::Select(_))))) {
        let message = "only elements found by `select` can be fixed";
        let label = "there is no `select` directly below `match`";
        reader.wrong(entry.key.span, message, label, "write `select` directly below `match`, or remove `fix`");
    }
    if let Some(Some(Pattern::Not(_))) = pattern {
        let at = keys.get("match").map_or(fence, |entry| place(&entry.value));
        let help = "put it below `all:`, after a pattern that finds something";
        reader.wrong(at, "`not` alone finds nothing", "this only excludes matches", help);
    }
    let declared = pattern.flatten().map(|pattern| Declared { pattern, fix: fix.and_then(|(_, fix)| fix) });
    match meta.filter(|_| reader.reader.mistakes.is_empty()) {
        Some(meta) => Ok((meta, declared)),
        None => Err(reader.reader.mistakes),
    }
}

/// Maximum number of patterns in the lists of one rule: each one searches the whole post.
const MAX_PARTS: usize = 100;

struct PageReader {
    reader: Reader,
    /// Number of patterns in the lists of `match` so far.
    parts: usize,
    /// Whether it is the page of a user's own rule.
    is_users: bool,
}

impl PageReader {
    fn wrong(&mut self, span: Span, message: impl Into<String>, label: impl Into<String>, help: impl Into<String>) {
        self.reader.wrong(span, message, label, help);
    }

    /// Checks that the page of a user's own rule has `match`, and does not have `options`, which only checks in Rust
    /// read.
    fn users(&mut self, keys: &Mapping<'_>, fence: Span) {
        if !has(keys, "match") && keys.get("retired").is_none() {
            let help = "add `match:` with one of `select`, `front-matter`, `text`, `all`, `any`";
            self.wrong(fence, "the page has no `match`", "`match` is missing", help);
        }
        if let Some(options) = keys.get("options") {
            let help = "write the values into `match`";
            self.wrong(options.key.span, "a rule of your own cannot have `options`", "they would have no effect", help);
        }
    }

    fn meta(&mut self, name: &str, keys: &Mapping<'_>, fence: Span) -> Option<Meta> {
        self.reader.known_entries(keys, "key", &PAGE_KEYS);
        let groups = Group::ALL.map(Group::as_str);
        let summary = self.required(keys, "summary", fence).and_then(|value| self.line(value));
        let group = self
            .required(keys, "group", fence)
            .and_then(|value| self.reader.choice(value, "group", &groups, Group::from_word));
        let level = self
            .required(keys, "level", fence)
            .and_then(|value| self.reader.choice(value, "level", &LevelOrOff::WORDS, LevelOrOff::from_word));
        let authority = keys.get("authority").map(|entry| {
            let known = Authority::ALL.map(Authority::as_str);
            self.reader.choice(&entry.value, "authority", &known, Authority::from_word)
        });
        let built = keys.get("built").and_then(|entry| {
            self.reader.choice(&entry.value, "`built` setting", &ReadsBuilt::WORDS, ReadsBuilt::from_word)
        });
        let audit = keys.get("audit").and_then(|entry| {
            let parse = |word: &str| LevelOrOff::from_word(word)?.level();
            self.reader.choice(&entry.value, "level", &LevelOrOff::WORDS, parse)
        });
        let line = |reader: &mut Self, key: &str| keys.get(key).and_then(|entry| reader.line(&entry.value));
        let list =
            |reader: &mut Self, key: &str| keys.get(key).map_or_else(Vec::new, |entry| reader.words(&entry.value));
        let options = keys.get("options").and_then(|entry| {
            self.reader.mapping(&entry.value, "`options` expects `name: {default: …, doc: …}` lines")?;
            typed(&entry.value).as_mapping().cloned()
        });
        Some(Meta {
            name: Arc::from(name),
            summary: summary?,
            group: group?,
            level: level?,
            built: built.unwrap_or_default(),
            audit,
            lower: keys.get("lower").map_or_else(Vec::new, |entry| self.lower(&entry.value)),
            authority: authority.unwrap_or(Some(Authority::Opinion))?,
            since: line(self, "since").unwrap_or_default(),
            aliases: list(self, "aliases"),
            formerly: list(self, "formerly"),
            retired: line(self, "retired"),
            references: list(self, "references"),
            applies_to: keys.get("applies-to").map_or_else(AppliesTo::default, |entry| self.applies_to(&entry.value)),
            options: options.unwrap_or_default(),
            label: line(self, "label").unwrap_or_default(),
            help: line(self, "help"),
        })
    }

    /// Parses `lower: {info: …}`.
    fn lower(&mut self, value: &Value<'_>) -> Vec<(Level, String)> {
        let known = ["warn", "info"];
        let Some(keys) = self.reader.mapping(value, "write when findings have a lower level: `{info: …}`") else {
            return Vec::new();
        };
        let entries: Vec<&Entry<'_>> = self.reader.known_entries(keys, "level", &known);
        let level = |entry: &Entry<'_>| LevelOrOff::from_word(entry.name()?)?.level();
        entries.into_iter().filter_map(|entry| Some((level(entry)?, self.line(&entry.value)?))).collect()
    }

    fn applies_to(&mut self, value: &Value<'_>) -> AppliesTo {
        let mut applies_to = AppliesTo::default();
        let help = "write `{generator: [jekyll], page: true, front-matter: valid, dialect: known}`, or one of these";
        let Some(keys) = self.reader.mapping(value, help) else { return applies_to };
        for entry in self.reader.known_entries(keys, "`applies-to` setting", &PRECONDITIONS) {
            let value = &entry.value;
            match entry.name() {
                Some("generator") => {
                    let known = Generator::ALL.map(Generator::as_str);
                    applies_to.generators = self.reader.choices(value, "site generator", &known, |it| it.parse().ok());
                    if value.is_blank(Engine::Core) {
                        let help = format!("write one or more of {}, or remove it", listed(&known));
                        self.wrong(place(value), "`generator` expects site generators", kind(value), help);
                    }
                }
                Some("page") => applies_to.page = self.reader.yes("page", value).is_some(),
                Some("dialect") => {
                    let parse = |word: &str| (word == "known").then_some(());
                    applies_to.known_dialect =
                        self.reader.choice(value, "`dialect` setting", &["known"], parse).is_some();
                }
                _ => {
                    let parse = |word: &str| (word == "valid").then_some(());
                    applies_to.valid_front_matter =
                        self.reader.choice(value, "`front-matter` setting", &["valid"], parse).is_some();
                }
            }
        }
        applies_to
    }

    fn required<'v, 's>(&mut self, keys: &'v Mapping<'s>, key: &str, fence: Span) -> Option<&'v Value<'s>> {
        if !has(keys, key) {
            let help = match key {
                "summary" => "add a line `summary:` with a few words on what is wrong".to_owned(),
                "group" => format!("add a line `group:` with one of {}", listed(&Group::ALL.map(Group::as_str))),
                _ => format!("add a line `{key}:` with one of {}", listed(&LevelOrOff::WORDS)),
            };
            self.wrong(fence, format!("the page has no `{key}`"), format!("`{key}` is missing"), help);
        }
        keys.get(key).map(|entry| &entry.value)
    }

    fn line(&mut self, value: &Value<'_>) -> Option<String> {
        let text = self.reader.text(value, "text is expected here", "write a line of text")?;
        Some(text.trim().to_owned())
    }

    fn words(&mut self, value: &Value<'_>) -> Vec<String> {
        self.reader.words(value).into_iter().map(|word| word.value).collect()
    }

    fn selector(&mut self, value: &Value<'_>) -> Option<Selector> {
        let text = self.line(value)?;
        Selector::parse(&text)
            .map_err(|error| {
                let help = "`postlint search SELECTOR` lists the matches; use `text:` to find words";
                self.wrong(value.span, "invalid CSS selector", error.message, help);
            })
            .ok()
    }

    fn pattern(&mut self, value: &Value<'_>) -> Option<Pattern> {
        let help = "write what to find: `{select: u}`, `{text: words}`, `{front-matter: image, missing: true}`";
        let keys = self.reader.mapping(value, help)?;
        let known: Vec<&str> = SUBJECTS.iter().chain(&["at"]).chain(&CONDITIONS).copied().collect();
        let found = Found { keys, entries: self.reader.known_entries(keys, "`match` setting", &known), whole: value };
        let subject = self.only_one(&found, &SUBJECTS, "`match` has no pattern", BOTH_BELOW)?;
        let belongs = match subject.name() {
            Some("select") => &["at"][..],
            Some("front-matter") => &CONDITIONS,
            _ => &[],
        };
        for entry in &found.entries {
            let name = entry.name().unwrap_or("");
            if !SUBJECTS.contains(&name) && !belongs.contains(&name) {
                let owner = if name == "at" { "select" } else { "front-matter" };
                let label = format!("not a setting of `{}`", subject.name().unwrap_or(""));
                let help = format!("remove it, or move it into a pattern with `{owner}:`");
                self.wrong(entry.key.span, format!("`{name}` belongs to `{owner}`"), label, help);
            }
        }
        let written = &subject.value;
        match subject.name() {
            Some("select") => {
                let at = keys.get("at").map_or(Some(At::StartTag), |entry| self.at(&entry.value));
                Some(Pattern::Select(Select { selector: self.selector(written)?, at: at? }))
            }
            Some("front-matter") => {
                let (key, condition) = (self.key(written), self.condition(&found));
                Some(Pattern::FrontMatter(key?, condition?))
            }
            Some("text") => Some(Pattern::Text(self.words_in_text(written)?)),
            Some("all") => self.patterns(written).map(Pattern::All),
            Some("any") => self.patterns(written).map(Pattern::Any),
            _ => Some(Pattern::Not(Box::new(self.pattern(written)?))),
        }
    }

    /// Parses the name of a top-level front matter key.
    fn key(&mut self, value: &Value<'_>) -> Option<String> {
        let key = self.line(value)?;
        if let Some((outer, inner)) = key.split_once('.') {
            let help = format!(
                "write `front-matter: [{{fields: {{{outer}: {{fields: {{{inner}: …}}}}}}}}]` into `postlint.yml` instead"
            );
            self.wrong(value.span, format!("`{key}` is the path of a nested key"), "expected a top-level key", help);
            return None;
        }
        Some(key)
    }

    /// Parses a regular expression, which must not match the empty string, because that would match at every position.
    fn words_in_text(&mut self, value: &Value<'_>) -> Option<Regex> {
        let regex = self.reader.regex("text", value)?;
        if regex.is_match("") {
            let help = "use `+` instead of `*`, or add a required character";
            self.wrong(value.span, "this regular expression matches empty text", "it would match everywhere", help);
            return None;
        }
        Some(regex)
    }

    fn patterns(&mut self, value: &Value<'_>) -> Option<Vec<Pattern>> {
        let items = self.reader.sequence(value, "a list is expected here", "write `- select: …` items")?;
        // Skip duplicates, which would match the same places again.
        let mut seen = FxHashSet::default();
        let items: Vec<&Value<'_>> = items.iter().filter(|item| seen.insert(typed(item))).collect();
        self.parts += items.len();
        if self.parts > MAX_PARTS {
            let help = "combine selectors (`a, b`) or expressions (`a|b`), or write several rules";
            self.wrong(value.span, "this rule has too many patterns", format!("{MAX_PARTS} at most"), help);
            return None;
        }
        let patterns: Vec<Option<Pattern>> = items.iter().map(|item| self.pattern(item)).collect();
        if let (Some(Some(Pattern::Not(_))), Some(first)) = (patterns.first(), items.first()) {
            let label = "the first item determines the place of the finding";
            let help = "put a pattern that finds something before it";
            self.wrong(first.span, "`not` cannot come first", label, help);
        }
        patterns.into_iter().collect()
    }

    /// The only entry among `names`. It is a mistake if there are none or several.
    fn only_one<'m, 's>(
        &mut self,
        found: &Found<'m, 's>,
        names: &[&str],
        none: &str,
        help_with_two: &str,
    ) -> Option<&'m Entry<'s>> {
        let mut wanted = found.entries.iter().filter(|entry| entry.name().is_some_and(|name| names.contains(&name)));
        let Some(first) = wanted.next() else {
            // An unknown setting, which is already reported, was probably meant to be one of these.
            if !found.has_unknown() {
                let help = format!("add one of {}", listed(names));
                self.wrong(place(found.whole), none, "this is incomplete", help);
            }
            return None;
        };
        if let Some(second) = wanted.next() {
            let (one, other) = (first.name().unwrap_or(""), second.name().unwrap_or(""));
            let message = format!("`{one}` and `{other}` are mutually exclusive");
            self.wrong(second.key.span, message, format!("conflicts with `{one}`"), help_with_two);
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
        self.reader.choice(value, "place", &PLACES, parse)
    }

    fn condition(&mut self, found: &Found<'_, '_>) -> Option<Condition> {
        let entry = self.only_one(found, &CONDITIONS, "`front-matter` has no condition", BOTH_BELOW)?;
        let (name, value) = (entry.name()?, &entry.value);
        let characters = |reader: &mut Reader| reader.count(name, value).and_then(|count| usize::try_from(count).ok());
        Some(match name {
            "missing" => self.reader.yes(name, value).map(|()| Condition::Missing)?,
            "empty" => self.reader.yes(name, value).map(|()| Condition::Empty)?,
            "same-as" => Condition::SameAs(self.key(value)?),
            "longer-than" => Condition::LongerThan(characters(&mut self.reader)?),
            "shorter-than" => Condition::ShorterThan(characters(&mut self.reader)?),
            "not-in" => Condition::NotIn(self.words(value)),
            _ if self.is_users => Condition::Matches(Expression::of(self.reader.regex(name, value)?)),
            _ => Condition::Matches(Expression::later(self.line(value)?)),
        })
    }

    fn fix(&mut self, value: &Value<'_>) -> Option<FixVerb> {
        let keys = self.reader.mapping(value, "write `{title: remove it, safety: unsafe, remove: true}`")?;
        let known: Vec<&str> = ["title", "safety"].iter().chain(&VERBS).copied().collect();
        let found = Found { keys, entries: self.reader.known_entries(keys, "`fix` setting", &known), whole: value };
        for key in ["title", "safety"] {
            if keys.get(key).is_none() {
                let help = match key {
                    "title" => "add `title: …` with what the fix does",
                    _ => "add `safety: safe` if the page stays the same, otherwise `safety: unsafe`",
                };
                self.wrong(place(value), format!("the fix has no `{key}`"), format!("`{key}` is missing"), help);
            }
        }
        let title = keys.get("title").and_then(|entry| self.line(&entry.value));
        let safety = keys.get("safety").and_then(|entry| {
            let known = Safety::ALL.map(Safety::as_str);
            self.reader.choice(&entry.value, "safety", &known, Safety::from_word)
        });
        let verb = self.only_one(&found, &VERBS, "`fix` has no action", "keep one of them");
        let action = verb.and_then(|entry| self.action(entry));
        Some(FixVerb { title: title?, safety: safety?, action: action? })
    }

    fn action(&mut self, verb: &Entry<'_>) -> Option<Action> {
        let (name, value) = (verb.name()?, &verb.value);
        match name {
            "set-attr" => {
                let [attribute, written] = self.pair(value, ["name", "value"])?;
                Some(Action::SetAttr { name: self.html_name(value, attribute, "attribute")?, value: written })
            }
            "remove-attr" => self.line(value).map(Action::RemoveAttr),
            "remove-token" => {
                self.pair(value, ["attr", "token"]).map(|[attr, token]| Action::RemoveToken { attr, token })
            }
            "rename-tag" => {
                let element = self.line(value)?;
                self.html_name(value, element, "element").map(Action::RenameTag)
            }
            "unwrap" => self.reader.yes(name, value).map(|()| Action::Unwrap),
            "remove" => self.reader.yes(name, value).map(|()| Action::Remove),
            _ => {
                if value.text().is_none() {
                    self.wrong(place(value), "`replace` expects text", kind(value), "write `replace: \"<hr>\"`");
                }
                value.text().map(|text| Action::Replace(text.to_owned()))
            }
        }
    }

    fn html_name(&mut self, value: &Value<'_>, name: String, what: &str) -> Option<String> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_name) {
            return Some(name);
        }
        let help = "use letters, digits and `-`, and begin with a letter";
        self.wrong(value.span, format!("`{name}` is not a valid {what} name"), "not a valid name", help);
        None
    }

    fn pair(&mut self, value: &Value<'_>, names: [&str; 2]) -> Option<[String; 2]> {
        let [first, second] = names;
        let keys = self.reader.mapping(value, &format!("write `{{{first}: …, {second}: …}}`"))?;
        self.reader.known_entries(keys, "setting", &names);
        let mut get = |name: &str| {
            let text = keys.get(name).and_then(|entry| entry.value.text());
            if text.is_none() {
                let help = format!("add `{name}: …`");
                self.wrong(place(value), format!("`{name}` is missing"), "this is incomplete", help);
            }
            text.map(str::to_owned)
        };
        let pair = (get(first), get(second));
        Some([pair.0?, pair.1?])
    }
}

const BOTH_BELOW: &str = "write a pattern for each below `all:` or `any:`";

/// A mapping, and the known entries in it.
struct Found<'m, 's> {
    keys: &'m Mapping<'s>,
    entries: Vec<&'m Entry<'s>>,
    whole: &'m Value<'s>,
}

impl Found<'_, '_> {
    fn has_unknown(&self) -> bool {
        let is_known = |entry: &Entry<'_>| self.entries.iter().any(|known| known.name() == entry.name());
        !self.keys.entries.iter().all(is_known)
    }
}

/// Whether the page has this key, or an unknown one that was probably meant to be it.
fn has(keys: &Mapping<'_>, key: &str) -> bool {
    let is_it = |name: &str| name == key || !PAGE_KEYS.contains(&name) && nearest(name, PAGE_KEYS) == Some(key);
    keys.entries.iter().filter_map(Entry::name).any(is_it)
}
