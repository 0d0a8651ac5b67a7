//! `alt-shared`: one alternative text in many posts.

use crate::facts::SiteFacts;
use crate::rule::groups::Groups;
use crate::rule::{Check, Finding, Shared, SiteContext, Wants};
use crate::text::{comparable, lower};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AltShared {
    min_posts: usize,
    min_percent: usize,
}

impl Check for AltShared {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn yields_to(&self) -> &'static [&'static str] {
        &["alt-placeholder", "alt-repeated"]
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        let mut groups = Groups::default();
        let mut with_images = 0;
        for (page, facts) in site.indexed() {
            let mut images = facts.images.iter().filter(|image| image.key.is_none()).peekable();
            with_images += usize::from(images.peek().is_some());
            for image in images.filter(|image| !is_mark(&image.src)) {
                let Some(alt) = image.alt.as_ref().filter(|alt| !alt.text.trim().is_empty()) else { continue };
                groups.add((page, facts), lower(comparable(&alt.text)), alt.span);
            }
        }
        for (value, spots) in groups.with_at_least(self.min_posts) {
            let shared = Shared { value, at_least: self.min_posts, label: "the same alternative text" };
            let posts = spots.chunk_by(|a, b| a.page == b.page).count();
            if posts * 100 < with_images * self.min_percent {
                continue;
            }
            context.report_shared(spots, shared, |posts| Finding {
                message: Some(format!("{posts} posts have a picture with this alternative text")),
                ..Finding::default()
            });
        }
    }
}

/// Whether the name of the file says that it is the same mark wherever it is shown: a logo, a badge, a portrait of the
/// author.
fn is_mark(src: &str) -> bool {
    let src = src.to_ascii_lowercase();
    ["avatar", "logo", "badge", "icon", "profile", "author", "shields.io"].iter().any(|it| src.contains(it))
}
