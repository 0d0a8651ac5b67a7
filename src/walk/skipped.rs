//! Why a search found no posts: the files with the names of posts that it skipped, by kind.

use crate::files::{absolute, collapsed};
use crate::walk::ignored::{Ignored, why_folder_ignored, why_ignored};
use crate::walk::{IGNORE_FILE, ignore_files, is_folder, is_generated, is_post};
use ignore::WalkBuilder;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Maximum number of files and folders that are looked at, so that an explanation does not take longer than a run.
const MOST_ENTRIES: usize = 100_000;

/// What a search skips.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// The ignore files that name files with the name of a post, each with the number of these.
    pub ignored: Vec<(&'static str, usize)>,
    /// The number of hidden files with the name of a post, and of those in hidden folders.
    pub hidden: usize,
    /// The folders of built pages and packages, which are not entered.
    pub generated: BTreeSet<PathBuf>,
}

/// The parts of a search that skip files. Those that are named are switched off.
#[derive(Clone, Copy, Default)]
struct Without {
    git: bool,
    ignore: bool,
    own: bool,
    hidden: bool,
}

impl Skipped {
    /// Looks for skipped files below folders: one part of the search after the other is switched off, and what appears
    /// was skipped by it.
    pub fn below(folders: &[PathBuf]) -> Self {
        let steps = [
            (".gitignore", Without { git: true, ..Without::default() }),
            (".ignore", Without { git: true, ignore: true, ..Without::default() }),
            (IGNORE_FILE, Without { git: true, ignore: true, own: true, hidden: false }),
        ];
        let all = Without { git: true, ignore: true, own: true, hidden: true };
        let mut skipped = Skipped::default();
        let (mut before, _) = count(folders, Without::default());
        for (name, without) in steps {
            let (posts, _) = count(folders, without);
            if posts > before {
                skipped.ignored.push((name, posts - before));
            }
            before = posts;
        }
        let (posts, generated) = count(folders, all);
        Skipped { hidden: posts.saturating_sub(before), generated, ..skipped }
    }
}

/// The folders, and the files with the name of a post, that a search of `folder` skips, with the reason of each. What is in a
/// skipped folder is not listed.
pub fn skipped_entries(folder: &Path) -> Vec<(PathBuf, Ignored)> {
    let root = collapsed(&absolute(folder));
    let found = Arc::new(Mutex::new(Vec::new()));
    let (skipped, top) = (found.clone(), root.clone());
    let mut builder = WalkBuilder::new(&root);
    builder.standard_filters(false).sort_by_file_name(Ord::cmp).filter_entry(move |entry| {
        if entry.depth() == 0 || entry.file_name() == ".git" {
            return entry.depth() == 0;
        }
        let why = match is_folder(entry) {
            true => why_folder_ignored(entry.path(), &top),
            false if is_post(entry) => why_ignored(entry.path(), &top),
            false => return false,
        };
        let is_entered = why.is_none();
        let why = why.map(|why| (entry.path().to_owned(), why));
        skipped.lock().unwrap_or_else(PoisonError::into_inner).extend(why);
        is_entered
    });
    builder.build().take(MOST_ENTRIES).for_each(drop);
    std::mem::take(&mut *found.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The number of files with the name of a post below folders, and the folders of built pages and packages.
fn count(folders: &[PathBuf], without: Without) -> (usize, BTreeSet<PathBuf>) {
    let Some((first, others)) = folders.split_first() else { return (0, BTreeSet::new()) };
    let mut builder = WalkBuilder::new(first);
    others.iter().for_each(|folder| _ = builder.add(folder));
    builder.require_git(false).hidden(!without.hidden).ignore(!without.ignore);
    builder.git_ignore(!without.git).git_global(!without.git).git_exclude(!without.git);
    if !without.own {
        builder.add_custom_ignore_filename(IGNORE_FILE);
    }
    let generated = Arc::new(Mutex::new(BTreeSet::new()));
    let seen = generated.clone();
    builder.filter_entry(move |entry| {
        let is_generated = entry.depth() > 0 && is_folder(entry) && is_generated(entry.path());
        if is_generated {
            seen.lock().unwrap_or_else(PoisonError::into_inner).insert(entry.path().to_owned());
        }
        // A search does not read the ignore files of ignored folders, so they are checked here.
        let is_sound = || !is_folder(entry) || ignore_files::unreadable(entry.path()).is_none();
        entry.depth() == 0 || !is_generated && entry.file_name() != ".git" && is_sound()
    });
    let posts = builder.build().take(MOST_ENTRIES).flatten().filter(is_post).count();
    let generated = std::mem::take(&mut *generated.lock().unwrap_or_else(PoisonError::into_inner));
    (posts, generated)
}
