//! Derives a config file from the posts of a blog, for `postlint init`. Does no I/O: takes posts and returns the text
//! of the file.

mod off;

pub use off::Rules;

use crate::diagnostic::{Diagnostic, Fix};
use crate::document::Document;
use crate::document::read::front_matter::FrontMatter;
use crate::engine::language::{self, Languages};
use crate::engine::markdownlint::TakenOver;
use crate::place::dialect::Generator;
use crate::words::{counted, thousands};
use off::Count;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

/// Minimum share of the posts that must have a key for it to be named on the screen, in percent.
const NEARLY_FROM: usize = 95;
/// Minimum share of the posts that must have a key for it to be listed in a comment, in percent.
const NAMED_FROM: usize = 75;
/// Minimum number of posts in a folder for keys to be required.
const ENOUGH_POSTS: usize = 5;

/// The relevant facts about one post.
#[derive(Debug)]
pub struct PostSurvey {
    /// Path relative to the folder of the config file, with `/`.
    path: String,
    /// `None` if its front matter does not parse: no key is missing there.
    keys: Option<Keys>,
    /// The language of its text; `None` if there is too little of it.
    language: Option<&'static str>,
    /// The rules with findings.
    found: BTreeMap<Arc<str>, Count>,
}

/// The keys of a post.
#[derive(Debug, Default)]
struct Keys {
    /// Those with a value.
    names: BTreeSet<String>,
    /// Those that the fix of a finding removes or renames, with the rule.
    unwanted: BTreeMap<String, Arc<str>>,
}

impl Keys {
    fn of(document: &Document<'_>, found: &[Diagnostic]) -> Option<Self> {
        if matches!(document.front_matter, FrontMatter::Missing) {
            return Some(Keys::default());
        }
        let names = valued_names(document)?;
        let front = document.sound_block()?.span;
        let mut unwanted = BTreeMap::new();
        for finding in found {
            let edits = finding.fix.as_ref().map_or(&[][..], Fix::edits);
            if !edits.iter().any(|edit| edit.span.start < front.end) {
                continue;
            }
            let left = document.after(edits, valued_names).and_then(|(_, left)| left).unwrap_or_default();
            let lost = names.difference(&left).map(|name| (name.clone(), finding.rule.clone()));
            unwanted.extend(lost);
        }
        Some(Keys { names, unwanted })
    }
}

/// The keys with a value; `None` if there is no front matter, or if it does not parse.
fn valued_names(document: &Document<'_>) -> Option<BTreeSet<String>> {
    let has_value = |name: &&str| !document.field(name).is_blank();
    let names = document.sound_block()?.mapping.entries.iter().filter_map(|entry| entry.name());
    Some(names.filter(has_value).map(str::to_owned).collect())
}

/// The relevant facts about a site apart from its posts.
#[derive(Debug)]
pub struct SiteSurvey {
    /// Its folder, relative to that of the config file. Empty if it is the same folder, or if only the posts are known.
    pub folder: String,
    /// Its generator.
    pub generator: Generator,
    /// The language that the site's config sets, and the place of that setting.
    pub language: Option<(String, String)>,
    /// The host on which the site is published, and the place of that setting.
    pub host: Option<(String, String)>,
}

/// The derived config file.
#[derive(Debug)]
pub struct Learned {
    /// Its text.
    pub config: String,
    /// A summary, one line each: a subject and the result.
    pub summary: Vec<(&'static str, String)>,
    /// The rules that it turns off of which findings have a safe fix, with their number.
    pub fixable_off: Vec<(String, usize)>,
}

impl PostSurvey {
    /// The survey of the post at `path`; `found` are the findings of the default rules in it.
    pub fn of(path: String, document: &Document<'_>, found: &[Diagnostic]) -> Self {
        let mut counts: BTreeMap<Arc<str>, Count> = BTreeMap::new();
        for finding in found {
            let fixable = usize::from(finding.has_safe_fix());
            let count = counts.entry(finding.rule.clone()).or_insert(Count::NONE);
            count.add(Count { level: finding.level, findings: 1, fixable, posts: 0 });
            count.posts = 1;
        }
        PostSurvey { path, keys: Keys::of(document, found), language: language::of(document), found: counts }
    }

