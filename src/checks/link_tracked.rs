//! `link-tracked`: a URL with a parameter that identifies the person who copied it.

use crate::diagnostic::{Fix, Safety};
use crate::document::Element;
use crate::document::ask::tokens::verbatim;
use crate::document::edit::element;
use crate::rule::{Check, Context, Finding, Wants};
use crate::url::{host, is_below, parameters, without_parameters};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Campaign parameters (`utm_campaign`) are set for the linked site on purpose, and are not reported.
#[derive(Deserialize)]
pub struct LinkTracked {
    parameters: Vec<String>,
    sources: Vec<String>,
    hosts: BTreeMap<String, String>,
}

impl Check for LinkTracked {
    fn wants(&self) -> Wants {
        Wants::elements(&["a", "area"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(href) = element.attribute("href") else { return };
        let Some(address) = href.known_value().map(str::trim).filter(|address| address.contains('?')) else { return };
        let Some(host) = host(address) else { return };
        let found: Vec<(&str, &str)> = parameters(address).filter(|it| self.is_personal(&host, *it)).collect();
        if found.is_empty() {
            return;
        }
        // `internal-link-absolute` reports links to the site's own pages.
        if context.document.place.is_own_address(address) {
            return;
        }
        let names = |is_named: fn(&str) -> bool| {
            let names = found.iter().map(|(name, _)| *name).filter(|name| is_named(name));
            names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ")
        };
        let all = names(|_| true);
        let message = match found[..] {
            [("utm_source", value)] => format!("URL shows that it was copied from `{value}`"),
            [_] => format!("URL contains {all}, which identifies who copied it"),
            _ => format!("URL contains {}, which identify who copied it", names(|name| name != "utm_source")),
        };
        let fix = verbatim(context.document.source.text(), href).map(|span| {
            let meant = without_parameters(address, |it| found.iter().any(|(name, _)| *name == it));
            Fix::new(format!("remove {all}"), Safety::Unsafe, [element::replace(span, &meant)])
        });
        if let Some(span) = href.value_span().or(element.start_tag()) {
            let help = Some(format!("remove {all} from the URL"));
            context.report(Finding { message: Some(message), help, fix, ..Finding::at(span) });
        }
    }
}

impl LinkTracked {
    fn is_personal(&self, host: &str, (name, value): (&str, &str)) -> bool {
        let of_host = || self.hosts.iter().any(|(known, parameter)| parameter == name && is_below(host, known));
        let of_source = || name == "utm_source" && self.sources.iter().any(|source| source == value);
        !value.is_empty() && (self.parameters.iter().any(|it| it == name) || of_source() || of_host())
    }
}
