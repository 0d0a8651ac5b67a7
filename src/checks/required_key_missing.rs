//! `required-key-missing`: keys that the project's config requires and a post does not have.

use crate::document::Document;
use crate::document::read::front_matter::FrontMatter;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct RequiredKeyMissing {}

impl Check for RequiredKeyMissing {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let demands = context.demands;
        let span = match &document.front_matter {
            FrontMatter::Missing => Span::empty(document.source.bom_len()),
            _ => match document.sound_fence() {
                Some(fence) => fence,
                None => return,
            },
        };
        let required = demands.required.iter();
        let missing: Vec<String> = required
            .filter(|key| document.field(key).is_blank() && document.supplied(key).is_none())
            .map(|key| format!("`{key}`"))
            .collect();
        if missing.is_empty() {
            return;
        }
        let keys = if missing.len() == 1 { "key" } else { "keys" };
        let message = format!("missing required {keys} {}", missing.join(", "));
        context.report(Finding { message: Some(message), ..Finding::at(span) });
    }
}
