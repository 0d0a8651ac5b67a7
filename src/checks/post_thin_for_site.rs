//! `post-thin-for-site`: a post that is much shorter than the others of its kind.

use crate::facts::SiteFacts;
use crate::rule::{Check, Finding, SiteContext, Wants};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PostThinForSite {
    percent: usize,
    min_posts: usize,
}

/// Minimum distance from the median, in units of the median absolute deviation, that is not chance
/// (<https://www.itl.nist.gov/div898/handbook/eda/section3/eda35h.htm> recommends 3.5 for outliers).
const MIN_DEVIATIONS: usize = 3;

impl Check for PostThinForSite {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn reads_texts(&self) -> bool {
        true
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        let mut sections: BTreeMap<(&str, &str), Vec<(usize, usize)>> = BTreeMap::new();
        for (page, facts) in site.indexed().filter(|(_, facts)| facts.is_article) {
            let Some(texts) = &facts.texts else { continue };
            let folder = facts.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            sections.entry((&facts.edition, folder)).or_default().push((page, texts.length));
        }
        for posts in sections.into_values().filter(|posts| posts.len() >= self.min_posts) {
            let usual = median(posts.iter().map(|(_, length)| *length));
            let spread = median(posts.iter().map(|(_, length)| length.abs_diff(usual)));
            for (page, length) in posts {
                let is_far = usual.saturating_sub(length) > spread * MIN_DEVIATIONS;
                if length * 100 >= usual * self.percent || !is_far {
                    continue;
                }
                let Some(facts) = site.pages.get(page) else { continue };
                let message = format!("{length} words, where posts of this folder have {usual}");
                context.report(page, Finding { message: Some(message), ..Finding::of_post(facts.start) });
            }
        }
    }
}

fn median(lengths: impl Iterator<Item = usize>) -> usize {
    let mut lengths: Vec<usize> = lengths.collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).copied().unwrap_or(0)
}
