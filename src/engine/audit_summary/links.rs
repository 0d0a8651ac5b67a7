//! The links and the pictures of all posts.

use crate::engine::audit_summary::AuditedFile;
use crate::facts::target::Target;
use crate::url::{host, is_private_host};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Number of hosts that are listed.
const MAX_HOSTS: usize = 50;
/// Number of URLs or pictures that are listed.
const MAX_URLS: usize = 20;
/// Number of posts with a URL or a picture from which it is listed as repeated.
const REPEATED: usize = 3;

/// The links of all posts.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Links {
    /// Number of links.
    pub total: usize,
    /// Number of links to pages and files of the same site.
    pub inside: usize,
    /// Number of links to other sites. They are not asked for.
    pub elsewhere: usize,
    /// Number of links whose target is not known before the site is built.
    pub unknown: usize,
    /// Number of findings of each rule about where links lead.
    pub findings: Vec<(String, usize)>,
    /// Number of different hosts.
    pub hosts: usize,
    /// The hosts with most links.
    pub top_hosts: Vec<HostRow>,
    /// The URLs of other sites in most posts.
    pub repeated: Vec<Repeated>,
}

/// A host that posts link to.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HostRow {
    /// Its name.
    pub host: String,
    /// Number of links.
    pub links: usize,
    /// Number of posts with one.
    pub posts: usize,
    /// Number of links that are followed: without `nofollow`, `sponsored` and `ugc`.
    pub followed: usize,
    /// Number of links with `nofollow`.
    pub nofollow: usize,
    /// Number of links with `sponsored`.
    pub sponsored: usize,
    /// Number of links with `ugc`.
    pub ugc: usize,
}

/// A URL in several posts.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Repeated {
    /// The URL.
    pub url: String,
    /// Number of posts with it.
    pub posts: usize,
}

/// The pictures of all posts.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Images {
    /// Number of pictures in texts.
    pub total: usize,
    /// Number of those with an alternative text.
    pub with_alt: usize,
    /// Number of those with an empty one, which is right for decoration.
    pub with_empty_alt: usize,
    /// Number of those without one.
    pub without_alt: usize,
    /// Number of pictures of other sites.
    pub elsewhere: usize,
    /// Number of posts with a picture in their front matter.
    pub featured: usize,
    /// Number of findings of each rule about pictures.
    pub findings: Vec<(String, usize)>,
    /// The pictures in most posts.
    pub repeated: Vec<Repeated>,
}

/// The rules about where links lead.
const LEAD: [&str; 8] = [
    "internal-link-broken",
    "fragment-broken",
    "redirect-chain",
    "page-orphaned",
    "url-malformed",
    "href-empty",
    "internal-link-absolute",
    "outbound-link-boilerplate",
];

impl Links {
    pub(super) fn of(files: &[AuditedFile<'_>]) -> Self {
        let mut links = Links { findings: findings(files, |rule, _| LEAD.contains(&rule)), ..Links::default() };
        let mut hosts: BTreeMap<String, (HostRow, usize)> = BTreeMap::new();
        let mut urls = Counts::default();
        for (at, file) in files.iter().enumerate() {
            for link in file.post.iter().filter_map(|post| post.facts).flat_map(|facts| &facts.links) {
                links.total += 1;
                let is_elsewhere = |host: &Cow<'_, str>| link.target == Target::Elsewhere && !is_private_host(host);
                let other = host(&link.href).filter(is_elsewhere);
                let Some(other) = other else {
                    let counter = match link.target {
                        Target::Unknown | Target::Elsewhere => &mut links.unknown,
                        _ => &mut links.inside,
                    };
                    *counter += 1;
                    continue;
                };
                links.elsewhere += 1;
                urls.add(&link.href, at);
                let host = other.into_owned();
                let (row, last) = hosts.entry(host.clone()).or_insert_with(|| (HostRow::new(host), usize::MAX));
                row.add(&link.rel);
                row.posts += usize::from(std::mem::replace(last, at) != at);
            }
        }
        links.hosts = hosts.len();
        links.top_hosts = hosts.into_values().map(|(row, _)| row).collect();
        links.top_hosts.sort_by_key(|row| Reverse(row.links));
        links.top_hosts.truncate(MAX_HOSTS);
        links.repeated = urls.repeated();
        links
    }
}

impl HostRow {
    fn new(host: String) -> Self {
        HostRow { host, links: 0, posts: 0, followed: 0, nofollow: 0, sponsored: 0, ugc: 0 }
    }

