//! `title-shared`: several pages of a site with the same title.

use crate::built::location::{is_later_part, key_of_file};
use crate::built::{BuiltPage, BuiltSite, Found};
use crate::facts::SiteFacts;
use crate::rule::groups::{Groups, same_text};
use crate::rule::{BuiltContext, BuiltSpot, Check, Finding, Shared, SiteContext, Wants};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct TitleShared {}

impl Check for TitleShared {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn wants_built(&self) -> bool {
        true
    }

    /// Reports pages with the title of the home page: the layout prints the site's name only, or they have no title of their
    /// own. What posts have in common otherwise, their front matter shows.
    fn built(&self, context: &mut BuiltContext<'_>, site: &BuiltSite) {
        let is_home = |page: &&BuiltPage| key_of_file(&page.file).is_empty() && page.is_indexed();
        let Some(home) = site.pages.iter().find(is_home) else { return };
        let Some(title) = home.title.as_deref().filter(|title| !title.trim().is_empty()) else { return };
        let is_shared = |(index, page): &(usize, &BuiltPage)| {
            let is_itself = |url: &String| matches!(site.find_url(url), Some(Found::Page(own)) if own == *index);
            page.is_indexed()
                && page.file != home.file
                && page.head.language == home.head.language
                && page.title.as_deref().is_some_and(|own| same_text(own) == same_text(title))
                && page.head.canonical.as_ref().is_none_or(is_itself)
                && !is_later_part(&page.file)
                // mdBook writes the first chapter as the home page as well.
                && (page.headings.is_empty() || page.headings != home.headings)
        };
        let spots: Vec<BuiltSpot> = (site.pages.iter().enumerate().filter(is_shared))
            .map(|(index, page)| BuiltSpot::new(index, page.title_tag))
            .collect();
        let pages = spots.len();
        let message = match pages {
            1 => format!("the title is that of the home page: `{title}`"),
            _ => format!("{pages} pages have the title of the home page: `{title}`"),
        };
        let help = "give these pages titles of their own, and let the layout print them".to_owned();
        context.report_once(spots, pages, Finding { message: Some(message), help: Some(help), ..Finding::default() });
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
