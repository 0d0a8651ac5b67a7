//! CSS selectors: parsed with scraper's grammar, matched against postlint's tree.

use crate::document::tree::NodeKind;
use crate::document::tree::node::{Attribute, Element, Node};
use crate::pattern::LONGEST;
use cssparser::{BasicParseErrorKind, ParseError, ParseErrorKind};
use html5ever::{LocalName, Namespace, local_name, ns};
use scraper::selector::{CssLocalName, CssString, NonTSPseudoClass, Parser, PseudoElement, Simple};
use selectors::attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint};
use selectors::bloom::BloomFilter;
use selectors::matching::{
    ElementSelectorFlags, MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode,
    SelectorCaches, matches_selector,
};
use selectors::parser::{Component, ParseRelative, SelectorList, SelectorParseErrorKind};
use selectors::{Element as Selectable, OpaqueElement};
use std::cell::Cell;
use std::fmt;

/// Maximum number of combinators in one selector; real ones have up to three.
const MAX_COMBINATORS: usize = 64;

/// A list of CSS selectors, such as `img:not([alt]), input[type=image]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    list: SelectorList<Simple>,
    /// Attribute names of which an element must have at least one to match; `None` if none is required. Most elements
    /// have no attributes.
    attributes: Option<Vec<LocalName>>,
    /// The names of all attributes that the selector depends on, on any element.
    read: Vec<LocalName>,
    /// Maximum number of siblings examined from one element.
    reach: u32,
}

/// The limit of `reach` for `~`, which compares every element with all siblings before it: in a long table, these are
/// thousands.
const FARTHEST_SIBLING: u32 = 1000;

/// State that is shared between elements (`:nth-child` would count siblings repeatedly). Keyed by the addresses of
/// elements and selectors: use one value per tree, with selectors that outlive it.
#[derive(Default)]
pub struct Caches(SelectorCaches);

/// Why a selector is not valid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SelectorError {
    /// The error message, on one line.
    pub message: String,
}

impl Selector {
    /// Parses a selector list.
    pub fn parse(text: &str) -> Result<Selector, SelectorError> {
        if text.len() > LONGEST {
            return Err(SelectorError { message: format!("{} bytes; {LONGEST} at most", text.len()) });
        }
        let mut parser = cssparser::Parser::new(text);
        let list = SelectorList::parse(&Parser, &mut parser, ParseRelative::No).map_err(message_of);
        match list {
            Ok(list) if list.slice().iter().any(has_long_row) => Err("too many combinators"),
            list => list,
        }
        .map(|list| {
            let reach = if text.contains('~') { FARTHEST_SIBLING } else { u32::MAX };
            let mut read = Vec::new();
            list.slice().iter().for_each(|selector| add_read(selector, &mut read));
            Selector { attributes: attributes_of(&list), read, list, reach }
        })
        .map_err(|message| SelectorError { message: message.to_owned() })
    }

    /// Whether one of the selectors matches.
    pub fn matches(&self, element: Element<'_>) -> bool {
        self.matches_with(element, &mut Caches::default())
    }

    /// Like [`matches`](Self::matches), with state in `caches` that later elements of the tree reuse.
    pub fn matches_with(&self, element: Element<'_>, caches: &mut Caches) -> bool {
        let is_asked_for =
            |attributes: &Vec<LocalName>| element.attributes().any(|it| attributes.contains(it.local_name()));
        if !self.attributes.as_ref().is_none_or(is_asked_for) {
            return false;
        }
        let mut context = MatchingContext::new(
            MatchingMode::Normal,
            None,
            &mut caches.0,
            QuirksMode::NoQuirks,
            NeedsSelectorFlags::No,
            MatchingForInvalidation::No,
        );
        let left = Cell::new(self.reach);
        let subject = Subject { element, before: &left, after: self.reach };
        let matches =
            self.list.slice().iter().any(|selector| matches_selector(selector, 0, None, &subject, &mut context));
        // Drop the filters for descendants: each takes 4 KB, and they are not used.
        caches.0.relative_selector_filter_map = Default::default();
        matches
    }

    /// Whether the selector depends on the attribute `name` of any element.
    pub fn reads(&self, name: &LocalName) -> bool {
        self.read.contains(name)
    }

    /// The names an element must have to match; `None` if any name may match.
    pub fn subject_tags(&self) -> Option<Vec<LocalName>> {
        tags_of(&self.list)
    }
}

impl std::str::FromStr for Selector {
    type Err = SelectorError;

    fn from_str(text: &str) -> Result<Selector, SelectorError> {
        Selector::parse(text)
    }
}

