//! `inline-style`: styles in the text instead of the style sheet.

use crate::diagnostic::{Fix, Safety};
use crate::document::ask::tokens::verbatim;
use crate::document::edit::element;
use crate::document::{Attribute, Element, Origin};
use crate::edit::Edit;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

/// Reports one finding per file: an author who uses inline styles does so throughout.
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
        let mut edits = Vec::new();
        for element in elements {
            // Drawings, frames and form fields are not text.
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
                edits.extend(self.without_looks(context.document.source.text(), style));
            }
        }
        let Some(span) = first else { return };
        let message = match count {
            1 => "inline style".to_owned(),
            _ => format!("{count} inline styles"),
        };
        let title = "remove the styling".to_owned();
        let fix = (edits.len() == count).then_some(Fix::new(title, Safety::Unsafe, edits));
        context.report(Finding { message: Some(message), fix, ..Finding::of_post(span) });
    }
}

impl InlineStyle {
    fn sets_looks(&self, style: &str) -> bool {
        style.split(';').any(|declaration| self.is_look(declaration))
    }

    fn is_look(&self, declaration: &str) -> bool {
        let Some((name, _)) = declaration.split_once(':') else { return false };
        let name = name.trim();
        let begins = |known: &String| name.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known));
        self.properties.iter().any(begins)
    }

    /// The edit that keeps the attribute's other declarations, or removes the attribute if there are none. `None` if
    /// the value has quotes or parentheses: a semicolon inside them does not end a declaration.
    fn without_looks(&self, source: &str, style: Attribute<'_>) -> Option<Edit> {
        let value = style.value();
        if value.contains([')', '"', '\'']) {
            return None;
        }
        let is_kept = |declaration: &&str| !declaration.trim().is_empty() && !self.is_look(declaration);
        let kept: Vec<&str> = value.split(';').filter(is_kept).map(str::trim).collect();
        if kept.is_empty() {
            return element::remove_attribute(source, style);
        }
        Some(element::replace(verbatim(source, style)?, &kept.join("; ")))
    }
}
