//! Baselines: text files with known findings, one per line, so that only new findings are reported.
//!
//! A known finding is identified by its rule, its path and the text at its span, never by its line number.

use crate::diagnostic::{Diagnostic, fingerprint};
use crate::document::ask::page::dated_slug;
use crate::source::Source;
use crate::words::total;
use std::collections::BTreeMap;
use std::fmt;
use std::num::IntErrorKind;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// The file name of a baseline.
pub const FILE_NAME: &str = "postlint-baseline.txt";

const HEADER: &str = "\
# Findings that postlint knows and does not report: path, rule, content, count, text.
# Each line is independent: to merge, keep both sides. `postlint baseline prune` drops those that are fixed.
";

/// The beginning of a comment that tells that an audit has recorded findings.
const AUDIT: &str = "# audit:";

const AUDITED: &str =
    " an audit of built pages recorded some of them: `postlint audit --write-baseline` drops those that are fixed.";

/// The path of findings about a value that several posts share: they are known in whichever post they are reported, for as
/// many posts as their count.
const SHARED: &str = "*";

/// Maximum number of characters of a finding's text that are written for readers.
const EXCERPT_CHARS: usize = 60;

/// Known findings by path, relative to the baseline's folder, with `/` between the folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    files: BTreeMap<String, Counts>,
    /// Whether an audit of built pages has recorded findings, which a check of posts may not have.
    pub is_of_audit: bool,
}

/// The number of times each finding occurs in one file.
type Counts = BTreeMap<Key, Known>;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    rule: String,
    content: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    count: usize,
    excerpt: String,
}

/// A line of a baseline that does not parse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct BadLine {
    /// The line number, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: &'static str,
}

