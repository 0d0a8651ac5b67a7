//! `front-matter-schema`: values and keys that do not match the project's config or its JSON Schema.

use crate::document::Document;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct FrontMatterSchema {}

impl Check for FrontMatterSchema {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn yields_to(&self) -> &'static [&'static str] {
        // They say what the generator makes of the value.
        &["date-impossible", "date-unreadable", "value-wrong-type"]
    }

    fn reads_files(&self) -> bool {
        true
    }

    fn document(&self, context: &mut Context<'_>, _: &Document<'_>) {
        for violation in context.violations().iter().filter(|violation| !violation.is_unknown_key) {
            context.report(Finding {
                message: Some(violation.message.clone()),
                label: Some(violation.label.clone()),
                help: violation.help.clone(),
                fix: violation.fix.clone(),
                ..Finding::at(violation.span)
            });
        }
    }
}
