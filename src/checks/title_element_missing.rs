//! `title-element-missing`: a built page without a title, or with several.

use crate::diagnostic::Label;
use crate::document::Document;
use crate::document::ask::head::{is_redirect, known_text, start, titles};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct TitleElementMissing {}

impl Check for TitleElementMissing {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        if is_redirect(document) {
            return;
        }
        let mut titles = titles(document);
        let Some(first) = titles.next() else {
            context.report(Finding::at(start(document)));
            return;
        };
        let span = first.start_tag().unwrap_or_default();
        if known_text(first).is_some_and(|text| text.is_empty()) {
            let message = Some("the title of the page is empty".to_owned());
            context.report(Finding { message, label: Some("no text".to_owned()), ..Finding::at(span) });
        } else if let Some(second) = titles.next().and_then(|second| second.start_tag()) {
            let related = vec![Label { span, message: "this one counts".to_owned() }];
            let message = Some("the page has several titles".to_owned());
            let label = Some("browsers and search engines ignore this one".to_owned());
            let help = Some("write one `<title>`".to_owned());
            context.report(Finding { message, label, help, related, ..Finding::at(second) });
        }
    }
}
