//! `heading-repeats-title-level`: an `<h1>` in a post whose title the theme prints as `<h1>` already.

use crate::diagnostic::Label;
use crate::document::dialect::Generator;
use crate::document::field::Field;
use crate::document::{Document, Element, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

/// Markdown linters look at Markdown headings; by default only `<h1>` tags are reported.
#[derive(Deserialize)]
pub struct HeadingRepeatsTitleLevel {
    markdown: bool,
}

impl Check for HeadingRepeatsTitleLevel {
    fn wants(&self) -> Wants {
        Wants::elements(&["h1"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let document = context.document;
        let is_looked_at = self.markdown || element.origin() == Origin::Html;
        let Field::Text(title, entry) = document.field("title") else { return };
        if !is_looked_at || !element.is_html() || title.trim().is_empty() || !prints_title(document) {
            return;
        }
        // A tag in a sentence about tags opens an `<h1>` as well, but nobody meant a heading: `markup-broken` reports it.
        if element.origin() == Origin::Html && element.end_tag().is_none() {
            return;
        }
        let Some(span) = element.start_tag() else { return };
        context.report(Finding {
            related: vec![Label { span: entry.value_or_key(), message: "the theme prints this as `<h1>`".to_owned() }],
            ..Finding::at(span)
        });
    }
}

/// Themes print the title of a post. Of a page many print none, so nothing is known there.
fn prints_title(document: &Document<'_>) -> bool {
    let place = document.place;
    let layout = document.field("layout").text().is_none_or(|layout| matches!(layout, "post" | "posts" | "single"));
    let is_post = match place.generator {
        Generator::Jekyll | Generator::Hexo => place.is_post(),
        _ => !document.field("date").is_blank(),
    };
    document.is_page() && is_post && layout && !place.is_index()
}
