//! `link-text-missing`: a link without an accessible name.

use crate::document::ask::accessible_name::may_be_named;
use crate::document::ask::hidden::may_be_hidden;
use crate::document::ask::role::{has_role, roles};
use crate::document::ask::scripted::has_script;
use crate::document::ask::tokens::has_class;
use crate::document::{Element, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::url::is_words;
use serde::Deserialize;

/// Links around images belong to `image-link-unnamed` and `alt-missing`.
#[derive(Deserialize)]
pub struct LinkTextMissing {}

impl Check for LinkTextMissing {
    fn wants(&self) -> Wants {
        Wants::elements(&["a"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(href) = element.attribute("href").filter(|_| element.is_html()) else { return };
        // `link-nested` reports a link that another one ends before its text.
        let is_ended_by_link = || {
            element.end_tag().is_none()
                && element.node().next_sibling().and_then(|next| next.as_element()).is_some_and(|next| next.is_link())
        };
        if may_be_named(element) || is_not_for_reading(element) || is_footnote(element) || is_ended_by_link() {
            return;
        }
        let image = |inner: Element<'_>| matches!(inner.name(), "img" | "picture");
        let in_page = !href.is_unknown() && (href.value().trim().is_empty() || href.value().trim().starts_with('#'));
        // A piece of a form that a script fills.
        let is_hooked = ["class", "id"].iter().any(|name| element.has_attribute(name));
        let is_filled = || match href.value().trim() {
            "" => true,
            "#" => is_hooked && element.child_elements().next().is_none(),
            _ => false,
        };
        let is_form = !href.is_unknown() && is_filled() && has_script(element.tree());
        if is_form
            || (in_page && is_anchor(element))
            || element.descendant_elements().any(image)
            || has_named_twin(element)
        {
            return;
        }
        let Some(span) = element.span() else { return };
        // `[](int val) { … }` is an anonymous function in C++. kramdown accepts spaces in a URL.
        let is_code = element.origin() == Origin::Markdown && href.known_value().is_some_and(is_words);
        let finding = match is_code {
            true => Finding {
                message: Some("text is parsed as a link without text".to_owned()),
                label: Some("not shown to readers".to_owned()),
                help: Some("put code between backticks".to_owned()),
                ..Finding::at(span)
            },
            false => {
                let icon = of_icon(element);
                let text = context.document.source.text();
                Finding {
                    label: icon.map(|_| "an icon without a name for screen readers".to_owned()),
                    help: icon.or_else(|| before_url(text, span)).map(str::to_owned),
                    ..Finding::at(span)
                }
            }
        };
        context.report(finding);
    }
}

/// What to do with `[]()` before a URL.
fn before_url(source: &str, span: Span) -> Option<&'static str> {
    let follows = source.get(span.end as usize..).unwrap_or("").trim_start_matches(['<', '(']);
    let is_useless = span.slice(source) == "[]()" && (follows.starts_with("http") || follows.starts_with("www."));
    is_useless.then_some("delete `[]()`: the URL after it is a link by itself")
}

/// What to do with a link that is an icon.
fn of_icon(link: Element<'_>) -> Option<&'static str> {
    let is_icon = |it: Element<'_>| {
        matches!(it.name(), "svg" | "use") || matches!(it.name(), "i" | "span") && it.has_attribute("class")
    };
    let is_styled = || ["class", "id", "style"].iter().any(|name| link.has_attribute(name));
    let is_drawn = link.descendant_elements().any(is_icon) || link.origin() == Origin::Html && is_styled();
    is_drawn.then_some("add an `aria-label` to the link that says where the icon leads")
}

/// Whether assistive technology ignores the link, or it is not a link for it.
pub(super) fn is_not_for_reading(element: Element<'_>) -> bool {
    let value = |name: &str| element.attribute(name).map_or("", |attribute| attribute.value());
    value("tabindex").trim() == "-1" || has_role(element, &["none", "presentation", "button"]) || may_be_hidden(element)
}

/// Whether the generator creates the link, for a footnote or the way back from it, and a style sheet its text.
fn is_footnote(element: Element<'_>) -> bool {
    let value = |name: &str| element.attribute(name).map_or("", |attribute| attribute.value());
    let footnote = |text: &str| text.to_ascii_lowercase().contains("footnote");
    let in_page = value("href").trim_start().starts_with('#');
    footnote(value("rel"))
        || footnote(value("class"))
        || (in_page && roles(element).any(|role| role.starts_with("doc-")))
}

/// Whether this is an anchor rather than a link: it has an `id` or a `name`, or it is the permalink of a heading, whose
/// symbol a style sheet may add.
fn is_anchor(element: Element<'_>) -> bool {
    ["id", "name"].into_iter().any(|name| element.has_attribute(name))
        || element.ancestors().take(3).any(|above| above.heading_level().is_some())
        || has_class(element, &["anchor", "headerlink", "header-link", "heading-link", "permalink", "hash-link"])
}

/// Whether a link nearby leads to the same URL and has a name, as the headline of a card does. WCAG technique H2
/// recommends a single link, but the name is available to all readers.
pub(super) fn has_named_twin(element: Element<'_>) -> bool {
    let Some(href) = element.attribute("href").filter(|href| !href.is_unknown()) else { return false };
    let card = element.ancestors().take(2).filter(|above| !matches!(above.name(), "body" | "html" | "main")).last();
    let Some(card) = card else { return false };
    card.descendant_elements().take(200).any(|other| {
        other.name() == "a"
            && other.node().id() != element.node().id()
            && other.attribute("href").is_some_and(|it| it.value() == href.value())
            && may_be_named(other)
    })
}
