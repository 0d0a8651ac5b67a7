//! `head-broken`: an element that ends the `<head>` of a built page before its metadata.

use crate::document::{Document, Element};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct HeadBroken {}

/// Browsers look for the encoding in this many bytes.
/// <https://html.spec.whatwg.org/multipage/semantics.html#charset>
const ENCODING_WITHIN: u32 = 1024;

impl Check for HeadBroken {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        let text = document.source.text();
        let Some(end) = end_of_head(text) else { return };
        let body = document.tree.elements().find(|element| element.name() == "body");
        let breaks = body.and_then(|body| body.child_elements().find_map(|child| Some((child, child.start_tag()?))));
        if let Some((element, span)) = breaks.filter(|(_, span)| span.start < end && !is_in_noscript(text, span.start))
        {
            let is_lost = |it: &Element<'_>| {
                is_metadata(*it) && it.start_tag().is_some_and(|tag| span.start < tag.start && tag.start < end)
            };
            let lost = document.tree.html_elements().filter(is_lost).count();
            if lost > 0 {
                let message = Some(format!("`<{}>` ends the `<head>` before its metadata", element.name()));
                context.report(Finding { message, ..Finding::at(span) });
            }
        }
        let is_encoding = |meta: &Element<'_>| meta.name() == "meta" && meta.has_attribute("charset");
        let encoding = document.tree.html_elements().find(is_encoding).and_then(|meta| meta.start_tag());
        if let Some(span) = encoding.filter(|span| span.end > ENCODING_WITHIN) {
            let message = Some("the encoding is not in the first 1024 bytes of the page".to_owned());
            let label = Some("browsers may not find it".to_owned());
            let help = Some("write `<meta charset>` first in the `<head>`".to_owned());
            context.report(Finding { message, label, help, ..Finding::at(span) });
        }
    }
}

/// Where the end tag of the `<head>` is.
fn end_of_head(text: &str) -> Option<u32> {
    let found = memchr::memmem::find(text.as_bytes(), b"</head>").or_else(|| text.find("</HEAD>"))?;
    u32::try_from(found).ok()
}

/// Whether browsers with scripts take what is there for text: https://html.spec.whatwg.org/#the-noscript-element
fn is_in_noscript(text: &str, at: u32) -> bool {
    let before = text.get(..at as usize).unwrap_or("");
    before.rfind("<noscript").is_some_and(|open| !before.get(open..).unwrap_or("").contains("</noscript"))
}

/// Whether search engines and social networks read this element.
fn is_metadata(element: Element<'_>) -> bool {
    match element.name() {
        "title" => element.is_html(),
        "meta" => element.has_attribute("name") || element.has_attribute("property"),
        "link" => element.attribute("rel").is_some_and(|rel| matches!(rel.value().trim(), "canonical" | "alternate")),
        _ => false,
    }
}
