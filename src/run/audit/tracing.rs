//! Finds the post of each built page, and the origin of each finding in it.

use crate::built::{BuiltPage, BuiltSite, Found as Leads};
use crate::document::Document;
use crate::engine::audit::{
    Calls, Group, Origin, PageMarks, Pages, TracedPost, Tracer, faulty, heading_of_post, lines_of, same_in_post,
    site_name_heading,
};
use crate::files::{Disk, collapsed, read_post};
use crate::output::Screen;
use crate::project::{Post, Surroundings};
use crate::rule::built::BuiltSpot;
use crate::run::audit::folder::Taken;
use crate::run::audit::given::{SitePages, SourcePage};
use crate::run::audit::other_file::OtherFiles;
use crate::run::audit::traced::Traced;
use crate::run::audit::written::Written;
use crate::site::pages::page_name;
use crate::source::Span;
use crate::text::letters;
use crate::url::percent_decoded;
use crate::words::counted;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// The post of each built page.
pub struct Sources {
    /// The index of the post of each page.
    of_page: Vec<Option<usize>>,
    /// Number of posts without a page.
    unbuilt: usize,
}

impl Sources {
    /// Finds the posts by the URLs of their pages, those whose URL is not known by their titles.
    pub fn of(site: &BuiltSite, posts: &[SourcePage], site_title: Option<&str>) -> Self {
        let mut sources = Sources { of_page: vec![None; site.pages.len()], unbuilt: 0 };
        for (index, post) in posts.iter().enumerate().filter(|(_, post)| !post.urls.is_empty()) {
            let keys = post.urls.iter().filter_map(|url| site.published.key(&percent_decoded(url)));
            match keys.map(|key| site.at(&key)).find(|it| matches!(it, Leads::Page(_) | Leads::File)) {
                Some(Leads::Page(page)) => {
                    if let Some(of) = sources.of_page.get_mut(page) {
                        *of = Some(index);
                    }
                }
                Some(_) => {}
                None => sources.unbuilt += 1,
            }
        }
        sources.by_title(site, posts, site_title);
        sources
    }

    /// Finds the posts whose URL is not known: each with the only page that has its title, in its head or as a heading, or
    /// with the one of these that has its name too. A page with the titles of several posts is a list of them.
    fn by_title(&mut self, site: &BuiltSite, posts: &[SourcePage], site_title: Option<&str>) {
        let titled = |(index, post): (usize, &SourcePage)| {
            post.urls.is_empty().then(|| Some((letters(post.title.as_deref()?), index)))?
        };
        let of_title = only(posts.iter().enumerate().filter_map(titled));
        if of_title.is_empty() {
            return;
        }
        let name = site_title.map(letters).unwrap_or_default();
        let mut pages: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, page) in site.pages.iter().enumerate() {
            if page.is_whole && self.post_of(index).is_none() {
                let titles = titles(page, &name);
                let mut of_page = titles.iter().filter_map(|title| of_title.get(title).copied().flatten());
                if let Some(post) = of_page.next().filter(|post| of_page.all(|other| other == *post)) {
                    pages.entry(post).or_default().push(index);
                }
            }
        }
        for (post, pages) in pages {
            let has_name = |page: &&usize| {
                let name = posts.get(post).and_then(|post| post.name());
                site.pages.get(**page).is_some_and(|page| name.as_deref() == Some(&*name_of_page(&page.file)))
            };
            let page = if let [page] = &*pages { Some(page) } else { pages.iter().find(has_name) };
            if let Some(of) = page.and_then(|page| self.of_page.get_mut(*page)) {
                *of = Some(post);
            }
        }
    }

    /// The posts with their built pages.
    pub fn pairs<'a>(
        &'a self,
        site: &'a BuiltSite,
        posts: &'a [SourcePage],
    ) -> impl Iterator<Item = (&'a SourcePage, &'a BuiltPage)> {
        let pair = |(page, post): (&'a BuiltPage, &Option<usize>)| Some((posts.get((*post)?)?, page));
        site.pages.iter().zip(&self.of_page).filter_map(pair)
    }

    fn post_of(&self, page: usize) -> Option<usize> {
        self.of_page.get(page).copied().flatten()
    }

    /// Says once how the pages and the posts belong together.
    pub fn tell(&self, site: &BuiltSite, posts: &[SourcePage], err: &mut Screen<'_>) -> io::Result<()> {
        let differs = |(page, post): (usize, &Option<usize>)| {
            let title = posts.get((*post)?)?.title.as_deref()?;
            let page = site.pages.get(page)?;
            let (wanted, shown) = (letters(title), page.title.iter().chain(&page.headings));
            let is_other = wanted.chars().count() > 3 && !shown.clone().any(|it| letters(it).contains(&wanted));
            (is_other && page.is_whole && shown.count() > 0).then_some(())
        };
        let other = self.of_page.iter().enumerate().filter_map(differs).count();
        let without = self.of_page.iter().filter(|post| post.is_none()).count();
        let mut parts = vec![format!("{without} of them of no post")];
        if self.unbuilt > 0 {
            parts.push(format!("{} without a built page", counted(self.unbuilt, "post")));
        }
        if other > 0 {
            parts.push(format!("{other} with another title than their post"));
        }
        let is_old = if self.unbuilt + other > 0 { "; build the site again if it has changed" } else { "" };
        writeln!(err, "built pages: {}{is_old}", parts.join(", "))
    }
}

