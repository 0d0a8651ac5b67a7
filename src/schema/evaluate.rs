//! Evaluates a schema on front matter.

use crate::diagnostic::{Fix, Safety};
use crate::document::read::front_matter::quote::quote;
use crate::document::read::front_matter::types::{Resolved, resolve};
use crate::document::read::front_matter::value::{Data, Entry, Mapping, Style, Value};
use crate::edit::Edit;
use crate::schema::at::{At, named};
use crate::schema::format::lacks_format;
use crate::schema::kind::{canonical, equals, is_open, number, spoken, supplied, type_of};
use crate::schema::{Schema, Setting, Violation};
use crate::source::Span;
use crate::words::nearest;
use rustc_hash::FxHashSet;
use serde_json::{Map, Value as Json};

/// Maximum depth: a schema may refer to itself.
const MAX_DEPTH: usize = 64;
/// Maximum number of steps: a schema may branch exponentially.
const MAX_STEPS: usize = 100_000;
/// The number of values or keys compared, bytes read or patterns tried that count as one step.
const VALUES_PER_STEP: usize = 64;
const BYTES_PER_STEP: usize = 1000;
const PATTERNS_PER_STEP: usize = 8;
/// Maximum number of values listed in a help text.
const MAX_NAMED: usize = 8;

/// All violations of `schema` in `mapping`.
pub fn check(schema: &Schema, mapping: &Mapping<'_>, setting: Setting<'_>) -> Vec<Violation> {
    let mut walk = Walk { schema, setting, root: mapping, steps: 0, conditions: 0, found: Vec::new() };
    let at = At::root(setting.fence);
    walk.schema(Subject::Mapping(mapping), &schema.root, &at);
    walk.found
}

/// Maximum number of violations that get a suggestion: each search compares a word with all keys or allowed values.
const MAX_SUGGESTIONS: usize = 100;

/// The part of the front matter that a schema is evaluated on. The root is not a value, because the front matter as a
/// whole has no span.
#[derive(Clone, Copy)]
enum Subject<'v, 's> {
    Mapping(&'v Mapping<'s>),
    Value(&'v Value<'s>),
}

pub(super) struct Walk<'w> {
    schema: &'w Schema,
    pub(super) setting: Setting<'w>,
    pub(super) root: &'w Mapping<'w>,
    steps: usize,
    /// Depth of nested `if` conditions. Inside them, the site's defaults count as part of the post.
    conditions: usize,
    pub(super) found: Vec<Violation>,
}