impl Baseline {
    /// Parses a baseline. If two lines are for the same finding, as after a merge, the larger count applies.
    pub fn parse(text: &str) -> Result<Self, BadLine> {
        let mut baseline = Baseline::default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (index, line) in text.lines().enumerate() {
            let bad = |message| BadLine { line: index + 1, message };
            baseline.is_of_audit |= line.starts_with(AUDIT);
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)) {
                return Err(bad("unresolved merge conflict: keep both sides and remove the conflict markers"));
            }
            let mut columns = line.splitn(5, '\t');
            let (Some(path), Some(rule), Some(content), Some(count)) =
                (columns.next(), columns.next(), columns.next(), columns.next())
            else {
                return Err(bad("expected path, rule, content, count and text, separated by tabs"));
            };
            let count = match count.parse::<usize>() {
                Ok(count) => count,
                Err(error) if *error.kind() == IntErrorKind::PosOverflow => usize::MAX,
                Err(_) => return Err(bad("the count is not a number")),
            };
            if count == 0 {
                // A count of 0 would leave an empty entry for the post.
                continue;
            }
            let key = Key { rule: rule.to_owned(), content: content.to_owned() };
            let counts = baseline.files.entry(composed(&unescaped(path))).or_default();
            // Remove a carriage return at the end: when written again, it would become part of the line ending.
            let excerpt = columns.next().unwrap_or("").trim_end_matches('\r').to_owned();
            let known = counts.entry(key).or_insert(Known { count, excerpt });
            known.count = known.count.max(count);
        }
        Ok(baseline)
    }

    /// Replaces the names of rules. `new` returns the new names of a rule that has another name: findings of an old rule are
    /// known as those of each of them.
    pub fn rename<'n>(&mut self, new: impl Fn(&str) -> Option<&'n [Arc<str>]>) {
        for counts in self.files.values_mut() {
            let old: Vec<(Key, &[Arc<str>])> =
                counts.keys().filter_map(|key| Some((key.clone(), new(&key.rule)?))).collect();
            for (key, names) in old {
                let Some(known) = counts.remove(&key) else { continue };
                for name in names {
                    let key = Key { rule: name.to_string(), content: key.content.clone() };
                    counts.entry(key).or_insert_with(|| known.clone());
                }
            }
        }
        self.files.retain(|_, counts| !counts.is_empty());
    }

    /// The number of known findings.
    pub fn len(&self) -> usize {
        total(self.files.iter().map(|(path, known)| findings(path, known)))
    }

    /// Whether no finding is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The paths of the files with known findings.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str).filter(|path| *path != SHARED)
    }

    /// For each rule the number of known findings and of files with them, sorted by rule.
    pub fn by_rule(&self) -> BTreeMap<&str, (usize, usize)> {
        let mut rules: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (path, counts) in &self.files {
            let mut last = None;
            for (key, known) in counts {
                let (findings, files) = rules.entry(&key.rule).or_default();
                *findings = findings.saturating_add(if path == SHARED { 1 } else { known.count });
                // Keys are sorted by rule.
                *files += usize::from(last.replace(&key.rule) != Some(&key.rule));
            }
        }
        rules
    }

    /// Removes the known findings of the file at `path` from `found`. Returns how many were removed. If a finding
    /// occurs more often than its count in the baseline, the last occurrences are kept.
    pub fn hide(&self, path: &str, source: &Source, found: &mut Vec<Diagnostic>) -> usize {
        let before = found.len();
        if let Some(shared) = self.files.get(SHARED) {
            let is_known =
                |it: &Diagnostic| shared.get(&key(source, it)).is_some_and(|known| it.sharing <= known.count);
            found.retain(|diagnostic| !diagnostic.is_shared || !is_known(diagnostic));
        }
        let Some(known) = self.files.get(path) else { return before - found.len() };
        let mut left: BTreeMap<&Key, usize> = known.iter().map(|(key, known)| (key, known.count)).collect();
        found.retain(|diagnostic| match left.get_mut(&key(source, diagnostic)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        before - found.len()
    }

    /// The number of known findings of the file at `path` that `found` does not contain. Rules that did not run are
    /// ignored.
    pub fn stale(&self, path: &str, source: &Source, found: &[Diagnostic], ran: impl Fn(&str) -> bool) -> usize {
        let Some(known) = self.files.get(path) else { return 0 };
        let found = counts(source, found);
        let missing =
            |(key, known): (&Key, &Known)| known.count.saturating_sub(found.get(key).map_or(0, |it| it.count));
        total(known.iter().filter(|(key, _)| ran(&key.rule)).map(missing))
    }

    /// Replaces the known findings of the file at `path` by `found`, except those of rules that did not run, or not on all
    /// they read, and those about shared values.
    pub fn record(&mut self, path: &str, source: &Source, found: &[Diagnostic], ran: impl Fn(&str) -> bool) {
        let mut all = self.files.remove(path).unwrap_or_default();
        all.retain(|key, _| !ran(&key.rule));
        for (key, found) in counts(source, found.iter().filter(|it| !it.is_shared)) {
            let known = all.entry(key).or_insert_with(|| found.clone());
            known.count = known.count.max(found.count);
        }
        if !all.is_empty() {
            self.files.insert(path.to_owned(), all);
        }
    }

    /// Adds the findings about shared values that are among `found`, or replaces them.
    pub fn record_shared<'f>(&mut self, found: impl Iterator<Item = (&'f Source, &'f Diagnostic)>) {
        let shared = shared(found);
        if !shared.is_empty() {
            self.files.entry(SHARED.to_owned()).or_default().extend(shared);
        }
    }

    /// Removes the known findings about shared values that are not among `found`, which are those of all posts, and lowers
    /// the counts of those that fewer posts share. Those of rules that are `kept` stay.
    pub fn prune_shared<'f>(
        &mut self,
        found: impl Iterator<Item = (&'f Source, &'f Diagnostic)>,
        kept: impl Fn(&str) -> bool,
    ) {
        self.keep(SHARED, &shared(found), kept);
    }

    /// Removes the known findings of the file at `path` that `found` does not contain, except those of rules that are `kept`.
    pub fn prune(&mut self, path: &str, source: &Source, found: &[Diagnostic], kept: impl Fn(&str) -> bool) {
        self.keep(path, &counts(source, found), kept);
    }

    /// Removes the known findings at `path` that are not among `found`, except those of rules that are `kept`.
    fn keep(&mut self, path: &str, found: &Counts, kept: impl Fn(&str) -> bool) {
        let Some(mut known) = self.files.remove(path) else { return };
        known.retain(|key, known| {
            if kept(&key.rule) {
                return true;
            }
            known.count = known.count.min(found.get(key).map_or(0, |it| it.count));
            known.count > 0
        });
        if !known.is_empty() {
            self.files.insert(path.to_owned(), known);
        }
    }

    /// Removes all files except those that are `wanted`.
    pub fn retain(&mut self, wanted: impl Fn(&str) -> bool) {
        self.files.retain(|path, _| path == SHARED || wanted(path));
    }

    /// Follows posts that moved to another folder or date: if exactly one missing file (`gone`) and one new file among
    /// those that exist (`here`) have the same name, the known findings of the former are assigned to the latter.
    /// Returns the number of such files.
    pub fn follow(&mut self, gone: &[String], here: &[String]) -> usize {
        let mut moves: BTreeMap<String, (Vec<&String>, Vec<&String>)> = BTreeMap::new();
        for path in gone {
            moves.entry(lasting_name(path)).or_default().0.push(path);
        }
        for path in here.iter().filter(|path| !self.files.contains_key(*path)) {
            if let Some((_, to)) = moves.get_mut(&lasting_name(path)) {
                to.push(path);
            }
        }
        let mut followed = 0;
        for (from, to) in moves.into_values() {
            if let ([from], [to]) = (&*from, &*to)
                && let Some(known) = self.files.remove(*from)
            {
                self.files.insert((*to).clone(), known);
                followed += 1;
            }
        }
        followed
    }

    /// The rules with known findings in the file at `path`.
    pub fn rules_in(&self, path: &str) -> impl Iterator<Item = &str> {
        self.files.get(path).into_iter().flat_map(|counts| counts.keys().map(|key| &*key.rule))
    }

    /// The number of known findings of the file at `path`.
    pub fn known_in(&self, path: &str) -> usize {
        self.files.get(path).map_or(0, |counts| findings(path, counts))
    }
}

