//! `raw-html-dropped`: HTML in Markdown that the site's engine leaves out of the page.

use crate::document::Document;
use crate::document::tree::ParseNoteKind;
use crate::rule::{Check, Context, Finding, Wants};
use crate::words::counted;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
pub struct RawHtmlDropped {}

impl Check for RawHtmlDropped {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let mut dropped = document.tree.notes().iter().filter(|note| note.kind == ParseNoteKind::DroppedHtml);
        let Some(first) = dropped.next() else { return };
        let others = dropped.count();
        let message = (others > 0)
            .then(|| format!("HTML is left out of the page, here and in {}", counted(others, "other part")));
        context.report(Finding { message, ..Finding::at(first.span) });
    }
}