impl<'w> Walk<'w> {
    pub(super) fn wrong(&mut self, at: &At, message: String, label: impl Into<String>) -> &mut Violation {
        self.steps += 1;
        self.found.push(Violation {
            span: at.span,
            message,
            label: label.into(),
            help: None,
            fix: None,
            is_unknown_key: false,
            at_most: None,
            path: at.path.clone(),
        });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    fn schema(&mut self, subject: Subject<'_, '_>, schema: &Json, at: &At) {
        let bytes = if let Subject::Value(value) = subject { value.full_span.len() as usize } else { 0 };
        self.steps += 1 + bytes / BYTES_PER_STEP;
        if at.depth > MAX_DEPTH || self.steps > MAX_STEPS {
            return;
        }
        let object = match schema {
            Json::Object(object) => object,
            Json::Bool(false) => {
                self.wrong(at, format!("{} is not allowed here", named(&at.path)), "not allowed here");
                return;
            }
            _ => return,
        };
        self.combined(subject, object, at);
        if let Subject::Value(value) = subject {
            if is_open(value, self.setting.text) {
                return;
            }
            if !self.kind(value, object, at) {
                return;
            }
            self.one_of_values(value, object, at);
            if object.get("exists") == Some(&Json::Bool(true)) {
                self.exists(value, at);
            }
        }
        match subject {
            Subject::Mapping(mapping) => self.mapping(mapping, object, at),
            Subject::Value(value) => match &value.data {
                Data::Mapping(mapping) => self.mapping(mapping, object, at),
                Data::Sequence { items, .. } => self.sequence(items, object, at),
                Data::Scalar(scalar) => self.scalar(value, &scalar.text, object, at),
                Data::Alias { .. } => {}
            },
        }
    }

    fn combined(&mut self, subject: Subject<'_, '_>, object: &Map<String, Json>, at: &At) {
        let deeper = At { depth: at.depth + 1, ..at.clone() };
        if let Some(pointer) = object.get("$ref").and_then(Json::as_str).and_then(|target| target.strip_prefix('#')) {
            let target = self.schema.root.pointer(pointer);
            target.into_iter().for_each(|target| self.schema(subject, target, &deeper));
        }
        for schema in list(object, "allOf") {
            self.schema(subject, schema, &deeper);
        }
        for word in ["anyOf", "oneOf"] {
            if let Some(all) = object.get(word).and_then(Json::as_array) {
                self.alternatives(subject, all, word == "oneOf", &deeper);
            }
        }
        if let Some(schema) = object.get("not")
            && self.violations(subject, schema, &deeper).is_empty()
        {
            self.wrong(at, format!("{} has a value that the schema excludes", named(&at.path)), "excluded by `not`");
        }
        if let Some(condition) = object.get("if") {
            self.conditions += 1;
            let holds = self.violations(subject, condition, &deeper).is_empty();
            self.conditions -= 1;
            let then = object.get(if holds { "then" } else { "else" });
            then.into_iter().for_each(|schema| self.schema(subject, schema, &deeper));
        }
    }

    /// Evaluates `schema` itself and returns its violations.
    fn violations(&mut self, subject: Subject<'_, '_>, schema: &Json, at: &At) -> Vec<Violation> {
        let before = self.found.len();
        self.schema(subject, schema, at);
        self.found.split_off(before)
    }

    /// Evaluates `anyOf` and `oneOf`. If no alternative matches, the violations of the closest one are reported.
    fn alternatives(&mut self, subject: Subject<'_, '_>, all: &[Json], is_exclusive: bool, at: &At) {
        let mut fitting = 0;
        let mut best: Option<((bool, usize), Vec<Violation>)> = None;
        for schema in all {
            let found = self.violations(subject, schema, at);
            fitting += usize::from(found.is_empty());
            // If the violations are deeper, the type of the value matches, so this alternative was intended.
            let is_shallow = found.iter().any(|violation| violation.path == at.path);
            let distance = (is_shallow, found.len());
            if best.as_ref().is_none_or(|(least, _)| distance < *least) {
                best = Some((distance, found));
            }
        }
        if fitting == 0 {
            self.found.extend(best.map(|(_, found)| found).unwrap_or_default());
        } else if is_exclusive && fitting > 1 {
            let message = format!("{} matches {fitting} alternatives of the schema", named(&at.path));
            self.wrong(at, message, "must match exactly one");
        }
    }

    /// Evaluates `type`. Returns false if further violations would only repeat that the type is wrong.
    fn kind(&mut self, value: &Value<'_>, object: &Map<String, Json>, at: &At) -> bool {
        let Some(wanted) = object.get("type") else { return true };
        let wanted: Vec<&str> = match wanted {
            Json::String(one) => vec![one],
            several => several.as_array().into_iter().flatten().filter_map(Json::as_str).collect(),
        };
        let Some(kind) = type_of(value, self.setting.engine) else { return true };
        if wanted.iter().any(|want| *want == kind || (*want == "number" && kind == "integer")) {
            return true;
        }
        let spoken_list: Vec<&str> = wanted.iter().map(|want| spoken(want)).collect();
        let message = format!("{} is {} here, not {}", named(&at.path), spoken(kind), spoken_list.join(" or "));
        let is_quotable = wanted.contains(&"string")
            && value.as_scalar().is_some_and(|scalar| scalar.style == Style::Plain)
            && is_on_one_line(value)
            && kind != "null";
        let violation = self.wrong(at, message, format!("parsed as {}", spoken(kind)));
        if is_quotable {
            violation.help = Some("quote it to keep it verbatim".into());
            let written = value.text().and_then(quote);
            violation.fix = written.map(|text| rewrite("put the value in quotes".into(), value.span, text));
        } else if wanted.contains(&"array") && !matches!(kind, "object" | "null") {
            violation.help = Some("write it as a list: `[one, two]`".into());
        }
        false
    }

    /// Evaluates `enum` and `const`.
    fn one_of_values(&mut self, value: &Value<'_>, object: &Map<String, Json>, at: &At) {
        let engine = self.setting.engine;
        let single = object.get("const").map(std::slice::from_ref);
        let several = object.get("enum").and_then(Json::as_array).map(Vec::as_slice);
        for allowed in [single, several].into_iter().flatten() {
            // Comparing a value with a long list of allowed values takes several steps.
            self.steps += allowed.len() / VALUES_PER_STEP;
            if allowed.iter().any(|one| equals(value, one, engine)) {
                continue;
            }
            let written = value.text().unwrap_or("");
            let few = self.found.len() < MAX_SUGGESTIONS;
            let words: Vec<String> = allowed.iter().take(if few { usize::MAX } else { MAX_NAMED }).map(word).collect();
            let suggestion = few.then(|| nearest(written, words.iter().map(String::as_str))).flatten();
            let help = match suggestion {
                Some(suggestion) => format!("did you mean `{suggestion}`?"),
                None => format!("allowed values: {}", in_a_row(&words, MAX_NAMED, allowed.len())),
            };
            let shown = if written.is_empty() { "this value".to_owned() } else { format!("`{written}`") };
            let fix = suggestion.filter(|_| is_on_one_line(value)).and_then(|suggestion| {
                let is_bare = value.as_scalar()?.style == Style::Plain && suggestion.chars().all(char::is_alphanumeric);
                let is_text = resolve(suggestion, engine) == Resolved::String;
                let text = if is_bare && is_text { suggestion.to_owned() } else { quote(suggestion)? };
                Some(rewrite(format!("write `{suggestion}`"), value.span, text))
            });
            let message = format!("{shown} is not an allowed value of {}", named(&at.path));
            let violation = self.wrong(at, message, "not among the allowed values");
            (violation.help, violation.fix) = (Some(help), fix);
        }
    }

    fn mapping(&mut self, mapping: &Mapping<'_>, object: &Map<String, Json>, at: &At) {
        let is_root = at.path.is_empty();
        let has_merge = mapping.has_merge();
        let present = |key: &str, walk: &Self| {
            let written = walk.entry_of(mapping, key).is_some_and(|entry| !walk.is_absent(entry));
            written || has_merge || (is_root && walk.setting.supplied.contains(key))
        };
        let required = list(object, "required");
        let properties = object.get("properties").and_then(Json::as_object).map_or(0, Map::len);
        self.steps += (required.len() + properties) / VALUES_PER_STEP;
        for key in required.iter().filter_map(Json::as_str) {
            if !present(key, self) {
                let is_item = at.path.rsplit('/').next().is_some_and(|part| part.parse::<usize>().is_ok());
                let label = match (is_root, is_item) {
                    (true, _) => "missing in this front matter",
                    (_, true) => "missing in this item",
                    _ => "missing under this key",
                };
                let at = At { span: at.key, ..at.clone() };
                self.wrong(&at, format!("missing required key `{key}`"), label).help = Some(format!("add `{key}`"));
            }
        }
        for (key, needs) in object.get("dependentRequired").and_then(Json::as_object).into_iter().flatten() {
            let Some(entry) = self.entry_of(mapping, key).filter(|entry| !self.is_absent(entry)) else { continue };
            for need in needs.as_array().into_iter().flatten().filter_map(Json::as_str) {
                if !present(need, self) {
                    let at = At { span: entry.key.span, ..at.clone() };
                    self.wrong(
                        &at,
                        format!("`{key}` requires `{need}`, which is missing"),
                        format!("requires `{need}`"),
                    );
                }
            }
        }
        let count = mapping.entries.len();
        self.bounds(count, object, ["minProperties", "maxProperties"], ["key", "keys"], at);
        // A schema in a condition usually has only one of many keys: evaluate all only if a keyword needs them.
        let asks_of_all = ["patternProperties", "additionalProperties", "propertyNames"];
        let asks_of_all = self.setting.place.is_any_case() || asks_of_all.iter().any(|it| object.contains_key(*it));
        let named = object.get("properties").and_then(Json::as_object);
        self.steps += named.map_or(0, |_| count) / VALUES_PER_STEP;
        let is_asked = |name: &str| asks_of_all || named.is_some_and(|named| named.contains_key(name));
        for entry in &mapping.entries {
            if let Some(name) = entry.name().filter(|name| is_asked(name))
                && !entry.is_merge()
                && !self.is_absent(entry)
            {
                self.entry(mapping, entry, name, object, at);
            }
        }
        if is_root && self.conditions > 0 {
            self.supplied(mapping, object, at);
        }
    }

    /// Evaluates the site's defaults for keys that the post does not have.
    fn supplied(&mut self, mapping: &Mapping<'_>, object: &Map<String, Json>, at: &At) {
        let properties = object.get("properties").and_then(Json::as_object);
        self.steps += properties.map_or(0, Map::len) * self.setting.place.defaults.len() / VALUES_PER_STEP;
        for (key, schema) in properties.into_iter().flatten() {
            let is_written = self.entry_of(mapping, key).is_some_and(|entry| !self.is_absent(entry));
            if let (false, Some(default)) = (is_written, self.setting.place.default_of(key)) {
                let value = supplied(default, at.span);
                self.schema(Subject::Value(&value), schema, &at.inside(key, at.span, at.span));
            }
        }
    }

    /// The entry that the generator uses for `key`.
    pub(super) fn entry_of<'m, 's>(&self, mapping: &'m Mapping<'s>, key: &str) -> Option<&'m Entry<'s>> {
        let in_any_case = || mapping.get_in_any_case(key).filter(|_| self.setting.place.is_any_case());
        mapping.get(key).or_else(in_any_case)
    }

    /// Whether the key has no value, and such a key counts as missing.
    fn is_absent(&self, entry: &Entry<'_>) -> bool {
        let is_list = matches!(entry.value.data, Data::Sequence { .. } | Data::Mapping(_));
        self.schema.blank_is_absent && !is_list && entry.value.is_blank(self.setting.engine)
    }

    fn entry(&mut self, mapping: &Mapping<'_>, entry: &Entry<'_>, name: &str, object: &Map<String, Json>, at: &At) {
        let inside = at.inside(name, entry.value_or_key(), entry.key.span);
        let value = Subject::Value(&entry.value);
        let properties = object.get("properties").and_then(Json::as_object);
        let mut is_known = false;
        let property = properties.and_then(|all| {
            all.get(name).or_else(|| {
                let is_any_case = self.setting.place.is_any_case();
                self.steps += if is_any_case { all.len() / VALUES_PER_STEP } else { 0 };
                let mut others = is_any_case.then_some(all).into_iter().flatten();
                others.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, schema)| schema)
            })
        });
        if let Some(schema) = property {
            is_known = true;
            self.schema(value, schema, &inside);
        }
        let patterns = object.get("patternProperties").and_then(Json::as_object);
        self.steps += patterns.map_or(0, Map::len) / PATTERNS_PER_STEP;
        for (pattern, schema) in patterns.into_iter().flatten() {
            if self.matches(pattern, name) {
                is_known = true;
                self.schema(value, schema, &inside);
            }
        }
        match object.get("additionalProperties") {
            Some(Json::Bool(false)) if !is_known => {
                let few = self.found.len() < MAX_SUGGESTIONS;
                let known = properties.into_iter().flatten().map(|(key, _)| key.as_str()).filter(|_| few);
                // A key that is already set cannot be the intended one.
                let known: Vec<&str> = known.filter(|key| self.entry_of(mapping, key).is_none()).collect();
                self.unknown_key(entry, name, &known, at);
            }
            Some(schema) if !is_known => self.schema(value, schema, &inside),
            _ => {}
        }
        if let Some(schema) = object.get("propertyNames") {
            let at = At { span: entry.key.span, ..inside };
            self.schema(Subject::Value(&entry.key), schema, &at);
        }
    }

    fn unknown_key(&mut self, entry: &Entry<'_>, name: &str, known: &[&str], at: &At) {
        let suggestion = nearest(name, known.iter().copied());
        let place = at.inside(name, entry.key.span, entry.key.span);
        let violation = self.wrong(&place, format!("unknown key `{name}`"), "not in the schema");
        violation.is_unknown_key = true;
        violation.help = suggestion.map(|suggestion| format!("did you mean `{suggestion}`?"));
        violation.fix = suggestion.and_then(|suggestion| renamed(entry, suggestion));
    }

    fn sequence(&mut self, items: &[Value<'_>], object: &Map<String, Json>, at: &At) {
        self.bounds(items.len(), object, ["minItems", "maxItems"], ["item", "items"], at);
        if object.get("uniqueItems") == Some(&Json::Bool(true)) {
            let mut seen = FxHashSet::default();
            for (index, item) in items.iter().enumerate() {
                if !seen.insert(canonical(item, self.setting.engine)) {
                    let at = at.inside(&index.to_string(), item.span, item.span);
                    self.wrong(&at, format!("{} is a duplicate item", named(&at.path)), "repeated here");
                }
            }
        }
        if let Some(schema) = object.get("items") {
            for (index, item) in items.iter().enumerate() {
                let span = if item.span.is_empty() { at.span } else { item.span };
                let first = item.as_mapping().and_then(|mapping| mapping.entries.first());
                let key = first.map_or(span, |entry| entry.key.span);
                self.schema(Subject::Value(item), schema, &at.inside(&index.to_string(), span, key));
            }
        }
        if let Some(schema) = object.get("contains") {
            let fits = |walk: &mut Self, item| walk.violations(Subject::Value(item), schema, at).is_empty();
            if !items.iter().any(|item| fits(self, item)) {
                self.wrong(
                    at,
                    format!("{} lacks an item that the schema requires", named(&at.path)),
                    "none of these matches",
                );
            }
        }
    }

    fn scalar(&mut self, value: &Value<'_>, text: &str, object: &Map<String, Json>, at: &At) {
        let engine = self.setting.engine;
        if let Some(number) = number(value, engine) {
            return self.number(number, object, at);
        }
        if type_of(value, engine) != Some("string") {
            return;
        }
        self.bounds(text.chars().count(), object, ["minLength", "maxLength"], ["character", "characters"], at);
        if let Some(pattern) = object.get("pattern").and_then(Json::as_str)
            && !self.matches(pattern, text)
        {
            self.wrong(
                at,
                format!("{} does not match the required pattern", named(&at.path)),
                format!("does not match `{pattern}`"),
            );
        }
        if let Some(format) = object.get("format").and_then(Json::as_str)
            && let Some(wanted) = lacks_format(value, text, format)
        {
            self.wrong(at, format!("{} is not {wanted}", named(&at.path)), format!("not {wanted}"));
        }
        self.own_keywords(value, text, object, at);
    }

    fn number(&mut self, number: f64, object: &Map<String, Json>, at: &At) {
        let limit = |word: &str| object.get(word).and_then(Json::as_f64);
        let tests = [
            (limit("minimum"), "at least", number < limit("minimum").unwrap_or(number)),
            (limit("maximum"), "at most", number > limit("maximum").unwrap_or(number)),
            (limit("exclusiveMinimum"), "more than", limit("exclusiveMinimum").is_some_and(|limit| number <= limit)),
            (limit("exclusiveMaximum"), "less than", limit("exclusiveMaximum").is_some_and(|limit| number >= limit)),
            (
                limit("multipleOf"),
                "a multiple of",
                limit("multipleOf").is_some_and(|step| (number / step).fract() != 0.0),
            ),
        ];
        for (limit, words, is_wrong) in tests {
            if let Some(limit) = limit
                && is_wrong
            {
                let message = format!("{} is not an allowed number", named(&at.path));
                self.wrong(at, message, format!("must be {words} {limit}"));
            }
        }
    }

    fn bounds(&mut self, count: usize, object: &Map<String, Json>, words: [&str; 2], units: [&str; 2], at: &At) {
        let limit = |word: &str| object.get(word).and_then(Json::as_u64).map(|limit| limit as usize);
        let unit = if count == 1 { units[0] } else { units[1] };
        let tests = [(limit(words[0]), "at least", "too few"), (limit(words[1]), "at most", "too many")];
        for (side, (limit, at_what, what)) in tests.into_iter().enumerate() {
            if let Some(limit) = limit.filter(|limit| if side == 0 { count < *limit } else { count > *limit }) {
                let message = format!("{} has {what} {}: {count}", named(&at.path), units[1]);
                self.wrong(at, message, format!("{count} {unit}; {at_what} {limit}"));
            }
        }
    }

    fn matches(&self, pattern: &str, text: &str) -> bool {
        self.schema.patterns.get(pattern).is_none_or(|pattern| pattern.is_match(text))
    }
}

