//! Checks that a page declares without Rust: a selector, a front matter condition or a regular expression for text.

use crate::diagnostic::{Fix, Safety};
use crate::document::edit::element;
use crate::document::tree::select::{Caches, Selector};
use crate::document::{Document, Element, NodeKind};
use crate::edit::Edit;
use crate::rule::check::{Check, Context, Finding, Wants, Which};
use crate::rule::patterns::Expression;
use crate::source::Span;
use regex::Regex;
use std::collections::BTreeSet;

/// A page's `fix:`: an action, and whether it is safe.
#[derive(Debug)]
pub struct FixVerb {
    /// What the fix does, in the imperative.
    pub title: String,
    /// Whether it may be applied without asking.
    pub safety: Safety,
    /// The action.
    pub action: Action,
}

/// What a declared fix does to the element of the finding.
#[derive(Debug)]
pub enum Action {
    /// Set an attribute. The value is plain text and is escaped when it is written.
    SetAttr {
        /// The attribute's name.
        name: String,
        /// Its value.
        value: String,
    },
    /// Remove this attribute.
    RemoveAttr(String),
    /// Remove one token of an attribute.
    RemoveToken {
        /// The attribute's name.
        attr: String,
        /// The token; case is ignored.
        token: String,
    },
    /// Rename the element.
    RenameTag(String),
    /// Remove the tags and keep the content.
    Unwrap,
    /// Remove the element.
    Remove,
    /// Replace the element with this text.
    Replace(String),
}

/// A declared check, ready to run.
pub struct Declared {
    pub(super) pattern: Pattern,
    pub(super) fix: Option<FixVerb>,
}

/// A page's `match:`.
pub(super) enum Pattern {
    Select(Select),
    /// A top-level key and a condition on it.
    FrontMatter(String, Condition),
    /// A pattern of the visible text.
    Text(Regex),
    /// All of them match; the first determines the span.
    All(Vec<Pattern>),
    /// One of them matches.
    Any(Vec<Pattern>),
    /// This one does not match. Only inside `All`, after the first.
    Not(Box<Pattern>),
}

pub(super) struct Select {
    pub(super) selector: Selector,
    pub(super) at: At,
}

/// The part of the selected element to report.
pub(super) enum At {
    StartTag,
    Element,
    Attribute(String),
    Text,
}

/// A condition on the value of a front matter key. Lengths count characters.
pub(super) enum Condition {
    Missing,
    Empty,
    SameAs(String),
    LongerThan(usize),
    ShorterThan(usize),
    NotIn(Vec<String>),
    Matches(Expression),
}

impl Declared {
    fn fix_of(&self, source: &str, element: Element<'_>) -> Option<Fix> {
        let verb = self.fix.as_ref()?;
        let edits = verb.edits(source, element)?;
        Some(Fix::new(verb.title.clone(), verb.safety, edits))
    }
}

impl Check for Declared {
    fn wants(&self) -> Wants {
        match &self.pattern {
            Pattern::Select(select) => match select.selector.subject_tags() {
                Some(tags) => Wants::Together(Which::Named(tags)),
                None => Wants::Together(Which::Every),
            },
            _ => Wants::Document,
        }
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let Pattern::Select(select) = &self.pattern else { return };
        let mut caches = Caches::default();
        for &element in elements {
            if let Some(span) = select.place(element, &mut caches) {
                let fix = self.fix_of(context.document.source.text(), element);
                context.report(Finding { fix, ..Finding::at(span) });
            }
        }
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        for span in self.pattern.places(document) {
            context.report(Finding::at(span));
        }
    }
}

impl Select {
    fn place(&self, element: Element<'_>, caches: &mut Caches) -> Option<Span> {
        (self.selector.matches_with(element, caches) && !self.is_unknown(element))
            .then(|| self.at.span(element))
            .flatten()
    }

    /// Whether a template decides if the element matches, so that it must not be reported. A template between the
    /// attributes may add any attribute, and one in a value that the selector reads may produce any value.
    fn is_unknown(&self, element: Element<'_>) -> bool {
        let reads_unknown = || element.attributes().any(|it| it.is_unknown() && self.selector.reads(it.local_name()));
        element.start_tag().is_some_and(|tag| element.tree().has_template(tag))
            && (element.has_unknown_attributes() || reads_unknown())
    }
}

impl Pattern {
    /// The spans that match, without duplicates.
    fn places(&self, document: &Document<'_>) -> BTreeSet<Span> {
        match self {
            Pattern::Select(select) => {
                let mut caches = Caches::default();
                document.tree.elements().filter_map(|element| select.place(element, &mut caches)).collect()
            }
            Pattern::FrontMatter(key, condition) => condition.place(key, document).into_iter().collect(),
            Pattern::Text(regex) => text_places(regex, document),
            Pattern::Any(list) => {
                let mut places = BTreeSet::new();
                list.iter().for_each(|pattern| places.extend(pattern.places(document)));
                places
            }
            Pattern::All(list) => {
                let Some((first, rest)) = list.split_first() else { return BTreeSet::new() };
                let holds = |pattern: &Pattern| match pattern {
                    Pattern::Not(inner) => inner.places(document).is_empty(),
                    other => !other.places(document).is_empty(),
                };
                if rest.iter().all(holds) { first.places(document) } else { BTreeSet::new() }
            }
            Pattern::Not(_) => BTreeSet::new(),
        }
    }
}

/// The matches in the post's visible text, without code, scripts and styles.
fn text_places(regex: &Regex, document: &Document<'_>) -> BTreeSet<Span> {
    let mut places = BTreeSet::new();
    for node in document.tree.text_nodes() {
        let hidden = |name: &str| matches!(name, "code" | "pre" | "script" | "style" | "textarea" | "kbd" | "samp");
        let parent = node.parent().and_then(|parent| parent.as_element());
        if parent.is_some_and(|parent| hidden(parent.name()) || parent.ancestors().any(|a| hidden(a.name()))) {
            continue;
        }
        let offsets = node.written_offsets();
        for found in regex.find_iter(node.text()) {
            let start = offsets.get(found.start() as u32);
            let end = offsets.get(found.end() as u32);
            if let (Some(start), Some(end)) = (start, end) {
                places.insert(Span::new(start, end.max(start)));
            }
        }
    }
    places
}

impl At {
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
            Condition::Matches(expression) => text.is_some_and(|text| expression.is_match(text)),
        };
        let span = if entry.value.span.is_empty() { entry.key.span } else { entry.value.span };
        holds.then_some(span)
    }
}

impl FixVerb {
    fn edits(&self, source: &str, element: Element<'_>) -> Option<Vec<Edit>> {
        let one = |edit: Option<Edit>| edit.map(|edit| vec![edit]);
        match &self.action {
            Action::SetAttr { name, value } => one(element::set_attribute(element, name, value)),
            Action::RemoveAttr(name) => one(element::remove_attribute(source, element.attribute(name)?)),
            Action::RemoveToken { attr, token } => {
                let attribute = element.attribute(attr)?;
                let written = attribute.value_span()?;
                let at = written.slice(source).to_ascii_lowercase().find(&token.to_ascii_lowercase())?;
                let start = written.start + at as u32;
                one(element::remove_token(source, attribute, Span::new(start, start + token.len() as u32)))
            }
            Action::RenameTag(name) => element::rename_tag(element, name),
            Action::Unwrap => element::unwrap(element),
            Action::Remove => one(Some(element::remove_block(source, element.span()?))),
            Action::Replace(text) => one(Some(element::replace(element.span()?, text))),
        }
    }
}