/// The letters of what a page shows as its title: in its head, with and without the name of the site, and as headings.
fn titles(page: &BuiltPage, site_name: &str) -> Vec<String> {
    let mut titles: Vec<String> = page.headings.iter().map(|heading| letters(heading)).collect();
    if let Some(whole) = page.title.as_deref().map(letters) {
        let bare = whole.strip_suffix(site_name).or_else(|| whole.strip_prefix(site_name));
        titles.extend(bare.map(str::to_owned));
        titles.push(whole);
    }
    titles
}

/// The name of a page in its URL: `boats` of `2024/boats/index.html` and of `2024/boats.html`.
fn name_of_page(file: &str) -> String {
    let path = file.strip_suffix("/index.html").unwrap_or(file);
    page_name(path.rsplit('/').next().unwrap_or(path))
}

/// Those with a title; `None` if several have it.
fn only(all: impl Iterator<Item = (String, usize)>) -> FxHashMap<String, Option<usize>> {
    let mut known: FxHashMap<String, Option<usize>> = FxHashMap::default();
    for (title, index) in all.filter(|(title, _)| title.chars().count() >= MIN_TITLE) {
        known.entry(title).and_modify(|it| *it = None).or_insert(Some(index));
    }
    known
}

/// Length of a title that is hardly that of another page by chance.
const MIN_TITLE: usize = 4;

/// What origins are looked for in.
pub struct Tracing<'a> {
    /// The built pages.
    pub site: &'a BuiltSite,
    /// Their folder.
    pub taken: &'a Taken,
    /// The posts of the site.
    pub pages: &'a SitePages,
    /// The post of each page.
    pub sources: &'a Sources,
}

/// Finds the origins of all findings.
pub fn trace(tracing: &Tracing<'_>, groups: Vec<Group>, surroundings: &mut Surroundings) -> Vec<Traced> {
    let mut wanted: BTreeMap<usize, Vec<Wanted>> = BTreeMap::new();
    for (index, group) in groups.iter().enumerate() {
        let is_of_page = group.diagnostic.identity.as_deref() == Some("");
        let missing = MISSING.iter().find(|(rule, _)| *rule == &*group.diagnostic.rule).map(|(_, name)| *name);
        // What is said once for several elements of a page is traced to the first whose origin is known.
        let related = || group.diagnostic.related.iter().map(|label| label.span).take(MAX_OTHERS).collect();
        let related: Option<Vec<Span>> = (group.spots.len() == 1).then(related);
        let (rule, all) = (&group.diagnostic.rule, tracing.site.pages.len());
        let (is_common, is_rare) = (group.pages * 2 >= all, group.pages * FEW <= all);
        for spot in &group.spots {
            let others = || spot.other.into_iter().collect();
            let (rule, spot, others) = (rule.clone(), *spot, related.clone().unwrap_or_else(others));
            let about = Wanted { group: index, rule, is_common, is_rare, spot, is_of_page, missing, others };
            wanted.entry(spot.page).or_default().push(about);
        }
    }
    let written =
        if wanted.is_empty() { Written::default() } else { Written::of(tracing.pages, tracing.taken, surroundings) };
    let tasks: Vec<Task> = wanted
        .into_iter()
        .map(|(page, spots)| {
            let post = tracing.sources.post_of(page).and_then(|post| tracing.pages.pages.get(post));
            let post = post.and_then(|post| surroundings.post(&post.path, true).ok().flatten());
            Task { page, spots, post }
        })
        .collect();
    let located = tracing.pages.urls.site();
    let (layouts, calls, values) = (&written.layouts, &written.calls, &written.values);
    let base = &*tracing.taken.published.base;
    let quotes = &tracing.pages.quotes;
    let tracer =
        Tracer { site: Some(&located.site), faulty: faulty(&located.site), base, layouts, calls, values, quotes };
    let origins: Vec<Vec<(usize, BuiltSpot, Origin)>> =
        tasks.par_iter().map(|task| task.run(tracing, &tracer)).collect();
    let mut traced: Vec<Traced> = groups.into_iter().map(Traced::unknown).collect();
    if traced.iter().any(|traced| traced.file().is_some()) {
        let files = OtherFiles::of(located, tracing.taken, surroundings);
        let source = |(file, span): (&str, Span)| files.line(&tracing.taken.folder.join(file), span);
        traced.iter_mut().for_each(|traced| traced.source = traced.file().and_then(source));
    }
    for (task, origins) in tasks.iter().zip(origins) {
        for (group, spot, origin) in origins {
            if let Some(traced) = traced.get_mut(group) {
                traced.has_layouts = written.has_layouts;
                traced.lacks_theme = written.lacks_theme;
                traced.origins.push((spot, task.post.as_ref().map(|post| post.path.clone()), origin));
            }
        }
    }
    for traced in &mut traced {
        settle_shown(traced, tracing.pages);
        settle_missing(traced, &written.calls, &located.config_folder);
    }
    traced
}

