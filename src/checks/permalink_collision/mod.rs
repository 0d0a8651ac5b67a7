//! `permalink-collision`: several posts that are published at one URL, or that it redirects to.

mod redirects;

use crate::diagnostic::Level;
use crate::facts::{SiteFacts, Spot};
use crate::rule::{Check, Finding, Shared, SiteContext, Wants};
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
        redirects::report(context, site);
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