    fn add(&mut self, rel: &[String]) {
        let has = |token: &str| rel.iter().any(|it| it == token);
        let [nofollow, sponsored, ugc] = ["nofollow", "sponsored", "ugc"].map(has);
        self.links += 1;
        self.nofollow += usize::from(nofollow);
        self.sponsored += usize::from(sponsored);
        self.ugc += usize::from(ugc);
        self.followed += usize::from(!nofollow && !sponsored && !ugc);
    }
}

impl Images {
    pub(super) fn of(files: &[AuditedFile<'_>]) -> Self {
        let mut images = Images { findings: findings(files, |_, group| group == "images"), ..Images::default() };
        let mut urls = Counts::default();
        for (at, file) in files.iter().enumerate() {
            let Some((_, facts, outline)) = file.outlined() else { continue };
            images.total += outline.elements.images;
            images.without_alt += outline.elements.images - outline.elements.images_with_alt;
            images.featured += usize::from(facts.images.iter().any(|image| image.key.is_some()));
            for image in &facts.images {
                if !image.is_templated {
                    urls.add(&image.src, at);
                }
                if image.key.is_some() {
                    continue;
                }
                images.elsewhere += usize::from(host(&image.src).is_some());
                images.with_empty_alt += usize::from(image.alt.as_ref().is_some_and(|alt| alt.text.trim().is_empty()));
            }
        }
        images.with_alt = images.total.saturating_sub(images.without_alt + images.with_empty_alt);
        images.repeated = urls.repeated();
        images
    }
}

/// The number of findings of the rules that are wanted by their name and their group, the most first.
fn findings(files: &[AuditedFile<'_>], is_wanted: impl Fn(&str, &str) -> bool) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for file in files {
        let group = |rule: &str| {
            let entry = file.post?.rules.catalog().get(rule)?;
            Some(entry.page.meta.group.as_str())
        };
        for finding in &file.report.diagnostics {
            if is_wanted(&finding.rule, group(&finding.rule).unwrap_or("")) {
                *counts.entry(&finding.rule).or_default() += 1;
            }
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().map(|(rule, n)| (rule.to_owned(), n)).collect();
    counts.sort_by_key(|(_, n)| Reverse(*n));
    counts
}

/// In how many posts each URL is.
#[derive(Default)]
struct Counts<'u>(FxHashMap<&'u str, (usize, usize)>);

impl<'u> Counts<'u> {
    /// Adds a URL of the post with this index. Posts are added one after another.
    fn add(&mut self, url: &'u str, post: usize) {
        let (posts, last) = self.0.entry(url).or_insert((0, usize::MAX));
        *posts += usize::from(std::mem::replace(last, post) != post);
    }

    /// The URLs in most posts.
    fn repeated(self) -> Vec<Repeated> {
        let mut urls: Vec<(&str, usize)> = self
            .0
            .into_iter()
            .filter(|(_, (posts, _))| *posts >= REPEATED)
            .map(|(url, (posts, _))| (url, posts))
            .collect();
        urls.sort_by_key(|(url, posts)| (Reverse(*posts), *url));
        urls.truncate(MAX_URLS);
        urls.into_iter().map(|(url, posts)| Repeated { url: url.chars().take(300).collect(), posts }).collect()
    }
}
