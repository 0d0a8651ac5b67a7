//! The accessible name of an element: <https://www.w3.org/TR/accname-1.2/>. It is unknown if the post alone does not
//! determine it.

use crate::document::ask::hidden::{Effect, effect, may_be_hidden};
use crate::document::ask::role::{is_named_by_content, is_presentational};
use crate::document::{Attribute, Element, Node, NodeKind};
use crate::text::{collapsed, into_collapsed};
use std::borrow::Cow;

/// Maximum number of nodes examined for a whole name. The name of an element with more is unknown.
const MAX_NODES: usize = 2_000;

/// Maximum number of nodes examined for any text. No real link or heading has that many nodes without text, and a post may
/// nest thousands of headings.
const MAX_WITHOUT_TEXT: usize = 200;

/// Maximum depth of elements examined inside an element.
const MAX_DEPTH: usize = 60;

/// Maximum number of nodes of a link that are searched for a name other than its image.
const MAX_INSIDE: usize = 200;

/// Maximum number of ancestors of an image that are searched for a link.
const MAX_ABOVE: usize = 6;

/// The accessible name of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// The name, with whitespace collapsed; empty if there is none.
    Known(String),
    /// More than the post determines it: a template, a component, a script, an id of the layout.
    Unknown,
}

/// The accessible name of `element`. Whether the element is hidden is not asked: see [`hidden`](super::hidden).
pub fn name(element: Element<'_>) -> Name {
    let mut naming = Naming { left: MAX_NODES, is_first_enough: false };
    match naming.of(element, Part::Whole, 0) {
        Some(text) if is_blank(&text) => Name::Known(String::new()),
        Some(text) => Name::Known(collapsed(&text).into_owned()),
        None => Name::Unknown,
    }
}

/// Whether `element` has an accessible name, or may have one that is not visible here.
pub fn may_be_named(element: Element<'_>) -> bool {
    // Nearly all links and headings begin with text.
    let is_text = |first: Node<'_>| first.kind() == NodeKind::Text && !is_blank(first.text());
    if is_named_by_content(element) && element.children().next().is_some_and(is_text) {
        return true;
    }
    let mut naming = Naming { left: MAX_WITHOUT_TEXT, is_first_enough: true };
    naming.of(element, Part::Whole, 0).is_none_or(|text| !is_blank(&text))
}

/// Why an element is asked for its text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Its name is wanted.
    Whole,
    /// It is inside such an element, which is visible there or not.
    Inside { is_visible: bool },
    /// `aria-labelledby` refers to it. What is hidden counts then.
    Referred,
}

/// One computation of a name. All methods return `None` for an unknown name.
struct Naming {
    /// Number of nodes that may still be examined.
    left: usize,
    /// Whether any text is sufficient, instead of all.
    is_first_enough: bool,
}

impl Naming {
    fn of(&mut self, element: Element<'_>, part: Part, depth: usize) -> Option<String> {
        if depth > MAX_DEPTH || element.has_unknown_attributes() || is_bound(element) {
            return None;
        }
        if part != Part::Referred
            && let Some(text) = self.labelled(element, depth)?
        {
            return Some(text);
        }
        if let Some(text) = given(element.attribute("aria-label"))? {
            return Some(text.to_owned());
        }
        if let Some(text) = native(element)? {
            return Some(text);
        }
        // A component, a video or a form control.
        if element.is_html() && part != Part::Whole && !is_silent(element.name()) && !is_plain(element.name()) {
            return None;
        }
        let text = match part {
            Part::Whole if !is_named_by_content(element) => String::new(),
            Part::Inside { is_visible } => self.content(element, part, is_visible, depth)?,
            _ => self.content(element, part, true, depth)?,
        };
        if is_blank(&text) && !is_presentational(element) {
            return Some(given(element.attribute("title"))?.unwrap_or(&text).to_owned());
        }
        Some(text)
    }

