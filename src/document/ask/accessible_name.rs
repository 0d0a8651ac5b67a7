//! Whether an element has an accessible name. This is not the full accessible name computation: the result is only yes
//! or no, and it is yes if the post alone does not determine the name.

use crate::document::{Element, Node, NodeKind};
use crate::text::{collapsed, into_collapsed};
use std::borrow::Cow;

/// Maximum number of nodes examined. An element with more is assumed to have a name: no real link or heading has that
/// many nodes without any text.
const MAX_NODES: usize = 2_000;

/// Maximum number of nodes of a link that are searched for a name other than its image.
const MAX_INSIDE: usize = 200;

/// Maximum number of ancestors of an image that are searched for a link.
const MAX_ABOVE: usize = 6;

/// Maximum number of following elements that are searched for a script.
const MAX_SIBLINGS: usize = 128;

/// Whether `element` has an accessible name, or may have one that is not visible here.
///
/// A name comes from `aria-labelledby`, `aria-label`, `title`, text, the `alt` of an image or the `title` of a drawing
/// (<https://www.w3.org/TR/accname-1.2/>). Template syntax and unknown elements may become any of them.
pub fn may_be_named(element: Element<'_>) -> bool {
    // Nearly all links and headings begin with text.
    if element.children().next().is_some_and(says_something) || has_own_name(element) {
        return true;
    }
    let mut left = MAX_NODES;
    let mut stack: Vec<Node<'_>> = element.children().collect();
    while let Some(node) = stack.pop() {
        left -= 1;
        if left == 0 || says_something(node) {
            return true;
        }
        match node.as_element() {
            Some(inner) if !is_aria_hidden(inner) => stack.extend(inner.children().take(left)),
            _ => {}
        }
    }
    false
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

/// Whether a script follows the element, which may fill it if it is empty. Assumed if there are more than
/// [`MAX_SIBLINGS`] elements to search.
pub fn is_followed_by_script(element: Element<'_>) -> bool {
    let mut left = MAX_SIBLINGS;
    for level in std::iter::once(element).chain(element.ancestors()) {
        for sibling in std::iter::successors(level.next_element(), |sibling| sibling.next_element()) {
            left -= 1;
            if sibling.name() == "script" || left == 0 {
                return true;
            }
        }
    }
    false
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
