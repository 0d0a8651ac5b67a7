//! `postlint init`: reads the posts of a site and writes a config file derived from them.

mod now;
mod take_over;

use crate::cli::Init;
use crate::config::FILE_NAMES;
use crate::document::Document;
use crate::engine::failure::caught;
use crate::engine::survey::{Learned, PostSurvey, Rules, SiteSurvey, learn};
use crate::files::{self, Disk, Limit, Writer};
use crate::output::Screen;
use crate::output::visible::one_line;
use crate::project::{LocatedSite, Surroundings};
use crate::ruleset::Selection;
use crate::run::baseline;
use crate::run::check::{Posts, lint_all};
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::files::Files;
use crate::run::invocation::Invocation;
use crate::run::lint::{Outcome, check_files};
use crate::run::linted::{Linted, keep_one_of_each_template};
use crate::run::narrowing;
use crate::run::report::tell_failed;
use crate::walk;
use crate::words::counted;
use now::Now;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use take_over::take_over;

/// The possible names of a site's config, and its keys for the URL and the language.
const CONFIGS: [(&[&str], &str, &[&str]); 3] = [
    (&["_config.yml", "_config.yaml"], "url", &["lang", "locale", "language"]),
    (
        &[
            "hugo.toml",
            "hugo.yaml",
            "hugo.yml",
            "config.toml",
            "config/_default/hugo.toml",
            "config/_default/hugo.yaml",
            "config/_default/config.toml",
        ],
        "baseURL",
        &["locale", "languageCode", "defaultContentLanguage"],
    ),
    (&["astro.config.mjs", "astro.config.ts", "astro.config.js", "astro.config.mts"], "site", &[]),
];

/// Maximum width of the column of commands; longer ones are not aligned.
const MAX_COMMAND: usize = 40;

/// Runs the command.
pub fn init(
    arguments: &Init,
    invocation: &Invocation,
    out: &mut Screen<'_>,
    err: &mut Screen<'_>,
) -> Result<Exit, RunError> {
    let folder = arguments.folder.clone().unwrap_or_else(|| PathBuf::from("."));
    let existing = FILE_NAMES.iter().map(|name| folder.join(name)).find(|path| files::is_there(path));
    if let Some(path) = &existing
        && !arguments.force
    {
        return Err(RunError::ConfigExists(tidy(path)));
    }
    let taken = arguments.from.map(|tool| take_over(tool, &folder)).transpose()?.unwrap_or_default();
    let absolute = files::absolute(&folder);
    let located = surroundings(&absolute, Vec::new())?.site(&absolute)?;
    let exclude: Vec<String> = taken.ignore.iter().map(|(line, _)| line.clone()).collect();
    let linted = without_config(&absolute, &exclude, Vec::new(), invocation, err)?;
    // What another tool's config says is worth a file without posts too.
    if linted.is_empty() && arguments.from.is_none() {
        return without_posts(&folder, invocation, err);
    }
    let surveys = surveys(&linted, &absolute);
    let mut rules = Rules::of(&surveys, taken.off.iter().map(|(rule, _)| *rule));
    while rules.may_grow() {
        let linted = without_config(&absolute, &exclude, rules.off(), invocation, err)?;
        if !rules.turn_off_grown(&self::surveys(&linted, &absolute)) {
            break;
        }
    }
    let learned = learn(&site_surveys(located.as_deref(), &linted, &absolute)?, &surveys, &rules, &taken);
    let target = existing.unwrap_or_else(|| folder.join(FILE_NAMES[0]));
    let write = if arguments.force { Writer::replace } else { Writer::create };
    write(&Writer::default(), &target, learned.config.as_bytes())
        .map_err(|error| RunError::Unwritable { path: tidy(&target), error })?;
    let wrote = tidy(&target).display().to_string();
    writeln!(out, "read {}, wrote {}\n", counted(surveys.len(), "post"), one_line(&wrote))?;
    for (subject, said) in &learned.summary {
        writeln!(out, "  {subject:9}  {}", one_line(said))?;
    }
    let mut outcome = lint(&[folder], !arguments.baseline, invocation, err)?;
    let exit = if arguments.baseline { write_baseline(&outcome, invocation, err)? } else { Exit::Clean };
    // A baseline has what a template causes in each of its pages, a run only the first.
    keep_one_of_each_template(&mut outcome.linted);
    let now = Now::of(&outcome);
    now.lines().iter().try_for_each(|(subject, said)| writeln!(out, "  {subject:9}  {}", one_line(said)))?;
    writeln!(out, "\nnext:")?;
    let next = next(arguments.baseline, &learned, &now);
    let width = next.iter().map(|(command, _)| command.len()).filter(|width| *width <= MAX_COMMAND).max().unwrap_or(0);
    next.iter().try_for_each(|(command, what)| writeln!(out, "  {command:width$}  {what}"))?;
    Ok(exit)
}

