//! `link-text-is-url`: a link whose text is its own URL.

use crate::document::Element;
use crate::document::ask::accessible_name::shown_text;
use crate::document::ask::bare_link::is_bare_link;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

/// `<https://example.com>` is intentional; only links that could have had a text are reported.
#[derive(Deserialize)]
pub struct LinkTextIsUrl {}

impl Check for LinkTextIsUrl {
    fn wants(&self) -> Wants {
        Wants::elements(&["a"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(href) = element.attribute("href").and_then(|href| href.known_value()) else { return };
        let is_web = href.trim().get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"));
        let Some(text) = is_web.then(|| shown_text(element)).flatten().filter(|text| !text.is_empty()) else { return };
        let Some(span) = element.node().span() else { return };
        let written = span.slice(context.document.source.text());
        let autolink = written.starts_with('<') && !written.get(..2).is_some_and(|tag| tag.eq_ignore_ascii_case("<a"));
        let address = bare(href);
        let host = address.split(['/', '?', '#']).next().unwrap_or("");
        let says = |it: &str| bare(&text).eq_ignore_ascii_case(it);
        if !autolink && !is_bare_link(element) && (says(address) || says(host)) {
            let texts = element.descendants().filter_map(|node| node.as_element().is_none().then(|| node.span())?);
            let span = texts.reduce(crate::source::Span::join).unwrap_or(span);
            context.report(Finding::at(span));
        }
    }
}

/// The URL without its scheme, `www.` and a trailing slash.
fn bare(address: &str) -> &str {
    let host = ["https:", "http:", "//", "www."].into_iter().fold(address.trim(), without);
    host.trim_end_matches('/')
}

fn without<'t>(text: &'t str, start: &str) -> &'t str {
    match text.split_at_checked(start.len()) {
        Some((head, rest)) if head.eq_ignore_ascii_case(start) => rest,
        _ => text,
    }
}
