//! Runs the rules across posts: reads the other posts of each site for their facts, and adds the findings to the posts
//! that were asked for.

use crate::diagnostic::{Diagnostic, Elsewhere};
use crate::engine::across::{Part, in_file, tasks};
use crate::engine::built::Making;
use crate::engine::suppress::Suppressions;
use crate::engine::{Checked, FileReport, facts_of};
use crate::facts::rewritten::Rewritten;
use crate::facts::{PageFacts, SiteFacts};
use crate::files::{self, Limit, absolute, collapsed};
use crate::output::Screen;
use crate::place::files::Folders;
use crate::project::{LocatedSite, Post, SiteUrls, Surroundings};
use crate::rule::across::Found;
use crate::ruleset::Ruleset;
use crate::run::error::RunError;
use crate::run::linted::Linted;
use crate::run::threads;
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
    /// The config files and layouts with findings, sorted by path.
    pub files: Vec<Linted>,
    /// Number of posts that were read only for their facts.
    others: usize,
    elapsed: Duration,
}

/// Time after which a run says what it reads for its rules across posts.
const ANNOUNCE_AFTER: Duration = Duration::from_secs(1);

impl Across {
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

/// A post of a site with its facts.
struct Member {
    path: PathBuf,
    rules: Arc<Ruleset>,
    facts: Box<PageFacts>,
    /// Its suppressions, or its index among the posts that were asked for.
    asked: Result<usize, Suppressions>,
}

/// Runs the rules across posts on the sites of the posts in `read`, and adds their findings.
pub fn check(read: &mut Read, surroundings: &mut Surroundings, asked: &Asked<'_>) -> Result<Across, RunError> {
    let (start, mut at_lines) = (Instant::now(), AtLines::default());
    let mut across = Across::default();
    let sites = sites(read);
    let walked = if sites.is_empty() { Vec::new() } else { asked.walked() };
    for (urls, indexes) in sites {
        let located = urls.site();
        let own = indexes.iter().filter_map(|&index| read.get(index));
        let mut members = others(located, own, (asked, &walked), surroundings)?;
        across.others += members.len();
        for index in indexes {
            let Some((post, checked)) = read.get_mut(index) else { continue };
            let Some(facts) = checked.facts.take() else { continue };
            members.push(Member { path: post.path.clone(), rules: post.rules.clone(), facts, asked: Ok(index) });
        }
        members.sort_by(|a, b| a.facts.path.cmp(&b.facts.path));
        let files = surroundings.folders(&located.root, Some(located));
        let around = Around { located, files, rewritten: urls.rewritten(), root: asked.root };
        check_one(around, members, read, &mut at_lines);
    }
    let rules = read.first().map(|(post, _)| (post.rules.clone(), post.config_folder.clone(), post.baseline.clone()));
    for (path, found) in at_lines.into_iter().filter(|(path, _)| asked.contains(path)) {
        let Ok(source) = files::read(&path, Limit::SETTINGS).map(Source::from_bytes) else { continue };
        let Some((rules, config_folder, baseline)) = rules.clone() else { continue };
        let diagnostics = in_file(&source, found, rules.catalog());
        let report = FileReport { path: walk::printed(&path, asked.root), source, diagnostics };
        let post = Post::of_file(&path, rules, config_folder, baseline);
        across.files.push(Linted { post, report, making: Making::default() });
    }
    across.elapsed = start.elapsed();
    Ok(across)
}

/// The URLs of the sites of the posts with facts, with the indexes of their posts.
fn sites(read: &Read) -> Vec<(Arc<SiteUrls>, Vec<usize>)> {
    let mut sites: Vec<(Arc<SiteUrls>, Vec<usize>)> = Vec::new();
    for (index, (post, _)) in read.iter().enumerate().filter(|(_, (_, checked))| checked.facts.is_some()) {
        let Some(urls) = &post.urls else { continue };
        // The posts of a site usually follow each other.
        match sites.iter_mut().rev().find(|(known, _)| Arc::ptr_eq(known, urls)) {
            Some((_, indexes)) => indexes.push(index),
            None => sites.push((urls.clone(), vec![index])),
        }
    }
    sites
}

/// The posts of the site that were not asked for. Those that the config of postlint ignores are pages all the same.
fn others<'r>(
    located: &LocatedSite,
    read: impl Iterator<Item = &'r (Post, Checked)>,
    (asked, walked): (&Asked<'_>, &[(PathBuf, &Path)]),
    surroundings: &mut Surroundings,
) -> Result<Vec<Member>, RunError> {
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
    let mut posts = Vec::new();
    for path in &files {
        // A mistake in a config that only applies to other posts is not one of this run.
        let Ok(Some(post)) = surroundings.post(path, true) else { continue };
        let is_here = post.site.as_ref().is_some_and(|site| site.root == located.root);
        posts.extend(is_here.then_some(post));
    }
    let member = |post: Post| {
        // What cannot be read has no facts; it is reported if it is asked for.
        let source = Source::from_bytes(files::read(&post.path, Limit::POST).ok()?);
        let (facts, suppressions) = facts_of(post.setup(), &source)?;
        Some(Member { rules: post.rules.clone(), path: post.path, facts, asked: Err(suppressions) })
    };
    Ok(posts.into_par_iter().filter_map(member).collect())
}

/// What the rules across posts of a site need from the disk.
struct Around<'a> {
    located: &'a LocatedSite,
    files: Arc<dyn Folders>,
    rewritten: Rewritten,
    root: &'a Path,
}

