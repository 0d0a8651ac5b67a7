//! `internal-link-absolute`: a link to a page of the same site with the host in its URL.

use crate::diagnostic::{Fix, Level, Safety};
use crate::document::Element;
use crate::document::ask::accessible_name::shown_text;
use crate::document::ask::tokens::verbatim;
use crate::edit::Edit;
use crate::place::Place;
use crate::place::dialect::Generator;
use crate::rule::repeated;
use crate::rule::{Check, Context, Finding, Wants};
use crate::source::Span;
use crate::url::{host, parameters, path_and_query, scheme, without_parameters};
use rustc_hash::FxHashSet;
use serde::Deserialize;

/// Reports nothing if the site's host is not known.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct InternalLinkAbsolute {
    tracking: Vec<String>,
}

impl Check for InternalLinkAbsolute {
    fn wants(&self) -> Wants {
        Wants::together(&["a", "area"])
    }

    fn elements(&self, context: &mut Context<'_>, elements: &[Element<'_>]) {
        // Paths of the site lead nowhere in files that it does not publish, such as a README.
        let document = context.document;
        if document.place.has_no_page || document.place.may_rewrite_links || document.is_copied() {
            return;
        }
        let mut with_host = Vec::new();
        for &element in elements {
            match self.link(context, element) {
                Some(Link::Tracked(finding)) => context.report(finding),
                Some(Link::WithHost { host, span, edit }) => with_host.push((host, span, edit)),
                None => {}
            }
        }
        report_hosts(context, with_host);
    }
}

/// A link to a page of the same site.
enum Link {
    /// With parameters that count visits.
    Tracked(Finding),
    /// With the host, and the edit that removes it.
    WithHost { host: String, span: Span, edit: Option<Edit> },
}

impl InternalLinkAbsolute {
    fn link(&self, context: &Context<'_>, element: Element<'_>) -> Option<Link> {
        let href = element.attribute("href")?;
        let address = href.known_value()?.trim();
        let is_own = context.document.place.is_own_address(address);
        // A path is internal as well. It includes no host, so only one with parameters can be reported.
        let is_path = || address.contains('?') && scheme(address).is_none() && !address.starts_with("//");
        if !is_own && !is_path() {
            return None;
        }
        let span = href.value_span().or(element.start_tag())?;
        let host = host(address).unwrap_or_default();
        // A URL that is also the visible text of the link should stay complete.
        let is_shown = || shown_text(element).is_some_and(|text| text.to_ascii_lowercase().contains(&*host));
        // In credits and licences, the URL of the site is its name.
        let is_home =
            || path_of(address).trim_end_matches('/') == context.document.place.base_path.trim_end_matches('/');
        let is_with_host = is_own && !is_shown() && !is_home();
        let is_known = if is_with_host { context.document.place.has_page_at(address) } else { None };
        let is_page = is_known == Some(true) && takes_paths(context.document.place);
        // Another program may publish something on the same host, below a path that no page is known to have.
        let is_elsewhere = is_known == Some(false);
        let path = if is_page { path_of(address) } else { address.to_owned() };
        let is_tracking = |name: &str| self.tracking.iter().any(|known| known == name);
        let meant = without_parameters(&path, is_tracking);
        let written = verbatim(context.document.source.text(), href);
        if let Some((name, _)) = parameters(address).find(|(name, _)| is_tracking(name)) {
            let fix = written.map(|span| Fix::write(&meant, span, Safety::Unsafe));
            return Some(Link::Tracked(Finding { fix, ..tracked(name, span) }));
        }
        let edit = written.filter(|_| is_page).map(|span| Edit { span, text: meant });
        (is_with_host && !is_elsewhere).then(|| Link::WithHost { host: host.into_owned(), span, edit })
    }
}

/// Whether the generator publishes a link to a path as it is written. Eleventy's plugin for a base path adds it again.
fn takes_paths(place: &Place) -> bool {
    match place.generator {
        Generator::Eleventy => place.base_path.is_empty(),
        _ => links_to_files(place).is_none(),
    }
}

/// How to link to a page, where the generator finds pages by their files and a path of the site is not checked or changed.
fn links_to_files(place: &Place) -> Option<&'static str> {
    match place.generator {
        Generator::MkDocs | Generator::MdBook | Generator::Docusaurus | Generator::VitePress => {
            Some("if this site publishes that page, link to its file, relative to this one")
        }
        Generator::Zola => Some("if this site publishes that page, link to its file with `@/`"),
        Generator::Pelican => Some("if this site publishes that page, link to its file with `{filename}`"),
        _ => None,
    }
}

/// Reports one finding per post: whoever writes links with the host does so in all of them.
fn report_hosts(context: &mut Context<'_>, links: Vec<(String, Span, Option<Edit>)>) {
    // The links of one reference have one definition.
    let mut definitions = FxHashSet::default();
    let mut links: Vec<_> = links.into_iter().filter(|(_, span, _)| definitions.insert(*span)).collect();
    // Definitions are often below the links.
    links.sort_by_key(|(_, span, _)| *span);
    let Some((host, first, _)) = links.first() else { return };
    let (host, first) = (host.clone(), *first);
    let subject = repeated::subject("link to your own site", "link to your own site", links.len());
    let verb = if links.len() == 1 { "includes" } else { "include" };
    let message = format!("{subject} {verb} the host `{host}`");
    let related = repeated::others(links.iter().map(|(_, span, _)| *span), "also with the host");
    let title = if links.len() == 1 { "write only the path" } else { "write only the paths" };
    let help = links_to_files(context.document.place).map(str::to_owned);
    let edits: Vec<Edit> = links.into_iter().filter_map(|(_, _, edit)| edit).collect();
    let fix = (!edits.is_empty()).then(|| Fix::new(title, Safety::Unsafe, edits));
    context.report(Finding {
        message: Some(message),
        help,
        related,
        fix,
        at_most: Some(Level::Info),
        identity: Some(host),
        ..Finding::at(first)
    });
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
