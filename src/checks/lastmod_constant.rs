//! `lastmod-constant`: all pages of a sitemap have the same date of their last change.

use crate::built::BuiltSite;
use crate::rule::{BuiltContext, Check, Finding, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct LastmodConstant {
    min_urls: usize,
}

impl Check for LastmodConstant {
    fn wants(&self) -> Wants {
        Wants::Built
    }

    fn built(&self, context: &mut BuiltContext<'_>, site: &BuiltSite) {
        for sitemap in site.sitemaps.iter().filter(|sitemap| !sitemap.is_index) {
            let mut dates = sitemap.entries.iter().filter_map(|entry| Some((entry, entry.changed.as_deref()?)));
            let Some((first, date)) = dates.next() else { continue };
            let day = |date: &str| date.chars().take(10).collect::<String>();
            let (mut number, is_constant) = (1, day(date));
            if dates.all(|(_, other)| {
                number += 1;
                day(other) == is_constant
            }) && number >= self.min_urls
            {
                let message = Some(format!("all {number} dates in the sitemap are {is_constant}"));
                context.report_in_file(&sitemap.file, Finding { message, ..Finding::at(first.span) });
            }
        }
    }
}
