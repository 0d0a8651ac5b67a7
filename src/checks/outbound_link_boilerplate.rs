//! `outbound-link-boilerplate`: one link to another site in most posts.

use crate::facts::{Link, SiteFacts};
use crate::rule::groups::Groups;
use crate::rule::{Check, Finding, Shared, SiteContext, Wants};
use crate::text::{comparable, lower};
use crate::url::{host, is_below};
use rustc_hash::FxHashSet;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct OutboundLinkBoilerplate {
    min_posts: usize,
    min_percent: usize,
    own_hosts: Vec<String>,
}

/// Values of `rel` that say what the link is for.
const QUALIFIERS: [&str; 6] = ["nofollow", "sponsored", "ugc", "license", "author", "me"];
/// Hosts of licences that every page of a site may name.
const LICENCES: [&str; 3] = ["creativecommons.org", "opensource.org", "gnu.org"];

impl Check for OutboundLinkBoilerplate {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        let mut groups = Groups::default();
        let mut articles = 0;
        let own = site.site.host();
        for (page, facts) in site.indexed().filter(|(_, facts)| facts.is_article) {
            articles += 1;
            let mut seen: FxHashSet<String> = FxHashSet::default();
            for link in facts.links.iter().filter(|link| self.leads_away(link, own.as_deref())) {
                let value = format!("{} {}", link.href, lower(comparable(&link.text)));
                if seen.insert(value.clone()) {
                    groups.add((page, facts), value, link.span);
                }
            }
        }
        for (value, spots) in groups.with_at_least(self.min_posts) {
            if spots.len() * 100 < articles * self.min_percent {
                continue;
            }
            let shared = Shared { value, at_least: self.min_posts, label: "the same link" };
            context.report_shared(spots, shared, |posts| Finding {
                message: Some(format!("{posts} of {articles} posts have this link to another site")),
                ..Finding::default()
            });
        }
    }
}

impl OutboundLinkBoilerplate {
    /// Whether the link leads to a site of others and does not say why.
    fn leads_away(&self, link: &Link, own: Option<&str>) -> bool {
        let is_qualified = || link.rel.iter().any(|token| QUALIFIERS.contains(&&**token));
        let Some(host) = host(&link.href).filter(|_| !link.is_templated && !is_qualified()) else { return false };
        let bare = host.strip_prefix("www.").unwrap_or(&host);
        let is_own = own.is_some_and(|own| own.strip_prefix("www.").unwrap_or(own) == bare);
        let is_listed = self.own_hosts.iter().any(|own| is_below(bare, own));
        !is_own && !is_listed && !LICENCES.iter().any(|licence| is_below(bare, licence))
    }
}
