//! `link-text-is-url`: a link whose text is its own address.

use crate::document::Element;
use crate::document::name::shown_text;
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

/// `<https://example.com>` asks for it; only links that could have had a text are reported.
#[derive(Deserialize)]
pub struct LinkTextIsUrl {}

impl Check for LinkTextIsUrl {
    fn wants(&self) -> Wants {
        Wants::elements(&["a"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(href) = element.attribute("href").and_then(|href| href.known_value()) else { return };
        let Some(text) = shown_text(element).filter(|text| !text.is_empty()) else { return };
        let Some(span) = element.node().span() else { return };
        let written = span.slice(context.document.source.text());
        let autolink = written.starts_with('<') && !written.get(..2).is_some_and(|tag| tag.eq_ignore_ascii_case("<a"));
        let address = bare(href);
        let host = address.split(['/', '?', '#']).next().unwrap_or("");
        let is_web = href.trim().get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"));
        if is_web && !autolink && (bare(&text) == address || bare(&text) == host) {
            let texts = element.descendants().filter_map(|node| node.as_element().is_none().then(|| node.span())?);
            let span = texts.reduce(crate::source::Span::join).unwrap_or(span);
            context.report(Finding::at(span));
        }
    }
}

/// Without scheme, `www.` and the slash at the end, in lower case.
fn bare(address: &str) -> String {
    let lower = address.trim().to_ascii_lowercase();
    let host = lower.trim_start_matches("https:").trim_start_matches("http:").trim_start_matches("//");
    host.strip_prefix("www.").unwrap_or(host).trim_end_matches('/').to_owned()
}
