//! `image-url-insecure`: an image with an `http://` URL.

use crate::diagnostic::{Fix, Safety};
use crate::document::Element;
use crate::edit::Edit;
use crate::rule::repeated::{self, Groups};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::url::host;
use serde::Deserialize;

/// No options. URLs of the author's own computer are left to `image-src-bad`.
#[derive(Deserialize)]
pub struct ImageUrlInsecure {}

const SCHEME: &str = "http://";

impl Check for ImageUrlInsecure {
    fn wants(&self) -> Wants {
        Wants::together(&["img"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        // Whether a host has HTTPS is the same question for all its images.
        let mut hosts = Groups::default();
        elements.iter().filter_map(|element| insecure(*element)).for_each(|(host, span)| hosts.add(host, span));
        hosts.into_vec().into_iter().for_each(|(host, spans)| report_host(context, host, &spans));
    }
}

/// The host of an image with an `http://` URL, and the span of the URL.
fn insecure(element: Element<'_>) -> Option<(String, Span)> {
    let src = element.attribute("src")?;
    let address = src.known_value().filter(|address| says_http(address.trim_start()))?;
    let is_local = |host: &str| host == "localhost" || ["127.", "0.0.0.0", "["].iter().any(|it| host.starts_with(it));
    let host = host(address.trim()).filter(|host| !is_local(host))?;
    Some((host.into_owned(), src.value_span().or(element.start_tag())?))
}

fn report_host(context: &mut Context<'_>, host: String, spans: &[Span]) {
    let Some(&first) = spans.first() else { return };
    let text = context.document.source.text();
    let written = spans.iter().filter(|span| says_http(span.slice(text)));
    let with_s = |span: &Span| Edit { span: Span::empty(span.start + "http".len() as u32), text: "s".to_owned() };
    let edits: Vec<Edit> = written.map(with_s).collect();
    let message = (spans.len() > 1).then(|| format!("{} images of `{host}` have `http://` URLs", spans.len()));
    context.report(Finding {
        message,
        related: repeated::others(spans.iter().copied(), "of the same host"),
        fix: (!edits.is_empty()).then(|| Fix::new("write `https://`", Safety::Unsafe, edits)),
        identity: Some(host),
        ..Finding::at(first)
    });
}

fn says_http(address: &str) -> bool {
    address.get(..SCHEME.len()).is_some_and(|start| start.eq_ignore_ascii_case(SCHEME))
}
