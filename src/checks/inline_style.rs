//! `inline-style`: looks that are written into the text instead of the style sheet.

use crate::document::{Element, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

/// One finding a file: it is a way of writing, not a slip.
#[derive(Deserialize)]
pub struct InlineStyle {
    properties: Vec<String>,
}

impl Check for InlineStyle {
    fn wants(&self) -> Wants {
        Wants::together_with("style")
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        let mut first: Option<Span> = None;
        let mut count = 0;
        for element in elements {
            // Drawings, frames and fields are no text.
            let is_text = !matches!(
                element.name(),
                "img" | "iframe" | "video" | "audio" | "canvas" | "svg" | "textarea" | "input" | "button"
            );
            if element.origin() != Origin::Html || !element.is_html() || !is_text {
                continue;
            }
            let Some(style) = element.attribute("style") else { continue };
            if style.known_value().is_some_and(|value| self.sets_looks(value)) {
                count += 1;
                first = first.or(style.span());
            }
        }
        let Some(span) = first else { return };
        let message = match count {
            1 => "style written into the text".to_owned(),
            _ => format!("{count} styles written into the text"),
        };
        context.report(Finding { message: Some(message), ..Finding::of_post(span) });
    }
}

impl InlineStyle {
    fn sets_looks(&self, style: &str) -> bool {
        let names = style.split(';').filter_map(|declaration| declaration.split_once(':'));
        names.map(|(name, _)| name.trim()).any(|name| {
            let begins =
                |known: &String| name.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known));
            self.properties.iter().any(begins)
        })
    }
}
