//! `page-orphaned`: a page that no list and no other page leads to, where all lists are known.

use crate::built::location::{is_later_part, key_of_file};
use crate::built::{BuiltSite, Found as BuiltFound, Kind};
use crate::facts::{Found, PageFacts, SiteFacts};
use crate::place::dialect::Generator;
use crate::rule::{BuiltContext, BuiltSpot, Check, Finding, SiteContext, Wants};
use crate::site::urls::Publication;
use rustc_hash::FxHashSet;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct PageOrphaned {}

impl Check for PageOrphaned {
    fn wants(&self) -> Wants {
        Wants::Site
    }

    fn wants_built(&self) -> bool {
        true
    }

    fn built(&self, context: &mut BuiltContext<'_>, site: &BuiltSite) {
        // The page with the link may be one of those that are not there.
        if site.is_incomplete || site.lacking(Kind::Link).is_some() {
            return;
        }
        let mut linked = vec![false; site.pages.len()];
        for (index, page) in site.pages.iter().enumerate() {
            for reference in page.references.iter().filter(|it| it.kind == Kind::Link) {
                if let BuiltFound::Page(target) = site.find(reference.target)
                    && target != index
                {
                    linked.get_mut(target).into_iter().for_each(|it| *it = true);
                }
            }
        }
        for (index, page) in site.pages.iter().enumerate() {
            let key = key_of_file(&page.file);
            // Lists of the generator, and files that a theme or a program brings, are not pages that an author forgot.
            let of_posts = &site.of_posts;
            let without_extension = key.strip_suffix(".html").unwrap_or(key);
            let is_of_post = of_posts.is_empty() || of_posts.contains(key) || of_posts.contains(without_extension);
            if page.is_indexed()
                && !key.is_empty()
                && is_of_post
                && !is_later_part(&page.file)
                && linked.get(index) == Some(&false)
            {
                let spot = BuiltSpot::new(index, page.start);
                context.report(spot, Finding::of_post(page.start));
            }
        }
    }

    fn site(&self, context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
        match site.site.generator {
            Generator::MkDocs => outside_navigation(context, site),
            Generator::MdBook => outside_summary(context, site),
            _ => {}
        }
    }
}

/// Pages of MkDocs that `nav` does not list, and that no other page links to.
fn outside_navigation(context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
    let Some(listed) = &site.site.navigation else { return };
    let mut reached: FxHashSet<usize> = FxHashSet::default();
    for (at, page) in site.pages.iter().enumerate() {
        for link in &page.links {
            match site.index().find(&link.target) {
                Found::Page(other) | Found::Redirect(other, _) if other != at => drop(reached.insert(other)),
                _ => {}
            }
        }
    }
    for (at, page) in site.pages.iter().enumerate().filter(|(at, _)| !reached.contains(at)) {
        let is_root = page.url() == Some(&*format!("{}/", site.site.base_path()));
        let name = page.path.rsplit('/').next().unwrap_or("");
        let inside = site.site.content_around(&page.path).next().map_or(&*page.path, |(_, inside)| inside);
        if page.url().is_some() && !is_root && !listed.contains(inside) && !name.starts_with("404.") {
            context.report(at, Finding::of_post(page.start));
        }
    }
}

/// Files of mdBook that `SUMMARY.md` does not list and no chapter includes.
fn outside_summary(context: &mut SiteContext<'_>, site: &SiteFacts<'_>) {
    let included: FxHashSet<&str> = site.pages.iter().flat_map(|page| &page.parts).map(String::as_str).collect();
    if site.pages.iter().all(|page| page.url().is_none()) {
        return;
    }
    for (at, page) in site.pages.iter().enumerate().filter(|(_, page)| is_left_out(page)) {
        if !included.contains(page.path.as_str()) {
            let message = "`SUMMARY.md` does not list this file, so mdBook does not build it";
            context.report(at, Finding { message: Some(message.to_owned()), ..Finding::of_post(page.start) });
        }
    }
}

/// Whether a file in the folder of the chapters is none of them.
fn is_left_out(page: &PageFacts) -> bool {
    let name = page.path.rsplit('/').next().unwrap_or("");
    page.publication == Publication::Never && name.ends_with(".md") && !matches!(name, "SUMMARY.md" | "README.md")
}
