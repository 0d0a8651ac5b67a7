//! `alt-missing`: an image without any alternative text.

use crate::checks::image_link_unnamed::help_in_link;
use crate::document::Element;
use crate::document::ask::accessible_name::{is_aria_hidden, may_be_named};
use crate::document::tree::Origin;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct AltMissing {}

/// Attributes that give an image a name, let a script set its `alt`, or hide it.
const INSTEAD: [&str; 8] =
    ["alt", ":alt", "v-bind:alt", "x-bind:alt", "aria-label", "aria-labelledby", "title", "hidden"];

impl Check for AltMissing {
    fn wants(&self) -> Wants {
        Wants::elements(&["img", "area", "input", "object"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let needs_one = match element.name() {
            // Browsers show the content of an `<object>`, and screen readers read it, if the object itself cannot be
            // loaded.
            "object" => element.has_attribute("data") && !may_be_named(element) && element.is_html(),
            "area" => element.has_attribute("href"),
            "input" => element.attribute("type").is_some_and(|it| it.value().eq_ignore_ascii_case("image")),
            _ => element.is_html(),
        };
        let says = |element: Element<'_>| INSTEAD.iter().any(|name| element.has_attribute(name));
        if !needs_one || says(element) || element.has_unknown_attributes() || is_passed_over(element) {
            return;
        }
        if let Some(span) = element.start_tag() {
            let is_object = element.name() == "object";
            let help = match element.origin() {
                _ if is_object => Some("describe it between `<object>` and `</object>`".to_owned()),
                Origin::Shortcode => {
                    Some("describe the image in `alt` or `caption`; Hugo leaves out an empty `alt`".to_owned())
                }
                _ => help_in_link(element),
            };
            let message = is_object.then(|| "object has no alternative text".to_owned());
            let label = is_object.then(|| "it is empty".to_owned());
            context.report(Finding { message, label, help, ..Finding::at(span) });
        }
    }
}

/// Whether the image is invisible or hidden from assistive technology.
fn is_passed_over(element: Element<'_>) -> bool {
    let value = |name: &str| element.attribute(name).map(|it| it.known_value().unwrap_or("none"));
    let has_role = value("role").is_some_and(|role| matches!(role, "none" | "presentation"));
    let style = value("style").unwrap_or("").to_ascii_lowercase();
    let is_hidden = style == "none" || style.contains("display:none") || style.contains("display: none");
    let above = |it: Element<'_>| is_aria_hidden(it) || it.name() == "noscript";
    has_role || is_hidden || is_aria_hidden(element) || element.ancestors().any(above)
}
