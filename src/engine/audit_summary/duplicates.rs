//! Values that several posts of a site share.

use crate::engine::audit_summary::{AuditedFile, AuditedPost, BuiltHead};
use crate::facts::{PageFacts, Spot, Written};
use crate::rule::groups::{Groups, same_text};
use crate::source::Span;
use crate::text::{comparable, lower};
use rustc_hash::FxHashMap;
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
    /// The value, as the first of them has it.
    pub value: String,
    /// Number of posts.
    pub posts: usize,
    /// The paths of the first of them.
    pub paths: Vec<String>,
}

/// A value of a post: as it is compared, as it is written, and where.
struct Value {
    key: String,
    text: String,
    span: Span,
}

/// The values of one kind in a post.
type Values = fn(&PageFacts, Option<&BuiltHead>) -> Vec<Value>;

/// The kinds, and how many posts share a value before that is worth a line: pictures and their texts are often shared by right.
const KINDS: [(&str, usize, Values); 4] =
    [("title", 2, titles), ("description", 2, descriptions), ("image", 3, images), ("alt", 3, alts)];

fn titles(facts: &PageFacts, _: Option<&BuiltHead>) -> Vec<Value> {
    // As `title-shared` compares them.
    let key = |text: &str| format!("{}\n{}", facts.section(), same_text(text));
    let value = |title: &Written| Value { key: key(&title.text), text: title.text.clone(), span: title.span };
    facts.title.iter().filter(|_| facts.is_current()).map(value).collect()
}

/// The description of the built page, if there is one: themes make descriptions of texts, or give all pages that of the site.
fn descriptions(facts: &PageFacts, built: Option<&BuiltHead>) -> Vec<Value> {
    let written = facts.description.as_ref().map(|it| (&*it.text, it.span));
    let published = built.map(|built| built.head.description.as_deref().map(|text| (text, Span::default())));
    let shown = published.unwrap_or(written).filter(|_| facts.is_current());
    shown.map(|(text, span)| Value { key: same_text(text), text: text.to_owned(), span }).into_iter().collect()
}

fn images(facts: &PageFacts, _: Option<&BuiltHead>) -> Vec<Value> {
    let images = facts.images.iter().filter(|image| image.key.is_some() && !image.is_templated);
    images.map(|image| Value { key: image.src.clone(), text: image.src.clone(), span: image.span }).collect()
}

fn alts(facts: &PageFacts, _: Option<&BuiltHead>) -> Vec<Value> {
    let alts = facts.images.iter().filter(|image| image.key.is_none()).filter_map(|image| image.alt.as_ref());
    let value = |alt: &Written| Value { key: lower(comparable(&alt.text)), text: alt.text.clone(), span: alt.span };
    alts.filter(|alt| !alt.text.trim().is_empty()).map(value).collect()
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
    let mut texts: FxHashMap<String, String> = FxHashMap::default();
    for &at in posts {
        let Some(AuditedPost { facts: Some(facts), built, .. }) = files.get(at).and_then(|file| file.post) else {
            continue;
        };
        for Value { key, text, span } in values(facts, built) {
            texts.entry(key.clone()).or_insert(text);
            found.add((at, facts), key, span);
        }
    }
    let group = |(value, spots): (&str, &[Spot])| {
        let mut paths: Vec<usize> = spots.iter().map(|spot| spot.page).collect();
        paths.dedup();
        let shown = paths.iter().take(MAX_POSTS).filter_map(|at| Some(files.get(*at)?.report.path.clone()));
        let text = texts.get(value).map_or(value, String::as_str).split_whitespace().collect::<Vec<_>>().join(" ");
        Group { value: text.chars().take(200).collect(), posts: paths.len(), paths: shown.collect() }
    };
    found.with_at_least(least).map(group).collect()
}
