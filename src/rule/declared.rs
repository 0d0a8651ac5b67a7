//! Checks that a page declares by itself, without Rust: a selector, a front matter condition or a pattern of words.

use super::check::{Check, Context, Finding, Wants};
use super::edit;
use super::page::{Meta, PageError};
use crate::diagnostic::{Edit, Fix, Safety};
use crate::document::select::Selector;
use crate::document::{Document, Element, NodeKind};
use crate::source::Span;
use regex::Regex;
use serde::Deserialize;

/// A page's `match:`. One of `select`, `front-matter`, `text`, `all`, `any`, `not`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Match {
    /// A CSS selector.
    pub select: Option<String>,
    /// What of the selected element to point at: `start-tag` (default), `element`, `attr:NAME`, `text`.
    pub at: Option<String>,
    /// A top-level front matter key, with one of the conditions below.
    pub front_matter: Option<String>,
    /// The key is not there.
    pub missing: bool,
    /// The key is there without a value.
    pub empty: bool,
    /// The value equals that of another key.
    pub same_as: Option<String>,
    /// More characters than this.
    pub longer_than: Option<usize>,
    /// Fewer characters than this.
    pub shorter_than: Option<usize>,
    /// Any other value than these.
    pub not_in: Option<Vec<String>>,
    /// The value matches this regular expression.
    pub matches: Option<String>,
    /// A regular expression over the visible text.
    pub text: Option<String>,
    /// Every one of these holds; the first says where.
    pub all: Option<Vec<Match>>,
    /// One of these holds.
    pub any: Option<Vec<Match>>,
    /// This does not hold. Only inside `all`, after the first.
    pub not: Option<Box<Match>>,
}

/// A page's `fix:`: one verb, and whether it is safe.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FixVerb {
    /// Whether it may be applied without asking.
    pub safety: Safety,
    /// What it does, in the imperative.
    pub title: String,
    /// Give the element an attribute.
    pub set_attr: Option<SetAttribute>,
    /// Remove this attribute.
    pub remove_attr: Option<String>,
    /// Remove one token of an attribute.
    pub remove_token: Option<RemoveToken>,
    /// Give the element another name.
    pub rename_tag: Option<String>,
    /// Remove the tags, keep what is inside.
    #[serde(default)]
    pub unwrap: bool,
    /// Remove the element.
    #[serde(default)]
    pub remove: bool,
    /// Replace the element by this text.
    pub replace: Option<String>,
}

/// The attribute `set-attr` sets.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetAttribute {
    /// Its name.
    pub name: String,
    /// Its value, not escaped.
    pub value: String,
}

/// The token `remove-token` removes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveToken {
    /// The attribute's name.
    pub attr: String,
    /// The token, compared without regard to case.
    pub token: String,
}

/// A declared check, ready to run.
pub struct Declared {
    pattern: Pattern,
    fix: Option<FixVerb>,
}

enum Pattern {
    Select(Select),
    FrontMatter(String, Condition),
    Text(Regex),
    All(Vec<Pattern>),
    Any(Vec<Pattern>),
    Not(Box<Pattern>),
}

struct Select {
    selector: Selector,
    /// As it is written.
    text: String,
    at: At,
}

enum At {
    StartTag,
    Element,
    Attribute(String),
    Text,
}

enum Condition {
    Missing,
    Empty,
    SameAs(String),
    LongerThan(usize),
    ShorterThan(usize),
    NotIn(Vec<String>),
    Matches(Regex),
}

impl Declared {
    /// Compiles a page's `match:`, with its `fix:`; `None` where the page has no `match:`.
    pub fn new(meta: &Meta) -> Result<Option<Self>, PageError> {
        let Some(matches) = &meta.matches else { return Ok(None) };
        Ok(Some(Declared { pattern: Pattern::compile(matches)?, fix: meta.fix.clone() }))
    }

    fn fix_of(&self, source: &str, element: Element<'_>) -> Option<Fix> {
        let verb = self.fix.as_ref()?;
        let edits = verb.edits(source, element)?;
        Some(Fix { title: verb.title.clone(), safety: verb.safety, edits })
    }
}

