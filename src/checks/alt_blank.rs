//! `alt-blank`: an alternative text that is only whitespace.

use crate::checks::image_link_unnamed::help_in_link;
use crate::diagnostic::{Fix, Safety};
use crate::document::ask::accessible_name::{is_alt_read, is_blank};
use crate::document::edit::element;
use crate::document::{Element, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct AltBlank {}

impl Check for AltBlank {
    fn wants(&self) -> Wants {
        Wants::elements(&["img", "area", "input"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(alt) = element.attribute("alt") else { return };
        let Some(text) = alt.known_value() else { return };
        let Some(span) = alt.value_span() else { return };
        if text.is_empty() || !is_blank(text) || !is_alt_read(element) {
            return;
        }
        let help = help_in_link(element);
        // No fix in a link: with an empty `alt`, the link would have no name, which `image-link-unnamed` reports.
        let fix = (element.origin() == Origin::Html && element.name() == "img" && help.is_none())
            .then(|| Fix::new("write `alt=\"\"`", Safety::Unsafe, [element::delete(span)]));
        context.report(Finding { fix, help, ..Finding::at(span) });
    }
}
