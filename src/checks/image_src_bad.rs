//! `image-src-bad`: an image whose URL works on the author's computer only, or not at all.

use crate::checks::url_malformed::without_spaces;
use crate::diagnostic::{Fix, Level, Safety};
use crate::document::ask::scripted::has_script;
use crate::document::ask::tokens::verbatim;
use crate::document::{Element, Origin};
use crate::rule::{Check, Context, Finding, Wants};
use crate::url::{host, is_words, scheme};
use serde::Deserialize;

/// Hosts and folders that exist on the author's computer only.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ImageSrcBad {
    local_hosts: Vec<String>,
    local_folders: Vec<String>,
}

/// What is wrong, and the correct URL if it is known.
struct Fault {
    message: &'static str,
    meant: Option<(String, Safety)>,
    at_most: Option<Level>,
}

impl Check for ImageSrcBad {
    fn wants(&self) -> Wants {
        Wants::elements(&["img"])
    }

    fn element(&self, context: &mut Context<'_>, element: Element<'_>) {
        if !element.is_html() || element.has_unknown_attributes() {
            return;
        }
        let Some(src) = element.attribute("src") else {
            // Scripts for lazy loading and components keep the URL in other attributes.
            let elsewhere = element.attributes().any(|attribute| attribute.name().contains("src"));
            if let Some(tag) = element.start_tag().filter(|_| !elsewhere && element.origin() == Origin::Html) {
                context.report(Finding { message: Some("image has no `src`".to_owned()), ..Finding::at(tag) });
            }
            return;
        };
        let Some(address) = src.known_value() else { return };
        let Some(fault) = self.fault(address.trim(), element) else { return };
        let written = verbatim(context.document.source.text(), src);
        let fix = fault.meant.as_ref().zip(written).map(|((meant, safety), span)| Fix::write(meant, span, *safety));
        let place = src.value_span().filter(|span| !span.is_empty()).or(src.span()).filter(|span| !span.is_empty());
        if let Some(span) = place.or(element.start_tag()) {
            let help = fault.meant.map(|(meant, _)| format!("write `{meant}`"));
            let message = Some(fault.message.to_owned());
            // Browsers encode a space.
            let label = fault.at_most.map(|_| "feed readers may not load this".to_owned());
            context.report(Finding { message, label, help, fix, at_most: fault.at_most, ..Finding::at(span) });
        }
    }
}

impl ImageSrcBad {
    fn fault(&self, address: &str, element: Element<'_>) -> Option<Fault> {
        let fault = |message| Some(Fault { message, meant: None, at_most: None });
        if address.is_empty() {
            let elsewhere = |name: &str| name != "src" && name.contains("src");
            let lazy = element.attributes().any(|attribute| elsewhere(attribute.name()));
            // A script may find the image by its class.
            let filled = (element.has_attribute("class") || element.has_attribute("id")) && has_script(element.tree());
            return (!lazy && !filled).then_some(()).and_then(|()| fault("image has an empty URL"));
        }
        let is_drive = scheme(address).is_some_and(|scheme| scheme.len() == 1);
        let is_file = scheme(address).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file"));
        if is_drive || is_file || self.local_folders.iter().any(|folder| address.starts_with(folder.as_str())) {
            return fault("image URL refers to your own computer");
        }
        if host(address).is_some_and(|host| self.local_hosts.iter().any(|local| *local == host)) {
            return fault("image URL refers to a server on your own computer");
        }
        let is_path = scheme(address).is_none() || host(address).is_some();
        if is_path && address.contains('\\') {
            let meant = Some((address.replace('\\', "/"), Safety::Safe));
            return Some(Fault { message: "image URL contains a backslash", meant, at_most: None });
        }
        // kramdown takes all of `![](a.png =300x200)` for the URL.
        if let Some(meant) = without_size(address).filter(|_| is_path && element.origin() == Origin::Markdown) {
            let meant = Some((meant.to_owned(), Safety::Unsafe));
            return Some(Fault { message: "image URL contains the size of the image", meant, at_most: None });
        }
        let has_space = is_path && element.origin() == Origin::Html && address.contains(' ');
        if !has_space || address.contains('\n') {
            return None;
        }
        if is_words(address) {
            return fault("image has words instead of a URL");
        }
        let meant = without_spaces(address);
        Some(Fault { message: "image URL contains a space", meant, at_most: Some(Level::Warn) })
    }
}

/// The URL before a size, `=300x200` or `=300x`, which some extensions of markdown-it read.
fn without_size(address: &str) -> Option<&str> {
    let (before, size) = address.rsplit_once(" =")?;
    let (width, height) = size.split_once('x')?;
    let is_length = |text: &str| text.strip_suffix('%').unwrap_or(text).bytes().all(|byte| byte.is_ascii_digit());
    let is_size = size.len() > 1 && is_length(width) && is_length(height);
    is_size.then(|| before.trim_end())
}
