//! Reads the posts of a site for their facts.

use crate::cache::Cache;
use crate::engine::Known;
use crate::engine::suppress::Suppressions;
use crate::facts::PageFacts;
use crate::files::{Files, read_post};
use crate::project::{LocatedSite, Post, Surroundings};
use crate::ruleset::Ruleset;
use rayon::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;

/// A post of a site with its facts.
pub struct Member {
    /// What is known of it.
    pub facts: Box<PageFacts>,
    /// Where that comes from.
    pub origin: Origin,
}

/// Where the facts of a post come from.
#[derive(Clone)]
pub struct Origin {
    /// The path of its file.
    pub path: PathBuf,
    /// The rules to run on it.
    pub rules: Arc<Ruleset>,
    /// What its author suppresses.
    pub suppressions: Arc<Suppressions>,
}

/// The posts among these files in the folder of a site that belong to it. Those that the config of postlint ignores are pages all the same.
pub fn posts_of<'p>(
    located: &LocatedSite,
    files: impl Iterator<Item = &'p PathBuf>,
    surroundings: &mut Surroundings,
) -> Vec<Post> {
    let mut posts = Vec::new();
    for path in files {
        // A mistake in a config that only applies to other posts is not one of this run.
        let Ok(Some(post)) = surroundings.post(path, true) else { continue };
        let is_here = post.site.as_ref().is_some_and(|site| site.root == located.root);
        posts.extend(is_here.then_some(post));
    }
    posts
}

/// Reads the facts of posts on all cores, unless the cache knows them. `step` is called after each post. A post that cannot
/// be read has no facts: it is reported if it is asked for.
pub fn read_members(posts: &[Post], files: &dyn Files, cache: Option<&Cache>, step: impl Fn() + Sync) -> Vec<Member> {
    let read = |post: &Post| {
        let member = read_member(post, files, cache);
        step();
        member
    };
    posts.par_iter().filter_map(read).collect()
}

fn read_member(post: &Post, files: &dyn Files, cache: Option<&Cache>) -> Option<Member> {
    let known = match cache.and_then(|cache| cache.unit(post)) {
        Some(unit) => unit.known(post, files)?,
        None => Known::of(post.setup(), &read_post(files, &post.path)?)?,
    };
    let (facts, suppressions) = known.across()?;
    Some(Member { facts, origin: Origin { path: post.path.clone(), rules: post.rules.clone(), suppressions } })
}
