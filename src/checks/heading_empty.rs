//! `heading-empty`: a heading without any text.

use crate::diagnostic::{Fix, Safety};
use crate::document::ask::accessible_name::{is_aria_hidden, is_followed_by_script, may_be_named};
use crate::document::edit::element;
use crate::document::{Element, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct HeadingEmpty {}

impl Check for HeadingEmpty {
    fn wants(&self) -> Wants {
        Wants::elements(&["h1", "h2", "h3", "h4", "h5", "h6"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        if !element.is_html() || may_be_named(element) || is_filled_later(element) {
            return;
        }
        // `alt-missing` reports an image without any `alt`: fixing that fixes the heading.
        let images = || element.descendant_elements().filter(|inner| inner.name() == "img");
        if images().any(|image| !image.has_attribute("alt")) {
            return;
        }
        let Some(span) = element.span() else { return };
        let bare = images().next().is_none() && has_end(element);
        let fix = bare.then(|| {
            let removal = element::remove_block(context.document.source.text(), span);
            Fix::new("remove the empty heading", Safety::Unsafe, [removal])
        });
        let message = format!("empty `<{}>` heading", element.name());
        context.report(Finding { message: Some(message), fix, ..Finding::at(span) });
    }
}

/// Whether a heading is hidden, has another role, or is filled in by a script.
fn is_filled_later(element: Element<'_>) -> bool {
    let script_target = element.origin() == Origin::Html && element.has_attribute("id");
    let hidden = |it: Element<'_>| is_aria_hidden(it) || it.has_attribute("hidden");
    let bare = element.children().next().is_none() && element.attributes().next().is_none();
    script_target
        || is_bound(element)
        || (bare && is_followed_by_script(element))
        || element.has_attribute("role")
        || hidden(element)
        || element.ancestors().any(hidden)
}

/// Whether a framework or a translation script writes the text: `x-text`, `v-html`, `data-i18n`.
fn is_bound(element: Element<'_>) -> bool {
    let prefixes = ["v-", "x-", "ng-", ":", "[", "data-i18n", "data-l10n", "data-bind", "data-text"];
    element.attributes().any(|attribute| prefixes.iter().any(|prefix| attribute.name().starts_with(prefix)))
}

fn has_end(element: Element<'_>) -> bool {
    element.origin() == Origin::Markdown || element.end_tag().is_some()
}
