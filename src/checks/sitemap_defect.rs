//! `sitemap-defect`: a sitemap that search engines cannot use, or with URLs that they cannot show.

use crate::built::sitemap::Entry;
use crate::built::{BuiltSite, Found, Kind, Sitemap};
use crate::diagnostic::Label;
use crate::rule::{BuiltContext, Check, Finding, Wants};
use crate::url::{host, scheme};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct SitemapDefect {}

/// <https://www.sitemaps.org/protocol.html#index>
const MAX_ENTRIES: usize = 50_000;
const MAX_SIZE: u64 = 52_428_800;

/// Maximum number of further URLs that a finding shows.
const MAX_RELATED: usize = 3;

impl Check for SitemapDefect {
    fn wants(&self) -> Wants {
        Wants::Built
    }

    fn built(&self, context: &mut BuiltContext<'_>, site: &BuiltSite) {
        for sitemap in &site.sitemaps {
            if let Some((message, span)) = &sitemap.broken {
                let message = Some(format!("the sitemap is not valid XML: {message}"));
                context.report_in_file(&sitemap.file, Finding { message, ..Finding::at(*span) });
                continue;
            }
            if sitemap.entries.len() > MAX_ENTRIES || sitemap.size > MAX_SIZE {
                let message = Some("the sitemap has more than 50,000 URLs or 50 MB".to_owned());
                let span = sitemap.entries.first().map(|entry| entry.span).unwrap_or_default();
                context.report_in_file(&sitemap.file, Finding { message, ..Finding::at(span) });
            }
            report_entries(context, site, sitemap);
        }
    }
}

/// Reports each kind of wrong URL once, at the first of them.
fn report_entries(context: &mut BuiltContext<'_>, site: &BuiltSite, sitemap: &Sitemap) {
    let mut kinds: Vec<(&str, Vec<&Entry>)> = Vec::new();
    // The folder is not all that is published.
    let is_cut = site.is_incomplete || site.lacking(Kind::Link).is_some();
    for entry in &sitemap.entries {
        let Some(kind) = what_is_wrong(site, entry, is_cut) else { continue };
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, entries)) => entries.push(entry),
            None => kinds.push((kind, vec![entry])),
        }
    }
    for (kind, entries) in kinds {
        let Some((first, others)) = entries.split_first() else { continue };
        let related = others.iter().take(MAX_RELATED);
        let related = related.map(|it| Label { span: it.span, message: "the same here".to_owned() }).collect();
        let message = match entries.len() {
            1 => format!("a URL of the sitemap {kind}"),
            number => format!("{number} URLs of the sitemap: each {kind}"),
        };
        let help = (kind == RELATIVE)
            .then(|| "generators begin them with the URL of the site: set it in the config".to_owned());
        context.report_in_file(
            &sitemap.file,
            Finding { message: Some(message), help, related, ..Finding::at(first.span) },
        );
    }
}

const RELATIVE: &str = "is not absolute";

fn what_is_wrong(site: &BuiltSite, entry: &Entry, is_cut: bool) -> Option<&'static str> {
    if scheme(&entry.url).is_none() {
        return Some(RELATIVE);
    }
    let host = host(&entry.url)?;
    // Without a host in the config, that of the site is not known.
    if site.published.hosts.is_empty() {
        return None;
    }
    if !site.published.has_host(&host) {
        return Some("is on another host");
    }
    match site.find_url(&entry.url)? {
        Found::Nothing if is_cut => None,
        Found::Nothing => Some("leads to nothing in the built folder"),
        Found::Page(page) => {
            let page = site.pages.get(page)?;
            match () {
                () if page.is_redirect => Some("redirects"),
                () if page.is_noindex => Some("is that of a page with `noindex`"),
                () => None,
            }
        }
        Found::File | Found::Unknown => None,
    }
}
