//! The files that a site's config excludes, with the semantics of each generator.

use crate::pattern::is_deep_glob;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use smallvec::SmallVec;
use std::collections::BTreeSet;

/// The files that a site's config excludes.
#[derive(Clone, Debug)]
pub enum Exclusion {
    /// Globs below the site's root.
    Globs(Gitignore),
    /// Jekyll's `exclude` and `include`, and its special case for names that begin with `_`.
    Jekyll {
        /// The entries of `exclude` that `include` does not have too.
        exclude: Vec<Entry>,
        /// The entries of `include`, which take precedence.
        include: Vec<Entry>,
        /// The labels of collections. Their folders `_label` are not excluded.
        labels: Vec<String>,
    },
}

impl Exclusion {
    /// Nothing is excluded.
    pub fn none() -> Self {
        Exclusion::Globs(Gitignore::empty())
    }

    /// What Jekyll excludes with these settings.
    pub fn jekyll(exclude: &[&str], include: &[&str], labels: Vec<String>) -> Self {
        let included: BTreeSet<&str> = include.iter().copied().collect();
        let entries = |texts: &mut dyn Iterator<Item = &&str>| texts.filter_map(|text| Entry::of(text)).collect();
        Exclusion::Jekyll {
            exclude: entries(&mut exclude.iter().filter(|text| !included.contains(*text))),
            include: entries(&mut include.iter()),
            labels,
        }
    }

    /// Creates an exclusion from globs in the syntax of `.gitignore`. Invalid globs exclude nothing.
    pub fn globs<'g>(globs: impl Iterator<Item = &'g str>) -> Self {
        let mut builder = GitignoreBuilder::new("");
        for glob in globs.filter(|glob| !is_deep_glob(glob)) {
            let _ = builder.add_line(None, glob);
        }
        Exclusion::Globs(builder.build().unwrap_or_else(|_| Gitignore::empty()))
    }

    /// Whether the file at `path`, relative to the site's root, is excluded.
    pub fn covers(&self, path: &str) -> bool {
        match self {
            Exclusion::Globs(globs) => !globs.is_empty() && globs.matched_path_or_any_parents(path, false).is_ignore(),
            Exclusion::Jekyll { exclude, include, labels } => {
                let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
                let mut in_collection = false;
                // Comparing each name with all entries costs 0.9% more instructions.
                let excluding: SmallVec<[&Entry; 4]> = exclude.iter().filter(|it| it.may_cover(path)).collect();
                ends.filter_map(|end| path.get(..end)).any(|entry| {
                    let name = entry.rsplit('/').next().unwrap_or(entry);
                    let is_included = || include.iter().any(|it| it.covers(name));
                    let is_excluded = || excluding.iter().any(|it| it.covers(entry));
                    let label = name.strip_prefix('_').unwrap_or("");
                    let begins = matches!(label, "posts" | "drafts") || labels.iter().any(|it| it == label);
                    in_collection |= begins;
                    // In the folder of a collection and below, names that begin with `_`, `#` or `~` are not special.
                    let is_special = name.starts_with(['_', '#', '~']) && !in_collection || name.ends_with('~');
                    (is_special || is_excluded()) && !is_included()
                })
            }
        }
    }
}

/// An entry of Jekyll's `exclude` or `include`.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Without `./` or `/` at the start.
    text: String,
    /// The characters, if it may match anything but itself.
    glob: Option<Vec<char>>,
    /// The first byte of all that the glob matches, if there is only one.
    first: Option<u8>,
}

impl Entry {
    /// `None` if it matches nothing.
    fn of(text: &str) -> Option<Self> {
        let text = text.strip_prefix("./").unwrap_or(text);
        let text = text.strip_prefix('/').unwrap_or(text);
        let glob = text.contains(['*', '?', '[', '\\']).then(|| text.chars().collect());
        let first = text.bytes().next().filter(|byte| byte.is_ascii() && !b"*?[\\".contains(byte));
        (!text.is_empty()).then(|| Entry { text: text.to_owned(), glob, first })
    }

    /// Whether it may cover this path, or one that this path begins with.
    fn may_cover(&self, path: &str) -> bool {
        self.first.is_none() || self.first == path.bytes().next()
    }

    /// Jekyll's `glob_include?`: whether the entry matches, or the path begins with it.
    fn covers(&self, path: &str) -> bool {
        if !self.may_cover(path) {
            return false;
        }
        path.starts_with(&self.text)
            || self.text.strip_suffix('/') == Some(path)
            || self.glob.as_deref().is_some_and(|glob| fnmatch(glob, path))
    }
}

/// Ruby's `File.fnmatch` without flags: `*` and `?` match `/` too. Backtracks to the last `*` at most once per byte.
fn fnmatch(pattern: &[char], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut here) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while here < text.len() {
        match one(pattern, at, text.get(here).copied()) {
            Step::Any => {
                retry = Some((at + 1, here));
                at += 1;
            }
            Step::Took(width) => {
                at += width;
                here += 1;
            }
            Step::Not => match retry {
                Some((star, from)) => {
                    (at, here) = (star, from + 1);
                    retry = Some((star, from + 1));
                }
                None => return false,
            },
        }
    }
    pattern.get(at..).is_some_and(|rest| rest.iter().all(|c| *c == '*'))
}

enum Step {
    /// A `*`.
    Any,
    /// This number of characters of the pattern matches one of the text.
    Took(usize),
    /// No match.
    Not,
}

fn one(pattern: &[char], at: usize, c: Option<char>) -> Step {
    let took = |is_match: bool, width: usize| if is_match { Step::Took(width) } else { Step::Not };
    match pattern.get(at) {
        None => Step::Not,
        Some('*') => Step::Any,
        Some('?') => Step::Took(1),
        Some('\\') if at + 1 < pattern.len() => took(pattern.get(at + 1).copied() == c, 2),
        Some('[') => match pattern.iter().skip(at + 1).position(|it| *it == ']').filter(|len| *len > 0) {
            Some(len) => took(c.is_some_and(|c| in_set(pattern.get(at + 1..at + 1 + len).unwrap_or(&[]), c)), len + 2),
            None => took(c == Some('['), 1),
        },
        Some(other) => took(c == Some(*other), 1),
    }
}

fn in_set(set: &[char], c: char) -> bool {
    let (negated, set) = match set {
        ['!' | '^', rest @ ..] => (true, rest),
        set => (false, set),
    };
    let ranges = set.windows(3).any(|it| matches!(it, [from, '-', to] if (*from..=*to).contains(&c)));
    (ranges || set.contains(&c)) != negated
}
