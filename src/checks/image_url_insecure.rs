//! `image-url-insecure`: an image with an `http://` URL.

use crate::diagnostic::{Fix, Safety};
use crate::document::Element;
use crate::edit::Edit;
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
        Wants::elements(&["img"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(src) = element.attribute("src") else { return };
        let Some(address) = src.known_value().filter(|address| says_http(address.trim_start())) else { return };
        let is_local =
            |host: &str| host == "localhost" || ["127.", "0.0.0.0", "["].iter().any(|it| host.starts_with(it));
        if host(address.trim()).is_none_or(|host| is_local(&host)) {
            return;
        }
        let Some(span) = src.value_span().or(element.start_tag()) else { return };
        let written = src.value_span().filter(|span| says_http(span.slice(context.document.source.text())));
        let fix = written.map(|span| {
            let edit = Edit { span: Span::empty(span.start + "http".len() as u32), text: "s".to_owned() };
            Fix::new("write `https://`", Safety::Unsafe, [edit])
        });
        context.report(Finding { fix, ..Finding::at(span) });
    }
}

fn says_http(address: &str) -> bool {
    address.get(..SCHEME.len()).is_some_and(|start| start.eq_ignore_ascii_case(SCHEME))
}
