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

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let demands = context.demands;
        for violation in demands.violations(document).into_iter().filter(|violation| !violation.is_unknown_key) {
            context.report(Finding {
                message: Some(violation.message),
                label: Some(violation.label),
                help: violation.help,
                fix: violation.fix,
                ..Finding::at(violation.span)
            });
        }
    }
}
