//! Runs the rules across posts: reads the other posts of each site for their facts, and adds the findings to the posts
//! that were asked for.

use crate::across::{Member, Members, Origin, Reading, posts_of, read_members};
use crate::cache::{Cache, FoundAcross, Unit};
use crate::diagnostic::Diagnostic;
use crate::digest::{Digest, Hasher};
use crate::engine::across::in_file;
use crate::engine::audit::Quotes;
use crate::engine::post::Text;
use crate::engine::{Checked, FileReport, INTERNAL_ERROR, Known};
use crate::facts::{PageFacts, SiteFacts};
use crate::files::{self, Disk, Limit, absolute, collapsed};
use crate::output::Screen;
use crate::project::{LocatedSite, Post, SiteUrls, Surroundings};
use crate::run::audit::{SitePages, SourcePage};
use crate::run::error::RunError;
use crate::run::linted::Linted;
use crate::run::read::check_file;
use crate::run::thread_pool;
use crate::source::Source;
use crate::walk::{self, Walk};
use crate::words::counted;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The posts that were asked for, parsed and checked.
type Read = [(Post, Checked)];

/// What rules across posts found besides the findings that were added to posts.
#[derive(Default)]
pub struct Across {
    /// The findings at lines of config files and layouts.
    at_lines: AtLines,
    /// The posts of each site, if their built pages are audited.
    pub sites: Vec<SitePages>,
    /// Number of posts that were read only for their facts.
    others: usize,
    elapsed: Duration,
}

/// Time after which a run says what it reads for its rules across posts.
const ANNOUNCE_AFTER: Duration = Duration::from_secs(1);

impl Across {
    /// Adds a finding at a line (from 1) of a file that is not a post.
    pub fn add_at_line(&mut self, path: PathBuf, line: u32, diagnostic: Diagnostic) {
        self.at_lines.entry(path).or_default().push((line, diagnostic));
    }

    /// Adds posts that are not checked, because a program made them: built pages are traced to them.
    pub fn add_generated(&mut self, posts: Vec<(Post, Checked)>) {
        for (post, checked) in posts {
            let is_of = |site: &&mut SitePages| post.urls.as_ref().is_some_and(|urls| Arc::ptr_eq(urls, &site.urls));
            let Some(site) = self.sites.iter_mut().find(is_of) else { continue };
            let facts = checked.facts.or_else(|| check_file(&post, &mut ()).ok()?.facts);
            let page = facts.and_then(|facts| SourcePage::of(&facts, &post.path));
            site.pages.extend(page.map(|page| SourcePage { is_generated: true, ..page }));
        }
    }

    /// The config files and layouts with findings, sorted by path.
    pub fn files(&mut self, read: &Read, asked: &Asked<'_>) -> Vec<Linted> {
        let mut found_in = Vec::new();
        let Some((first, _)) = read.first() else { return found_in };
        let at_lines = std::mem::take(&mut self.at_lines);
        for (path, found) in at_lines.into_iter().filter(|(path, _)| asked.contains(path)) {
            let Ok(source) = files::read(&path, Limit::SETTINGS).map(Source::from_bytes) else { continue };
            let diagnostics = in_file(&source, found, first.rules.catalog());
            let report = FileReport { path: walk::printed(&path, asked.root), source, diagnostics };
            let post = Post::of_file(&path, first.rules.clone(), first.config_folder.clone(), first.baseline.clone());
            found_in.push(Linted::of_file(post, report));
        }
        found_in
    }

    /// Says how many other posts were read, if that took long.
    pub fn announce(&self, err: &mut Screen<'_>) -> io::Result<()> {
        if self.elapsed < ANNOUNCE_AFTER {
            return Ok(());
        }
        let (posts, seconds) = (counted(self.others, "other post"), self.elapsed.as_secs_f64());
        writeln!(err, "rules across posts took {seconds:.1} s and read {posts} of the site (--ignore site skips them)")
    }
}

