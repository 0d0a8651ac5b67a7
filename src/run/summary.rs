//! What `postlint audit` computes of a run besides its findings.

use crate::cli;
use crate::engine::RuleInfo;
use crate::engine::audit_summary::{AuditedFile, AuditedPost, Scope as Read, SiteScope, Summary, rulesets};
use crate::files;
use crate::output::About;
use crate::place::dialect::Generator;
use crate::project::layers::LayerFile;
use crate::project::{Project, Surroundings};
use crate::run::audit::BuiltHeads;
use crate::run::changes::git::Git;
use crate::run::lint::Outcome;
use crate::run::linted::Linted;
use crate::run::scope::Scope;
use crate::site::urls::Publication;
use crate::walk;
use crate::words::{counted, thousands};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The numbers of a run, whose reports have the paths that are printed. `configs` are its config files, as printed.
pub fn of(
    scope: &Scope,
    outcome: &Outcome,
    about: &About,
    (rules, configs): (&BTreeMap<String, RuleInfo>, Vec<String>),
) -> Summary {
    let has_built = !outcome.built.is_empty();
    let numbers = site_numbers(&outcome.linted);
    let files: Vec<AuditedFile<'_>> =
        outcome.linted.iter().map(|linted| audited(linted, &numbers, &outcome.built_heads)).collect();
    let ran: BTreeSet<&str> = rulesets(&files).flat_map(|rules| rules.names_with_built(has_built)).collect();
    let arguments = &scope.arguments;
    let printed = |path: &PathBuf| {
        walk::printed(&files::absolute(&scope.real(path)), &scope.real(&scope.invocation.working_directory))
    };
    let built: Vec<String> = outcome.built.iter().map(printed).collect();
    let read = Read {
        name: name(scope, &outcome.linted),
        version: env!("CARGO_PKG_VERSION"),
        date: TimeZone::UTC.to_datetime(Timestamp::now()).date().to_string(),
        commit: commit(),
        configs,
        sites: about
            .sites
            .iter()
            .map(|site| SiteScope {
                path: site.path.clone(),
                title: site.title.clone(),
                url: site.url.clone(),
                generator: display_name(site.generator),
                posts: site.posts,
            })
            .collect(),
        posts: outcome.posts,
        rules: ran.len(),
        not_checked: not_checked(!built.is_empty(), &outcome.not_checked, in_time_zones(&files)),
        built: (!built.is_empty()).then(|| built.join(", ")),
        limited_to: limited_to(arguments),
        failed: outcome.failed.len(),
        built_pages: outcome.built_pages,
        built_option: built_option(arguments),
        tail: tail(arguments),
    };
    Summary::of(&files, rules, read)
}

/// The config files of a run, as printed.
pub fn configs(scope: &Scope, surroundings: &Surroundings) -> Vec<String> {
    let file = |project: &Project| match &project.own_layer()?.file {
        LayerFile::Path(path) => {
            Some(walk::printed(&scope.real(path), &scope.real(&scope.invocation.working_directory)))
        }
        _ => None,
    };
    let files: BTreeSet<String> = surroundings.projects().filter_map(file).collect();
    files.into_iter().collect()
}

/// A file as the summary sees it, with the number of its site.
fn audited<'l>(linted: &'l Linted, numbers: &BTreeMap<&Path, usize>, heads: &'l BuiltHeads) -> AuditedFile<'l> {
    let site = linted.post.site.as_deref().and_then(|site| numbers.get(site.config_folder.as_path()));
    // What changes cause in unchanged posts does not make these posts of the run.
    let is_post = linted.post.is_post() && linted.post.rules.outlines();
    let post = is_post.then(|| AuditedPost {
        site: site.copied().unwrap_or(numbers.len()),
        generator: linted.post.place.generator,
        base: &linted.post.place.base_path,
        rules: &linted.post.rules,
        facts: linted.facts.as_deref(),
        settled: &linted.settled,
        built: heads.get(&files::absolute(&linted.post.path)),
    });
    AuditedFile { report: &linted.report, post }
}

fn site_numbers(linted: &[Linted]) -> BTreeMap<&Path, usize> {
    let folders: BTreeSet<&Path> =
        linted.iter().filter_map(|linted| Some(linted.post.site.as_ref()?.config_folder.as_path())).collect();
    folders.into_iter().enumerate().map(|(number, folder)| (folder, number)).collect()
}

