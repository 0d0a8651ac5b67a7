//! `title-shared`: several pages of a site with the same title.

use crate::facts::{SiteFacts, Spot};
use crate::rule::{Check, Finding, Shared, SiteContext, Wants};
use crate::text::comparable;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub struct TitleShared {}

impl Check for TitleShared {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        let mut groups: BTreeMap<String, Vec<Spot>> = BTreeMap::new();
        for (page, facts) in site.indexed() {
            if let Some(title) = &facts.title {
                groups.entry(comparable(&title.text).to_lowercase()).or_default().push(Spot { page, span: title.span });
            }
        }
        for (title, spots) in groups.iter().filter(|(_, spots)| spots.len() > 1) {
            let shared = Shared { value: title, at_least: 2, label: "the same title" };
            let message = |pages: usize| Some(format!("{pages} pages have this title"));
            context.report_shared(spots, shared, |pages| Finding { message: message(pages), ..Finding::default() });
        }
    }
}
