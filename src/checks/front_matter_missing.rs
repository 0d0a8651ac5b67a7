//! `front-matter-missing`: a Jekyll post without front matter, or with blank lines before it.

use crate::diagnostic::{Fix, Safety};
use crate::document::dialect::Generator;
use crate::document::front_matter::FrontMatter;
use crate::document::published::dated_slug;
use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants, edit};
use crate::source::{Source, Span};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct FrontMatterMissing {}

impl Check for FrontMatterMissing {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let place = document.place;
        let missing = matches!(document.front_matter, FrontMatter::Missing);
        let is_post = place.generator == Generator::Jekyll && place.is_post();
        if !missing || !is_post || dated_slug(place.file_name()).is_none() {
            return;
        }
        if let Some(finding) = pushed_down(document) {
            context.report(finding);
        } else if let Field::Missing = document.field("layout") {
            // With a layout from the site's `defaults:` a post without front matter is a whole page.
            context.report(Finding::at(Span::empty(document.source.bom_len())));
        }
    }
}

/// Front matter after blank lines: Jekyll looks for it on the first line only.
fn pushed_down(document: &Document<'_>) -> Option<Finding> {
    let text = document.source.text();
    let body = text.trim_start_matches('\u{feff}').trim_start();
    let start = (text.len() - body.len()) as u32;
    let blank = Span::new(document.source.bom_len(), start);
    if blank.is_empty() {
        return None;
    }
    let source = Source::new(body);
    let moved = FrontMatter::parse(&source, document.place.generator);
    moved.block().filter(|block| block.problem.is_none() && !block.mapping.entries.is_empty())?;
    let fence = Span::new(start, start + body.lines().next().map_or(0, str::len) as u32);
    Some(Finding {
        message: Some("Jekyll prints this front matter as text: it is not on the first line".into()),
        label: Some("this must be the first line".into()),
        help: Some("remove the blank lines above it".into()),
        fix: Some(Fix {
            title: "remove the blank lines".into(),
            safety: Safety::Safe,
            edits: vec![edit::delete(blank)],
        }),
        ..Finding::at(fence)
    })
}
