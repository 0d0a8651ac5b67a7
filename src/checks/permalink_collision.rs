//! `permalink-collision`: several posts that are published at one URL, or that it redirects to.

use crate::diagnostic::Level;
use crate::facts::{SiteFacts, Spot, Written};
use crate::place::dialect::Generator;
use crate::rule::{Check, Finding, Shared, SiteContext, Wants};
use crate::source::Span;
use crate::text::{composed, lower};
use crate::url::percent_decoded;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub struct PermalinkCollision {}

impl Check for PermalinkCollision {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        let mut groups: FxHashMap<String, Vec<(Spot, String)>> = FxHashMap::default();
        for (page, facts) in site.pages.iter().enumerate() {
            let Some(url) = facts.url() else { continue };
            let url = percent_decoded(url.strip_suffix("index.html").unwrap_or(url));
            let spot = Spot { page, span: facts.start };
            groups.entry(lower(composed(&url).into_owned())).or_default().push((spot, url));
        }
        let mut groups: Vec<_> = groups.iter().filter(|(_, members)| members.len() > 1).collect();
        groups.sort_unstable_by_key(|(shared, _)| *shared);
        for (shared, members) in groups {
            let mut by_url: BTreeMap<&str, Vec<Spot>> = BTreeMap::new();
            members.iter().for_each(|(spot, url)| by_url.entry(url).or_default().push(*spot));
            let has_several = by_url.len() > 1;
            for (url, spots) in by_url.into_iter().filter(|(_, spots)| spots.len() > 1) {
                let value = Shared { value: url, at_least: 2, label: "the same URL" };
                let message = |pages: usize| Some(format!("{pages} files are published at `{url}`"));
                context.report_shared(&spots, value, |pages| Finding { message: message(pages), ..Finding::default() });
            }
            if has_several {
                report_similar(context, shared, members);
            }
        }
        report_redirects(context, site);
    }
}

/// Old URLs that several pages name, or that are the URL of another page: Hugo keeps one of the files without a warning.
fn report_redirects(context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
    let index = site.index();
    // Others have plugins for it, which may not run. Hugo keeps the old URLs of each language in a folder of its own.
    if site.site.generator != Generator::Hugo || !index.languages.is_empty() {
        return;
    }
    let mut redirects: Vec<_> = index.redirects().collect();
    redirects.sort_unstable_by_key(|(key, _)| *key);
    for (key, from) in redirects {
        let written = |(page, number): &(usize, usize)| Some((*page, site.pages.get(*page)?.redirects.get(*number)?));
        let written: Vec<(usize, &Written)> = from.iter().filter_map(written).collect();
        let [(first, redirect), ..] = written.as_slice() else { continue };
        let url = percent_decoded(&redirect.text);
        if let Some(other) = index.pages_at(key).first() {
            let path = site.pages.get(*other).map_or("", |page| &page.path);
            for (page, redirect) in written {
                if page != *other && context.wants(page) {
                    let message = format!("`{url}` cannot redirect to this page: it is the URL of `{path}`");
                    context.report(page, taken(message, redirect.span));
                }
            }
        } else if written.iter().any(|(page, _)| page != first) {
            let spots: Vec<Spot> = written.iter().map(|(page, it)| Spot { page: *page, span: it.span }).collect();
            let value = Shared { value: key, at_least: 2, label: "redirects here, too" };
            let message = |pages: usize| format!("`{url}` cannot redirect to {pages} pages");
            context.report_shared(&spots, value, |pages| taken(message(pages), Span::default()));
        }
    }
}

fn taken(message: String, span: Span) -> Finding {
    Finding {
        message: Some(message),
        label: Some("only one page can be at this URL".to_owned()),
        help: Some("remove this old URL from all pages but one".to_owned()),
        at_most: Some(Level::Warn),
        ..Finding::at(span)
    }
}

/// URLs that differ only in upper and lower case, or in the normal form.
fn report_similar(context: &mut SiteContext<'_>, shared: &str, members: &[(Spot, String)]) {
    let spots: Vec<Spot> = members.iter().map(|(spot, _)| *spot).collect();
    let value = Shared { value: shared, at_least: 2, label: "nearly the same URL" };
    let finding = |pages: usize| Finding {
        message: Some(format!("the URLs of {pages} pages differ in upper and lower case only: `{shared}`")),
        label: Some("nearly the URL of another page".to_owned()),
        help: Some("on macOS and Windows, one page overwrites the other: rename one of them".to_owned()),
        at_most: Some(Level::Warn),
        ..Finding::default()
    };
    context.report_shared(&spots, value, finding);
}
