//! `alt-missing`: an image without any alternative text.

use crate::checks::image_link_unnamed::help_in_link;
use crate::document::ask::accessible_name::{is_alt_read, is_blank, is_image_button, may_be_named};
use crate::document::ask::dummy_image::is_dummy;
use crate::document::ask::hidden::may_be_hidden;
use crate::document::ask::plugin_alt::has_alt_of_plugin;
use crate::document::ask::role::is_presentational;
use crate::document::tree::Origin;
use crate::document::{Attribute, Element};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct AltMissing {}

impl Check for AltMissing {
    fn wants(&self) -> Wants {
        Wants::elements(&["img", "area", "input", "object"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let lacks_it = match element.name() {
            // `alt-empty-markdown` reports `![](a.png)`, for which some engines write no `alt`.
            "img" if element.origin() == Origin::Markdown => false,
            "img" => lacks_alt(element) && !is_dummy(element) && !has_alt_of_plugin(context.document, element),
            // Browsers show the content of an `<object>`, and screen readers read it, if the object itself cannot be
            // loaded.
            "object" => element.has_attribute("data") && element.is_html() && is_unnamed(element),
            "area" => element.has_attribute("href") && is_unnamed(element) && !has_named_twin(element),
            _ => is_image_button(element) && is_unnamed(element),
        };
        if let Some(span) = element.start_tag().filter(|_| lacks_it) {
            let (message, label, help) = words_for(element);
            context.report(Finding { message, label, help, ..Finding::at(span) });
        }
    }
}

/// Whether the image has neither `alt` nor another name, and a reader may come to it.
pub(super) fn lacks_alt(image: Element<'_>) -> bool {
    image.is_html() && !image.has_attribute("alt") && is_unnamed(image)
}

fn is_unnamed(element: Element<'_>) -> bool {
    // `alt-blank` reports an `alt` of whitespace.
    let alt = element.attribute("alt").map_or("", Attribute::value);
    let is_whitespace = !alt.is_empty() && is_blank(alt) && is_alt_read(element);
    !is_whitespace && !may_be_named(element) && !is_presentational(element) && !may_be_hidden(element)
}

/// Whether another area of the map leads to the same URL and has a name: an `<area>` with an empty `alt` may add to its
/// shape. <https://html.spec.whatwg.org/multipage/image-maps.html#attr-area-alt>
fn has_named_twin(area: Element<'_>) -> bool {
    let Some(href) = area.attribute("href").and_then(Attribute::known_value) else { return true };
    let Some(map) = area.ancestors().find(|above| above.name() == "map") else { return false };
    let leads_there = |it: Element<'_>| it.attribute("href").is_some_and(|other| other.value() == href);
    area.has_attribute("alt")
        && map.descendant_elements().take(500).any(|it| it.name() == "area" && leads_there(it) && may_be_named(it))
}

/// The message, the label and the help for an element, where they differ from those for an image.
fn words_for(element: Element<'_>) -> (Option<String>, Option<String>, Option<String>) {
    let some = |text: &str| Some(text.to_owned());
    let label = element.attribute("alt").and_then(|_| some("`alt` is empty"));
    match (element.name(), element.origin()) {
        ("object", _) => (
            some("object has no alternative text"),
            some("it is empty"),
            some("describe it between `<object>` and `</object>`"),
        ),
        ("area", _) => {
            (some("area of an image map has no alternative text"), label, some("say in `alt` where it leads"))
        }
        ("input", _) => {
            (some("image button has no alternative text"), label, some("say in `alt` what the button does"))
        }
        (_, Origin::Shortcode) => {
            (None, None, some("describe the image in `alt` or `caption`; Hugo leaves out an empty `alt`"))
        }
        _ => (None, None, help_in_link(element)),
    }
}