/// Replaces what pages show of other posts by its places there, unless the finding has a place in pages that are not such lists.
fn settle_shown(traced: &mut Traced, pages: &SitePages) {
    let is_known = |origin: &Origin| !matches!(origin, Origin::Shown(_) | Origin::ShownHeading(..) | Origin::Unknown);
    let path = |post: usize| pages.pages.get(post).map(|post| post.path.clone());
    let is_elsewhere = traced.origins.iter().any(|(.., origin)| is_known(origin));
    let mut all = Vec::with_capacity(traced.origins.len());
    for (spot, own, origin) in traced.origins.drain(..) {
        match origin {
            Origin::Shown(_) | Origin::ShownHeading(..) if is_elsewhere => all.push((spot, own, Origin::Unknown)),
            Origin::Shown(posts) => {
                all.extend(posts.into_iter().map(|(post, span)| (spot, path(post), Origin::Element(span))));
            }
            Origin::ShownHeading(posts, wanted) => {
                let line = |post: usize| Some((spot, path(post), Origin::Value(heading_line(&path(post)?, &wanted)?)));
                all.extend(posts.into_iter().filter_map(line));
            }
            other => all.push((spot, own, other)),
        }
    }
    traced.origins = all;
}

/// The line of a post with a heading of these letters.
fn heading_line(post: &Path, wanted: &str) -> Option<Span> {
    let source = read_post(&Disk, post)?;
    let is_heading = |line: &str| line.trim_start().starts_with('#') || line.contains("<h");
    let text = source.text();
    let found = |line: &Span| is_heading(line.slice(text)) && letters(line.slice(text)).contains(wanted);
    lines_of(text, Span::of(0..text.len())).find(found)
}

/// Gives a finding that no line is known to write the line of the config at which a key may be set.
fn settle_missing(traced: &mut Traced, calls: &Calls, config_folder: &Path) {
    let is_unknown = traced.origins.iter().all(|(.., origin)| matches!(origin, Origin::Unknown));
    if let Some((line, advice)) = calls.missing(traced.rule()).filter(|_| is_unknown && traced.source.is_none()) {
        traced.source = traced.file().map(|_| (collapsed(&config_folder.join(&*line.file)), line.line));
        traced.origins.iter_mut().for_each(|(.., origin)| *origin = Origin::Line(line.clone()));
        traced.advise(advice);
    }
}

/// The attributes that rules miss.
const MISSING: [(&str, &str); 3] =
    [("alt-missing", "alt"), ("iframe-untitled", "title"), ("image-without-dimensions", "width")];

/// The first known origin of an element and the others that a finding is about.
fn of_elements(span: Span, others: &[Span], of_element: impl Fn(Span) -> Origin) -> Origin {
    let all = || core::iter::once(span).chain(others.iter().copied()).map(&of_element);
    match all().find(|it| !matches!(it, Origin::Unknown)).unwrap_or(Origin::Unknown) {
        // A check of the post does not see the other element, such as the heading of the layout above it.
        Origin::Element(span) if !others.is_empty() && !all().skip(1).any(|it| matches!(it, Origin::Element(_))) => {
            Origin::Value(span)
        }
        found => found,
    }
}

/// Rules for which the value in an element is right, but not in this one: the name of the site as the title of a page.
const OF_TAG: [&str; 1] = ["title-shared"];

/// Maximum number of elements that are tried where one finding is about several.
const MAX_OTHERS: usize = 8;

/// A place whose origin is looked for.
struct Wanted {
    /// The index of its group.
    group: usize,
    rule: Arc<str>,
    /// Whether most pages have the finding.
    is_common: bool,
    /// Whether few pages have it.
    is_rare: bool,
    spot: BuiltSpot,
    /// Whether the finding is about the page as a whole.
    is_of_page: bool,
    /// The attribute that is not there.
    missing: Option<&'static str>,
    /// The other elements of the page that it is about.
    others: Vec<Span>,
}

