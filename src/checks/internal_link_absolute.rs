//! `internal-link-absolute`: a link to one's own page that spells out the host.

use crate::diagnostic::{Fix, Safety};
use crate::document::Element;
use crate::document::address::{host, parameters, path_and_query};
use crate::document::name::shown_text;
use crate::document::tokens::verbatim;
use crate::rule::{Check, Context, Finding, Wants, edit};
use serde::Deserialize;

/// Silent where the site's host is not known.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct InternalLinkAbsolute {
    tracking: Vec<String>,
}

impl Check for InternalLinkAbsolute {
    fn wants(&self) -> Wants {
        Wants::elements(&["a", "area"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(href) = element.attribute("href") else { return };
        let Some(address) = href.known_value().map(str::trim) else { return };
        if !context.document.place.is_own_address(address) {
            return;
        }
        let Some(host) = host(address) else { return };
        // Where the reader is shown the address, it is meant to be whole.
        let shown = shown_text(element).map(|text| text.to_ascii_lowercase());
        if shown.is_some_and(|text| text.contains(&*host)) {
            return;
        }
        let tracked = parameters(address).find(|(name, _)| self.tracking.iter().any(|it| it == name));
        let message = match tracked {
            Some((name, _)) => format!("link to your own site carries `{name}`"),
            None => format!("link to your own site spells out `{host}`"),
        };
        let path = path_and_query(address);
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        let written = verbatim(context.document.source.text(), href).filter(|_| tracked.is_none());
        let fix = written.map(|span| Fix {
            title: format!("write `{path}`"),
            safety: Safety::Unsafe,
            edits: vec![edit::replace(span, &path)],
        });
        if let Some(span) = href.value_span().or(element.start_tag()) {
            context.report(Finding { message: Some(message), fix, ..Finding::at(span) });
        }
    }
}
