//! Values that several posts of a site share.

use crate::engine::audit_summary::{AuditedFile, AuditedPost, BuiltHead};
use crate::facts::{PageFacts, Spot};
use crate::rule::groups::{Groups, same_text};
use crate::source::Span;
use crate::text::{comparable, lower};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Number of groups of a kind that are listed.
const MAX_GROUPS: usize = 30;
/// Number of posts of a group that are listed.
const MAX_POSTS: usize = 8;

/// Groups of posts that share a value of one kind.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Duplicates {
    /// The kind of value: `title`, `description`, `image` or `alt`.
    pub kind: &'static str,
    /// Number of groups.
    pub groups: usize,
    /// Number of posts in them.
    pub posts: usize,
    /// The largest groups.
    pub shown: Vec<Group>,
}

/// The posts that share a value.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// The value, as it is compared.
    pub value: String,
    /// Number of posts.
    pub posts: usize,
    /// The paths of the first of them.
    pub paths: Vec<String>,
}

/// The values of one kind in a post.
type Values = fn(&PageFacts, Option<&BuiltHead>) -> Vec<(String, Span)>;

/// The kinds, and how many posts share a value before that is worth a line: pictures and their texts are often shared by right.
const KINDS: [(&str, usize, Values); 4] =
    [("title", 2, titles), ("description", 2, descriptions), ("image", 3, images), ("alt", 3, alts)];

fn titles(facts: &PageFacts, _: Option<&BuiltHead>) -> Vec<(String, Span)> {
    // As `title-shared` compares them.
    let key = |text: &str| format!("{}\n{}", facts.section(), same_text(text));
    facts.title.iter().filter(|_| facts.is_current()).map(|title| (key(&title.text), title.span)).collect()
}

/// The description of the built page, if there is one: themes make descriptions of texts, or give all pages that of the site.
fn descriptions(facts: &PageFacts, built: Option<&BuiltHead>) -> Vec<(String, Span)> {
    let written = facts.description.as_ref().map(|it| (&*it.text, it.span));
    let published = built.map(|built| built.head.description.as_deref().map(|text| (text, Span::default())));
    let shown = published.unwrap_or(written).filter(|_| facts.is_current());
    shown.map(|(text, span)| (same_text(text), span)).into_iter().collect()
}

fn images(facts: &PageFacts, _: Option<&BuiltHead>) -> Vec<(String, Span)> {
    let images = facts.images.iter().filter(|image| image.key.is_some() && !image.is_templated);
    images.map(|image| (image.src.clone(), image.span)).collect()
}

fn alts(facts: &PageFacts, _: Option<&BuiltHead>) -> Vec<(String, Span)> {
    let alts = facts.images.iter().filter(|image| image.key.is_none()).filter_map(|image| image.alt.as_ref());
    alts.filter(|alt| !alt.text.trim().is_empty()).map(|alt| (lower(comparable(&alt.text)), alt.span)).collect()
}

/// The values of each kind that posts of one site share.
pub(super) fn all(files: &[AuditedFile<'_>]) -> Vec<Duplicates> {
    let mut sites: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, file) in files.iter().enumerate() {
        if let Some(AuditedPost { site, facts: Some(facts), .. }) = file.post
            && facts.is_page
        {
            sites.entry(site).or_default().push(at);
        }
    }
    let of_kind = |(kind, least, values): (&'static str, usize, Values)| {
        let mut groups: Vec<Group> = sites.values().flat_map(|posts| groups(files, posts, least, values)).collect();
        groups.sort_by_key(|group| Reverse(group.posts));
        let posts = groups.iter().map(|group| group.posts).sum();
        let found = groups.len();
        groups.truncate(MAX_GROUPS);
        Duplicates { kind, groups: found, posts, shown: groups }
    };
    KINDS.into_iter().map(of_kind).filter(|duplicates| duplicates.groups > 0).collect()
}

fn groups(files: &[AuditedFile<'_>], posts: &[usize], least: usize, values: Values) -> Vec<Group> {
    let mut found = Groups::default();
    for &at in posts {
        let Some(AuditedPost { facts: Some(facts), built, .. }) = files.get(at).and_then(|file| file.post) else {
            continue;
        };
        for (value, span) in values(facts, built) {
            found.add((at, facts), value, span);
        }
    }
    let group = |(value, spots): (&str, &[Spot])| {
        let mut paths: Vec<usize> = spots.iter().map(|spot| spot.page).collect();
        paths.dedup();
        let shown = paths.iter().take(MAX_POSTS).filter_map(|at| Some(files.get(*at)?.report.path.clone()));
        let value = value.split_once('\n').map_or(value, |(_, value)| value);
        Group { value: value.chars().take(200).collect(), posts: paths.len(), paths: shown.collect() }
    };
    found.with_at_least(least).map(group).collect()
}
