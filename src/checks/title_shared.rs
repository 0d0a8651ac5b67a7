//! `title-shared`: several pages of a site with the same title.

use crate::facts::SiteFacts;
use crate::rule::groups::{Groups, same_text};
use crate::rule::{Check, Finding, Shared, SiteContext, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct TitleShared {}

impl Check for TitleShared {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        let mut groups = Groups::default();
        for (page, facts) in site.indexed().filter(|(_, facts)| facts.is_current()) {
            let Some(title) = &facts.title else { continue };
            let value = format!("{}\n{}", facts.section(), same_text(&title.text));
            groups.add((page, facts), value, title.span);
        }
        for (value, spots) in groups.with_at_least(2) {
            let title = value.split_once('\n').map_or(value, |(_, title)| title);
            let shared = Shared { value: title, at_least: 2, label: "the same title" };
            context.report_shared(spots, shared, |pages| Finding {
                message: Some(format!("{pages} pages have this title")),
                ..Finding::default()
            });
        }
    }
}