/// The number of findings in the file at `path`. One about a shared value is one finding, however many posts share it.
fn findings(path: &str, counts: &Counts) -> usize {
    if path == SHARED { counts.len() } else { total(counts.values().map(|known| known.count)) }
}

impl fmt::Display for Baseline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEADER)?;
        if self.is_of_audit {
            writeln!(f, "{AUDIT}{AUDITED}")?;
        }
        for (path, counts) in &self.files {
            let path = escaped(path);
            for (Key { rule, content }, Known { count, excerpt }) in counts {
                writeln!(f, "{path}\t{rule}\t{content}\t{count}\t{excerpt}")?;
            }
        }
        Ok(())
    }
}

fn counts<'f>(source: &Source, found: impl IntoIterator<Item = &'f Diagnostic>) -> Counts {
    let mut counts = Counts::new();
    for diagnostic in found {
        let new = || Known { count: 0, excerpt: excerpt(source, diagnostic) };
        counts.entry(key(source, diagnostic)).or_insert_with(new).count += 1;
    }
    counts
}

/// The findings about shared values. Each is counted by the posts that share it; the same value in two sites by the larger
/// number.
fn shared<'f>(found: impl Iterator<Item = (&'f Source, &'f Diagnostic)>) -> Counts {
    let mut shared = Counts::new();
    for (source, diagnostic) in found.filter(|(_, it)| it.is_shared) {
        let new = || Known { count: 1, excerpt: excerpt(source, diagnostic) };
        let known = shared.entry(key(source, diagnostic)).or_insert_with(new);
        known.count = known.count.max(diagnostic.sharing);
    }
    shared
}

fn key(source: &Source, diagnostic: &Diagnostic) -> Key {
    Key { rule: diagnostic.rule.to_string(), content: fingerprint::content(source, diagnostic) }
}

fn excerpt(source: &Source, diagnostic: &Diagnostic) -> String {
    let mut excerpt = String::new();
    for word in fingerprint::shown(source, diagnostic) {
        if !excerpt.is_empty() {
            excerpt.push(' ');
        }
        excerpt.extend(word.chars().filter(|c| !c.is_control()));
        if let Some((end, _)) = excerpt.char_indices().nth(EXCERPT_CHARS) {
            excerpt.truncate(end);
            excerpt.push('…');
            break;
        }
    }
    excerpt
}

/// The name of a post without folder and date, which stays the same if the post is moved: `boat` for `_drafts/boat.md`
/// and `_posts/2024-05-01-boat.md`. For a file called `index`, it includes the name of the folder.
pub fn lasting_name(path: &str) -> String {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = dated_slug(stem).unwrap_or(stem);
    match stem {
        "index" | "_index" => format!("{}/{stem}", folders.rsplit('/').next().unwrap_or("")),
        _ => stem.to_owned(),
    }
}

/// A path in NFC, as it is written in a baseline: macOS decomposes file names (`한` into three characters).
pub fn composed(path: &str) -> String {
    path.nfc().collect()
}

/// Escapes a path for a column. A `#` at the start would turn the line into a comment.
fn escaped(path: &str) -> String {
    let path = path.replace('%', "%25").replace('\t', "%09").replace('\n', "%0A").replace('\r', "%0D");
    match path.strip_prefix('#') {
        Some(rest) => format!("%23{rest}"),
        None => path,
    }
}

fn unescaped(path: &str) -> String {
    let path = path.replace("%09", "\t").replace("%0A", "\n").replace("%0D", "\r");
    path.replace("%23", "#").replace("%25", "%")
}
