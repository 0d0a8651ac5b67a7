//! `description-missing`: a built page without a meta description.

use crate::built::location::is_later_part;
use crate::document::Document;
use crate::document::ask::head::{may_be_indexed, metas, start};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct DescriptionMissing {}

impl Check for DescriptionMissing {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        if !may_be_indexed(document) || is_later_part(&document.place.path) {
            return;
        }
        let mut descriptions = metas(document, "description").peekable();
        let Some(first) = descriptions.peek().copied() else {
            // A description that a template writes is not known.
            let is_named = |it: &str| document.source.text().contains(it);
            if !is_named("name=\"description\"") && !is_named("name=description") {
                context.report(Finding::at(start(document)));
            }
            return;
        };
        if descriptions.all(|description| description.text.is_empty()) {
            let message = Some("the description of the page is empty".to_owned());
            context.report(Finding { message, label: Some("no text".to_owned()), ..Finding::at(first.span) });
        }
    }
}
