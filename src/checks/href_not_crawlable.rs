//! `href-not-crawlable`: a link that works only in a script or on the author's own computer.

use crate::document::Element;
use crate::rule::{Check, Context, Finding, Wants};
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
pub struct HrefNotCrawlable {}

/// `javascript:`, `javascript:void(0)` and the call of one function. Longer scripts are bookmarklets, which readers
/// save instead of following them.
static CALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^javascript:\s*(?:;*|void\s*\(?\s*(?:0|null|''|)\s*\)?\s*;*|[\w$.]+\([^(){}]*\)\s*;*)$").ok()
});

impl Check for HrefNotCrawlable {
    fn wants(&self) -> Wants {
        Wants::elements(&["a", "area"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        let Some(href) = element.attribute("href") else {
            without_address(element).into_iter().for_each(|finding| context.report(finding));
            return;
        };
        let Some(address) = href.known_value().map(str::trim) else { return };
        let is = |prefix: &str| address.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        let (message, help) = if is("file:") {
            ("link leads to a file on your own computer", "link to its URL on the web, or write the path as text")
        } else if is("javascript:") && CALL.as_ref().is_some_and(|call| call.is_match(address)) {
            ("link target is a script, not a URL", "use the URL of a page, or make the link a `<button>`")
        } else {
            return;
        };
        if element.has_unknown_attributes() || element.has_attribute("role") || element.has_attribute("draggable") {
            return;
        }
        if let Some(span) = href.value_span().or(element.start_tag()) {
            context.report(Finding {
                message: Some(message.to_owned()),
                help: Some(help.to_owned()),
                ..Finding::at(span)
            });
        }
    }
}

/// Reports `<a onclick="…">`, which cannot be reached by keyboard either.
fn without_address(element: Element<'_>) -> Option<Finding> {
    element.attribute("onclick")?;
    let is_button = element.has_attribute("role") || element.has_attribute("tabindex");
    if element.name() != "a" || element.has_unknown_attributes() || is_button {
        return None;
    }
    Some(Finding {
        message: Some("link runs a script and has no URL".to_owned()),
        help: Some("use the URL of a page, or make the link a `<button>`".to_owned()),
        ..Finding::at(element.start_tag()?)
    })
}
