//! `paid-link-unqualified`: an affiliate link without a link type that marks it as such.

use crate::diagnostic::{Fix, Safety};
use crate::document::edit::element;
use crate::document::{Attribute, Element, Origin};
use crate::place::dialect::Dialect;
use crate::rule::{Check, Context, Finding, Wants};
use crate::url::{host, parameters, path_and_query};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Hosts and parameters that only affiliate programmes use. The text of a link is not evidence.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PaidLinkUnqualified {
    hosts: FxHashSet<String>,
    parameters: FxHashMap<String, String>,
    qualified_by: Vec<String>,
}

/// Maximum length of a host name in bytes: <https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4>.
const MAX_HOST: usize = 253;

impl Check for PaidLinkUnqualified {
    fn wants(&self) -> Wants {
        Wants::elements(&["a", "area"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(href) = element.attribute("href") else { return };
        let Some(address) = href.known_value().map(str::trim) else { return };
        let Some(host) = host(address).filter(|host| self.is_paid(host, address)) else { return };
        let rel = element.attribute("rel");
        // Commas are not valid separators, but Google accepts them. `rel-bad-separator` reports them.
        let says = |rel: Attribute<'_>| {
            let mut words = rel.value().split(|c: char| !c.is_ascii_alphabetic());
            rel.is_unknown() || words.any(|word| self.qualified_by.iter().any(|it| it.eq_ignore_ascii_case(word)))
        };
        let own = context.document.place.own_hosts.contains(&*host);
        // A plugin such as rehype-external-links sets the `rel` of all links.
        let place = &context.document.place;
        let is_set_later = place.may_rewrite_links || place.sets_rel;
        if own || is_set_later || rel.is_some_and(says) || element.has_unknown_attributes() {
            return;
        }
        if let Some(span) = href.value_span().or(element.start_tag()) {
            let message = format!("paid link to `{host}` is not marked in `rel`");
            let rel = rel.map_or("sponsored".to_owned(), |rel| format!("{} sponsored", rel.value().trim()));
            let edit = element::set_attribute(element, "rel", rel.trim());
            let fix = edit.map(|edit| Fix::new("add `sponsored` to `rel`", Safety::Unsafe, [edit]));
            let help = in_markdown(element, context.document.place.dialect).map(str::to_owned);
            context.report(Finding { message: Some(message), help, fix, ..Finding::at(span) });
        }
    }
}

/// The help: how an author can set the `rel` of a Markdown link.
fn in_markdown(element: Element<'_>, dialect: Dialect) -> Option<&'static str> {
    // A reference is defined outside of the link, on a line that kramdown reads as a URL to its end.
    let url = element.attribute("href").and_then(Attribute::value_span);
    let is_defined_apart = || element.span().zip(url).is_some_and(|(link, url)| !link.contains(url));
    (element.origin() == Origin::Markdown).then(|| match dialect {
        Dialect::Kramdown if is_defined_apart() => {
            "write `{: rel=\"sponsored\"}` on the line below the definition (`nofollow` also works)"
        }
        Dialect::Kramdown => "write `{:rel=\"sponsored\"}` after the link (`nofollow` also works)",
        _ => "write it as `<a rel=\"sponsored\" href=…>` (`nofollow` also works)",
    })
}

impl PaidLinkUnqualified {
    fn is_paid(&self, host: &str, address: &str) -> bool {
        if host.len() > MAX_HOST {
            return false;
        }
        let mut domains =
            std::iter::successors(Some(host), |domain| domain.get(memchr::memchr(b'.', domain.as_bytes())? + 1..));
        let leads_on = || path_and_query(address).len() > 1;
        if domains.any(|domain| self.hosts.contains(domain)) && leads_on() {
            return true;
        }
        let labels = host.split('.').filter_map(|label| self.parameters.get(label));
        let named: BTreeSet<&str> = labels.map(String::as_str).collect();
        !named.is_empty() && parameters(address).any(|(name, value)| !value.is_empty() && named.contains(name))
    }
}