/// Says, as a run does, that no posts were found to learn from, or why they cannot be read.
fn without_posts(folder: &Path, invocation: &Invocation, err: &mut Screen<'_>) -> Result<Exit, RunError> {
    let outcome = lint(&[folder.to_owned()], false, invocation, err)?;
    if outcome.failed.is_empty() {
        narrowing::tell(&outcome.left_out, &outcome.nothing, (0, "error"), err)?;
    }
    Ok(Exit::Wrong)
}

/// What to do next: commands, each with what it does.
fn next(has_baseline: bool, learned: &Learned, now: &Now) -> Vec<(String, String)> {
    let mut next = match (has_baseline, now.findings) {
        (true, _) => vec![("postlint", "show what is new from now on")],
        (false, 0) => vec![("postlint", "check the posts")],
        (false, _) => vec![
            ("postlint", "check the posts"),
            ("postlint --write-baseline", "or first hide what is found now, to see only what is new"),
        ],
    };
    if !has_baseline && now.fixable > 0 {
        next.insert(1, ("postlint --fix", "apply the safe fixes"));
    }
    next.push(("postlint config show", "show what is in effect"));
    let mut next: Vec<(String, String)> =
        next.into_iter().map(|(command, what)| (command.to_owned(), what.to_owned())).collect();
    if !learned.fixable_off.is_empty() {
        let rules: Vec<&str> = learned.fixable_off.iter().map(|(rule, _)| &**rule).collect();
        let findings = learned.fixable_off.iter().map(|(_, fixable)| fixable).sum();
        let what = format!("fix {} of rules that are off", counted(findings, "finding"));
        next.push((format!("postlint fix --select {}", rules.join(",")), what));
    }
    if let Some(rule) = now.noisiest().filter(|_| !has_baseline) {
        next.insert(1, (format!("postlint --select {rule}"), "look at the rule with most findings".to_owned()));
    }
    next
}

/// Checks the posts as the next run will.
fn lint(paths: &[PathBuf], quiet: bool, invocation: &Invocation, err: &mut Screen<'_>) -> Result<Outcome, RunError> {
    let posts = Posts { paths, config: None, site: None, outlines: false, quiet };
    let outcome = lint_all(&posts, invocation, err)?;
    tell_failed(&outcome.failed, err)?;
    Ok(outcome)
}

/// Writes a baseline with the findings under the new config.
fn write_baseline(outcome: &Outcome, invocation: &Invocation, err: &mut Screen<'_>) -> Result<Exit, RunError> {
    let exit = baseline::write(None, (false, false), &invocation.working_directory, &outcome.linted, err)?;
    Ok(if outcome.failed.is_empty() { exit } else { Exit::Wrong })
}

/// Surroundings without the rules that are off.
fn surroundings(folder: &Path, off: Vec<String>) -> Result<Surroundings, RunError> {
    let selection = Selection { ignore: off, ..Selection::default() };
    Ok(Surroundings::new(Arc::new(Disk), folder, None, None, selection)?.isolated())
}

/// The posts of a folder with the findings of the default rules, but of those that are off.
fn without_config(
    folder: &Path,
    exclude: &[String],
    off: Vec<String>,
    invocation: &Invocation,
    err: &mut Screen<'_>,
) -> Result<Vec<Linted>, RunError> {
    let paths = [folder.to_owned()];
    let files = Files { exclude, quiet: true, warns: false, ..Files::of(&paths, folder, invocation.error_looks) };
    let mut linted = check_files(&files, &mut surroundings(folder, off)?, err)?.linted;
    keep_one_of_each_template(&mut linted);
    linted.retain(|linted| linted.post.is_post());
    Ok(linted)
}

