//! `folded-trailing-newline`: a single-line value in a block scalar, which ends with an unwanted line break.

use crate::diagnostic::{Fix, Safety};
use crate::document::Document;
use crate::document::edit::element;
use crate::document::edit::front_matter::Wanted;
use crate::document::read::front_matter::types::Resolved;
use crate::document::read::front_matter::value::{Entry, Style};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct FoldedTrailingNewline {
    keys: Vec<String>,
}

impl Check for FoldedTrailingNewline {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Some(block) = document.sound_block() else { return };
        for entry in self.keys.iter().filter_map(|key| block.mapping.get(key)) {
            let Some(scalar) = entry.value.as_scalar() else { continue };
            let is_block = matches!(scalar.style, Style::Folded | Style::Literal);
            let text = scalar.text.trim_end_matches('\n');
            if !is_block || text.len() == scalar.text.len() || text.is_empty() || text.contains('\n') {
                continue;
            }
            let Some(header) = header(document, entry) else { continue };
            let edit = element::replace(Span::empty(header.start + 1), "-");
            let edit = document.verified(edit, &entry.value, Wanted { text, resolved: Resolved::String });
            let fix = edit.map(|edit| Fix::new("add `-` after it", Safety::Safe, [edit]));
            let message = format!("`{}` ends with a line break", entry.name().unwrap_or(""));
            context.report(Finding { message: Some(message), fix, ..Finding::at(header) });
        }
    }
}

/// The `>` or `|` of a block scalar without a chomping indicator.
fn header(document: &Document<'_>, entry: &Entry<'_>) -> Option<Span> {
    let region = Span::new(entry.separator? + 1, entry.value.span.start);
    let written = region.slice(document.source.text());
    let line = written.lines().next()?;
    let at = line.find(['>', '|'])?;
    let plain = !line.get(at + 1..)?.contains(['-', '+']);
    plain.then(|| Span::new(region.start + at as u32, region.start + at as u32 + 1))
}