    /// The folder that contains all posts of the same kind: `_posts`, `content/blog`, `src/content/docs`, or else the
    /// topmost one.
    fn folder(&self) -> Option<String> {
        let mut folders: Vec<&str> = self.path.split('/').collect();
        folders.pop();
        let end = match folders.iter().position(|folder| folder.starts_with('_')) {
            Some(at) => at + 1,
            None => folders.iter().position(|folder| *folder == "content").map_or(1, |at| at + 2),
        };
        let folder = folders.get(..end.min(folders.len()))?.join("/");
        (!folder.is_empty()).then_some(folder)
    }
}

/// Derives a config file from the sites, their posts, the findings of rules, and the config of another tool.
pub fn learn(sites: &[SiteSurvey], posts: &[PostSurvey], rules: &Rules, taken: &TakenOver) -> Learned {
    let mut learned = Learned { config: String::new(), summary: Vec::new(), fixable_off: Vec::new() };
    let read = counted(posts.len(), "post");
    learned.line(&format!("# Written by `postlint init` from {read}. All of it may be changed."));
    learned.line("# `postlint config show` prints what is in effect, `postlint rules` lists the rules.");
    learned.line("");
    learned.site(sites);
    learned.language(sites, posts);
    learned.hosts(sites);
    learned.line("");
    learned.line("# Presets to build on: strict, naver (lengths in characters), migration.");
    learned.line("# extends: [naver]");
    learned.line("");
    learned.ignore(taken);
    learned.front_matter(posts);
    learned.rules(rules, taken);
    learned.not_taken(taken);
    learned
}

impl Learned {
    fn line(&mut self, text: &str) {
        self.config.push_str(text);
        self.config.push('\n');
    }

    /// Writes a setting with the reason for it.
    fn setting(&mut self, key: &'static str, value: &str, why: &str) {
        let _ = writeln!(self.config, "{key}: {value}  # {why}");
        self.summary.push((key, format!("{value} ({why})")));
    }

    /// Writes `site:`, which applies to all posts. Sites in subfolders, of which there may be several, are detected in
    /// each run.
    fn site(&mut self, sites: &[SiteSurvey]) {
        if let [site] = sites
            && site.folder.is_empty()
        {
            self.setting("site", site.generator.as_str(), "detected");
            return;
        }
        self.line("# site: jekyll  # or hugo, astro, hexo, eleventy, plain");
        for site in sites {
            let folder = if site.folder.is_empty() { "this folder".to_owned() } else { format!("{}/", site.folder) };
            let detected = format!("{} in {folder}", site.generator.as_str());
            self.line(&format!("# detected: {detected}"));
            self.summary.push(("site", format!("{detected} (detected)")));
        }
        if sites.is_empty() {
            self.summary.push(("site", "not detected; posts are read as plain Markdown and HTML".to_owned()));
        }
    }

    /// Writes the language. The one detected from the posts takes precedence over the site's config, which may come
    /// from a theme.
    fn language(&mut self, sites: &[SiteSurvey], posts: &[PostSurvey]) {
        let said = sites.first().and_then(|site| site.language.as_ref());
        let said = said.filter(|said| sites.iter().all(|it| it.language.as_ref().is_some_and(|it| it.0 == said.0)));
        let languages = Languages::of(posts.iter().map(|post| post.language));
        let is_of = |tag: &str, language| tag.split('-').next() == Some(language);
        match (said, languages.common()) {
            (Some((tag, place)), Some(language)) if is_of(tag, language) => self.setting("lang", tag, place),
            (said, Some(language)) => {
                let but = said.map(|(tag, place)| format!(", though {place} sets {tag}")).unwrap_or_default();
                self.setting("lang", language, &format!("detected from the text of {}{but}", languages.evidence()));
            }
            (Some((tag, place)), None) => {
                let but = if languages.are_mixed(tag) { "; the posts are in several languages" } else { "" };
                self.setting("lang", tag, &format!("{place}{but}"));
            }
            (None, None) => match languages.first() {
                Some(first) => {
                    self.line(&format!("# lang: {first}  # not clear: {}", languages.evidence()));
                    self.summary.push(("lang", format!("not clear: {first} in {}", languages.evidence())));
                }
                None => self.line("# lang: en"),
            },
        }
    }

