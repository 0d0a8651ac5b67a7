//! The posts of a site with what rules across posts know of them, and what these rules find.

mod members;
mod placing;

use crate::diagnostic::Diagnostic;
use crate::engine::across::{Part, Task, tasks};
use crate::facts::rewritten::Rewritten;
use crate::facts::{Found as Target, PageFacts, SiteFacts};
use crate::place::files::Folders;
use crate::place::notes::{self, Notes};
use crate::project::{LocatedSite, SiteUrls};
use crate::rule::across::Found;
use crate::source::Source;
pub use members::{Member, Origin, posts_of, read_members};
use placing::Placing;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The posts of a site.
pub struct Members {
    located: Arc<LocatedSite>,
    files: Arc<dyn Folders>,
    rewritten: Rewritten,
    former: Arc<FxHashSet<String>>,
    /// The facts of the posts, sorted by path.
    pages: Vec<PageFacts>,
    /// Where the facts come from, in the same order.
    origins: Vec<Origin>,
}

/// What rules across posts find in a site.
#[derive(Default)]
pub struct FoundInSite {
    /// The findings in posts that were asked for, each with the index of its post.
    pub in_posts: Vec<(usize, Diagnostic)>,
    /// The findings at lines (from 1) of other files, such as the config of the site, by their paths.
    pub in_files: Vec<(PathBuf, u32, Diagnostic)>,
    /// What the rules asked of the files of the site, if that is wanted.
    pub notes: Notes,
}

/// How findings refer to other posts.
pub struct Reading<'a> {
    /// The texts of posts that are in memory, by the index of the post. Other posts are read.
    pub known: &'a dyn Fn(usize) -> Option<&'a Source>,
    /// Reads the text of another post.
    pub read: &'a dyn Fn(&Path) -> Option<Source>,
    /// The folder to which paths are relative in findings.
    pub root: &'a Path,
    /// Whether it is noted what the rules ask.
    pub takes_notes: bool,
}

impl Members {
    /// The posts of the site with these URLs and files, in any order.
    pub fn new(urls: &SiteUrls, files: Arc<dyn Folders>, members: Vec<Member>) -> Self {
        let mut members = members;
        members.sort_by(|a, b| a.facts.path.cmp(&b.facts.path));
        let split = |member: Member| (*member.facts, member.origin);
        let (pages, origins) = members.into_par_iter().map(split).unzip();
        Members {
            located: urls.site().clone(),
            files,
            rewritten: urls.rewritten(),
            former: urls.former().clone(),
            pages,
            origins,
        }
    }

    /// Where the facts of each post come from.
    pub fn origins(&self) -> &[Origin] {
        &self.origins
    }

    /// The facts of the posts that an audit shows, with the number of links to each in others.
    pub fn take_outlined(&mut self) -> Vec<PageFacts> {
        if self.pages.iter().all(|page| page.outline.is_none()) {
            return Vec::new();
        }
        let links_in = self.with_site(|site, _| links_in(site));
        let mut pages = std::mem::take(&mut self.pages);
        for (page, links) in pages.iter_mut().zip(links_in) {
            let has_url = page.publication.url().is_some();
            if let Some(outline) = &mut page.outline {
                outline.links_in = has_url.then_some(links);
            }
        }
        pages.into_iter().filter(|page| page.outline.is_some()).collect()
    }

    /// The path inside the site of the post with this index.
    pub fn path(&self, page: usize) -> Option<&str> {
        self.pages.get(page).map(|page| page.path.as_str())
    }

    /// The index of the post with this path inside the site.
    pub fn position(&self, path: &str) -> Option<usize> {
        self.pages.binary_search_by(|page| page.path.as_str().cmp(path)).ok()
    }

    /// Adds a post, or replaces what is known of it. Returns whether that makes a difference to the rules.
    pub fn put(&mut self, member: Member) -> bool {
        let Member { facts, origin } = member;
        match self.pages.binary_search_by(|page| page.path.cmp(&facts.path)) {
            Ok(at) => {
                let (Some(page), Some(known)) = (self.pages.get_mut(at), self.origins.get_mut(at)) else {
                    return false;
                };
                let is_same = *page == *facts && *known.suppressions == *origin.suppressions;
                (*page, *known) = (*facts, origin);
                !is_same
            }
            Err(at) => {
                self.pages.insert(at, *facts);
                self.origins.insert(at, origin);
                true
            }
        }
    }

