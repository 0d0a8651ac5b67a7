//! `page-noindex`: a post whose front matter asks search engines to leave it out, or asks in words nobody knows.

use crate::diagnostic::Level;
use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct PageNoindex {
    keys: Vec<String>,
    switches: Vec<String>,
}

/// Rules with a value behind a colon are compared up to it.
/// <https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag>
const KNOWN: [&str; 17] = [
    "all", "none", "index", "follow", "noindex", "nofollow", "nosnippet", "indexifembedded", "notranslate",
    "noimageindex", "noodp", "noarchive", "nocache", "max-snippet", "max-image-preview", "max-video-preview",
    "unavailable_after",
];

impl Check for PageNoindex {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        for key in &self.keys {
            let Field::Text(text, entry) = document.field(key) else { continue };
            let rules = || text.split(',').map(|rule| rule.split(':').next().unwrap_or("").trim().to_lowercase());
            let (message, help, at_most) = if let Some((rule, meant)) = rules().find_map(slip) {
                let message = format!("search engines do not know `{rule}`");
                (message, Some(format!("write `{meant}`, or remove it")), None)
            } else if rules().any(|rule| matches!(rule.as_str(), "noindex" | "none")) && is_post(document) {
                (format!("`{key}` asks search engines to leave this post out"), None, Some(Level::Info))
            } else {
                continue;
            };
            context.report(Finding { message: Some(message), help, at_most, ..Finding::at(entry.value.span) });
        }
        for key in &self.switches {
            if let Field::Text(text, entry) = document.field(key)
                && text.eq_ignore_ascii_case("true")
                && is_post(document)
            {
                let message = format!("`{key}` asks search engines to leave this post out");
                let at_most = Some(Level::Info);
                context.report(Finding { message: Some(message), at_most, ..Finding::at(entry.value.span) });
            }
        }
    }
}

/// `no-index`, `nofolow`: one or two slips away from a known word, and that word.
fn slip(rule: String) -> Option<(String, &'static str)> {
    if rule.len() < 5 || rule.len() > 30 || KNOWN.contains(&rule.as_str()) {
        return None;
    }
    let meant = KNOWN.iter().find(|known| known.len() >= 5 && strsim::osa_distance(&rule, known) <= 2)?;
    Some((rule, meant))
}

/// Lists, tags and search pages are left out for good reasons.
fn is_post(document: &Document<'_>) -> bool {
    let dated = ["date", "pubDate", "pubDatetime"].iter().any(|key| !document.field(key).is_blank());
    (document.place.is_post() || dated) && document.is_page()
}