    /// The text that `aria-labelledby` gives. The inner value is `None` if it gives none.
    fn labelled(&mut self, element: Element<'_>, depth: usize) -> Option<Option<String>> {
        let Some(ids) = element.attribute("aria-labelledby") else { return Some(None) };
        let tree = element.tree();
        let mut text = String::new();
        for id in ids.known_value()?.split_ascii_whitespace() {
            match tree.with_id(id).and_then(|id| tree.node(id).as_element()) {
                Some(other) => text.push_str(&self.of(other, Part::Referred, depth + 1)?),
                None if tree.has_all_ids() => {}
                None => return None,
            }
            text.push(' ');
        }
        Some((!is_blank(&text)).then_some(text))
    }

    fn content(&mut self, element: Element<'_>, part: Part, is_visible: bool, depth: usize) -> Option<String> {
        let mut text = String::new();
        for node in element.children() {
            self.left = self.left.checked_sub(1)?;
            match node.kind() {
                NodeKind::Text if is_visible => text.push_str(node.text()),
                NodeKind::Template => return None,
                NodeKind::Element => {
                    let inner = node.as_element()?;
                    let inside = self.inside(inner, part, is_visible, depth)?;
                    let is_apart = inner.is_html() && !is_inline(inner.name());
                    let space = if is_apart { " " } else { "" };
                    text.extend([space, &inside, space]);
                }
                _ => {}
            }
            if self.is_first_enough && !is_blank(&text) {
                break;
            }
        }
        Some(text)
    }

    /// The text of an element inside another one, which is empty if it is hidden.
    fn inside(&mut self, inner: Element<'_>, part: Part, is_visible: bool, depth: usize) -> Option<String> {
        if matches!(inner.name(), "script" | "style" | "template" | "desc" | "metadata") {
            return Some(String::new());
        }
        if part == Part::Referred {
            return self.of(inner, part, depth + 1);
        }
        let is_visible = match effect(inner) {
            Effect::None => is_visible,
            Effect::Removes => return Some(String::new()),
            Effect::Hides => false,
            Effect::Shows => true,
            Effect::Unknown => return None,
        };
        // Hidden with `visibility`: only what is shown again inside it counts.
        if !is_visible {
            return self.content(inner, Part::Inside { is_visible }, is_visible, depth + 1);
        }
        self.of(inner, Part::Inside { is_visible }, depth + 1)
    }
}

/// The value of an attribute if it is not blank. `None` if it is not known.
fn given(attribute: Option<Attribute<'_>>) -> Option<Option<&str>> {
    match attribute {
        Some(attribute) => Some(Some(attribute.known_value()?).filter(|value| !is_blank(value))),
        None => Some(None),
    }
}

/// The text that an element's own markup gives: the `alt` of an image, the `<title>` of a drawing, a caption. `None` if
/// it is not known; the inner value is `None` if there is none.
fn native(element: Element<'_>) -> Option<Option<String>> {
    match element.name() {
        "img" | "area" | "input" if is_presentational(element) => {
            element.attribute("role").is_none_or(|role| !role.is_unknown()).then_some(Some(String::new()))
        }
        "img" | "area" => {
            let alt = given(element.attribute("alt"))?;
            // Browsers do not agree whether `title` names an image that `alt=""` marks as decoration.
            let is_decoration =
                element.name() == "img" && element.attribute("alt").is_some_and(|alt| alt.value().is_empty());
            match given(element.attribute("title"))? {
                Some(_) if alt.is_none() && is_decoration => None,
                title => Some(alt.or(title).map(str::to_owned)),
            }
        }
        "input" if is_image_button(element) => {
            let label = element.ancestors().take(MAX_ABOVE).any(|above| above.name() == "label");
            if label || element.has_attribute("id") && has_label(element) {
                return None;
            }
            Some(given(element.attribute("alt"))?.map(str::to_owned))
        }
        "svg" => own_text(element, "title"),
        "figure" => own_text(element, "figcaption"),
        "table" => own_text(element, "caption"),
        _ => Some(None),
    }
}

/// Whether the element is `<input type="image">`.
pub fn is_image_button(element: Element<'_>) -> bool {
    element.name() == "input"
        && element.attribute("type").is_some_and(|it| it.value().trim().eq_ignore_ascii_case("image"))
}

