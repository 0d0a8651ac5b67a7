//! Finds the posts, and checks them on all cores.

use crate::cache::Cache;
use crate::cli::SUBCOMMANDS;
use crate::engine::Checked;
use crate::engine::audit_summary::Earlier;
use crate::engine::suppress::Ran;
use crate::files::{Disk, ReadError, absolute, collapsed};
use crate::output::visible::one_line;
use crate::output::{RunFailure, Screen, site};
use crate::place::dialect::Generator;
use crate::project::{Post, Surroundings};
use crate::run::error::RunError;
use crate::run::files::Files;
use crate::run::linted::Linted;
use crate::run::making::{WithoutBuilt, without_built};
use crate::run::narrowing::{self, Excluded};
use crate::run::progress::Progress;
use crate::run::read::{check_file, complete};
use crate::run::timing::Timings;
use crate::run::{across, audit, baseline, built_pages, config_warnings, fix, nothing, unmatched};
use crate::walk::{self, Found, Walk};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The result of linting.
#[derive(Default)]
pub struct Outcome {
    /// The posts and other files with their findings.
    pub linted: Vec<Linted>,
    /// The errors for files that could not be read or written.
    pub failed: Vec<RunError>,
    /// Number of posts that were read.
    pub posts: usize,
    /// The files passed by name that are not checked, each with the reason.
    pub left_out: Vec<String>,
    /// Why nothing was found, if no posts were.
    pub nothing: Vec<String>,
    /// The effects of the baselines.
    pub known: Vec<baseline::Effect>,
    /// What is probably wrong in config files that can be used.
    pub warnings: Vec<RunFailure>,
    /// Times of the rules; empty without `--timing`.
    pub timings: Timings,
    /// The fixes; empty without `--fix` or a similar option.
    pub fixing: fix::Fixing,
    /// The post on standard input, if it is to be fixed.
    pub stdin: Option<Vec<u8>>,
    /// The built folders that were read.
    pub built: Vec<PathBuf>,
    /// Number of built pages that were read.
    pub built_pages: usize,
    /// The heads of the built pages of posts.
    pub built_heads: audit::BuiltHeads,
    /// What was found and is not checked, in words.
    pub not_checked: Vec<String>,
    /// The earlier audit to compare with.
    pub earlier: Option<Earlier>,
}

/// Finds and checks the posts.
pub fn check_files(
    arguments: &Files<'_>,
    surroundings: &mut Surroundings,
    err: &mut Screen<'_>,
) -> Result<Outcome, RunError> {
    let root = arguments.working_directory;
    let FoundPosts { posts, others, walked: found } = find_posts(arguments, surroundings)?;
    // Lists of changes name many files that are not posts.
    let is_by_name = arguments.takes.is_none();
    let left_out = if is_by_name { narrowing::left_out(arguments, &posts, surroundings)? } else { Vec::new() };
    let mut nothing = Vec::new();
    if posts.is_empty() && is_by_name && !arguments.quiet && found.unreadable.is_empty() {
        nothing = nothing::why(arguments.paths, found.files.len() - found.named.len(), surroundings, root)?;
    }
    let warnings = introduce(&posts, surroundings, arguments, err)?;
    if arguments.warns && !arguments.quiet {
        unmatched::tell_unused_excludes(arguments, &found.files, err)?;
    }
    let unsearched = found.unreadable.into_iter().map(RunError::from);
    let mut outcome = Outcome { failed: unsearched.collect(), left_out, nothing, warnings, ..Outcome::default() };
    let read = check_each(posts, arguments, &mut outcome);
    if !arguments.quiet {
        config_warnings::tell_old_names(surroundings, &read, err)?;
    }
    let folders: Vec<PathBuf> = arguments.paths.iter().map(|path| collapsed(&absolute(&root.join(path)))).collect();
    let WithoutBuilt { posts: mut read, generated, left_out } =
        without_built(read, &others, (&folders, &found.named), root);
    if !arguments.quiet {
        announce_site(&read, err)?;
        left_out.iter().try_for_each(|it| writeln!(err, "skipped {it}"))?;
    }
    outcome.not_checked = left_out;
    let audits = arguments.audited.is_some();
    let Files { cache, goes_on, paths, .. } = *arguments;
    let asked = across::Asked { cache, audits, goes_on, paths, files: &found.files, root };
    let mut across = across::check(&mut read, surroundings, &asked)?;
    if !arguments.quiet {
        across.announce(err)?;
    }
    if audits {
        across.add_generated(generated);
    }
    let built = audit(arguments, &mut read, &mut across, surroundings, (&mut outcome, err))?;
    outcome.posts = read.len();
    outcome.linted = across.files(&read, &asked);
    outcome.linted.extend(built);
    outcome.linted.retain(|file| arguments.takes.is_none_or(|takes| takes(&file.post.path)));
    add_suppressed(read, root, &mut outcome);
    Ok(outcome)
}

