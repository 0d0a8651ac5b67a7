//! Questions about the posts of a site that are answered once: where a link leads, which links lead to a page, which tags
//! and URLs there are.

use crate::across::{Members, Origin};
use crate::facts::target::Target;
use crate::facts::{Found, Link, PageFacts, SiteFacts};
use crate::source::{Position, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What is asked.
pub enum Look {
    /// The file that a link leads to.
    Target(Target),
    /// The links to the page that a link leads to, or to the post at this path inside the site.
    LinksTo(Target, String),
    /// The tags and categories of all posts but the one at this path inside the site.
    Terms(String),
    /// The URLs of all pages.
    Pages,
    /// What fragments of the URL of a page may refer to.
    Anchors(Target),
}

/// What is seen.
pub enum Seen {
    /// The absolute path of a file.
    File(Option<PathBuf>),
    /// Places in files.
    Places(Vec<(PathBuf, [Position; 2])>),
    /// Each term with the number of posts that have it, by key.
    Terms(BTreeMap<String, BTreeMap<String, usize>>),
    /// The pages.
    Pages(Vec<PageSeen>),
    /// The ids of a page.
    Anchors(Vec<String>),
}

/// A page.
pub struct PageSeen {
    /// Its path inside the site.
    pub path: String,
    /// Its URL, if it is known.
    pub url: Option<String>,
    /// Its title, if it is known.
    pub title: Option<String>,
}

/// Answers a question. `read` reads the text of a post, `root` is the folder of the site.
pub(super) fn look(members: &mut Members, look: &Look, root: &Path, read: &dyn Fn(&Path) -> Option<Source>) -> Seen {
    members.with_site(|site, origins| match look {
        Look::Target(target) => Seen::File(file(site, origins, target, root)),
        Look::LinksTo(target, path) => Seen::Places(links_to(site, origins, (target, path), read)),
        Look::Terms(but) => Seen::Terms(terms(site, but)),
        Look::Pages => Seen::Pages(pages(site)),
        Look::Anchors(target) => Seen::Anchors(anchors(site, target)),
    })
}

/// The page that a link leads to.
fn page(site: &SiteFacts<'_>, target: &Target) -> Option<usize> {
    match site.index().find(target) {
        Found::Page(page) | Found::Redirect(page, _) => Some(page),
        Found::File | Found::Nothing | Found::Unknown => None,
    }
}

fn file(site: &SiteFacts<'_>, origins: &[Origin], target: &Target, root: &Path) -> Option<PathBuf> {
    let of_page = || Some(origins.get(page(site, target)?)?.path.clone());
    let path = match target {
        Target::Source(path) => Some(path.as_str()),
        Target::Url(url) => Some(url.as_str().trim_start_matches('/')),
        _ => None,
    };
    let of_file = || path.filter(|path| site.index().files.contains(path)).map(|path| root.join(path));
    of_page().or_else(of_file)
}

fn links_to(
    site: &SiteFacts<'_>,
    origins: &[Origin],
    (target, path): (&Target, &str),
    read: &dyn Fn(&Path) -> Option<Source>,
) -> Vec<(PathBuf, [Position; 2])> {
    let here = || site.pages.iter().position(|page| page.path == path);
    let Some(wanted) = (if target.is_here() { here() } else { page(site, target) }) else { return Vec::new() };
    let mut places = Vec::new();
    for (number, (facts, origin)) in site.pages.iter().zip(origins).enumerate() {
        let leads_there = |link: &&Link| match &link.target {
            // A link to a heading of the page itself.
            Target::Here => number == wanted && link.fragment.is_some(),
            target => page(site, target) == Some(wanted),
        };
        let links: Vec<&Link> = facts.links.iter().filter(leads_there).collect();
        let Some(source) = (if links.is_empty() { None } else { read(&origin.path) }) else { continue };
        let ends = |link: &&Link| [source.position(link.span.start), source.position(link.span.end)];
        places.extend(links.iter().map(|link| (origin.path.clone(), ends(link))));
    }
    places
}

fn terms(site: &SiteFacts<'_>, but: &str) -> BTreeMap<String, BTreeMap<String, usize>> {
    let mut terms: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for page in site.pages.iter().filter(|page| page.path != but) {
        let distinct: BTreeSet<(&str, &str)> = page.terms.iter().map(|term| (&*term.key, &*term.text)).collect();
        for (key, text) in distinct {
            *terms.entry(key.to_owned()).or_default().entry(text.to_owned()).or_default() += 1;
        }
    }
    terms
}

fn pages(site: &SiteFacts<'_>) -> Vec<PageSeen> {
    let seen = |(_, page): (usize, &PageFacts)| PageSeen {
        path: page.path.clone(),
        url: page.url().map(str::to_owned),
        title: page.title.as_ref().map(|title| title.text.clone()),
    };
    site.indexed().map(seen).collect()
}

fn anchors(site: &SiteFacts<'_>, target: &Target) -> Vec<String> {
    let page = page(site, target).and_then(|page| site.pages.get(page));
    page.and_then(|page| page.anchors.as_ref()).map_or_else(Vec::new, |anchors| anchors.ids.clone())
}
