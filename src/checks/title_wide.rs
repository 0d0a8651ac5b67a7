use crate::document::text::plain;
use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use crate::width;
use serde::Deserialize;

/// A title that search results cut.
#[derive(Deserialize)]
pub struct TitleWide {
    max: f32,
    suffix: String,
}

/// Search results set titles in Arial at this size, in pixels.
const SIZE: f32 = 20.0;

impl Check for TitleWide {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Field::Text(title, entry) = document.field("title") else { return };
        let title = plain(title);
        let whole = format!("{title}{}", self.suffix);
        let pixels = width::pixels(&whole, SIZE);
        if pixels <= self.max || !document.is_page() {
            return;
        }
        let shown = width::fits(&whole, SIZE, self.max);
        let (all, with) = (title.chars().count(), if self.suffix.is_empty() { "" } else { " with the suffix" });
        if shown >= all {
            // Only the suffix is cut.
            return;
        }
        context.report(Finding {
            message: Some(format!("`title` is cut after character {shown} of {all} in search results")),
            label: Some(format!("{pixels:.0} px wide{with}; about {:.0} px are shown", self.max)),
            ..Finding::at(entry.value.span)
        });
    }
}
