//! `canonical-wrong`: a canonical URL, in the front matter or in a page's head, that search engines cannot use.

use crate::diagnostic::{Label, Level};
use crate::document::ask::head::is_redirect;
use crate::document::ask::tokens::has_token;
use crate::document::{Document, Element, Field};
use crate::place::Place;
use crate::place::dialect::Dialect;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::beginning;
use serde::Deserialize;

/// Maximum number of characters of the first URL that findings about later ones quote.
const ADDRESS_CHARACTERS: usize = 1000;

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
        let is_page = document.place.dialect == Dialect::Html;
        let may_have_link = || memchr::memmem::find(document.source.text().as_bytes(), b"canonical").is_some();
        // Of a page that sends its readers away, search engines take the target.
        if is_page && may_have_link() && !is_redirect(document) {
            links(document).into_iter().for_each(|finding| context.report(finding));
        }
    }
}

/// Checks the canonical links of an HTML page.
fn links(document: &Document<'_>) -> Vec<Finding> {
    let is_canonical = |element: &Element<'_>| {
        element.name() == "link"
            && element.is_written()
            && !element.has_unknown_attributes()
            && says_canonical(*element)
    };
    let mut found = Vec::new();
    let mut first: Option<(&str, Element<'_>)> = None;
    for link in document.tree.elements().filter(is_canonical) {
        let href = link.attribute("href");
        let Some(at) = href.and_then(|href| href.value_span()).or(link.start_tag()) else { continue };
        let Some(address) = href.map_or(Some(""), |href| href.known_value()).map(str::trim) else { continue };
        let finding = |message: String, at_most| Finding { message: Some(message), at_most, ..Finding::at(at) };
        // One that search engines ignore contradicts no other.
        if let Some((fault, help)) = ignored(link) {
            let label = help.is_some().then(|| "this link has no effect".to_owned());
            found.push(Finding { label, help, ..finding(format!("the canonical link {fault}"), None) });
            continue;
        }
        if let Some((before, other)) = first.filter(|(before, _)| *before != address) {
            let said = format!("the first is `{}`", beginning(before, ADDRESS_CHARACTERS));
            let related = other.start_tag().map(|span| Label { span, message: said });
            let label = Some("another URL".to_owned());
            let help = Some("keep one canonical link".to_owned());
            let related = related.into_iter().collect();
            let message = "the page has more than one canonical URL".to_owned();
            found.push(Finding { related, label, help, ..finding(message, None) });
        } else if let Some((fault, at_most)) = fault(address, document) {
            found.push(finding(format!("the canonical link {fault}"), at_most));
        }
        first = first.or(Some((address, link)));
    }
    found
}

fn says_canonical(link: Element<'_>) -> bool {
    link.attribute("rel").is_some_and(|rel| has_token(rel, "canonical"))
}

/// Why search engines ignore the link, whatever its URL is, and what to do if another URL does not help.
fn ignored(link: Element<'_>) -> Option<(String, Option<String>)> {
    let address = link.attribute("href").map_or("", |href| href.value());
    if address.trim().is_empty() {
        return Some(("has no URL".into(), None));
    }
    if link.ancestors().any(|above| above.name() == "body") && link.tree().elements().any(|it| it.name() == "head") {
        let help = "move it into the `<head>`".to_owned();
        return Some(("is outside of the head: search engines ignore it".into(), Some(help)));
    }
    let other = ["hreflang", "lang", "media", "type"].into_iter().find(|name| link.has_attribute(name))?;
    Some((format!("has `{other}`: search engines ignore it"), Some(format!("remove `{other}`"))))
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
        // Google accepts relative URLs, but recommends absolute ones.
        None => Some(("is not an absolute URL".into(), Some(Level::Warn))),
        Some(rest) if rest.starts_with('/') || rest.is_empty() => Some(("has no host".into(), None)),
        Some(_) if url.contains(char::is_whitespace) => Some(("contains a space".into(), None)),
        Some(rest) if rest.contains('#') => Some(("has a fragment: search engines drop it".into(), Some(Level::Warn))),
        Some(rest) if is_home_page(rest, document.place) && is_inner_page(document) => {
            Some(("leads to a home page, but this page is not one".into(), None))
        }
        Some(_) => None,
    }
}

/// Whether a URL without its scheme is that of the home page of its host, or of this site, which may be below a path.
fn is_home_page(rest: &str, place: &Place) -> bool {
    let Some((host, path)) = rest.split_once('/') else { return true };
    let is_own = || place.own_hosts.contains(&host.to_ascii_lowercase()) && !place.base_path.is_empty();
    path.is_empty() || is_own() && path.trim_matches('/') == place.base_path.trim_matches('/')
}

fn is_inner_page(document: &Document<'_>) -> bool {
    if document.place.is_built {
        return is_inner_built_page(&document.place.path);
    }
    let home = document.field("permalink").text().is_some_and(|path| path.trim_matches('/').is_empty());
    !document.place.is_index() && !home
}

/// Whether a file of a built folder is certainly not a home page: those of languages are, and some themes let each page of a list
/// refer to the first one.
fn is_inner_built_page(file: &str) -> bool {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let folder = if matches!(name, "index.html" | "index.htm") { folder } else { file };
    let is_language = |part: &str| match part.split_once(['-', '_']) {
        Some((code, region)) => code.len() == 2 && matches!(region.len(), 2..=4),
        None => part.len() == 2,
    };
    let is_number = |part: &str| {
        let number = part.strip_prefix("page").unwrap_or(part).trim_start_matches('-');
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_part_of_list =
        folder.rsplit('/').next().is_some_and(is_number) && folder.split('/').any(|part| part.starts_with("page"));
    !(folder.is_empty() || is_language(folder) || is_part_of_list)
}
