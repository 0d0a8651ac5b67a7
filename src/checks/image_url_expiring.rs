//! `image-url-expiring`: an image URL that is signed for a limited time.

use crate::document::{Document, Element, Field};
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::url::{host, is_below, parameters};
use html5ever::local_name;
use serde::Deserialize;

/// Reports that the URL has an expiry date, even if it has not passed: findings must not depend on the current date.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ImageUrlExpiring {
    parameters: Vec<String>,
    hosts: Vec<String>,
    keys: Vec<String>,
}

impl Check for ImageUrlExpiring {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        for key in &self.keys {
            match document.field(key) {
                Field::Text(address, entry) => self.report(context, address, entry.value_or_key()),
                Field::Nested(entry) => {
                    for inner in entry.value.as_mapping().into_iter().flat_map(|mapping| &mapping.entries) {
                        if let Some(address) = inner.value.text() {
                            self.report(context, address, inner.value_or_key());
                        }
                    }
                }
                _ => {}
            }
        }
        for image in document.tree.elements().filter(|it| is_media(*it) && it.is_written()) {
            let Some(src) = image.attribute("src") else { continue };
            if let (Some(address), Some(span)) = (src.known_value(), src.value_span().or(image.start_tag())) {
                self.report(context, address, span);
            }
        }
    }
}

fn is_media(element: Element<'_>) -> bool {
    let name = element.local_name();
    [local_name!("img"), local_name!("source"), local_name!("video"), local_name!("audio")].contains(name)
}

impl ImageUrlExpiring {
    fn report(&self, context: &mut Context<'_>, address: &str, span: Span) {
        let Some(host) = host(address.trim()) else { return };
        let on_listed_host = self.hosts.iter().any(|domain| is_below(&host, domain));
        if !on_listed_host && !address.contains('?') {
            return;
        }
        let names: Vec<String> = parameters(address).map(|(name, _)| name.to_ascii_lowercase()).collect();
        let signed = |all: &&String| all.split(' ').all(|name| names.iter().any(|it| it == name));
        let message = match self.parameters.iter().find(signed) {
            Some(all) => format!("image URL expires (`{}`)", all.split(' ').next().unwrap_or(all)),
            None if on_listed_host => format!("image URLs of `{host}` expire"),
            None => return,
        };
        context.report(Finding { message: Some(message), ..Finding::at(span) });
    }
}
