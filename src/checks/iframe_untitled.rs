//! `iframe-untitled`: a frame without a name.

use crate::document::ask::accessible_name::may_be_named;
use crate::document::ask::hidden::may_be_hidden;
use crate::document::ask::role::is_presentational;
use crate::document::{Attribute, Element};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct IframeUntitled {}

impl Check for IframeUntitled {
    fn wants(&self) -> Wants {
        Wants::elements(&["iframe"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let value = |name: &str| element.attribute(name).map_or("", Attribute::value).trim();
        // Frames that count visits have no size.
        let is_point = ["width", "height"].iter().any(|name| matches!(value(name), "0" | "1" | "0px" | "1px"));
        if is_point
            || value("tabindex") == "-1"
            || may_be_named(element)
            || is_presentational(element)
            || may_be_hidden(element)
        {
            return;
        }
        if let Some(span) = element.start_tag().filter(|_| element.is_html()) {
            context.report(Finding::at(span));
        }
    }
}
