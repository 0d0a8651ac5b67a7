//! `json-ld-invalid`: structured data that is not valid JSON, so that search engines ignore it.

use crate::document::Element;
use crate::document::ask::json_ld::json_ld;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct JsonLdInvalid {}

impl Check for JsonLdInvalid {
    fn wants(&self) -> Wants {
        Wants::elements(&["script"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(inside) = json_ld(element, context.document.source.text()) else { return };
        let text = context.document.source.slice(inside);
        let Err(error) = serde_json::from_str::<serde_json::Value>(text) else { return };
        let (label, span) = if text.trim().is_empty() {
            ("it is empty".to_owned(), element.start_tag().unwrap_or(inside))
        } else {
            (said(&error), place(text, inside, &error))
        };
        let help = text.trim_start().starts_with("<!--").then(|| "remove the `<!--` and `-->` around it".to_owned());
        context.report(Finding { label: Some(label), help, ..Finding::at(span) });
    }
}

/// serde_json's message without the line and column, which count from the start of the script.
fn said(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rfind(" at line ").and_then(|at| message.get(..at)).unwrap_or(&message).to_owned()
}

/// The span of the invalid character, or of the last one if the text ends too early.
fn place(text: &str, inside: Span, error: &serde_json::Error) -> Span {
    let line_start = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let content = text.trim_end().len();
    let mut at = (line_start + error.column().saturating_sub(1)).min(content.saturating_sub(1));
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let len = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Span::new(inside.start + at as u32, inside.start + (at + len) as u32)
}