    fn hosts(&mut self, sites: &[SiteSurvey]) {
        let mut hosts: Vec<&(String, String)> = Vec::new();
        for host in sites.iter().filter_map(|site| site.host.as_ref()) {
            if hosts.iter().all(|(name, _)| *name != host.0) {
                hosts.push(host);
            }
        }
        if hosts.is_empty() {
            return self.line("# own-hosts: [blog.example.com]");
        }
        let names: Vec<&str> = hosts.iter().map(|(name, _)| &**name).collect();
        let places: Vec<&str> = hosts.iter().map(|(_, place)| &**place).collect();
        self.setting("own-hosts", &format!("[{}]", names.join(", ")), &places.join(", "));
    }

    fn front_matter(&mut self, posts: &[PostSurvey]) {
        let folders = folders(posts);
        self.line("");
        let mut is_first = true;
        for (folder, posts) in &folders {
            let common = common_keys(posts);
            if common.required.is_empty() {
                continue;
            }
            if std::mem::take(&mut is_first) {
                self.line("# Keys that all posts in a folder have.");
                self.line("front-matter:");
            }
            let keys: Vec<String> = common.required.iter().map(|key| quoted(key)).collect();
            let of = counted(posts.len(), "post");
            // A nested folder has a separate entry.
            let inner = folders.keys().filter(|inner| is_inside(inner, folder)).map(|it| quoted_glob("!", it));
            let globs: Vec<String> = std::iter::once(quoted_glob("", folder)).chain(inner).collect();
            let globs = if let [one] = &*globs { one.clone() } else { format!("[{}]", globs.join(", ")) };
            self.line(&format!("  - match: {globs}  # {of}"));
            self.line(&format!("    required: [{}]", keys.join(", ")));
            common.notes.iter().for_each(|line| self.line(&format!("    # {line}")));
            self.summary.push(("required", format!("{} ({folder}/, {of})", keys.join(", "))));
            if !common.nearly.is_empty() {
                self.summary.push(("", format!("not in all of them: {}", common.nearly.join(", "))));
            }
        }
        if is_first {
            self.line("# Keys that posts must have.");
            self.line("# front-matter:");
            self.line("#   - match: \"_posts/**\"");
            self.line("#     required: [title, description]");
        }
    }

    fn ignore(&mut self, taken: &TakenOver) {
        self.line("# Paths to ignore, in .gitignore syntax.");
        if taken.ignore.is_empty() {
            return self.line("# ignore: [\"_posts/2012-*\"]");
        }
        self.line("ignore:");
        for (path, from) in &taken.ignore {
            self.line(&format!("  - {}  # {from}", double_quoted(path)));
        }
        self.summary.push(("ignore", format!("{} taken over", counted(taken.ignore.len(), "path"))));
    }

    /// Writes the rules that another tool's config turns off.
    fn taken(&mut self, taken: &TakenOver) {
        for (rule, why) in &taken.off {
            self.line(&format!("  {rule}: off  # {why}"));
            self.summary.push(("off", format!("{rule} ({why})")));
        }
    }

    /// Writes what of another tool's config has no counterpart.
    fn not_taken(&mut self, taken: &TakenOver) {
        if taken.notes.is_empty() {
            return;
        }
        self.line("");
        self.line("# Not taken over:");
        for note in &taken.notes {
            self.line(&format!("# {note}"));
            self.summary.push(("left", note.clone()));
        }
    }