/// Checks each post by itself, and returns those that could be read.
fn check_each(posts: Vec<Post>, arguments: &Files<'_>, outcome: &mut Outcome) -> Vec<(Post, Checked)> {
    let progress = Progress::new(posts.len(), "posts", arguments.quiet);
    let (timing, cache) = (arguments.timing, arguments.cache);
    let checked: Vec<_> = posts
        .par_iter()
        .map(|post| {
            let checked = check_one(post, timing, cache);
            progress.step();
            checked.map_err(|error| RunError::Unreadable { path: post.path.clone(), error })
        })
        .collect();
    progress.finish();
    let mut read = Vec::with_capacity(posts.len());
    for (post, checked) in posts.into_iter().zip(checked) {
        match checked {
            Ok((checked, timings)) => {
                read.push((post, checked));
                outcome.timings.add(&timings);
            }
            Err(error) => outcome.failed.push(error),
        }
    }
    read
}

/// Audits built pages, if the run does that: adds the findings in posts and in layouts, and returns the built files with others.
fn audit(
    arguments: &Files<'_>,
    read: &mut [(Post, Checked)],
    across: &mut across::Across,
    surroundings: &mut Surroundings,
    (outcome, err): (&mut Outcome, &mut Screen<'_>),
) -> Result<Vec<Linted>, RunError> {
    let Some(audited) = arguments.audited else { return Ok(Vec::new()) };
    let root = arguments.working_directory;
    let auditing = audit::Auditing { audited, read, root, quiet: arguments.quiet };
    let found = built_pages::audit(&across.sites, &auditing, surroundings, err)?;
    let indexes: FxHashMap<PathBuf, usize> =
        read.iter().enumerate().map(|(index, (post, _))| (post.path.clone(), index)).collect();
    for (path, diagnostic) in found.in_posts {
        if let Some((_, checked)) = indexes.get(&path).and_then(|&index| read.get_mut(index)) {
            checked.findings.push(diagnostic);
        }
    }
    for (path, line, diagnostic) in found.at_lines {
        across.add_at_line(path, line, diagnostic);
    }
    outcome.built = found.folders;
    outcome.built_pages = found.pages;
    outcome.built_heads = found.heads;
    outcome.not_checked.extend(found.not_checked);
    built_pages::reports(found.in_built, surroundings, root)
}

/// Applies the suppressions of posts, whose texts are read where they are needed and were not yet.
fn add_suppressed(read: Vec<(Post, Checked)>, root: &Path, outcome: &mut Outcome) {
    let heads = &outcome.built_heads;
    let suppress = |(post, checked): (Post, Checked)| {
        let unreadable = |error| RunError::Unreadable { path: post.path.clone(), error };
        let checked = complete(&post, checked).map_err(unreadable)?;
        let printed = walk::printed(&post.path, root);
        let ran = if heads.contains_key(&absolute(&post.path)) { Ran::Built } else { Ran::Across };
        Ok(Linted::suppressed(post, checked, printed, ran))
    };
    let suppressed: Vec<Result<Linted, RunError>> = read.into_par_iter().map(suppress).collect();
    for linted in suppressed {
        match linted {
            Ok(linted) => outcome.linted.push(linted),
            Err(error) => outcome.failed.push(error),
        }
    }
}

/// Says what is known before any post is read: what is wrong with the config of the site and with ours. Returns the warnings about
/// ours.
fn introduce(
    posts: &[Post],
    surroundings: &mut Surroundings,
    arguments: &Files<'_>,
    err: &mut Screen<'_>,
) -> io::Result<Vec<RunFailure>> {
    if !arguments.quiet {
        warn_of_broken_sites(posts, arguments, err)?;
    }
    if !arguments.warns {
        return Ok(Vec::new());
    }
    narrowing::warn_of_misplaced_configs(arguments.working_directory, err)?;
    config_warnings::tell(surroundings, posts, arguments, err)
}

/// The posts to check.
pub struct FoundPosts {
    /// The posts.
    pub posts: Vec<Post>,
    /// Other posts that were found, to which the run is not limited.
    others: Vec<Post>,
    /// The files that were found.
    pub walked: Found,
}

/// Finds the posts to check.
pub fn find_posts(arguments: &Files<'_>, surroundings: &mut Surroundings) -> Result<FoundPosts, RunError> {
    let Files { paths, working_directory: root, force_exclude, .. } = *arguments;
    let walked = walk::walk_existing(&Walk { paths, root, force_exclude, commands: &SUBCOMMANDS })?;
    let excluded = Excluded::of(arguments.exclude, root)?;
    let (mut posts, mut others) = (Vec::with_capacity(walked.files.len()), Vec::new());
    for path in &walked.files {
        let is_named = walked.named.contains(path) && !force_exclude;
        if !is_named && excluded.holds(path) {
            continue;
        }
        let post = surroundings.post(path, is_named);
        if arguments.takes.is_none_or(|takes| takes(path)) {
            posts.extend(post?);
        } else {
            // A mistake in a config that only applies to other posts is not one of this run.
            others.extend(post.ok().flatten());
        }
    }
    if let Some(built) = arguments.audited.and_then(|audited| audited.built.as_deref()) {
        leave_built(&mut posts, &collapsed(&absolute(&root.join(built))), root);
    }
    know_rules(surroundings)?;
    Ok(FoundPosts { posts, others, walked })
}

/// Leaves out what lies in the folder of the built pages, unless that is all there is.
fn leave_built(posts: &mut Vec<Post>, built: &Path, root: &Path) {
    let is_built = |post: &Post| collapsed(&absolute(&root.join(&post.path))).starts_with(built);
    if posts.iter().any(|post| !is_built(post)) {
        posts.retain(|post| !is_built(post));
    }
}

/// Checks one post, measuring each rule only if requested.
fn check_one(post: &Post, timing: bool, cache: Option<&Cache>) -> Result<(Checked, Timings), ReadError> {
    let mut timings = Timings::default();
    let checked = match cache.and_then(|cache| cache.unit(post)) {
        Some(unit) => unit.check(post, &Disk),
        None if timing => check_file(post, &mut timings),
        None => check_file(post, &mut ()),
    };
    Ok((checked?.without_idle_text(), timings))
}

/// Checks the names in `--select` and `--ignore` after the posts have been found, because the known rules depend on
/// where the posts are.
pub fn know_rules(surroundings: &mut Surroundings) -> Result<(), RunError> {
    match surroundings.unknown_rule()? {
        Some(unknown) => Err(RunError::UnknownRule { name: unknown.name, suggestion: unknown.suggestion }),
        None => Ok(()),
    }
}

/// Warns once about each site whose config does not parse, or whose folder of sources is not there. The mistake itself is left to
/// its generator.
fn warn_of_broken_sites(posts: &[Post], arguments: &Files<'_>, err: &mut Screen<'_>) -> io::Result<()> {
    let broken = posts.iter().filter_map(|post| {
        let site = post.site.as_deref()?;
        Some(site.config_folder.join(&*site.site.broken.as_ref()?.file))
    });
    let broken: BTreeSet<PathBuf> = broken.collect();
    let printed = |path: &Path| walk::printed(&arguments.real(path), &arguments.real(arguments.working_directory));
    broken.iter().try_for_each(|path| {
        writeln!(err, "warning: cannot parse `{}`: its settings are not known", one_line(&printed(path)))
    })?;
    let without_source = posts.iter().filter_map(|post| {
        let located = post.site.as_deref().filter(|located| located.site.source_is_missing)?;
        Some((located.config_folder.as_path(), located.site.source.as_deref()?, &*located.site.sign.file))
    });
    let without_source: BTreeSet<(&Path, &str, &str)> = without_source.collect();
    without_source.iter().try_for_each(|(folder, source, config)| {
        let folder = printed(folder);
        let inside = if folder == "." || folder.is_empty() { String::new() } else { format!("{folder}/") };
        let (inside, source, config) = (one_line(&inside), one_line(source), one_line(config));
        writeln!(err, "warning: `{inside}{source}`, the `source` of the site, is not there: URLs are not known")?;
        writeln!(err, "  help: build it first if a program does, or correct `source` in `{inside}{config}`")
    })
}

/// Prints once how the posts are parsed: `Jekyll site, 214 posts`. Prints nothing for posts without a site or from
/// several generators.
fn announce_site(posts: &[(Post, Checked)], err: &mut Screen<'_>) -> io::Result<()> {
    let Some((first, _)) = posts.first() else { return Ok(()) };
    let generator = first.place.generator;
    if generator == Generator::Plain || posts.iter().any(|(post, _)| post.place.generator != generator) {
        return Ok(());
    }
    writeln!(err, "{}", site::line(generator, posts.len()))
}
