//! `front-matter-missing`: a Jekyll post without front matter.

use crate::document::ask::page::dated_slug;
use crate::document::read::front_matter::FrontMatter;
use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
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
        if !missing || !place.is_post() || dated_slug(place.file_name()).is_none() {
            return;
        }
        let text = document.source.text().trim_start_matches('\u{feff}').trim_start();
        // `front-matter-not-first` reports front matter below the start of the file.
        let further_down = text.starts_with("---") || (text.starts_with("<!--") && text.contains("\n---"));
        if !further_down && let Field::Missing = document.field("layout") {
            // If the site's `defaults:` set a layout, which is excluded above, a post without front matter is a
            // complete page.
            context.report(Finding::of_post(Span::empty(document.source.bom_len())));
        }
    }
}
