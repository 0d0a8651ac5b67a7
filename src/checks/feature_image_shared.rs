//! `feature-image-shared`: one picture as the preview of many posts.

use crate::facts::SiteFacts;
use crate::rule::groups::Groups;
use crate::rule::{Check, Finding, Shared, SiteContext, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct FeatureImageShared {
    min_posts: usize,
    min_percent: usize,
    allow: Vec<String>,
}

impl Check for FeatureImageShared {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        let mut groups = Groups::default();
        let mut articles = 0;
        for (page, facts) in site.indexed().filter(|(_, facts)| facts.is_article) {
            articles += 1;
            // A post that has the picture under several keys counts once.
            let mut seen: Vec<&str> = Vec::new();
            for image in facts.images.iter().filter(|image| image.key.is_some() && !image.is_templated) {
                let is_allowed = self.allow.iter().any(|part| image.src.contains(part.as_str()));
                if !is_allowed && !seen.contains(&&*image.src) {
                    seen.push(&image.src);
                    groups.add((page, facts), image.src.clone(), image.span);
                }
            }
        }
        for (value, spots) in groups.with_at_least(self.min_posts) {
            // Equal to the threshold is not more than it.
            if spots.len() * 100 <= articles * self.min_percent {
                continue;
            }
            let shared = Shared { value, at_least: self.min_posts, label: "the same picture" };
            context.report_shared(spots, shared, |posts| Finding {
                message: Some(format!("{posts} posts have this picture as their preview")),
                ..Finding::default()
            });
        }
    }
}
