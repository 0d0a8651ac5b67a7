//! `title-site-name-twice`: a title that ends with the site's name, to which jekyll-seo-tag adds the site's name.

use crate::diagnostic::{Fix, Safety};
use crate::document::ask::head::{known_text, titles};
use crate::document::edit::front_matter::Wanted;
use crate::document::read::front_matter::types::Resolved;
use crate::document::read::front_matter::value::Entry;
use crate::document::{Document, Field};
use crate::edit::Edit;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct TitleSiteNameTwice {}

/// Separators between a title and the site's name.
const SEPARATORS: [char; 7] = ['|', '-', '–', '—', '·', ':', '•'];

impl Check for TitleSiteNameTwice {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        if document.place.is_built {
            built(context, document);
            return;
        }
        let Field::Text(title, entry) = document.field("title") else { return };
        let Some(site) = document.place.site_title.as_deref().map(str::trim).filter(|site| !site.is_empty()) else {
            return;
        };
        let before = title.trim().strip_suffix(site).map(str::trim_end);
        let before = before.filter(|before| before.len() > 1 && before.ends_with(SEPARATORS));
        let Some(before) = before else { return };
        let message = format!("the page's title will end with “{site}” twice");
        let kept = before.trim_end_matches(SEPARATORS).trim_end();
        let fix = without_suffix(document, entry, title.trim(), kept);
        context.report(Finding { message: Some(message), fix, ..Finding::at(entry.value.span) });
    }
}

/// Checks the `<title>` of a built page.
fn built(context: &mut Context<'_>, document: &Document<'_>) {
    let Some(title) = titles(document).next() else { return };
    let (Some(text), Some(span)) = (known_text(title), title.start_tag()) else { return };
    let Some(site) = document.place.site_title.as_deref().map(str::trim).filter(|site| !site.is_empty()) else {
        return;
    };
    let parts = text.split(SEPARATORS).map(str::trim).filter(|part| *part == site);
    // A name with a separator in it is not found in the parts.
    if parts.count() > 1 && !site.contains(SEPARATORS) {
        let message = Some(format!("the title of the page has “{site}” twice"));
        context.report(Finding { message, ..Finding::at(span) });
    }
}

fn without_suffix(document: &Document<'_>, entry: &Entry<'_>, title: &str, kept: &str) -> Option<Fix> {
    let suffix = title.strip_prefix(kept).filter(|_| !kept.is_empty())?;
    let written = entry.value.span;
    let start = written.start + written.slice(document.source.text()).rfind(suffix)? as u32;
    let edit = Edit { span: Span::new(start, start + suffix.len() as u32), text: String::new() };
    let wanted = Wanted { text: kept, resolved: Resolved::String };
    let edit = document.verified(edit, &entry.value, wanted)?;
    Some(Fix::new("remove the site's name", Safety::Unsafe, [edit]))
}
