//! `http://` URLs of files that a page loads. Whether a host has HTTPS is the same question for all its files, so each host
//! is one finding. <https://www.w3.org/TR/mixed-content/>

use crate::diagnostic::{Fix, Safety};
use crate::document::{Attribute, Document};
use crate::edit::Edit;
use crate::rule::Finding;
use crate::rule::repeated::{Groups, others};
use crate::source::Span;
use crate::url::host;

const SCHEME: &str = "http://";

/// The files with `http://` URLs, by their host and what they are.
#[derive(Default)]
pub struct Insecure {
    hosts: Groups<(String, &'static str), Span>,
}

impl Insecure {
    /// Adds the file of an attribute, if its URL is an `http://` one. URLs of the author's own computer are left to
    /// other rules. `kind`: what it is, such as `image`.
    pub fn add(&mut self, kind: &'static str, attribute: Attribute<'_>, element: Span) {
        let Some(address) = attribute.known_value().filter(|address| says_http(address.trim_start())) else { return };
        let Some(host) = host(address.trim()).filter(|host| !is_local(host)) else { return };
        self.hosts.add((host.into_owned(), kind), attribute.value_span().unwrap_or(element));
    }

    /// A finding for each host and kind.
    pub fn findings(self, document: &Document<'_>) -> impl Iterator<Item = Finding> {
        let text = document.source.text();
        self.hosts.into_vec().into_iter().filter_map(move |((host, kind), spans)| {
            let message = match spans.len() {
                1 => format!("{kind} has an `http://` URL"),
                count => format!("{count} {kind}s of `{host}` have `http://` URLs"),
            };
            let written = spans.iter().filter(|span| says_http(span.slice(text)));
            let with_s =
                |span: &Span| Edit { span: Span::empty(span.start + "http".len() as u32), text: "s".to_owned() };
            let edits: Vec<Edit> = written.map(with_s).collect();
            Some(Finding {
                message: Some(message),
                related: others(spans.iter().copied(), "of the same host"),
                fix: (!edits.is_empty()).then(|| Fix::new("write `https://`", Safety::Unsafe, edits)),
                identity: Some(host),
                ..Finding::at(*spans.first()?)
            })
        })
    }
}

fn is_local(host: &str) -> bool {
    host == "localhost" || ["127.", "0.0.0.0", "["].iter().any(|it| host.starts_with(it))
}

fn says_http(address: &str) -> bool {
    address.get(..SCHEME.len()).is_some_and(|start| start.eq_ignore_ascii_case(SCHEME))
}