/// Whether a selector, or one nested in it, has more than [`MAX_COMBINATORS`] combinators, each of which is a recursive
/// call. The parser already limits the depth of brackets.
fn has_long_row(selector: &selectors::parser::Selector<Simple>) -> bool {
    let mut parts = selector.iter_raw_match_order();
    parts.clone().filter(|part| part.is_combinator()).count() > MAX_COMBINATORS
        || parts.any(|part| match part {
            Component::Negation(list) | Component::Is(list) | Component::Where(list) => {
                list.slice().iter().any(has_long_row)
            }
            Component::Has(relative) => relative.iter().any(|relative| has_long_row(&relative.selector)),
            _ => false,
        })
}

fn tags_of(list: &SelectorList<Simple>) -> Option<Vec<LocalName>> {
    let mut tags = Vec::new();
    for selector in list.slice() {
        // `iter` returns only the rightmost compound selector: it stops at the combinator.
        for tag in selector.iter().find_map(component_tags)? {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
    }
    Some(tags)
}

fn component_tags(component: &Component<Simple>) -> Option<Vec<LocalName>> {
    match component {
        // HTML elements have lower case names, SVG elements keep their case.
        Component::LocalName(name) if name.name == name.lower_name => Some(vec![name.name.0.clone()]),
        Component::LocalName(name) => Some(vec![name.name.0.clone(), name.lower_name.0.clone()]),
        Component::Is(list) | Component::Where(list) => tags_of(list),
        _ => None,
    }
}

fn attributes_of(list: &SelectorList<Simple>) -> Option<Vec<LocalName>> {
    let names = list.slice().iter().map(|selector| selector.iter().find_map(component_attributes));
    names.collect::<Option<Vec<_>>>().map(|names| names.concat())
}

fn component_attributes(component: &Component<Simple>) -> Option<Vec<LocalName>> {
    match component {
        Component::AttributeInNoNamespaceExists { local_name, local_name_lower } => {
            Some(vec![local_name.0.clone(), local_name_lower.0.clone()])
        }
        Component::AttributeInNoNamespace { local_name, .. } => Some(vec![local_name.0.clone()]),
        Component::Class(_) => Some(vec![local_name!("class")]),
        Component::ID(_) => Some(vec![local_name!("id")]),
        Component::Is(list) | Component::Where(list) => attributes_of(list),
        _ => None,
    }
}

/// Adds the attributes that a selector, or one nested in it, depends on to `read`.
fn add_read(selector: &selectors::parser::Selector<Simple>, read: &mut Vec<LocalName>) {
    for part in selector.iter_raw_match_order() {
        match part {
            Component::Negation(list) | Component::Is(list) | Component::Where(list) => {
                list.slice().iter().for_each(|inner| add_read(inner, read));
            }
            Component::NthOf(nth) => nth.selectors().iter().for_each(|inner| add_read(inner, read)),
            Component::Has(relative) => relative.iter().for_each(|relative| add_read(&relative.selector, read)),
            Component::AttributeOther(other) => {
                read.extend([other.local_name.0.clone(), other.local_name_lower.0.clone()]);
            }
            part => read.extend(component_attributes(part).into_iter().flatten()),
        }
    }
}

fn message_of(error: ParseError<SelectorParseErrorKind>) -> &'static str {
    match error.kind {
        ParseErrorKind::Basic(kind) => basic_message(kind),
        ParseErrorKind::Custom(kind) => custom_message(kind),
    }
}

fn basic_message(kind: BasicParseErrorKind) -> &'static str {
    match kind {
        BasicParseErrorKind::EndOfInput => "the selector ends too early",
        BasicParseErrorKind::TooManyNestedBlocks => "brackets are nested too deeply",
        _ => "this is not allowed in a selector",
    }
}

fn custom_message(kind: SelectorParseErrorKind) -> &'static str {
    use SelectorParseErrorKind::*;
    match kind {
        EmptySelector => "a selector is missing",
        DanglingCombinator => "no valid selector after the combinator",
        NoQualifiedNameInAttributeSelector | InvalidQualNameInAttr => "an attribute name is missing in `[…]`",
        UnexpectedTokenInAttributeSelector => "`[…]` needs an operator such as `=` or `^=` here",
        BadValueInAttr => "the value in `[…]` needs quotes",
        ExpectedBarInAttr | ExpectedNamespace | ExplicitNamespaceUnexpectedToken => "namespaces are not supported",
        ClassNeedsIdent => "a class name is missing after `.`",
        UnsupportedPseudoClassOrElement | PseudoElementExpectedColon | PseudoElementExpectedIdent => {
            "this pseudo-class or pseudo-element is not supported"
        }
        NoIdentForPseudo => "the name of a pseudo-class is missing after `:`",
        UnexpectedIdent => "a name is not allowed here",
        NonCompoundSelector => "only a single compound selector is allowed here",
        InvalidState
        | NonPseudoElementAfterSlotted
        | InvalidPseudoElementAfterSlotted
        | InvalidPseudoElementInsideWhere => "this is not allowed in a selector",
    }
}

