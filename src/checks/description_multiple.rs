//! `description-multiple`: a built page has two descriptions, or two titles for link previews.

use crate::diagnostic::Label;
use crate::document::Document;
use crate::document::ask::head::metas;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct DescriptionMultiple {}

impl Check for DescriptionMultiple {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        for name in ["description", "og:title", "og:description"] {
            let mut found = metas(document, name);
            let (Some(first), Some(second)) = (found.next(), found.next()) else { continue };
            let related = vec![Label { span: first.tag, message: "the first one".to_owned() }];
            let message = Some(format!("the page has several `{name}`"));
            context.report(Finding { message, related, ..Finding::at(second.tag) });
        }
    }
}
