//! `deploy-leftover`: the config has the URL of a test server or of an example as that of the site, or built pages have it.

use crate::built::{BuiltSite, Found};
use crate::diagnostic::Level;
use crate::facts::SiteFacts;
use crate::rule::across::FileLine;
use crate::rule::{BuiltContext, BuiltSpot, Check, Finding, SiteContext, Wants};
use crate::url::{host, is_below, is_private_host, path, percent_decoded};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub struct DeployLeftover {
    placeholders: Vec<String>,
}

impl Check for DeployLeftover {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        if let Some(from) = &site.site.empty_url {
            let finding = Finding {
                message: Some("`url` is empty: pages get no canonical URL".into()),
                label: Some("no URL here".into()),
                at_most: Some(Level::Info),
                ..Finding::default()
            };
            context.report_in_file(FileLine { file: from.file.clone(), line: from.line }, finding);
        }
        let Some(url) = &site.site.url else { return };
        let (Some(from), Some(host)) = (&url.from, host(&url.value)) else { return };
        let message = if is_private_host(&host) {
            format!("the URL of the site is on `{host}`, which only your own network can reach")
        } else if self.placeholders.iter().any(|placeholder| is_below(&host, placeholder)) {
            format!("the URL of the site is the example `{host}`")
        } else {
            return;
        };
        let line = FileLine { file: from.file.clone(), line: from.line };
        context.report_in_file(line, Finding { message: Some(message), ..Finding::default() });
    }

    fn wants_built(&self) -> bool {
        true
    }

    fn built(&self, context: &mut BuiltContext<'_>, site: &BuiltSite) {
        let mut by_host: BTreeMap<String, Vec<BuiltSpot>> = BTreeMap::new();
        for (index, page) in site.pages.iter().enumerate() {
            for leftover in page.leftovers.iter().filter(|it| it.is_of_page || leads_here(site, &it.url)) {
                let Some(host) = host(&leftover.url) else { continue };
                let spots = by_host.entry(host.into_owned()).or_default();
                if spots.last().is_none_or(|last| last.page != index) {
                    spots.push(BuiltSpot::new(index, leftover.span));
                }
            }
        }
        for (host, spots) in by_host {
            let message = Some(format!("pages have URLs on `{host}`, which only your own network can reach"));
            let help = Some("build the site again for publication, with its public URL".to_owned());
            let (pages, identity) = (spots.len(), Some(host));
            context.report_once(
                spots,
                pages,
                Finding { message, help, identity, is_shared: true, ..Finding::default() },
            );
        }
    }
}

/// Whether the path of a URL is that of a page or a file of the site: instructions link to such hosts on purpose.
fn leads_here(site: &BuiltSite, url: &str) -> bool {
    let key = site.published.key(&percent_decoded(path(url))).filter(|key| !key.is_empty());
    key.is_some_and(|key| matches!(site.at(&key), Found::Page(_) | Found::File))
}