/// An element, as the matching algorithm of the `selectors` crate accesses it.
#[derive(Clone, Copy)]
struct Subject<'m> {
    element: Element<'m>,
    /// The number of preceding siblings, of the element and its ancestors, that may still be examined: `a ~ b ~ c`
    /// tries every `b`.
    before: &'m Cell<u32>,
    /// The number of following siblings that may be examined.
    after: u32,
}

impl fmt::Debug for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.element.name())
    }
}

impl<'m> Subject<'m> {
    /// The attribute with this name in no namespace.
    fn attribute(&self, name: &str) -> Option<Attribute<'m>> {
        self.element.attributes().find(|attribute| attribute.name() == name && *attribute.namespace() == ns!())
    }
}

impl Selectable for Subject<'_> {
    type Impl = Simple;

    fn opaque(&self) -> OpaqueElement {
        OpaqueElement::new(self.element.tree().data(self.element.node().id()))
    }

    fn parent_element(&self) -> Option<Self> {
        Some(Subject { element: self.element.parent()?, ..*self })
    }

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.before.set(self.before.get().checked_sub(1)?);
        Some(Subject { element: self.element.previous_element()?, ..*self })
    }

    fn next_sibling_element(&self) -> Option<Self> {
        Some(Subject { element: self.element.next_element()?, after: self.after.checked_sub(1)?, ..*self })
    }

    fn first_element_child(&self) -> Option<Self> {
        Some(Subject { element: self.element.child_elements().next()?, ..*self })
    }

    fn is_html_element_in_html_document(&self) -> bool {
        self.element.is_html()
    }

    fn has_local_name(&self, name: &CssLocalName) -> bool {
        *self.element.local_name() == name.0
    }

    fn has_namespace(&self, namespace: &Namespace) -> bool {
        self.element.namespace() == namespace
    }

    fn is_same_type(&self, other: &Self) -> bool {
        self.element.local_name() == other.element.local_name() && self.element.namespace() == other.element.namespace()
    }

    fn attr_matches(
        &self,
        namespace: &NamespaceConstraint<&Namespace>,
        name: &CssLocalName,
        operation: &AttrSelectorOperation<&CssString>,
    ) -> bool {
        self.element.attributes().any(|attribute| {
            let is_in_namespace = match namespace {
                NamespaceConstraint::Any => true,
                NamespaceConstraint::Specific(wanted) => attribute.namespace() == *wanted,
            };
            *attribute.local_name() == name.0 && is_in_namespace && operation.eval_str(attribute.value())
        })
    }

    fn match_non_ts_pseudo_class(&self, _: &NonTSPseudoClass, _: &mut MatchingContext<'_, Simple>) -> bool {
        false
    }

    fn match_pseudo_element(&self, _: &PseudoElement, _: &mut MatchingContext<'_, Simple>) -> bool {
        false
    }

    fn apply_selector_flags(&self, _: ElementSelectorFlags) {}

    fn is_link(&self) -> bool {
        matches!(self.element.name(), "a" | "area" | "link") && self.attribute("href").is_some()
    }

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn has_id(&self, id: &CssLocalName, case: CaseSensitivity) -> bool {
        self.attribute("id").is_some_and(|attribute| case.eq(id.0.as_bytes(), attribute.value().as_bytes()))
    }

    fn has_class(&self, class: &CssLocalName, case: CaseSensitivity) -> bool {
        self.attribute("class").is_some_and(|attribute| {
            attribute.value().split_ascii_whitespace().any(|word| case.eq(class.0.as_bytes(), word.as_bytes()))
        })
    }

    fn has_custom_state(&self, _: &CssLocalName) -> bool {
        false
    }

    fn imported_part(&self, _: &CssLocalName) -> Option<CssLocalName> {
        None
    }

    fn is_part(&self, _: &CssLocalName) -> bool {
        false
    }

    /// Whether the element is empty. Template syntax counts as content, because its output is unknown.
    fn is_empty(&self) -> bool {
        let is_content =
            |node: Node<'_>| matches!(node.kind(), NodeKind::Element | NodeKind::Text | NodeKind::Template);
        !self.element.children().any(is_content)
    }

    fn is_root(&self) -> bool {
        self.element.node().parent().is_some_and(|parent| parent.kind() == NodeKind::Document)
    }

    fn add_element_unique_hashes(&self, _: &mut BloomFilter) -> bool {
        false
    }
}