/// The paths from the command line.
pub struct Asked<'a> {
    /// What is known from earlier runs.
    pub cache: Option<&'a Cache>,
    /// Whether built pages are audited.
    pub audits: bool,
    /// Whether the process goes on after the run.
    pub goes_on: bool,
    /// Files and folders; if empty, the working directory.
    pub paths: &'a [PathBuf],
    /// All files that were found there, sorted by absolute path.
    pub files: &'a [PathBuf],
    /// The working directory.
    pub root: &'a Path,
}

impl Asked<'_> {
    /// Whether a file or a folder is in one of the folders.
    fn contains(&self, file: &Path) -> bool {
        let is_above = |path: &Path| path.is_dir() && file.starts_with(collapsed(&absolute(path)));
        if self.paths.is_empty() { is_above(self.root) } else { self.paths.iter().any(|path| is_above(path)) }
    }

    /// All files that were found, with their absolute paths.
    fn walked(&self) -> Vec<(PathBuf, &Path)> {
        // Making each path absolute takes three times as long.
        let root = absolute(self.root);
        self.files.iter().map(|path| (root.join(path), path.as_path())).collect()
    }
}

/// The files inside of a folder, which follow each other. There may be many folders.
fn inside<'w, 'a>(walked: &'w [(PathBuf, &'a Path)], folder: &Path) -> &'w [(PathBuf, &'a Path)] {
    let start = walked.partition_point(|(path, _)| path.as_path() < folder);
    let rest = walked.get(start..).unwrap_or_default();
    let end = rest.partition_point(|(path, _)| path.starts_with(folder));
    rest.get(..end).unwrap_or_default()
}

/// Findings at lines of files that are not posts, by their absolute paths.
type AtLines = BTreeMap<PathBuf, Vec<(u32, Diagnostic)>>;

/// Runs the rules across posts on the sites of the posts in `read`, and adds their findings.
pub fn check(read: &mut Read, surroundings: &mut Surroundings, asked: &Asked<'_>) -> Result<Across, RunError> {
    let start = Instant::now();
    let mut across = Across::default();
    let sites = sites(read);
    let walked = if sites.is_empty() { Vec::new() } else { asked.walked() };
    for (urls, indexes) in sites {
        let located = urls.site();
        let own = indexes.iter().filter_map(|&index| read.get(index));
        let files = surroundings.folders(&located.root, Some(located));
        let unit = asked.cache.zip(first_of(read, &indexes)).and_then(|(cache, (post, _))| cache.unit(post));
        // Rules need the list of all files, and the posts what is known of them, once it is clear which posts there are.
        let ahead = || {
            unit.as_ref().inspect(|unit| unit.load());
            files.all();
        };
        let (others, ()) = rayon::join(|| others(located, own, (asked, &walked), surroundings), ahead);
        let site = Site { urls: &urls, indexes: &indexes, others: others?, unit: unit.as_deref() };
        let key = site.key(read);
        // An audit needs the facts themselves.
        let known = if asked.audits { None } else { key.and_then(|key| site.known(key, read)) };
        let found = match known {
            Some(found) => found,
            None => {
                let members = site.members(read, asked.cache);
                across.others += members.len().saturating_sub(indexes.len());
                let mut members = Members::new(&urls, files, members);
                if asked.audits
                    && let Some((post, _)) = first_of(read, &indexes)
                {
                    let rules = post.rules.clone();
                    let (pages, quotes) = members.with_site(source_pages);
                    across.sites.push(SitePages { urls: urls.clone(), rules, pages, quotes });
                }
                // What was not in the cache is there now.
                let found = site.find(&mut members, key.or_else(|| site.key(read)), read, asked.root);
                site.add_outlined(members.take_outlined(), read);
                thread_pool::discard(members, asked.goes_on);
                found
            }
        };
        site.add(found, read, &mut across.at_lines);
    }
    across.elapsed = start.elapsed();
    Ok(across)
}

/// The first of the posts with these indexes.
fn first_of<'r>(read: &'r Read, indexes: &[usize]) -> Option<&'r (Post, Checked)> {
    read.get(*indexes.first()?)
}

