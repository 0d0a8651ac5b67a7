//! `title-narrow`: a title that fills only a small part of its line in search results.

use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use crate::width;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct TitleNarrow {
    min: f32,
}

impl Check for TitleNarrow {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Field::Text(title, entry) = document.field("title") else { return };
        if document.is_hidden_from_search() {
            return;
        }
        let shown = document.shown(title);
        let pixels = width::pixels(&shown, width::TITLE_SIZE);
        if shown.is_empty() || pixels >= self.min || !width::is_measurable(&shown) {
            return;
        }
        let label = format!("{pixels:.0} px wide; search results show about 600 px");
        context.report(Finding { label: Some(label), ..Finding::at(entry.value.span) });
    }
}