    fn rules(&mut self, rules: &Rules, taken: &TakenOver) {
        let (off, on): (Vec<_>, Vec<_>) = rules.rows().into_iter().partition(|(rule, _)| rules.is_off(rule));
        self.line("");
        if !taken.off.is_empty() {
            self.line("rules:");
            self.taken(taken);
            if !off.is_empty() {
                self.line("  # Off to start with, because they find so much. Turn them on one by one.");
            }
        } else if off.is_empty() {
            self.line("# rules:");
            self.line("#   title-wide: off  # error, warn, info, on or off");
        } else {
            self.line("# Off to start with, because they find so much. Turn them on one by one.");
            self.line("rules:");
        }
        for (rule, count) in &off {
            let why = rules.why(rule, *count);
            self.line(&format!("  {rule}: off  # {why}"));
            self.summary.push(("off", format!("{rule} ({why})")));
            if count.fixable > 0 {
                self.fixable_off.push(((*rule).to_owned(), count.fixable));
            }
        }
        if !on.is_empty() {
            self.line("# On, with findings now:");
        }
        for (rule, count) in &on {
            self.line(&format!("#   {rule}: {}  # {count}", count.level.as_str()));
        }
    }
}

/// The keys of posts by folder, of those whose front matter parses or that have none. A folder with few posts is merged into
/// the nearest folder above it, or left out if there is none.
fn folders(posts: &[PostSurvey]) -> BTreeMap<String, Vec<&Keys>> {
    let mut folders: BTreeMap<String, Vec<&Keys>> = BTreeMap::new();
    for post in posts {
        if let (Some(folder), Some(keys)) = (post.folder(), &post.keys) {
            folders.entry(folder).or_default().push(keys);
        }
    }
    let small = folders.iter().filter(|(_, posts)| posts.len() < ENOUGH_POSTS).map(|(folder, _)| folder.clone());
    for folder in small.collect::<Vec<_>>() {
        let posts = folders.remove(&folder).unwrap_or_default();
        let around = folders.iter_mut().rfind(|(around, _)| is_inside(&folder, around));
        if let Some((_, all)) = around {
            all.extend(posts);
        }
    }
    folders
}

fn is_inside(folder: &str, around: &str) -> bool {
    folder.strip_prefix(around).is_some_and(|rest| rest.starts_with('/'))
}

/// The keys that some posts have in common.
struct Common<'k> {
    /// The keys that all of them have.
    required: Vec<&'k str>,
    /// Keys that nearly all of them have, the most common first, each with the number of posts without it.
    nearly: Vec<String>,
    /// Comments: which keys many of them have, and which are not required because a fix removes them.
    notes: Vec<String>,
}

fn common_keys<'k>(posts: &[&'k Keys]) -> Common<'k> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    // Keys that begin with an underscore are comments, or settings for a generator that few posts have.
    let read = posts.iter().flat_map(|keys| &keys.names).filter(|key| !key.starts_with('_'));
    read.for_each(|key| *counts.entry(key).or_default() += 1);
    let mut common: Vec<(&str, usize)> = counts.into_iter().collect();
    common.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let is_from = |share: usize| move |having: usize| having * 100 >= posts.len() * share;
    let lacking = |having: usize| counted(posts.len() - having, "post");
    let (mut required, others): (Vec<_>, Vec<_>) = common.into_iter().partition(|(_, having)| *having == posts.len());
    // A key that is required would be missing once the fix is made.
    let unwanted = posts.iter().flat_map(|keys| &keys.unwanted).map(|(key, rule)| (key.as_str(), rule));
    let unwanted: BTreeMap<&str, &Arc<str>> = unwanted.collect();
    let removing = |key: &str| unwanted.get(key);
    let removed = required.iter().filter_map(|(key, having)| {
        let rule = removing(key)?;
        Some(format!("`{key}` is in {}%, but a fix of {rule} removes it", having * 100 / posts.len()))
    });
    let removed: Vec<String> = removed.collect();
    required.retain(|(key, _)| removing(key).is_none());
    let many = others.iter().filter(|(_, having)| is_from(NAMED_FROM)(*having));
    let many = many
        .map(|(key, having)| format!("`{key}` is in {}%: {} without", having * 100 / posts.len(), lacking(*having)));
    let notes = many.chain(removed).collect();
    let nearly = others.iter().filter(|(_, having)| is_from(NEARLY_FROM)(*having));
    let nearly = nearly.map(|(key, having)| format!("{key} ({} without)", thousands(posts.len() - having))).collect();
    Common { required: required.into_iter().map(|(key, _)| key).collect(), nearly, notes }
}

/// A word in YAML, quoted only if necessary.
fn quoted(word: &str) -> String {
    let is_plain = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && word.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(&&*word.to_lowercase());
    if is_plain { word.to_owned() } else { double_quoted(word) }
}

fn double_quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A glob for everything in a folder, with `mark` before it. Special characters in the folder's name are escaped.
fn quoted_glob(mark: &str, folder: &str) -> String {
    double_quoted(&format!("{mark}{}/**", globset::escape(folder)))
}
