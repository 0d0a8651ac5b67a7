//! `role-img-unnamed`: an element that is an image by its `role`, without a name.

use crate::document::Element;
use crate::document::ask::accessible_name::may_be_named;
use crate::document::ask::hidden::may_be_hidden;
use crate::document::ask::role::role;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct RoleImgUnnamed {}

impl Check for RoleImgUnnamed {
    fn wants(&self) -> Wants {
        Wants::elements_with("role")
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        // These have an `alt`, or may have: `alt-missing`.
        if matches!(element.name(), "img" | "area" | "input" | "object") || element.name().contains('-') {
            return;
        }
        let Some(role) = role(element) else { return };
        let is_drawing = element.name() == "svg";
        let is_image = match role.as_str() {
            "img" | "image" | "graphics-symbol" => true,
            "graphics-document" => is_drawing,
            _ => false,
        };
        let is_known = element.attribute("role").is_some_and(|role| !role.is_unknown());
        // `link-text-missing` reports a link that has no other name.
        let names_link = |above: Element<'_>| above.is_link() && !may_be_named(above);
        if !is_image
            || !is_known
            || may_be_named(element)
            || may_be_hidden(element)
            || element.ancestors().any(names_link)
        {
            return;
        }
        let message = format!("`<{}>` with `role=\"{role}\"` has no name", element.name());
        let help = is_drawing.then(|| {
            "describe it in a `<title>` inside or in `aria-label`, or hide decoration with `aria-hidden=\"true\"`"
                .to_owned()
        });
        if let Some(span) = element.start_tag() {
            context.report(Finding { message: Some(message), help, ..Finding::at(span) });
        }
    }
}
