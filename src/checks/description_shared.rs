//! `description-shared`: several pages of a site with the same description.

use crate::diagnostic::Level;
use crate::facts::{PageFacts, SiteFacts, Spot};
use crate::rule::across::FileLine;
use crate::rule::groups::{Groups, same_text};
use crate::rule::{Check, Finding, Shared, SiteContext, Wants};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct DescriptionShared {
    template_from: usize,
    site_from: usize,
}

/// Number of words at the start and at the end of a description that are its frame.
const FRAME: usize = 2;

impl Check for DescriptionShared {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        self.of_site(context, site);
        let mut groups = Groups::default();
        for (page, facts) in site.indexed().filter(|(_, facts)| facts.is_current()) {
            let Some(description) = facts.description.as_ref().or(facts.excerpt.as_deref()) else { continue };
            let value = same_text(&description.text);
            // `summary-duplicated` reports a description that is the title.
            let is_title = facts.title.as_ref().is_some_and(|title| same_text(&title.text) == value);
            if is_title || value.is_empty() {
                continue;
            }
            groups.add((page, facts), format!("{}\n{value}", facts.section()), description.span);
        }
        let of_site = site.site.description.as_ref().map(|it| same_text(&it.value));
        let frames = frames(&groups);
        for (value, spots) in groups.with_at_least(2) {
            let value = without_section(value);
            let of_frame = frame(value).and_then(|frame| frames.get(&frame)).map_or(0, FxHashSet::len);
            // Pages with the same title are reported for that.
            if of_frame >= self.template_from || have_one_title(site, spots) {
                continue;
            }
            let shared = Shared { value, at_least: 2, label: "the same description" };
            let whose = if of_site.as_deref() == Some(value) { " of the site" } else { "" };
            let is_excerpt = |spot: &Spot| site.pages.get(spot.page).is_some_and(|page| page.excerpt.is_some());
            context.report_shared(spots, shared, |pages| {
                if spots.iter().all(is_excerpt) {
                    return of_excerpts(pages);
                }
                let message = Some(format!("{pages} pages have this description{whose}"));
                Finding { message, ..Finding::default() }
            });
        }
    }
}

impl DescriptionShared {
    /// Reports the description of the site, once, if many pages show it because they have none of their own.
    fn of_site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        let Some(from) = site.site.description.as_ref().and_then(|it| it.from.clone()) else { return };
        // Translations may have a description of the site in their language.
        let is_plain = |facts: &PageFacts| facts.url().is_some() && facts.is_current() && facts.edition.is_empty();
        let pages = site.pages.iter().filter(|facts| is_plain(facts) && facts.description.is_none()).count();
        if site.site.shows_own_description && pages >= self.site_from {
            let finding = Finding {
                message: Some(format!("{pages} pages have no description of their own and show that of the site")),
                help: Some("describe the pages that readers should find, each in its front matter".to_owned()),
                at_most: Some(Level::Info),
                ..Finding::default()
            };
            context.report_in_file(FileLine { file: from.file, line: from.line }, finding);
        }
    }
}

/// Pages whose excerpts are the same, and are shown as their descriptions.
fn of_excerpts(pages: usize) -> Finding {
    Finding {
        message: Some(format!("{pages} pages begin with this text, which becomes their description")),
        label: Some("this excerpt".to_owned()),
        help: Some("write a `description` in the front matter of each, about what only this post is about".to_owned()),
        ..Finding::default()
    }
}

/// The beginning and the end of a description. Many different descriptions with one frame are made by a template, which
/// says the same of two pages about one thing: "Portrait of Haru, drawn with ink."
fn frame(description: &str) -> Option<[&str; 2 * FRAME]> {
    let mut words = description.split_whitespace();
    let (first, second) = (words.next()?, words.next()?);
    let (last, before) = (words.next_back()?, words.next_back()?);
    words.next().map(|_| [first, second, before, last])
}

/// The different descriptions of each frame that shared ones have.
fn frames<'g>(groups: &'g Groups<'_>) -> FxHashMap<[&'g str; 2 * FRAME], FxHashSet<&'g str>> {
    let shared = groups.with_at_least(2).filter_map(|(value, _)| frame(without_section(value)));
    let mut frames: FxHashMap<_, FxHashSet<&str>> = shared.map(|frame| (frame, FxHashSet::default())).collect();
    if !frames.is_empty() {
        for description in groups.values().map(without_section) {
            if let Some(all) = frame(description).and_then(|frame| frames.get_mut(&frame)) {
                all.insert(description);
            }
        }
    }
    frames
}

/// The description in the value of a group.
fn without_section(value: &str) -> &str {
    value.split_once('\n').map_or(value, |(_, description)| description)
}

fn have_one_title(site: &SiteFacts<'_>, spots: &[Spot]) -> bool {
    let title = |facts: &PageFacts| facts.title.as_ref().map(|title| same_text(&title.text));
    let mut titles = spots.iter().map(|spot| site.pages.get(spot.page).and_then(title));
    let first = titles.next().flatten();
    first.is_some() && titles.all(|title| title == first)
}
