//! `internal-link-absolute`: a link to a page of the same site with the host in its URL.

use crate::diagnostic::{Fix, Level, Safety};
use crate::document::Element;
use crate::document::ask::accessible_name::shown_text;
use crate::document::ask::tokens::verbatim;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::url::{host, parameters, path_and_query, scheme, without_parameters};
use serde::Deserialize;

/// Reports nothing if the site's host is not known.
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
        let is_own = context.document.place.is_own_address(address);
        // A path is internal as well. It includes no host, so only one with parameters can be reported.
        let is_path = || address.contains('?') && scheme(address).is_none() && !address.starts_with("//");
        if !is_own && !is_path() {
            return;
        }
        let Some(span) = href.value_span().or(element.start_tag()) else { return };
        let host = host(address).unwrap_or_default();
        // A URL that is also the visible text of the link should stay complete.
        let is_shown = || shown_text(element).is_some_and(|text| text.to_ascii_lowercase().contains(&*host));
        let path = if is_own && !is_shown() { path_of(address) } else { address.to_owned() };
        let is_tracking = |name: &str| self.tracking.iter().any(|known| known == name);
        let finding = if let Some((name, _)) = parameters(address).find(|(name, _)| is_tracking(name)) {
            tracked(name, span)
        } else if path != address {
            let message = Some(format!("link to your own site includes the host `{host}`"));
            Finding { message, at_most: Some(Level::Info), ..Finding::at(span) }
        } else {
            return;
        };
        let meant = without_parameters(&path, is_tracking);
        let written = verbatim(context.document.source.text(), href);
        let fix = written.map(|span| Fix::write(&meant, span, Safety::Unsafe));
        context.report(Finding { fix, ..finding });
    }
}

fn tracked(name: &str, span: Span) -> Finding {
    Finding {
        message: Some(format!("link to your own site has the parameter `{name}`")),
        label: Some("counted as a visit from another site".to_owned()),
        help: Some(format!("remove `{name}` from the URL")),
        ..Finding::at(span)
    }
}

fn path_of(address: &str) -> String {
    let path = path_and_query(address);
    if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}