/// The name of the site, if all posts are of one that has a name; else that of the folder.
fn name(scope: &Scope, linted: &[Linted]) -> String {
    let titles: BTreeSet<Option<&str>> =
        linted.iter().filter(|it| it.post.is_post()).map(|it| it.post.place.site_title.as_deref()).collect();
    let folder =
        || scope.real(&scope.invocation.working_directory).file_name().map(|it| it.to_string_lossy().into_owned());
    match titles.into_iter().collect::<Vec<_>>().as_slice() {
        [Some(title)] if !title.trim().is_empty() => (*title).to_owned(),
        _ => folder().unwrap_or_else(|| "posts".to_owned()),
    }
}

/// The commit of the working directory, if there is one.
fn commit() -> Option<String> {
    Git::default().word(&["rev-parse", "--short=12", "HEAD"]).ok().flatten().filter(|commit| !commit.is_empty())
}

fn display_name(generator: &str) -> String {
    let known = Generator::ALL.into_iter().find(|it| it.as_str() == generator);
    known.map_or_else(|| generator.to_owned(), |generator| generator.display_name().to_owned())
}

/// What limits a run, in words.
fn limited_to(arguments: &cli::Check) -> Option<String> {
    let changes = &arguments.changes;
    let mut limits = Vec::new();
    limits.extend(changes.since.as_ref().map(|since| format!("posts changed since {since}")));
    limits.extend(changes.staged.then(|| "staged posts".to_owned()));
    limits.extend(changes.files_from.as_ref().map(|_| "a list of files".to_owned()));
    limits.extend(changes.changed_lines.then(|| "changed lines".to_owned()));
    limits.extend((!arguments.select.is_empty()).then(|| format!("the rules {}", arguments.select.join(", "))));
    if !arguments.ignore.is_empty() {
        limits.push(format!("all rules but {}", arguments.ignore.join(", ")));
    }
    match &*arguments.paths {
        [] => {}
        [path] => limits.push(path.to_string_lossy().into_owned()),
        paths => limits.push(counted(paths.len(), "path")),
    }
    (!limits.is_empty()).then(|| limits.join("; "))
}

/// What was not checked: what was found first, then what no audit checks.
fn not_checked(has_built: bool, found: &[String], in_time_zones: usize) -> Vec<String> {
    let built = "the built pages, so what the theme adds";
    let always = [
        "links to other sites, which would need the network",
        "what is in picture files",
        "ranking, and how good the texts are",
    ];
    let built = (!has_built).then_some(built);
    let zones = (in_time_zones > 0).then(|| {
        let urls = if in_time_zones == 1 {
            "the URL of 1 post, which depends".to_owned()
        } else {
            format!("the URLs of {} posts, which depend", thousands(in_time_zones))
        };
        format!("{urls} on the time zone of the build: set one in the config")
    });
    let others = built.into_iter().chain(always).map(str::to_owned);
    found.iter().cloned().chain(zones).chain(others).collect()
}

/// Number of posts whose URLs depend on the time zone.
fn in_time_zones(files: &[AuditedFile<'_>]) -> usize {
    let facts = files.iter().filter_map(|file| file.post?.facts);
    facts.filter(|facts| matches!(facts.publication, Publication::OneOf(_))).count()
}

/// What follows the options of a command that looks at the same posts.
fn tail(arguments: &cli::Check) -> String {
    let mut tail = String::new();
    let mut add = |word: &str| {
        tail.push(' ');
        tail.push_str(&quoted(word));
    };
    for (option, value) in [
        ("--config", arguments.config.as_ref().map(|path| path.to_string_lossy().into_owned())),
        ("--site", arguments.site.map(|site| site.as_str().to_owned())),
    ] {
        if let Some(value) = value {
            add(option);
            add(&value);
        }
    }
    arguments.paths.iter().for_each(|path| add(&path.to_string_lossy()));
    tail
}

/// The option that names the built pages, if the command line does.
fn built_option(arguments: &cli::Check) -> String {
    let folder = arguments.audited.as_ref().and_then(|audited| audited.built.as_ref());
    folder.map_or_else(String::new, |folder| format!(" --built {}", quoted(&folder.to_string_lossy())))
}

/// A word for a shell.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_./-=@:,+".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}
