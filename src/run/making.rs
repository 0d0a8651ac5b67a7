//! Files without readers: those that a program made of other files, and data of tests.

use crate::engine::Checked;
use crate::place::dialect::{Dialect, Generator};
use crate::project::{LocatedSite, Post};
use crate::words::counted;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::iter::repeat_n;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Posts, and what was left out.
pub struct WithoutBuilt {
    /// The posts.
    pub posts: Vec<(Post, Checked)>,
    /// Those that say that they are generated.
    pub generated: Vec<(Post, Checked)>,
    /// How many are not checked, and why.
    pub left_out: Vec<String>,
}

/// Leaves out files that say that they are generated, the pages that a generator built if sources of its site are among the
/// posts, and sites in folders of tests if there are others. Files that are `named` on the command line are kept. `asked` are
/// the folders that were asked for, absolute. Paths are relative to `root`. `others` are posts of the same folders that are
/// not read.
pub fn without_built(
    posts: Vec<(Post, Checked)>,
    others: &[Post],
    (asked, named): (&[PathBuf], &BTreeSet<PathBuf>),
    root: &Path,
) -> WithoutBuilt {
    let is_source = |(post, checked): &&(Post, Checked)| post.site.is_some() && checked.making.built_by.is_none();
    // What is built is HTML.
    let others_sources = others.iter().filter(|post| post.site.is_some() && post.place.dialect != Dialect::Html);
    let sources: BTreeSet<&str> = posts
        .iter()
        .filter(is_source)
        .map(|(post, _)| post)
        .chain(others_sources)
        .map(|post| post.place.generator.as_str())
        .collect();
    let has_source = |generator: &Generator| sources.contains(generator.as_str());
    // The posts of a folder follow each other.
    let is_test = |post: &Post| is_test(post, asked, root);
    let of_first = |posts: &[(Post, Checked)]| posts.first().is_some_and(|(post, _)| is_test(post));
    let folders = posts.chunk_by(|one, other| folder(one) == folder(other));
    let in_tests: Vec<bool> = folders.flat_map(|posts| repeat_n(of_first(posts), posts.len())).collect();
    let has_others = in_tests.contains(&false) || others.iter().any(|post| !is_test(post));
    let mut skipped: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept = Vec::with_capacity(posts.len());
    for ((post, checked), in_tests) in posts.iter().zip(in_tests) {
        let is_named = named.contains(&post.path);
        // Who made a report knows that it is none of the posts.
        let is_report = checked.making.is_report && !is_named;
        let reason = match checked.making.built_by.filter(has_source) {
            _ if is_named || is_report => None,
            Some(generator) => Some(format!("that {} built: the sources are checked", generator.display_name())),
            None if checked.making.is_generated => Some("marked as generated".to_owned()),
            None if checked.making.is_specimen => Some("with the specimen of a font".to_owned()),
            None if in_tests && has_others => Some("in folders of tests: name a folder to check it".to_owned()),
            None => None,
        };
        kept.push(reason.is_none() && !is_report);
        if let Some(reason) = reason {
            *skipped.entry(reason).or_insert(0) += 1;
        }
    }
    let expired = posts.iter().filter(|(_, checked)| checked.making.has_expired).count();
    let mut left_out: Vec<String> =
        skipped.iter().map(|(why, count)| format!("{} {why}", counted(*count, "file"))).collect();
    if expired > 0 {
        left_out.insert(0, format!("{} whose `expiryDate` is over", counted(expired, "post")));
    }
    let (mut sources, mut generated) = (Vec::with_capacity(posts.len()), Vec::new());
    for (post, is_kept) in posts.into_iter().zip(kept) {
        match is_kept {
            true => sources.push(post),
            false if post.1.making.is_generated && post.1.making.built_by.is_none() => generated.push(post),
            false => {}
        }
    }
    WithoutBuilt { posts: sources, generated, left_out }
}

/// The folder of a post, and its site.
fn folder((post, _): &(Post, Checked)) -> (Option<&OsStr>, Option<*const LocatedSite>) {
    (post.path.parent().map(Path::as_os_str), post.site.as_ref().map(Arc::as_ptr))
}

/// Whether the post belongs to a site inside a folder of tests, or to none: `test/source/_posts/a.md`, but not
/// `content/tests/a.md` of a site around it. A folder of tests that was asked for itself, or is around that, is like any other.
fn is_test(post: &Post, asked: &[PathBuf], root: &Path) -> bool {
    let path = root.join(&post.path);
    let around = asked.iter().filter(|folder| path.starts_with(folder)).max_by_key(|folder| folder.as_os_str().len());
    let around = around.map_or(root, PathBuf::as_path);
    let mut folder = path.parent();
    let site = post.site.as_ref().map(|site| site.root.as_path());
    while let Some(path) = folder.filter(|path| path.starts_with(around) && *path != around) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let is_named =
            TEST_FOLDERS.contains(&name.as_str()) || name.starts_with("test_site") || name.starts_with("test-site");
        if is_named && site.is_none_or(|site| site.starts_with(path)) {
            return true;
        }
        folder = path.parent();
    }
    false
}

/// Names of folders with the data of tests.
const TEST_FOLDERS: [&str; 9] =
    ["test", "tests", "__tests__", "spec", "specs", "fixtures", "__fixtures__", "testdata", "test-data"];
