//! `canonical-wrong`: a canonical address in the front matter that search engines cannot use.

use crate::diagnostic::Level;
use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct CanonicalWrong {
    keys: Vec<String>,
}

impl Check for CanonicalWrong {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        for key in &self.keys {
            let Field::Text(url, entry) = document.field(key) else { continue };
            let Some((fault, at_most)) = fault(url, document) else { continue };
            let message = format!("`{key}` {fault}");
            context.report(Finding { message: Some(message), at_most, ..Finding::at(entry.value.span) });
        }
    }
}

fn fault(url: &str, document: &Document<'_>) -> Option<(String, Option<Level>)> {
    let url = url.trim();
    let after_scheme = ["https://", "http://"].iter().find_map(|scheme| {
        url.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme)).and_then(|_| url.get(scheme.len()..))
    });
    let host_first = || {
        let host = url.split('/').next().unwrap_or("");
        !url.starts_with('/') && host.contains('.') && host.split('.').all(|label| !label.is_empty())
    };
    match after_scheme {
        _ if url.is_empty() || matches!(url, "true" | "false") => None,
        None if url.starts_with("//") || host_first() => Some(("has no `https://`".into(), None)),
        // Google reads these, but asks for whole addresses.
        None => Some(("is not a whole address".into(), Some(Level::Warn))),
        Some(rest) if rest.starts_with('/') || rest.is_empty() => Some(("names no host".into(), None)),
        Some(_) if url.contains(char::is_whitespace) => Some(("has a blank in it".into(), None)),
        Some(rest) if rest.contains('#') => Some(("has a fragment: search engines drop it".into(), Some(Level::Warn))),
        Some(rest) if is_site_root(rest) && is_inner_page(document) => {
            Some(("names a home page, and this is none".into(), None))
        }
        Some(_) => None,
    }
}

fn is_site_root(rest: &str) -> bool {
    rest.split_once('/').is_none_or(|(_, path)| path.is_empty())
}

fn is_inner_page(document: &Document<'_>) -> bool {
    let home = document.field("permalink").text().is_some_and(|path| path.trim_matches('/').is_empty());
    !document.place.is_index() && !home
}
