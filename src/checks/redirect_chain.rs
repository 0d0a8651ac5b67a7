//! `redirect-chain`: a link to a URL that redirects.

use crate::diagnostic::{Fix, Safety};
use crate::facts::target::Target;
use crate::facts::{Link, SiteFacts};
use crate::place::dialect::Generator;
use crate::rule::{Check, Finding, SiteContext, Wants};
use crate::url::{path_and_query, percent_decoded};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct RedirectChain {}

/// Maximum number of URLs that redirect to a page which replaces that of each of them.
const MOST: usize = 20;

impl Check for RedirectChain {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        // Without the plugin, `redirect_from` has no effect: the URL is not there.
        if site.site.generator == Generator::Jekyll && !site.site.redirects_old_urls {
            return;
        }
        for (at, page) in site.pages.iter().enumerate() {
            if !context.wants(at) || page.is_copied {
                continue;
            }
            for link in &page.links {
                let Some((target, _)) = site.index().redirect(&link.target) else { continue };
                // A page for many URLs says what became of them.
                let Some(target) = site.pages.get(target).filter(|page| page.redirects.len() <= MOST) else { continue };
                let Some(url) = target.url() else { continue };
                context.report(at, of_link(link, url));
            }
        }
    }
}

fn of_link(link: &Link, url: &str) -> Finding {
    let old = match &link.target {
        Target::Url(old) => percent_decoded(old.as_str()),
        _ => link.href.clone(),
    };
    let host = link.href.strip_suffix(path_and_query(&link.href)).unwrap_or("");
    let end = link.href.find(['?', '#']).and_then(|at| link.href.get(at..)).unwrap_or("");
    let new = format!("{host}{url}{end}");
    // A URL that is also the text of the link changes there as well.
    let safety = if link.text.contains(&*link.href) { Safety::Unsafe } else { Safety::Safe };
    Finding {
        message: Some(format!("the URL `{old}` redirects to `{}`", percent_decoded(url))),
        label: Some("an old URL of this page".to_owned()),
        help: Some(format!("link to `{}`", percent_decoded(url))),
        // A template adds the base path of each build, and the new page may not have the element of a fragment.
        fix: (link.is_verbatim && !link.is_templated && link.fragment.is_none())
            .then(|| Fix::write(&new, link.span, safety)),
        ..Finding::at(link.span)
    }
}
