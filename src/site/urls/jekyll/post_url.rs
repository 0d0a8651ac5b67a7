//! How `{% post_url %}` finds a post: `Jekyll::Tags::PostComparer`, version 4.3.

use crate::document::read::front_matter::calendar::Date;
use crate::site::urls::jekyll::settings::Settings;
use crate::site::urls::jekyll::{Defaults, Kind, dated, day, document};
use crate::site::urls::page::Page;
use crate::site::urls::value;
use crate::text::composed;
use serde::{Deserialize, Serialize};

/// What `{% post_url %}` names: the parts of `folder/2024-05-01-slug`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostReference<'n> {
    /// With a slash at its end; empty if there is none.
    pub folder: &'n str,
    /// The name without the folder: `2024-05-01-slug`.
    pub name: &'n str,
    /// `2024-05-01`, possibly without leading zeros.
    date: &'n str,
    /// What follows the date.
    pub slug: &'n str,
}

/// What a post is compared with if no file has the name that the tag names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostName {
    /// The `slug` of the front matter, or that of the file name; composed, as names on macOS are not.
    slug: Box<str>,
    /// The first and the last day that its date may have where the site is built, since 1970. `None` if that is not known.
    days: Option<[i64; 2]>,
}

impl<'n> PostReference<'n> {
    /// Takes the name apart, without a slash at its start. `None` if it has no date, for which a build fails.
    pub fn of(name: &'n str) -> Option<Self> {
        let slashes = name.rmatch_indices('/').map(|(at, _)| at + 1).filter(|at| *at > 1);
        slashes.chain([0]).find_map(|at| {
            let (folder, name) = name.split_at_checked(at)?;
            let mut rest = name;
            for nth in 0..3 {
                let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                rest = if after.len() < rest.len() { after } else { return None };
                if nth < 2 {
                    rest = rest.strip_prefix('-')?;
                }
            }
            let date = name.get(..name.len() - rest.len())?;
            Some(PostReference { folder, name, date, slug: rest.strip_prefix('-')? })
        })
    }

    /// Whether the file of a post has this name and is in this folder: its path below `collections_dir`. What follows the
    /// name is not compared further than to its first character: `2024-05-01-a` names `2024-05-01-a.b.md` too.
    pub fn is_file(&self, path: &str) -> bool {
        let below = |folder: &str| path.strip_prefix(folder)?.strip_prefix(self.name)?.strip_prefix('.');
        let inside = [format!("_posts/{}", self.folder), format!("{}_posts/", self.folder)];
        inside.iter().filter_map(|folder| below(folder)).any(|rest| !rest.is_empty() && !rest.starts_with('.'))
    }

    /// Whether Jekyll takes a post for the one that is named, with a warning, if no file is: the slug and the day are equal.
    pub fn is_like(&self, post: &PostName) -> bool {
        let is_on = |date: Date| post.days.is_none_or(|[from, to]| (from..=to).contains(&date.days()));
        *post.slug == *self.slug && day(self.date).is_some_and(is_on)
    }
}

impl PostName {
    /// That of a post without front matter, by the name of its file. `None` if Jekyll does not read the file as a post.
    pub fn of_file(name: &str) -> Option<Self> {
        let (date, slug) = dated(name)?;
        let days = day(date).map(|date| [date.days(); 2]);
        Some(PostName { slug: composed(slug.trim_end_matches('.')).into(), days })
    }

    /// The slug.
    pub fn slug(&self) -> &str {
        &self.slug
    }

    /// That of a post, if it is not that of its file name alone.
    pub(super) fn of(settings: &Settings, page: &Page<'_>, defaults: &Defaults) -> Option<Self> {
        let (_, name) = page.split();
        let is_draft = match settings.kind(page.path) {
            Kind::Post => false,
            Kind::Draft if settings.show_drafts => true,
            _ => return None,
        };
        // Making both names to compare them costs 0.4% more instructions.
        let is_set = |key: &str| page.front.get(key).is_some() || value::get(defaults, key, false).is_some();
        let is_of_file = !page.front.is_unreadable() && !is_set("slug") && !is_set("date");
        if !is_draft && is_of_file && dated(name).is_some() {
            return None;
        }
        let of_file = PostName::of_file(name);
        let slug = document::slug(page, defaults, name).unwrap_or_else(|| document::slug_of_name(name).to_owned());
        let date = document::date(page, defaults, name).filter(|_| !page.front.is_unreadable());
        let days = date.map(|date| date.days_at_build(&settings.zone));
        let own = PostName { slug: composed(&slug).into(), days };
        (is_draft || of_file.as_ref() != Some(&own)).then_some(own)
    }
}