/// The posts of a site that become pages, and their links.
fn source_pages(site: &SiteFacts<'_>, origins: &[Origin]) -> (Vec<SourcePage>, Quotes) {
    let (mut pages, mut quotes) = (Vec::new(), Quotes::default());
    for (facts, origin) in site.pages.iter().zip(origins) {
        if let Some(page) = SourcePage::of(facts, &origin.path) {
            quotes.add(pages.len(), facts);
            pages.push(page);
        }
    }
    (pages, quotes)
}

/// The URLs of the sites of the posts with facts, with the indexes of their posts.
fn sites(read: &Read) -> Vec<(Arc<SiteUrls>, Vec<usize>)> {
    let mut sites: Vec<(Arc<SiteUrls>, Vec<usize>)> = Vec::new();
    for (index, (post, _)) in read.iter().enumerate().filter(|(_, (_, checked))| has_facts(checked)) {
        let Some(urls) = &post.urls else { continue };
        // The posts of a site usually follow each other.
        match sites.iter_mut().rev().find(|(known, _)| Arc::ptr_eq(known, urls)) {
            Some((_, indexes)) => indexes.push(index),
            None => sites.push((urls.clone(), vec![index])),
        }
    }
    sites
}

/// Whether rules across posts know something of a post.
fn has_facts(checked: &Checked) -> bool {
    checked.facts.is_some() || checked.kept.is_some()
}

/// The posts of the site that were not asked for.
fn others<'r>(
    located: &LocatedSite,
    read: impl Iterator<Item = &'r (Post, Checked)>,
    (asked, walked): (&Asked<'_>, &[(PathBuf, &Path)]),
    surroundings: &mut Surroundings,
) -> Result<Vec<Post>, RunError> {
    let known: FxHashSet<&OsStr> = read.map(|(post, _)| post.path.as_os_str()).collect();
    let files: Vec<PathBuf> = if asked.contains(&located.root) {
        let is_new = |(_, path): &&(PathBuf, &Path)| !known.contains(path.as_os_str());
        inside(walked, &located.root).iter().filter(is_new).map(|(path, _)| path.clone()).collect()
    } else {
        let paths = [located.root.clone()];
        let found = walk::walk(&Walk { paths: &paths, root: &located.root, force_exclude: false, commands: &[] })?;
        let known: FxHashSet<PathBuf> = known.iter().map(|path| absolute(Path::new(path))).collect();
        found.files.into_iter().filter(|path| !known.contains(path)).collect()
    };
    Ok(posts_of(located, files.iter(), surroundings))
}

/// The posts of a site.
struct Site<'s> {
    urls: &'s SiteUrls,
    /// The indexes of those that were asked for.
    indexes: &'s [usize],
    others: Vec<Post>,
    unit: Option<&'s Unit>,
}