/// Maximum number of elements searched for the label of a control.
const MAX_LABELS: usize = 500;

/// Whether a `<label>` refers to the control. Assumed if a post has more than [`MAX_LABELS`] elements without one.
fn has_label(control: Element<'_>) -> bool {
    let id = control.attribute("id").map_or("", |id| id.value());
    let is_label = |it: Element<'_>| it.name() == "label" && it.attribute("for").is_some_and(|it| it.value() == id);
    let mut elements = control.tree().elements().enumerate();
    elements.any(|(count, element)| count == MAX_LABELS || is_label(element))
}

/// The text of a child with this name. `None` if it holds a template.
fn own_text(element: Element<'_>, name: &str) -> Option<Option<String>> {
    let Some(child) = element.child_elements().find(|child| child.name() == name) else { return Some(None) };
    let mut text = String::new();
    for node in child.descendants().take(MAX_INSIDE) {
        match node.kind() {
            NodeKind::Text => text.push_str(node.text()),
            NodeKind::Template => return None,
            _ => {}
        }
    }
    Some((!is_blank(&text)).then_some(text))
}

/// Whether a framework or a script sets the text or a name of the element: `:alt`, `x-text`, `data-i18n`.
pub fn is_bound(element: Element<'_>) -> bool {
    let is_name = |name: &str| matches!(name, "alt" | "title" | "aria-label" | "aria-labelledby" | "innerhtml");
    let is_bound = |name: &str| {
        let bound = name.strip_prefix("v-bind").or(name.strip_prefix("x-bind")).unwrap_or(name);
        let bound = bound.strip_prefix(':').or(bound.strip_prefix('[').and_then(|name| name.strip_suffix(']')));
        bound.is_some_and(is_name)
            || matches!(name, "v-text" | "v-html" | "x-text" | "x-html" | "ng-bind" | "ng-bind-html" | "set:html")
            || ["data-i18n", "data-l10n", "data-bind", "data-text"].iter().any(|prefix| name.starts_with(prefix))
    };
    element.attributes().any(|attribute| is_bound(attribute.name()))
}

/// Whether a screen reader reads the `alt` of an image, as far as is known: the image is not hidden, and nothing else
/// names it.
pub fn is_alt_read(image: Element<'_>) -> bool {
    let is_named = ["aria-label", "aria-labelledby"].iter().any(|name| image.has_attribute(name));
    let overrides = is_named && {
        let mut naming = Naming { left: MAX_NODES, is_first_enough: true };
        let label = image.attribute("aria-label");
        !matches!(naming.labelled(image, 0), Some(None)) || !matches!(given(label), Some(None))
    };
    !overrides && !is_presentational(image) && !may_be_hidden(image)
}

/// The link around `image`, if the image is its only name.
pub fn link_named_by<'t>(image: Element<'t>) -> Option<Element<'t>> {
    let link = image.ancestors().take(MAX_ABOVE).find(|above| above.name() == "a")?;
    if !link.has_attribute("href") || has_own_name(link) {
        return None;
    }
    let around = |node: Node<'_>| image.ancestors().take(MAX_ABOVE).any(|above| above.node().id() == node.id());
    let mut others = link.descendants().take(MAX_INSIDE).filter(|node| node.id() != image.node().id());
    // A component around the image may contribute text, but that text would be the image's `alt`.
    (!others.any(|node| !around(node) && says_something(node))).then_some(link)
}

/// The text that an element shows, with whitespace collapsed. `None` if its name may come from more than text: an
/// image, a component, template syntax, an attribute.
pub fn shown_text<'t>(element: Element<'t>) -> Option<Cow<'t, str>> {
    let is_text = |inner: Element<'_>| {
        inner.is_html() && is_silent(inner.name()) && !matches!(inner.name(), "img" | "picture" | "source")
    };
    if has_own_name(element) {
        return None;
    }
    if let Some(only) = only_text(element) {
        return Some(collapsed(only));
    }
    let mut text = Cow::Borrowed("");
    for (count, node) in element.descendants().enumerate() {
        match node.kind() {
            _ if count == MAX_NODES => return None,
            NodeKind::Text if text.is_empty() => text = Cow::Borrowed(node.text()),
            NodeKind::Text => text.to_mut().push_str(node.text()),
            NodeKind::Comment => {}
            _ if node.as_element().is_some_and(|inner| is_text(inner) && !has_own_name(inner)) => {}
            _ => return None,
        }
    }
    Some(into_collapsed(text))
}

