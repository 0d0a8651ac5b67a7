//! `image-link-unnamed`: a link whose only content is an image marked as decoration.

use crate::checks::alt_missing::lacks_alt;
use crate::checks::link_text_missing::{has_named_twin, is_not_for_reading};
use crate::document::ask::accessible_name::{is_alt_read, link_named_by, may_be_named};
use crate::document::ask::plugin_alt::has_alt_of_plugin;
use crate::document::{Attribute, Element};
use crate::rule::{Check, Context, Finding, Wants};
use crate::url::file_name;
use serde::Deserialize;

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
        let images = || element.descendant_elements().filter(|inner| inner.name() == "img");
        let Some(image) = images().next() else { return };
        // `alt-missing` reports an image without any `alt`: fixing that fixes the link.
        let is_named_by_plugin = images().any(|image| has_alt_of_plugin(context.document, image));
        if images().any(lacks_alt) || has_named_twin(element) || is_named_by_plugin {
            return;
        }
        let Some(span) = image.start_tag() else { return };
        if is_alt_read(image) {
            let help = leads_to_picture(element).then(|| "describe the image in `alt`".to_owned());
            return context.report(Finding { help, ..Finding::at(span) });
        }
        context.report(Finding {
            message: Some("the only content of a link is an image that screen readers skip".to_owned()),
            label: Some("hidden from screen readers, so the link has no name".to_owned()),
            help: Some("name the link with `aria-label`, or show the image to screen readers and use `alt`".to_owned()),
            ..Finding::at(span)
        });
    }
}

/// The help for an image that is the only content of a link, whose name is the image's `alt`.
pub(super) fn help_in_link(image: Element<'_>) -> Option<String> {
    let link = link_named_by(image)?;
    Some(if leads_to_picture(link) { "describe the image" } else { "describe where the link leads" }.to_owned())
}

/// Whether the link leads to the image itself, as thumbnails do.
fn leads_to_picture(link: Element<'_>) -> bool {
    let address = link.attribute("href").and_then(Attribute::known_value).unwrap_or("");
    const EXTENSIONS: [&str; 7] = ["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];
    let name = file_name(address);
    name.rsplit_once('.').is_some_and(|(_, end)| EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(end)))
}