/// Of so many pages, a few have what the others do not have.
const FEW: usize = 20;

/// Rules about what the head lacks, which front matter may add.
const OF_HEAD: [&str; 2] = ["og-core-missing", "description-missing"];

/// Keys of front matter with the values that rules compare.
const OF_KEYS: [(&str, &[&str]); 1] =
    [("article-dates-wrong", &["last_modified_at", "lastmod", "updated", "modified", "date"])];

impl Wanted {
    /// The place of a finding whose origin is not known: in the front matter, if the other pages do not have the finding; where
    /// the config names a picture that is in most pages.
    fn otherwise(
        &self,
        found: &Origin,
        post: Option<&Document<'_>>,
        of_url: impl FnOnce() -> Option<Origin>,
    ) -> Option<Origin> {
        let is_unknown = matches!(found, Origin::Unknown);
        if let Some((_, keys)) = OF_KEYS.iter().find(|(rule, _)| is_unknown && *rule == &*self.rule) {
            let entries = &post?.sound_block()?.mapping.entries;
            let named = |key: &&str| entries.iter().find(|entry| entry.name() == Some(key));
            return keys.iter().find_map(named).map(|entry| Origin::Value(entry.value.span));
        }
        // A helper writes what it is given.
        let is_of_head = OF_HEAD.contains(&&*self.rule) && (is_unknown || matches!(found, Origin::Alike(_)));
        if is_of_head && self.is_rare {
            return post.map(|post| Origin::Value(post.sound_fence().unwrap_or_default()));
        }
        if is_unknown && self.is_common && self.missing.is_some() { of_url() } else { None }
    }
}

/// A page with findings.
struct Task {
    page: usize,
    spots: Vec<Wanted>,
    post: Option<Post>,
}

impl Task {
    fn run(&self, tracing: &Tracing<'_>, tracer: &Tracer<'_>) -> Vec<(usize, BuiltSpot, Origin)> {
        let unknown = || self.spots.iter().map(|it| (it.group, it.spot, Origin::Unknown)).collect();
        let Some(page) = tracing.site.pages.get(self.page) else { return unknown() };
        let Some(built) = read_post(&Disk, &tracing.taken.folder.join(&page.file)) else { return unknown() };
        let rules = &tracing.pages.rules;
        let pages = Pages { published: &tracing.taken.published, site: tracer.site, rules };
        let place = pages.place(&page.file);
        let document = Document::parse(&built, &place);
        let marks = PageMarks::new(&document);
        let source = self.post.as_ref().and_then(|post| read_post(&Disk, &post.path));
        let parsed = self.post.as_ref().zip(source.as_ref());
        let post = parsed.map(|(post, source)| Document::parse(source, &post.place));
        let traced = post.as_ref().map(TracedPost::new);
        let of_page = |spot: &BuiltSpot| match (&post, site_name_heading(&document, spot.span, tracer.site)) {
            (_, Some(heading)) => tracer.origin(&marks, (heading, None), None),
            (None, _) => tracer.origin(&marks, (spot.span, None), None),
            // Nothing in it is wrong, but the page itself.
            (Some(post), _) if spot.span == page.start => Origin::Value(post.sound_fence().unwrap_or_default()),
            (Some(post), _) => {
                let heading = || heading_of_post(&document, spot.span, post);
                let found = tracer.origin_of_words(&marks, spot.span, post).or_else(heading);
                match found.unwrap_or_else(|| tracer.origin(&marks, (spot.span, None), traced.as_ref())) {
                    // A check of the post does not see the page as a whole.
                    Origin::Element(span) => Origin::Value(span),
                    other => other,
                }
            }
        };
        let origin = |about: &Wanted| {
            let Wanted { group, spot, is_of_page, missing, others, .. } = about;
            let is_of_tag = OF_TAG.contains(&&*about.rule);
            let of_tag = |span: Span| is_of_tag.then(|| tracer.origin_of_tag(&marks, span))?;
            let of_element =
                |span: Span| of_tag(span).unwrap_or_else(|| tracer.origin(&marks, (span, *missing), traced.as_ref()));
            let found = match is_of_page {
                true => of_page(spot),
                false => of_elements(spot.span, others, of_element),
            };
            let of_url = || tracer.line_of_url(&document, spot.span);
            let found = about.otherwise(&found, post.as_ref(), of_url).unwrap_or(found);
            // Of the references of a page to a target, only the first is known.
            let more = match (&found, &post) {
                (Origin::Element(span), Some(post)) if spot.span.is_empty() => same_in_post(post, *span),
                _ => Vec::new(),
            };
            let all = core::iter::once(found).chain(more.into_iter().map(Origin::Element));
            all.map(|origin| (*group, *spot, origin)).collect::<Vec<_>>()
        };
        self.spots.iter().flat_map(origin).collect()
    }
}