/// The text of an element that has a single text node as its content, as most links and headings do.
fn only_text(element: Element<'_>) -> Option<&str> {
    let first = element.children().next().filter(|first| first.kind() == NodeKind::Text)?;
    first.next_sibling().is_none().then(|| first.text())
}

/// Whether one of the element's own attributes names it, or may do so.
pub fn has_own_name(element: Element<'_>) -> bool {
    let names = |name: &str| matches!(name, "aria-labelledby" | "aria-label" | "title");
    let mut given = element.attributes().filter(|attribute| names(attribute.name()));
    given.any(|attribute| attribute.is_unknown() || !is_blank(attribute.value())) || element.has_unknown_attributes()
}

/// Whether the element is hidden from assistive technology.
pub fn is_aria_hidden(element: Element<'_>) -> bool {
    let hidden = |value: &str| value.trim().eq_ignore_ascii_case("true");
    element.attribute("aria-hidden").is_some_and(|attribute| attribute.is_unknown() || hidden(attribute.value()))
}

/// Whether the text is invisible: whitespace of any kind, zero-width characters, soft hyphens.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_blank_char)
}

/// Whether the character is invisible.
pub fn is_blank_char(c: char) -> bool {
    // U+2800 and the Hangul fillers are letters in Unicode, but invisible.
    let invisible = matches!(c, '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{2800}');
    c.is_whitespace() || invisible || matches!(c, '\u{3164}' | '\u{feff}' | '\u{ffa0}')
}

/// Whether an element of this name has no accessible name of its own. Components, videos and form controls may have
/// one.
#[rustfmt::skip]
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr" | "article" | "aside" | "b" | "bdi" | "bdo" | "big" | "blockquote" | "br" | "center" | "cite"
        | "code" | "data" | "del" | "dfn" | "div" | "em" | "figcaption" | "figure" | "font" | "footer" | "h1" | "h2"
        | "h3" | "h4" | "h5" | "h6" | "header" | "hr" | "i" | "img" | "ins" | "kbd" | "li" | "main" | "mark" | "ol"
        | "p" | "picture" | "q" | "s" | "samp" | "section" | "small" | "source" | "span" | "strike" | "strong"
        | "sub" | "sup" | "svg" | "table" | "tbody" | "td" | "th" | "thead" | "time" | "tr" | "tt" | "u" | "ul"
        | "var" | "wbr"
    )
}

/// Whether the text of another element of this name is the text inside it.
fn is_plain(name: &str) -> bool {
    matches!(
        name,
        "acronym"
            | "address"
            | "button"
            | "caption"
            | "dd"
            | "dl"
            | "dt"
            | "hgroup"
            | "label"
            | "legend"
            | "nav"
            | "nobr"
            | "pre"
            | "rb"
            | "rp"
            | "rt"
            | "ruby"
            | "summary"
            | "tfoot"
    )
}

/// Whether elements of this name do not separate the words around them.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "mark"
            | "nobr"
            | "q"
            | "rb"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "svg"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

fn says_something(node: Node<'_>) -> bool {
    match node.kind() {
        NodeKind::Text => !is_blank(node.text()),
        NodeKind::Template => true,
        NodeKind::Element => node.as_element().is_some_and(element_says_something),
        _ => false,
    }
}

fn element_says_something(element: Element<'_>) -> bool {
    if is_aria_hidden(element) {
        // A template may set `aria-hidden`: the value is not known.
        return element.attribute("aria-hidden").is_some_and(|attribute| attribute.is_unknown());
    }
    let unknown = element.is_html() && !is_silent(element.name());
    let alt = || element.attribute("alt").is_some_and(|alt| alt.is_unknown() || !is_blank(alt.value()));
    unknown || has_own_name(element) || (element.name() == "img" && alt())
}
