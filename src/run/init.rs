//! `postlint init`: reads the posts of a site and writes a config file that fits them.

use super::looks::Looks;
use super::{Exit, RunError, broken_config};
use crate::catalog::Catalog;
use crate::cli::Init;
use crate::config::FILE_NAMES;
use crate::document::Document;
use crate::document::dialect::Generator;
use crate::learn::{Facts, SiteFacts, learn};
use crate::lint::lint;
use crate::project::{LocatedSite, Post, Surroundings};
use crate::ruleset::Ruleset;
use crate::source::Source;
use crate::walk::{self, Walk};
use rayon::prelude::*;
use std::fs;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Files in which a site may say where it is published, and the key that does.
const ADDRESSES: [(&str, &str); 10] = [
    ("_config.yml", "url"),
    ("hugo.toml", "baseURL"),
    ("hugo.yaml", "baseURL"),
    ("hugo.yml", "baseURL"),
    ("config.toml", "baseURL"),
    ("config/_default/hugo.toml", "baseURL"),
    ("config/_default/config.toml", "baseURL"),
    ("astro.config.mjs", "site"),
    ("astro.config.ts", "site"),
    ("astro.config.js", "site"),
];

/// Runs the command.
pub fn init(arguments: &Init, looks: Looks, out: &mut dyn Write) -> Result<Exit, RunError> {
    let folder = arguments.folder.clone().unwrap_or_else(|| PathBuf::from("."));
    let existing = FILE_NAMES.iter().map(|name| folder.join(name)).find(|path| path.exists());
    if let (Some(path), false) = (&existing, arguments.force) {
        return Err(RunError::Refused {
            message: format!("`{}` exists already", tidy(path).display()),
            help: "`--force` overwrites it".to_owned(),
        });
    }
    let absolute = std::path::absolute(&folder).unwrap_or_else(|_| folder.clone());
    let mut surroundings = Surroundings::without_config();
    let located = surroundings.site(&absolute);
    let paths = [folder.clone()];
    let found = walk::walk(&Walk { paths: &paths, root: &absolute, ignore: &[], force_exclude: false })?;
    let mut posts = Vec::new();
    for path in &found.files {
        posts.extend(surroundings.post(path, false).map_err(|error| broken_config::show(error, looks))?);
    }
    let rules = Ruleset::recommended(Catalog::builtin());
    let facts: Vec<Facts> = posts.par_iter().filter_map(|post| read(post, &folder, &rules)).collect();
    let learned = learn(&site_facts(located.as_deref(), &posts, &absolute), &facts);
    let target = existing.unwrap_or_else(|| folder.join(FILE_NAMES[0]));
    fs::write(&target, &learned.config).map_err(|error| RunError::Unwritable { path: tidy(&target), error })?;
    let read = if facts.len() == 1 { "1 post".to_owned() } else { format!("{} posts", facts.len()) };
    writeln!(out, "read {read}, wrote {}\n", tidy(&target).display())?;
    for (subject, said) in &learned.summary {
        writeln!(out, "  {subject:9}  {said}")?;
    }
    writeln!(out, "\nnext: `postlint` checks the posts, `postlint config show` prints what is in force")?;
    Ok(Exit::Clean)
}

/// A file that cannot be read, or on which a rule fails, says nothing.
fn read(post: &Post, folder: &Path, rules: &Ruleset) -> Option<Facts> {
    let source = Source::from_bytes(fs::read(&post.path).ok()?);
    let facts = || {
        let document = Document::parse(&source, &post.place);
        Facts::of(walk::printed(&post.path, folder), &document, &lint(&document, rules))
    };
    catch_unwind(AssertUnwindSafe(facts)).ok()
}

fn site_facts(located: Option<&LocatedSite>, posts: &[Post], folder: &Path) -> SiteFacts {
    // A site found only by its posts' names counts where all agree.
    let guessed = posts.first().and_then(|post| post.site.as_ref()).map(|site| site.site.generator);
    let guessed = guessed.filter(|_| posts.iter().all(|post| post.site.is_some()));
    let generator = located.map(|located| located.site.generator).or(guessed);
    let root = located.map_or(folder, |located| &located.root);
    let host = ADDRESSES.iter().find_map(|(file, key)| {
        let host = host_under(&fs::read_to_string(root.join(file)).ok()?, key)?;
        Some((host, format!("`{key}` in {file}")))
    });
    SiteFacts {
        generator: generator.filter(|generator| *generator != Generator::Plain),
        language: located.and_then(|located| located.site.language.clone()),
        host,
    }
}

/// The host of the address that follows `key` at the start of a line of a config file, whatever its language.
fn host_under(text: &str, key: &str) -> Option<String> {
    let value = text.lines().find_map(|line| {
        let line = line.trim_start();
        let rest = line.get(..key.len()).filter(|start| start.eq_ignore_ascii_case(key)).and(line.get(key.len()..))?;
        rest.trim_start().strip_prefix([':', '='])
    })?;
    let address = value.trim().trim_start_matches(['"', '\'']);
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let host = rest.split(['/', ':', '?', '#', '"', '\'', ' ', ',']).next()?.to_ascii_lowercase();
    let is_host = host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    is_host.then_some(host)
}

fn tidy(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_owned()
}