impl Check for Declared {
    fn wants(&self) -> Wants {
        match &self.pattern {
            Pattern::Select(select) => match select.selector.subject_tags() {
                Some(tags) => Wants::Elements(tags),
                None => Wants::EveryElement,
            },
            _ => Wants::Document,
        }
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Pattern::Select(select) = &self.pattern else { return };
        if let Some(span) = select.place(element) {
            let fix = self.fix_of(context.document.source.text(), element);
            context.report(Finding { fix, ..Finding::at(span) });
        }
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        for span in self.pattern.places(document) {
            context.report(Finding::at(span));
        }
    }
}

impl Select {
    fn place(&self, element: Element<'_>) -> Option<Span> {
        (self.selector.matches(element) && !self.is_unknown(element)).then(|| self.at.span(element)).flatten()
    }

    /// Template syntax between the attributes may add any; in the value of an attribute that the selector reads, it may
    /// make any value. Nothing is said about the element then.
    fn is_unknown(&self, element: Element<'_>) -> bool {
        let reads = |name: &str| {
            self.text.contains(name)
                || (name == "class" && self.text.contains('.'))
                || (name == "id" && self.text.contains('#'))
        };
        element.start_tag().is_some_and(|tag| element.tree().has_template(tag))
            && (element.has_unknown_attributes() || element.attributes().any(|it| it.is_unknown() && reads(it.name())))
    }
}

impl Pattern {
    fn compile(matches: &Match) -> Result<Self, PageError> {
        let error = |message: String| PageError { message };
        let all = |list: &[Match]| list.iter().map(Pattern::compile).collect::<Result<Vec<_>, _>>();
        match matches {
            Match { select: Some(select), at, .. } => {
                let selector = Selector::parse(select).map_err(|e| error(format!("`select`: {e}")))?;
                let at = At::compile(at.as_deref())?;
                Ok(Pattern::Select(Select { selector, text: select.to_ascii_lowercase(), at }))
            }
            Match { front_matter: Some(key), .. } => {
                Ok(Pattern::FrontMatter(key.clone(), Condition::compile(matches)?))
            }
            Match { text: Some(text), .. } => Ok(Pattern::Text(regex(text)?)),
            Match { all: Some(list), .. } => Ok(Pattern::All(all(list)?)),
            Match { any: Some(list), .. } => Ok(Pattern::Any(all(list)?)),
            Match { not: Some(inner), .. } => Ok(Pattern::Not(Box::new(Pattern::compile(inner)?))),
            _ => Err(error("`match` needs one of `select`, `front-matter`, `text`, `all`, `any`".into())),
        }
    }

    fn places(&self, document: &Document<'_>) -> Vec<Span> {
        match self {
            Pattern::Select(select) => document.tree.elements().filter_map(|element| select.place(element)).collect(),
            Pattern::FrontMatter(key, condition) => condition.place(key, document).into_iter().collect(),
            Pattern::Text(regex) => text_places(regex, document),
            Pattern::Any(list) => list.iter().flat_map(|pattern| pattern.places(document)).collect(),
            Pattern::All(list) => {
                let Some((first, rest)) = list.split_first() else { return Vec::new() };
                let holds = |pattern: &Pattern| match pattern {
                    Pattern::Not(inner) => inner.places(document).is_empty(),
                    other => !other.places(document).is_empty(),
                };
                if rest.iter().all(holds) { first.places(document) } else { Vec::new() }
            }
            Pattern::Not(_) => Vec::new(),
        }
    }
}

/// Matches in the post's visible text: code, scripts and styles are not prose.
fn text_places(regex: &Regex, document: &Document<'_>) -> Vec<Span> {
    let mut places = Vec::new();
    for node in document.tree.root().descendants().filter(|node| node.kind() == NodeKind::Text) {
        let hidden = |name: &str| matches!(name, "code" | "pre" | "script" | "style" | "textarea" | "kbd" | "samp");
        let parent = node.parent().and_then(|parent| parent.as_element());
        if parent.is_some_and(|parent| hidden(parent.name()) || parent.ancestors().any(|a| hidden(a.name()))) {
            continue;
        }
        for found in regex.find_iter(node.text()) {
            let start = node.written_offset(found.start() as u32);
            let end = node.written_offset(found.end() as u32);
            if let (Some(start), Some(end)) = (start, end) {
                places.push(Span::new(start, end.max(start)));
            }
        }
    }
    places
}

fn regex(pattern: &str) -> Result<Regex, PageError> {
    Regex::new(pattern).map_err(|error| PageError { message: format!("`{pattern}`: {error}") })
}

