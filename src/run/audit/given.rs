//! What an audit is given, and what it finds.

use crate::cli::Audited;
use crate::diagnostic::Diagnostic;
use crate::engine::Checked;
use crate::engine::audit::Quotes;
use crate::engine::audit_summary::BuiltHead;
use crate::facts::PageFacts;
use crate::files::absolute;
use crate::project::{Post, SiteUrls};
use crate::ruleset::Ruleset;
use crate::site::pages::page_name;
use crate::site::urls::Publication;
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The posts of a site, and how its built pages are checked.
pub struct SitePages {
    /// The site.
    pub urls: Arc<SiteUrls>,
    /// The rules of the first of its posts.
    pub rules: Arc<Ruleset>,
    /// Its posts that become pages.
    pub pages: Vec<SourcePage>,
    /// The links of these posts.
    pub quotes: Quotes,
}

/// A post that becomes a page.
pub struct SourcePage {
    /// Its file.
    pub path: PathBuf,
    /// The path of its URL, percent-encoded: one of these. Where a program computes it, none is known, and the title tells the page.
    pub urls: Vec<String>,
    /// Its title, if the post sets it.
    pub title: Option<String>,
    /// Whether a program made it, so that it is not checked.
    pub is_generated: bool,
}

impl SourcePage {
    /// A post with these facts, if it becomes a page.
    pub fn of(facts: &PageFacts, path: &Path) -> Option<Self> {
        let title = facts.title.as_ref().map(|title| title.text.clone());
        let urls: Vec<String> = facts.publication.possible().iter().map(|url| url.as_str().to_owned()).collect();
        let is_told = !urls.is_empty() || facts.publication == Publication::Unknown && title.is_some();
        is_told.then(|| SourcePage { path: absolute(path), urls, title, is_generated: false })
    }

    /// The name of its file, or of its folder if it is the index of one, as a URL contains it.
    pub fn name(&self) -> Option<String> {
        let is_index = self.path.file_stem().is_some_and(|stem| stem == "index" || stem == "_index");
        let named = if is_index { self.path.parent()? } else { &*self.path };
        Some(page_name(named.file_name()?.to_str()?))
    }
}

/// The heads of built pages, by the absolute paths of their posts.
pub type BuiltHeads = FxHashMap<PathBuf, BuiltHead>;

/// Findings in built pages, by the files in which they are changed.
#[derive(Default)]
pub struct Found {
    /// In posts, by the paths of their files.
    pub in_posts: Vec<(PathBuf, Diagnostic)>,
    /// At lines of configs and layouts, by their absolute paths.
    pub at_lines: Vec<(PathBuf, u32, Diagnostic)>,
    /// In files of the built folder: where nothing is known that makes them.
    pub in_built: Vec<(PathBuf, Diagnostic)>,
    /// The built folders that were read.
    pub folders: Vec<PathBuf>,
    /// Number of pages in them.
    pub pages: usize,
    /// The heads of the built pages, by the paths of their posts.
    pub heads: BuiltHeads,
    /// What could not be checked, in words.
    pub not_checked: Vec<String>,
}

/// What an audit works with.
pub struct Auditing<'a> {
    /// What the command line says.
    pub audited: &'a Audited,
    /// The posts that were asked for, parsed and checked.
    pub read: &'a [(Post, Checked)],
    /// The working directory.
    pub root: &'a Path,
    /// Whether nothing is said about the run.
    pub quiet: bool,
}