/// A fix that replaces a value. Unsafe, because it changes the page.
fn rewrite(title: String, span: Span, text: String) -> Fix {
    Fix::new(title, Safety::Unsafe, [Edit { span, text }])
}

/// A fix that renames the key. Unsafe, because the new key may have an effect.
pub fn renamed(entry: &Entry<'_>, name: &str) -> Option<Fix> {
    let old = entry.name()?;
    let is_plain = |word: &str| word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let is_bare = is_plain(old) && is_plain(name) && entry.key.span.len() as usize == old.len();
    is_bare.then(|| rewrite(format!("rename `{old}` to `{name}`"), entry.key.span, name.to_owned()))
}

/// Whether the value can be replaced by a word: it is not a block scalar and has no tag or anchor.
fn is_on_one_line(value: &Value<'_>) -> bool {
    let is_single = |style| matches!(style, Style::Plain | Style::SingleQuoted | Style::DoubleQuoted);
    value.as_scalar().is_some_and(|scalar| is_single(scalar.style)) && value.full_span == value.span
}

fn list<'o>(object: &'o Map<String, Json>, word: &str) -> &'o [Json] {
    object.get(word).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn word(json: &Json) -> String {
    json.as_str().map_or_else(|| json.to_string(), str::to_owned)
}

/// Up to `most` of `count` words, each in backticks.
pub(super) fn in_a_row(words: &[String], most: usize, count: usize) -> String {
    let shown: Vec<String> = words.iter().take(most).map(|word| format!("`{word}`")).collect();
    let more = if count > most { format!(" and {} more", count - most) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}