impl At {
    fn compile(at: Option<&str>) -> Result<Self, PageError> {
        match at.unwrap_or("start-tag") {
            "start-tag" => Ok(At::StartTag),
            "element" => Ok(At::Element),
            "text" => Ok(At::Text),
            other => match other.strip_prefix("attr:") {
                Some(name) => Ok(At::Attribute(name.to_owned())),
                None => Err(PageError {
                    message: format!("`at: {other}` is none of `start-tag`, `element`, `attr:NAME`, `text`"),
                }),
            },
        }
    }

    fn span(&self, element: Element<'_>) -> Option<Span> {
        match self {
            At::StartTag => element.start_tag(),
            At::Element => element.span(),
            At::Attribute(name) => {
                let attribute = element.attribute(name)?;
                attribute.value_span().or(attribute.name_span()).or(element.start_tag())
            }
            At::Text => {
                let text = |kind| kind == NodeKind::Text;
                let spans = element.descendants().filter(|node| text(node.kind())).filter_map(|node| node.span());
                spans.reduce(Span::join).or(element.start_tag())
            }
        }
    }
}

impl Condition {
    fn compile(matches: &Match) -> Result<Self, PageError> {
        Ok(match matches {
            Match { missing: true, .. } => Condition::Missing,
            Match { empty: true, .. } => Condition::Empty,
            Match { same_as: Some(key), .. } => Condition::SameAs(key.clone()),
            Match { longer_than: Some(n), .. } => Condition::LongerThan(*n),
            Match { shorter_than: Some(n), .. } => Condition::ShorterThan(*n),
            Match { not_in: Some(words), .. } => Condition::NotIn(words.clone()),
            Match { matches: Some(pattern), .. } => Condition::Matches(regex(pattern)?),
            _ => {
                return Err(PageError {
                    message: "`front-matter` needs one of `missing`, `empty`, `same-as`, `longer-than`, \
                              `shorter-than`, `not-in`, `matches`"
                        .into(),
                });
            }
        })
    }

    fn place(&self, key: &str, document: &Document<'_>) -> Option<Span> {
        let block = document.front_matter.block()?;
        let Some(entry) = block.mapping.get(key) else {
            let missing = matches!(self, Condition::Missing) && document.place.default_of(key).is_none();
            return (missing && block.problem.is_none()).then_some(block.fence);
        };
        let text = entry.value.as_scalar().map(|scalar| scalar.text.trim());
        let holds = match self {
            Condition::Missing => false,
            Condition::Empty => text == Some(""),
            Condition::SameAs(other) => {
                let other = block.mapping.get(other)?.value.as_scalar()?.text.trim();
                text.is_some_and(|text| !text.is_empty() && text == other)
            }
            Condition::LongerThan(n) => text.is_some_and(|text| text.chars().count() > *n),
            Condition::ShorterThan(n) => text.is_some_and(|text| text.chars().count() < *n),
            Condition::NotIn(words) => text.is_some_and(|text| !words.iter().any(|word| word == text)),
            Condition::Matches(regex) => text.is_some_and(|text| regex.is_match(text)),
        };
        let span = if entry.value.span.is_empty() { entry.key.span } else { entry.value.span };
        holds.then_some(span)
    }
}

impl FixVerb {
    fn edits(&self, source: &str, element: Element<'_>) -> Option<Vec<Edit>> {
        let one = |edit: Option<Edit>| edit.map(|edit| vec![edit]);
        if let Some(set) = &self.set_attr {
            return one(edit::set_attribute(element, &set.name, &set.value));
        }
        if let Some(name) = &self.remove_attr {
            return one(edit::remove_attribute(source, element.attribute(name)?));
        }
        if let Some(RemoveToken { attr, token }) = &self.remove_token {
            let attribute = element.attribute(attr)?;
            let written = attribute.value_span()?;
            let at = written.slice(source).to_ascii_lowercase().find(&token.to_ascii_lowercase())?;
            let start = written.start + at as u32;
            return one(edit::remove_token(source, attribute, Span::new(start, start + token.len() as u32)));
        }
        if let Some(name) = &self.rename_tag {
            return edit::rename_tag(element, name);
        }
        if self.unwrap {
            return edit::unwrap(element);
        }
        if self.remove {
            return Some(vec![edit::remove_block(source, element.span()?)]);
        }
        let text = self.replace.clone()?;
        Some(vec![Edit { span: element.span()?, text }])
    }
}
