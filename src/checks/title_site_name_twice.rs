//! `title-site-name-twice`: a title that ends with the site's name, to which jekyll-seo-tag adds the site's name.

use crate::document::dialect::Generator;
use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct TitleSiteNameTwice {}

impl Check for TitleSiteNameTwice {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let Field::Text(title, entry) = document.field("title") else { return };
        let Some(site) = document.place.site_title.as_deref().map(str::trim).filter(|site| !site.is_empty()) else {
            return;
        };
        let has_suffix = title.trim().strip_suffix(site).is_some_and(|rest| {
            let before = rest.trim_end();
            before.len() > 1 && before.ends_with(['|', '-', '–', '—', '·', ':', '•'])
        });
        if has_suffix && document.place.generator == Generator::Jekyll && document.is_page() {
            let message = format!("the page's title will end with “{site}” twice");
            context.report(Finding { message: Some(message), ..Finding::at(entry.value.span) });
        }
    }
}
