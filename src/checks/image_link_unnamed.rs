//! `image-link-unnamed`: a link whose only content is an image that says it is decoration.

use super::link_text_missing::{has_named_twin, is_not_for_reading};
use crate::document::Element;
use crate::document::name::may_be_named;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
pub struct ImageLinkUnnamed {}

impl Check for ImageLinkUnnamed {
    fn wants(&self) -> Wants {
        Wants::elements(&["a"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let is_link = element.is_html() && element.has_attribute("href");
        if !is_link || may_be_named(element) || is_not_for_reading(element) {
            return;
        }
        let mut images = element.descendant_elements().filter(|inner| inner.name() == "img");
        let Some(image) = images.next() else { return };
        // An image without any `alt` is the fault of `alt-missing`: mending that mends the link.
        if !image.has_attribute("alt") || images.any(|other| !other.has_attribute("alt")) || has_named_twin(element) {
            return;
        }
        if let Some(span) = image.start_tag() {
            context.report(Finding::at(span));
        }
    }
}
