//! Files that a program made of other files: what is wrong in them can only be repaired there.

use crate::engine::Checked;
use crate::output::Screen;
use crate::place::dialect::Generator;
use crate::project::Post;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;

/// Drops files that say that they are generated, and the pages that a generator built if sources of its site are among
/// the posts. Says how many. Files that are `named` on the command line are kept.
pub fn without_built(
    posts: Vec<(Post, Checked)>,
    named: &BTreeSet<PathBuf>,
    is_quiet: bool,
    err: &mut Screen<'_>,
) -> io::Result<Vec<(Post, Checked)>> {
    let is_source = |(post, checked): &&(Post, Checked)| post.site.is_some() && checked.making.built_by.is_none();
    let sources: BTreeSet<&str> =
        posts.iter().filter(is_source).map(|(post, _)| post.place.generator.as_str()).collect();
    let has_source = |generator: &Generator| sources.contains(generator.as_str());
    let built_from = |(post, checked): &(Post, Checked)| {
        checked.making.built_by.filter(|generator| has_source(generator) && !named.contains(&post.path))
    };
    let is_generated = |(post, checked): &(Post, Checked)| checked.making.is_generated && !named.contains(&post.path);
    let mut skipped: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept = Vec::with_capacity(posts.len());
    for post in &posts {
        let reason = match built_from(post) {
            Some(generator) => Some(format!("that {} built: the sources are checked", generator.display_name())),
            None if is_generated(post) => Some("with a comment that they are generated".to_owned()),
            None => None,
        };
        kept.push(reason.is_none());
        if let Some(reason) = reason {
            *skipped.entry(reason).or_insert(0) += 1;
        }
    }
    if !is_quiet {
        for (reason, count) in skipped {
            let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
            writeln!(err, "skipped {files} {reason}")?;
        }
    }
    Ok(posts.into_iter().zip(kept).filter(|(_, is_kept)| *is_kept).map(|(post, _)| post).collect())
}
