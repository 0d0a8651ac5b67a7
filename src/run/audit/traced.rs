//! A finding in built pages with the origins of its places.

use crate::diagnostic::Diagnostic;
use crate::engine::Checked;
use crate::engine::audit::{Group, Origin};
use crate::files::absolute;
use crate::project::Post;
use crate::rule::built::BuiltSpot;
use crate::run::audit::homes::Home;
use crate::source::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A finding in built pages with the origins that are known of its places.
pub struct Traced {
    /// The finding.
    pub group: Group,
    /// Whether the site has layouts, so that an unknown origin is not for lack of them.
    pub has_layouts: bool,
    /// Whether the theme of the site is not among its files.
    pub lacks_theme: bool,
    /// A place, the file of its post, and its origin.
    pub origins: Vec<(BuiltSpot, Option<PathBuf>, Origin)>,
    /// The file and the line that write what is found, if that is not in a page.
    pub source: Option<(PathBuf, u32)>,
}

impl Traced {
    /// The file of the built folder that it is in, if that is not a page, and the place in it.
    pub fn file(&self) -> Option<(&str, Span)> {
        Some((self.group.file.as_deref()?, self.group.diagnostic.label.span))
    }

    /// A finding of whose origin nothing is known.
    pub fn unknown(group: Group) -> Self {
        Traced { group, has_layouts: false, lacks_theme: false, origins: Vec::new(), source: None }
    }

    /// The rule.
    pub fn rule(&self) -> &str {
        &self.group.diagnostic.rule
    }

    /// Says what to do instead of what the rule says.
    pub fn advise(&mut self, advice: &str) {
        self.group.diagnostic.help = Some(advice.to_owned());
    }

    /// Whether it is about what URLs lead to, and not about the markup around them.
    pub fn is_of_target(&self) -> bool {
        self.group.diagnostic.is_shared
    }

    /// Whether one of several lines writes it.
    pub fn is_of_several(&self) -> bool {
        self.origins.iter().any(|(.., origin)| matches!(origin, Origin::Several(_)))
    }

    /// Whether it is about ids in lists of the beginnings of posts: they have one cause.
    pub fn is_of_list(&self) -> bool {
        let is_of_list = |(_, path, origin): &(BuiltSpot, Option<PathBuf>, Origin)| {
            path.is_none() && matches!(origin, Origin::Unknown)
        };
        &*self.group.diagnostic.rule == "id-duplicate"
            && !self.origins.is_empty()
            && self.origins.iter().all(is_of_list)
    }

    /// Whether it is about the page as a whole.
    pub fn is_of_page(&self) -> bool {
        self.group.diagnostic.identity.as_deref() == Some("")
    }

    /// Whether this is in the page of one post only, in which `check` says the same of an element that could not be matched.
    pub fn is_in_one_post(&self, posts: &FxHashMap<PathBuf, &(Post, Checked)>) -> bool {
        let Group { diagnostic, pages: 1, .. } = &self.group else { return false };
        let [(_, Some(path), _)] = &*self.origins else { return false };
        let is_same =
            |it: &Diagnostic| it.rule == diagnostic.rule && (self.is_of_page() || it.message == diagnostic.message);
        posts.get(&absolute(path)).is_some_and(|(_, checked)| checked.findings.iter().any(is_same))
    }
}

/// A finding for each place at which it is changed. Pages whose origin was not looked for are those of the most common one; those
/// of which it is not known are of none, such as lists that quote a post.
pub fn apart(traced: Traced, homes: BTreeMap<Home, Vec<BuiltSpot>>) -> Vec<(Home, Group)> {
    let mut homes: Vec<(Home, Vec<BuiltSpot>)> = homes.into_iter().collect();
    // Of several, the first: the sort is stable.
    homes.sort_by_key(|(_, spots)| Reverse(spots.len()));
    let mut homes = homes.into_iter();
    let Some((home, most)) = homes.next() else { return Vec::new() };
    let own: FxHashSet<usize> = most.iter().map(|spot| spot.page).collect();
    let looked_for = traced.origins.iter().map(|(spot, ..)| spot.page);
    let elsewhere: FxHashSet<usize> = looked_for.filter(|page| !own.contains(page)).collect();
    let mut whole = traced.group;
    whole.leave(&elsewhere);
    // Which of the causes the other pages have is not known.
    let is_sample = homes.len() > 0 && whole.pages > most.len();
    let split = |(home, spots): (Home, Vec<BuiltSpot>)| {
        let indexes: Vec<usize> = spots.iter().map(|spot| spot.page).collect();
        (home, Group { spots, pages: indexes.len(), indexes, is_sample, ..Group::of(whole.diagnostic.clone()) })
    };
    let mut all: Vec<(Home, Group)> = homes.map(split).collect();
    all.insert(0, (home, Group { spots: most, is_sample, ..whole }));
    all
}
