//! `internal-link-nofollow`: a link to a page of the same site with `nofollow`.

use crate::diagnostic::{Fix, Safety};
use crate::document::ask::tokens::tokens;
use crate::document::edit::element;
use crate::document::{Element, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use crate::url::scheme;
use serde::Deserialize;

/// A relative URL is internal; an absolute one if it has the site's host, which must be known.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct InternalLinkNofollow {
    link_types: Vec<String>,
    not_for_search: Vec<String>,
}

impl Check for InternalLinkNofollow {
    fn wants(&self) -> Wants {
        Wants::elements(&["a", "area"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(rel) = element.attribute("rel").filter(|rel| !rel.is_unknown()) else { return };
        let found = tokens(context.document.source.text(), rel)
            .into_iter()
            .find(|token| self.link_types.iter().any(|link_type| link_type.eq_ignore_ascii_case(token.text)));
        let Some(token) = found else { return };
        let Some(address) = element.attribute("href").and_then(|href| href.known_value()).map(str::trim) else {
            return;
        };
        let relative = scheme(address).is_none() && !address.starts_with("//");
        let own = match relative {
            true => !address.is_empty() && !address.starts_with('#'),
            false => context.document.place.is_own_address(address),
        };
        if !own || self.is_not_for_search(address) || element.has_attribute("download") || is_file(address) {
            return;
        }
        if let Some(span) = token.span.or(rel.value_span()).or(element.start_tag()) {
            let message = format!("link to a page of your own site has `{}`", token.text);
            let written = token.span.filter(|_| element.origin() == Origin::Html);
            let edit = written.and_then(|span| element::remove_token(context.document.source.text(), rel, span));
            let fix = edit.map(|edit| Fix::new(format!("remove `{}`", token.text), Safety::Unsafe, [edit]));
            context.report(Finding { message: Some(message), fix, ..Finding::at(span) });
        }
    }
}

/// Whether the URL refers to a file other than a page: `/tides.zip`.
fn is_file(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or("");
    let name = path.split_once("://").map_or(path, |(_, rest)| rest).rsplit_once('/').map_or("", |(_, name)| name);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    !extension.is_empty() && !["htm", "html", "md", "php", "asp", "aspx", "jsp"].contains(&extension)
}

impl InternalLinkNofollow {
    /// Whether the page redirects, logs in or searches: there the link type is justified.
    fn is_not_for_search(&self, address: &str) -> bool {
        let mut words = address.split(|c: char| !c.is_alphanumeric());
        words.any(|word| self.not_for_search.iter().any(|known| known.eq_ignore_ascii_case(word)))
    }
}
