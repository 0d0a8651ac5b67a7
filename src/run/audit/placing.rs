//! Reports each finding in built pages at the place where it is changed.

use crate::built::BuiltSite;
use crate::diagnostic::{Diagnostic, Elsewhere};
use crate::engine::Checked;
use crate::engine::audit::{Group, Origin};
use crate::files::{self, Limit, absolute, collapsed};
use crate::project::Post;
use crate::rule::across::FileLine;
use crate::rule::built::BuiltSpot;
use crate::run::audit::folder::Taken;
use crate::run::audit::given::{Auditing, Found};
use crate::source::{Source, Span};
use crate::walk;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Number of examples of a finding that is in several pages.
const EXAMPLES: usize = 3;

/// A finding in built pages with the origins that are known of its places.
pub struct Traced {
    group: Group,
    /// Whether the site has layouts, so that an unknown origin is not for lack of them.
    pub has_layouts: bool,
    /// A place, the file of its post, and its origin.
    pub origins: Vec<(BuiltSpot, Option<PathBuf>, Origin)>,
}

impl Traced {
    /// A finding of whose origin nothing is known.
    pub fn unknown(group: Group) -> Self {
        Traced { group, has_layouts: false, origins: Vec::new() }
    }

    /// Whether it is reported once for each target, wherever it is.
    fn is_of_target(&self) -> bool {
        self.group.diagnostic.is_shared
    }
}

/// What is needed to report findings.
pub struct Placing<'a> {
    /// The built pages.
    pub site: &'a BuiltSite,
    /// Their folder.
    pub taken: &'a Taken,
    /// The run.
    pub auditing: &'a Auditing<'a>,
    /// The folder of the site's config.
    pub config_folder: Option<&'a Path>,
}

/// A finding at another part of the same tag is the same one.
const MAX_TAG: u32 = 200;

/// Findings with the same place.
type Merged = BTreeMap<(FileLine, Arc<str>, Option<String>), Traced>;

/// Adds the findings to `found`.
pub fn place(traced: Vec<Traced>, placing: &Placing<'_>, found: &mut Found) {
    let posts: FxHashMap<PathBuf, &(Post, Checked)> =
        placing.auditing.read.iter().map(|read| (absolute(&read.0.path), read)).collect();
    let mut merged = Merged::default();
    let mut texts = Texts { folder: &placing.taken.folder, known: FxHashMap::default() };
    for traced in traced {
        if let Some(file) = &traced.group.file {
            found.in_built.push((placing.taken.folder.join(file), traced.group.diagnostic));
            continue;
        }
        match placing.home(&traced, &posts) {
            Home::Known => {}
            Home::Post(path, span) => {
                let diagnostic = placing.diagnostic(&traced, Some(span), &mut texts);
                found.in_posts.push((path, diagnostic));
            }
            Home::Line(line) => {
                let rule = traced.group.diagnostic.rule.clone();
                let target = traced.group.diagnostic.identity.clone().filter(|_| traced.is_of_target());
                let place = (line, rule, target);
                match merged.get_mut(&place) {
                    Some(known) => known.join(traced),
                    None => drop(merged.insert(place, traced)),
                }
            }
            Home::Built => {
                let diagnostic = placing.diagnostic(&traced, None, &mut texts);
                let Some(page) = traced.group.spots.first().and_then(|spot| placing.site.pages.get(spot.page)) else {
                    continue;
                };
                found.in_built.push((placing.taken.folder.join(&page.file), diagnostic));
            }
        }
    }
    let Some(config_folder) = placing.config_folder else { return };
    for ((line, ..), traced) in merged {
        let diagnostic = placing.diagnostic(&traced, Some(Span::default()), &mut texts);
        found.at_lines.push((collapsed(&config_folder.join(&*line.file)), line.line, diagnostic));
    }
}

/// Where a finding is reported.
enum Home {
    /// Nowhere: `check` sees it in the post.
    Known,
    /// In a post.
    Post(PathBuf, Span),
    /// At a line of a config or a layout.
    Line(FileLine),
    /// In the built page.
    Built,
}