fn surveys(linted: &[Linted], folder: &Path) -> Vec<PostSurvey> {
    linted.par_iter().filter_map(|linted| read(linted, folder)).collect()
}

/// Surveys a post. Returns `None` for files that cannot be read, or on which a rule fails.
fn read(linted: &Linted, folder: &Path) -> Option<PostSurvey> {
    let Linted { post, report, .. } = linted;
    let source = files::read_post(&Disk, &post.path)?;
    let survey = || {
        let document = Document::parse(&source, &post.place);
        PostSurvey::of(walk::printed(&post.path, folder), &document, &report.diagnostics)
    };
    caught(survey).ok()
}

/// Surveys the sites that the posts belong to, and `located`, the site that contains `folder`.
fn site_surveys(located: Option<&LocatedSite>, posts: &[Linted], folder: &Path) -> Result<Vec<SiteSurvey>, RunError> {
    let mut sites: BTreeMap<&Path, &LocatedSite> = BTreeMap::new();
    for site in located.into_iter().chain(posts.iter().filter_map(|linted| linted.post.site.as_deref())) {
        sites.entry(&site.config_folder).or_insert(site);
    }
    sites.values().map(|site| survey_of(site, folder)).collect()
}

fn survey_of(located: &LocatedSite, folder: &Path) -> Result<SiteSurvey, RunError> {
    let root = &located.config_folder;
    let inside = walk::printed(root, folder);
    let is_inside = root.starts_with(folder) && root != folder;
    let mut survey = SiteSurvey {
        folder: if is_inside { inside } else { String::new() },
        generator: located.site.generator,
        language: None,
        host: None,
    };
    let files = CONFIGS.iter().flat_map(|(files, url, lang)| files.iter().map(move |file| (*file, *url, *lang)));
    for (file, url, languages) in files {
        let path = root.join(file);
        let text = match files::read(&path, Limit::SETTINGS) {
            Ok(bytes) => String::from_utf8(bytes).unwrap_or_default(),
            Err(error) if error.is_missing() => continue,
            Err(error) => return Err(RunError::Unreadable { path: tidy(&path), error }),
        };
        let place = |key: &str| format!("`{key}` in {}", walk::printed(&path, folder));
        let language = || languages.iter().find_map(|key| Some((language_tag(value_of(&text, key)?)?, place(key))));
        survey.language = survey.language.or_else(language);
        survey.host = survey.host.or_else(|| Some((host_of(value_of(&text, url)?)?, place(url))));
    }
    Ok(survey)
}

/// The value of `key` in a config file of any format, up to the closing quote or the end of the word. In YAML and TOML,
/// indented lines are skipped, because they belong to another key.
fn value_of<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let is_script = text.contains("export default") || text.contains("module.exports");
    let value = text.lines().find_map(|line| {
        let line = if is_script { line.trim_start() } else { line };
        let start = line.get(..key.len())?;
        let rest = start.eq_ignore_ascii_case(key).then(|| line.get(key.len()..))??;
        rest.trim_start().strip_prefix([':', '='])
    })?;
    value.trim().trim_start_matches(['"', '\'']).split(['"', '\'', ' ', ',']).next()
}

/// The host of a URL.
fn host_of(address: &str) -> Option<String> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let host = rest.split(['/', ':', '?', '#']).next()?.to_ascii_lowercase();
    let is_host = host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    is_host.then_some(host)
}

/// Converts a locale to a language tag: `en_US.UTF-8` to `en-US`. `None` if the result is not valid.
fn language_tag(word: &str) -> Option<String> {
    let tag = word.split('.').next()?.replace('_', "-");
    let (language, rest) = tag.split_once('-').unwrap_or((&tag, ""));
    let is_language = matches!(language.len(), 2 | 3) && language.bytes().all(|b| b.is_ascii_alphabetic());
    let is_rest = rest.len() <= 8 && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (is_language && is_rest).then_some(tag)
}

fn tidy(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_owned()
}