    /// Removes the post of a file. Returns whether there was one.
    pub fn remove(&mut self, path: &Path) -> bool {
        let Some(at) = self.origins.iter().position(|origin| origin.path == path) else { return false };
        self.origins.remove(at);
        self.pages.remove(at);
        true
    }

    /// Shows the facts of the site, and where those of each post come from.
    pub fn with_site<T>(&mut self, ask: impl FnOnce(&SiteFacts<'_>, &[Origin]) -> T) -> T {
        let pages = std::mem::take(&mut self.pages);
        let site = SiteFacts::new(&self.located.site, pages, self.files.clone(), self.rewritten.clone())
            .with_former(self.former.clone());
        let answer = ask(&site, &self.origins);
        self.pages = site.pages;
        answer
    }

    /// Runs the rules of the posts that are asked for, given by their indexes.
    pub fn find(&mut self, is_asked: impl Fn(usize) -> bool, reading: &Reading<'_>) -> FoundInSite {
        let config_folder = self.located.config_folder.clone();
        self.with_site(|site, origins| {
            let mut found = found(site, origins, &is_asked, reading);
            found.in_files.iter_mut().for_each(|(path, ..)| *path = config_folder.join(&*path));
            found
        })
    }

    /// What the rules find in each of these posts, given by their indexes, if only that one is asked for.
    pub fn find_each(&mut self, posts: &[Option<usize>], reading: &Reading<'_>) -> Vec<Vec<Diagnostic>> {
        self.with_site(|site, origins| {
            let of_post = |post: &Option<usize>| {
                let found = found(site, origins, &|page| Some(page) == *post, reading);
                found.in_posts.into_iter().map(|(_, diagnostic)| diagnostic).collect()
            };
            posts.iter().map(of_post).collect()
        })
    }
}

/// Runs the rules of the posts that are asked for. Paths of files are relative to the folder of the site's config.
fn found(
    site: &SiteFacts<'_>,
    origins: &[Origin],
    is_asked: &dyn Fn(usize) -> bool,
    reading: &Reading<'_>,
) -> FoundInSite {
    let part = |(page, origin)| {
        let Origin { rules, suppressions, .. }: &Origin = origin;
        Part { rules, suppressions, is_asked: is_asked(page) }
    };
    let parts: Vec<Part<'_>> = origins.iter().enumerate().map(part).collect();
    let takes_notes = reading.takes_notes;
    // Notes are those of one thread.
    let run = |task: &Task<'_>| match takes_notes {
        true => notes::during(|| task.run(site)),
        false => (task.run(site), Notes::default()),
    };
    let found: Vec<(Vec<Found>, Notes)> = tasks(&parts).par_iter().with_max_len(1).map(run).collect();
    let mut placing = Placing::new(&site.pages, origins, reading);
    let mut all = FoundInSite::default();
    for (found, notes) in found {
        all.notes.extend(&notes);
        for found in found {
            match found {
                Found::InPost(page, mut diagnostic) => {
                    diagnostic.elsewhere.retain_mut(|place| placing.place(place).is_some());
                    all.in_posts.extend(is_asked(page).then_some((page, diagnostic)));
                }
                Found::InFile(at, diagnostic) => all.in_files.push((PathBuf::from(&*at.file), at.line, diagnostic)),
            }
        }
    }
    all
}

/// Number of links to each page in other pages of the site.
fn links_in(site: &SiteFacts<'_>) -> Vec<usize> {
    let mut links_in = vec![0; site.pages.len()];
    for (at, page) in site.pages.iter().enumerate() {
        for link in &page.links {
            match site.index().find(&link.target) {
                Target::Page(other) | Target::Redirect(other, _) if other != at => {
                    links_in.get_mut(other).into_iter().for_each(|links| *links += 1);
                }
                _ => {}
            }
        }
    }
    links_in
}