impl Site<'_> {
    /// The digest of all that rules know of the posts. `None` if some of it is not in the cache, or few posts were asked for:
    /// one of them has probably changed.
    fn key(&self, read: &Read) -> Option<Digest> {
        let unit = self.unit.filter(|_| self.indexes.len() >= self.others.len())?;
        let mut hasher = Hasher::default();
        let mut add = |post: &Post, kept: Digest| {
            hasher.add(post.path.as_os_str().as_encoded_bytes()).add(post.place.path.as_bytes());
            hasher.add_digest(post.digest).add_digest(kept);
        };
        for &index in self.indexes {
            let (post, checked) = read.get(index)?;
            add(post, checked.kept?);
        }
        for post in &self.others {
            add(post, unit.kept(post, &Disk)?);
        }
        hasher.add(&self.indexes.len().to_le_bytes());
        Some(hasher.add_digest(Digest::of_debug(&self.urls.rewritten())).digest())
    }

    /// What the rules found when nothing was different.
    fn known(&self, key: Digest, read: &Read) -> Option<FoundAcross> {
        let (post, _) = first_of(read, self.indexes)?;
        self.unit?.across(key, post)
    }

    /// All posts with their facts, which are taken out of those that were asked for.
    fn members(&self, read: &mut Read, cache: Option<&Cache>) -> Vec<Member> {
        let mut take = |index: &usize| (*index, read.get_mut(*index).and_then(|(_, checked)| checked.facts.take()));
        let own: Vec<(usize, Option<Box<PageFacts>>)> = self.indexes.iter().map(&mut take).collect();
        let read: &Read = read;
        let member = |(index, facts): (usize, Option<Box<PageFacts>>)| {
            let (post, checked) = read.get(index)?;
            let suppressions = checked.suppressions.clone();
            let origin = Origin { path: post.path.clone(), rules: post.rules.clone(), suppressions };
            Some(Member { facts: facts.or_else(|| self.kept_facts(post, checked))?, origin })
        };
        let mut members = read_members(&self.others, &Disk, cache, || {});
        members.par_extend(own.into_par_iter().filter_map(member));
        members
    }

    /// The facts of a post that was not read.
    fn kept_facts(&self, post: &Post, checked: &Checked) -> Option<Box<PageFacts>> {
        let Text::Unread(content) = checked.text else { return None };
        let made_again = || Known::of(post.setup(), &files::read_post(&Disk, &post.path)?)?.facts;
        self.unit.and_then(|unit| unit.facts(post, content)).or_else(made_again)
    }

    /// Runs the rules, and keeps what they found in the cache if there is a key for it.
    fn find(&self, members: &mut Members, key: Option<Digest>, read: &Read, root: &Path) -> FoundAcross {
        let posts: FxHashMap<&OsStr, usize> =
            self.indexes.iter().filter_map(|&index| Some((read.get(index)?.0.path.as_os_str(), index))).collect();
        let asked: Vec<Option<usize>> =
            members.origins().iter().map(|origin| posts.get(origin.path.as_os_str()).copied()).collect();
        let index_of = |page: usize| asked.get(page).copied().flatten();
        let found = members.find(
            |page| index_of(page).is_some(),
            &Reading {
                known: &|page| read.get(index_of(page)?)?.1.text.read(),
                read: &|path| files::read_post(&Disk, path),
                root,
                takes_notes: key.is_some(),
            },
        );
        let in_posts = found.in_posts.into_iter().filter_map(|(page, it)| Some((members.path(page)?.to_owned(), it)));
        let found = FoundAcross { in_posts: in_posts.collect(), in_files: found.in_files, notes: found.notes };
        let has_failed = found.in_posts.iter().any(|(_, diagnostic)| &*diagnostic.rule == INTERNAL_ERROR);
        if let (Some(unit), Some(key), false) = (self.unit, key, has_failed) {
            unit.put_across(key, found.clone());
        }
        found
    }

    /// The indexes of the posts that were asked for, by their paths inside the site.
    fn places(&self, read: &Read) -> FxHashMap<String, usize> {
        let place = |&index: &usize| Some((read.get(index)?.0.place.path.clone(), index));
        self.indexes.iter().filter_map(place).collect()
    }

    /// Gives the facts that an audit shows back to the posts.
    fn add_outlined(&self, outlined: Vec<PageFacts>, read: &mut Read) {
        let indexes = self.places(read);
        for facts in outlined {
            if let Some((_, checked)) = indexes.get(&facts.path).and_then(|&index| read.get_mut(index)) {
                checked.facts = Some(Box::new(facts));
            }
        }
    }

    /// Adds the findings to those of the posts.
    fn add(&self, found: FoundAcross, read: &mut Read, at_lines: &mut AtLines) {
        let indexes = self.places(read);
        for (path, line, diagnostic) in found.in_files {
            at_lines.entry(path).or_default().push((line, diagnostic));
        }
        for (path, diagnostic) in found.in_posts {
            if let Some((post, checked)) = indexes.get(&path).and_then(|&index| read.get_mut(index))
                && !post.rules.yields(&diagnostic, &checked.findings)
            {
                checked.findings.push(diagnostic);
            }
        }
    }
}