fn check_one(around: Around<'_>, members: Vec<Member>, read: &mut Read, at_lines: &mut AtLines) {
    let split = |Member { path, rules, facts, asked }| (*facts, (path, rules, asked));
    let (pages, origins): (Vec<PageFacts>, Vec<Origin>) = members.into_par_iter().map(split).unzip();
    let site = SiteFacts::new(&around.located.site, pages, around.files, around.rewritten);
    let parts = parts(&origins, read);
    let found: Vec<Vec<Found>> = tasks(&parts).par_iter().with_max_len(1).map(|task| task.run(&site)).collect();
    let (pages, origins) = (&site.pages, &origins);
    let mut placing = Placing { pages, origins, read, root: around.root, sources: FxHashMap::default() };
    let mut in_posts = Vec::new();
    for found in found.into_iter().flatten() {
        match found {
            Found::InPost(page, mut diagnostic) => {
                diagnostic.elsewhere.retain_mut(|place| placing.place(place).is_some());
                if let Some((_, _, Ok(index))) = origins.get(page) {
                    in_posts.push((*index, diagnostic));
                }
            }
            Found::InFile(at, diagnostic) => {
                let path = around.located.config_folder.join(&*at.file);
                at_lines.entry(path).or_default().push((at.line, diagnostic));
            }
        }
    }
    for (index, diagnostic) in in_posts {
        if let Some((post, checked)) = read.get_mut(index)
            && !post.rules.yields(&diagnostic, &checked.findings)
        {
            checked.findings.push(diagnostic);
        }
    }
    threads::drop_later(site.pages);
}

/// A post's path, its rules, and its suppressions or its index among the posts that were asked for.
type Origin = (PathBuf, Arc<Ruleset>, Result<usize, Suppressions>);

fn parts<'p>(origins: &'p [Origin], read: &'p Read) -> Vec<Part<'p>> {
    let of = |(_, rules, asked): &'p Origin| {
        let suppressions = match asked {
            Ok(index) => &read.get(*index)?.1.suppressions,
            Err(suppressions) => suppressions,
        };
        Some(Part { rules, suppressions, is_asked: asked.is_ok() })
    };
    origins.iter().filter_map(of).collect()
}

/// Turns places inside of a site into printed paths with lines and columns.
struct Placing<'p> {
    /// Sorted by path.
    pages: &'p [PageFacts],
    origins: &'p [Origin],
    read: &'p Read,
    root: &'p Path,
    /// The texts of posts that were read only for their facts, by the index of the post.
    sources: FxHashMap<usize, Option<Source>>,
}

impl Placing<'_> {
    /// Completes a place. `None` if its file is gone.
    fn place(&mut self, place: &mut Elsewhere) -> Option<()> {
        let page = self.pages.binary_search_by(|page| page.path.cmp(&place.path)).ok()?;
        let (path, _, asked) = self.origins.get(page)?;
        let source = match asked {
            Ok(index) => &self.read.get(*index)?.1.source,
            Err(_) => {
                let read = || files::read(path, Limit::POST).ok().map(Source::from_bytes);
                self.sources.entry(page).or_insert_with(read).as_ref()?
            }
        };
        place.locate(source);
        place.path = walk::printed(path, self.root);
        Some(())
    }
}
