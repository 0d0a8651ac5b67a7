//! Pages that a generator built from sources that are checked as well.

use crate::engine::Checked;
use crate::output::Screen;
use crate::place::dialect::Generator;
use crate::project::Post;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;

/// Drops the pages that a generator built if sources of its site are among the posts, and says how many. Files that are
/// `named` on the command line are kept.
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
    let mut skipped: BTreeMap<&str, usize> = BTreeMap::new();
    for generator in posts.iter().filter_map(built_from) {
        *skipped.entry(generator.display_name()).or_insert(0) += 1;
    }
    let kept: Vec<bool> = posts.iter().map(|post| built_from(post).is_none()).collect();
    if !is_quiet {
        for (generator, count) in skipped {
            let pages = if count == 1 { "1 page".to_owned() } else { format!("{count} pages") };
            writeln!(err, "skipped {pages} that {generator} built: the sources are checked")?;
        }
    }
    Ok(posts.into_iter().zip(kept).filter(|(_, is_kept)| *is_kept).map(|(post, _)| post).collect())
}
