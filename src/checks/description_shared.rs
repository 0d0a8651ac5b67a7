//! `description-shared`: several pages of a site with the same description.

use crate::facts::SiteFacts;
use crate::rule::groups::Groups;
use crate::rule::{Check, Finding, Shared, SiteContext, Wants};
use crate::text::comparable;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct DescriptionShared {}

impl Check for DescriptionShared {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        let mut groups = Groups::default();
        for (page, facts) in site.indexed().filter(|(_, facts)| facts.canonical.is_none()) {
            let Some(description) = &facts.description else { continue };
            let value = comparable(&description.text).to_lowercase();
            // Pages with one title are reported for that, and need another one first.
            let is_title = facts.title.as_ref().is_some_and(|title| comparable(&title.text).to_lowercase() == value);
            if !is_title {
                groups.add((page, facts), format!("{}\n{value}", facts.section()), description.span);
            }
        }
        let of_site = site.site.description.as_ref().map(|it| comparable(&it.value).to_lowercase());
        for (_, value, spots) in groups.with_at_least(2) {
            let value = value.split_once('\n').map_or(value, |(_, description)| description);
            let shared = Shared { value, at_least: 2, label: "the same description" };
            let whose = if of_site.as_deref() == Some(value) { " of the site" } else { "" };
            context.report_shared(spots, shared, |pages| Finding {
                message: Some(format!("{pages} pages have this description{whose}")),
                ..Finding::default()
            });
        }
    }
}