impl Traced {
    /// Whether this is in the page of one post only, in which `check` says the same of an element that could not be matched.
    fn is_in_one_post(&self, posts: &FxHashMap<PathBuf, &(Post, Checked)>) -> bool {
        let Group { diagnostic, pages: 1, .. } = &self.group else { return false };
        let [(_, Some(path), _)] = &*self.origins else { return false };
        let is_of_page = diagnostic.identity.as_deref() == Some("");
        let is_same = |it: &Diagnostic| it.rule == diagnostic.rule && (is_of_page || it.message == diagnostic.message);
        posts.get(&absolute(path)).is_some_and(|(_, checked)| checked.findings.iter().any(is_same))
    }

    fn join(&mut self, other: Traced) {
        self.group.join(other.group);
        self.group.spots.truncate(EXAMPLES + 1);
    }
}

/// The line that most places have; of several, the first.
fn most_common<'l>(lines: impl Iterator<Item = &'l FileLine>) -> Option<&'l FileLine> {
    let mut counts: BTreeMap<&FileLine, usize> = BTreeMap::new();
    lines.for_each(|line| *counts.entry(line).or_default() += 1);
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(line, _)| line)
}

impl Placing<'_> {
    fn home(&self, traced: &Traced, posts: &FxHashMap<PathBuf, &(Post, Checked)>) -> Home {
        let rule = &traced.group.diagnostic.rule;
        let in_posts = traced.origins.iter().filter_map(|(_, path, origin)| match origin {
            Origin::Element(span) => Some((path.clone()?, *span, true)),
            Origin::Value(span) => Some((path.clone()?, *span, false)),
            Origin::OtherPost(file, span) => Some((collapsed(&self.config_folder?.join(&**file)), *span, false)),
            Origin::Line(_) | Origin::Several(_) | Origin::Unknown => None,
        });
        let lines = traced.origins.iter().filter_map(|(_, _, origin)| match origin {
            Origin::Line(line) => Some(line),
            _ => None,
        });
        // What many pages have is of a layout, also if one post writes the same.
        let most = most_common(lines.clone());
        if let Some(line) = most.filter(|_| lines.count() * 2 > traced.origins.len()) {
            return Home::Line(line.clone());
        }
        let mut wanted = None;
        for (path, span, is_element) in in_posts {
            let Some((post, checked)) = posts.get(&absolute(&path)) else {
                wanted.get_or_insert(Home::Known);
                continue;
            };
            let is_same = |it: &Diagnostic| it.rule == *rule && (it.label.span.overlaps(span) || it.label.span == span);
            // An element of a post is checked as it is written there, unless the rule is off for posts.
            if checked.findings.iter().any(is_same) || is_element && !traced.is_of_target() {
                return Home::Known;
            }
            wanted =
                Some(wanted.filter(|home| !matches!(home, Home::Known)).unwrap_or(Home::Post(post.path.clone(), span)));
        }
        let line = most.map(|line| Home::Line(line.clone()));
        let known = || traced.is_in_one_post(posts).then_some(Home::Known);
        wanted.or(line).or_else(known).unwrap_or_else(|| self.own(traced, posts))
    }

    /// The place in a built page, which may be a post itself: a site that is written in HTML.
    fn own(&self, traced: &Traced, posts: &FxHashMap<PathBuf, &(Post, Checked)>) -> Home {
        let spot = traced.group.spots.first();
        let page = spot.and_then(|spot| self.site.pages.get(spot.page));
        let path = page.map(|page| absolute(&self.taken.folder.join(&page.file)));
        let Some(((post, checked), spot)) = path.and_then(|path| posts.get(&path)).zip(spot) else {
            return Home::Built;
        };
        let rule = &traced.group.diagnostic.rule;
        let reads_posts = post.rules.rules().iter().any(|it| it.meta.name == *rule);
        let is_same = |it: &Diagnostic| it.rule == *rule && it.label.span.start.abs_diff(spot.span.start) < MAX_TAG;
        if reads_posts && !traced.is_of_target() || checked.findings.iter().any(is_same) {
            return Home::Known;
        }
        Home::Post(post.path.clone(), spot.span)
    }

    /// The finding as it is reported at `span` of another file, or in the first of its pages.
    fn diagnostic(&self, traced: &Traced, span: Option<Span>, texts: &mut Texts<'_>) -> Diagnostic {
        let Group { diagnostic, spots, pages, .. } = &traced.group;
        let mut diagnostic = diagnostic.clone();
        // The first place is the finding itself where a page is its own source.
        let is_first = span.is_none_or(|span| spots.first().is_some_and(|first| first.span == span));
        let examples = spots.iter().skip(usize::from(is_first)).take(EXAMPLES);
        diagnostic.elsewhere = examples.filter_map(|spot| self.example(*spot, texts)).collect();
        let shown = diagnostic.elsewhere.len() + usize::from(is_first);
        diagnostic.more_elsewhere = pages.saturating_sub(shown);
        if *pages > 1 {
            diagnostic.message = format!("{} (in {pages} built pages)", diagnostic.message);
        }
        match span {
            Some(span) => {
                diagnostic.label.span = span;
                diagnostic.related.clear();
            }
            None => {
                if diagnostic.label.span.is_empty()
                    && let Some(spot) = spots.first()
                    && let Some(tag) = self.tag_at(*spot, texts)
                {
                    diagnostic.label.span = tag;
                }
                let why = self.why(traced);
                diagnostic.help = Some(match diagnostic.help.take() {
                    Some(help) => format!("{help}; {why}"),
                    None => why,
                });
            }
        }
        diagnostic
    }

    /// Why no other place is known.
    fn why(&self, traced: &Traced) -> String {
        let lines = traced.origins.iter().find_map(|(_, _, origin)| match origin {
            Origin::Several(lines) => Some(lines),
            _ => None,
        });
        match (self.config_folder, lines) {
            (None, _) => "the site that built the page is not known".to_owned(),
            (Some(folder), Some(lines)) => {
                let printed = |line: &FileLine| {
                    let path = walk::printed(&collapsed(&folder.join(&*line.file)), self.auditing.root);
                    format!("`{path}:{}`", line.line)
                };
                let lines: Vec<String> = lines.iter().map(printed).collect();
                format!("one of several lines writes it: {}", lines.join(", "))
            }
            _ if traced.has_layouts => "no line of a post, a layout or the config is known to write it".to_owned(),
            _ => "the theme that writes it is not in the folder of the site".to_owned(),
        }
    }

    /// The start tag at a place of which only the start is known.
    fn tag_at(&self, spot: BuiltSpot, texts: &mut Texts<'_>) -> Option<Span> {
        let text = texts.get(&self.site.pages.get(spot.page)?.file)?.text();
        let length = text.get(spot.span.start as usize..)?.find('>')? as u32 + 1;
        Some(Span::new(spot.span.start, spot.span.start + length))
    }

    fn example(&self, spot: BuiltSpot, texts: &mut Texts<'_>) -> Option<Elsewhere> {
        let page = self.site.pages.get(spot.page)?;
        let path = walk::printed(&self.taken.folder.join(&page.file), self.auditing.root);
        let message = "in this built page".to_owned();
        let span = if spot.span.is_empty() { self.tag_at(spot, texts)? } else { spot.span };
        let mut place = Elsewhere { path, span, ends: None, cell_column: None, message };
        place.locate(texts.get(&page.file)?);
        Some(place)
    }
}

/// Texts of built pages that findings show as examples: mostly the same few.
struct Texts<'t> {
    folder: &'t Path,
    known: FxHashMap<String, Option<Source>>,
}

/// Maximum number of texts in memory.
const MAX_TEXTS: usize = 64;

impl Texts<'_> {
    fn get(&mut self, file: &str) -> Option<&Source> {
        if self.known.len() >= MAX_TEXTS && !self.known.contains_key(file) {
            self.known.clear();
        }
        let read = || files::read(&self.folder.join(file), Limit::POST).ok().map(Source::from_bytes);
        self.known.entry(file.to_owned()).or_insert_with(read).as_ref()
    }
}
