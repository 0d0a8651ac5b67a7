//! `postlint links`: lists the links of posts, and what each leads to.

use crate::cli::{self, LinksFormat, SUBCOMMANDS};
use crate::engine::{Setup, facts_of};
use crate::facts::target::Target;
use crate::facts::{Found, Link, PageFacts, SiteFacts, key};
use crate::files::{self, Disk, Limit, absolute};
use crate::output::Screen;
use crate::output::links::{LinkLine, write_json, write_text, write_urls};
use crate::project::{LocatedSite, Post, SiteUrls, Surroundings};
use crate::ruleset::Selection;
use crate::run::error::RunError;
use crate::run::exit::Exit;
use crate::run::invocation::Invocation;
use crate::site::urls::{Page, PageUrls, PostName, Publication};
use crate::source::Source;
use crate::url::{path_and_query, scheme};
use crate::walk::{self, Walk};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Runs the command.
pub fn links(arguments: &cli::Links, invocation: &Invocation, out: &mut Screen<'_>) -> Result<Exit, RunError> {
    let working_directory = &invocation.working_directory;
    let mut surroundings = Surroundings::new(Arc::new(Disk), working_directory, None, None, Selection::default())?;
    let asked = posts(&arguments.paths, working_directory, &mut surroundings)?;
    let mut listed = Vec::new();
    let mut sites: BTreeMap<PathBuf, (Option<Arc<LocatedSite>>, Vec<Post>)> = BTreeMap::new();
    for post in asked {
        let root = post.site.as_ref().map_or_else(PathBuf::new, |site| site.root.clone());
        sites.entry(root).or_insert_with(|| (post.site.clone(), Vec::new())).1.push(post);
    }
    for (located, posts) in sites.into_values() {
        match located {
            Some(located) => of_site(&located, posts, arguments, invocation, &mut surroundings, &mut listed)?,
            None => {
                for (post, source, facts) in read(posts, &Nowhere)? {
                    let places = Places { site: None, printed: invocation.printed(&post.path), source: &source };
                    listed.extend(facts.links.iter().map(|link| places.line(link)));
                }
            }
        }
    }
    write(listed, arguments, out)?;
    Ok(Exit::Clean)
}

fn write(mut listed: Vec<LinkLine>, arguments: &cli::Links, out: &mut Screen<'_>) -> Result<(), RunError> {
    if arguments.internal {
        listed.retain(|link| link.kind == "internal");
    }
    if arguments.external {
        listed.retain(|link| link.kind == "external");
    }
    listed.sort_by(|a, b| (&a.path, a.start.line, a.start.column).cmp(&(&b.path, b.start.line, b.start.column)));
    match arguments.format {
        LinksFormat::Json => write_json(&listed, out)?,
        LinksFormat::Text if arguments.external => {
            write_urls(listed.iter().filter_map(|link| link.target.as_deref()), out)?;
        }
        LinksFormat::Text => write_text(&listed, out)?,
    }
    Ok(())
}

fn posts(paths: &[PathBuf], root: &Path, surroundings: &mut Surroundings) -> Result<Vec<Post>, RunError> {
    let found = walk::walk(&Walk { paths, root, force_exclude: false, commands: &SUBCOMMANDS })?;
    let mut posts = Vec::new();
    for path in &found.files {
        posts.extend(surroundings.post(path, found.named.contains(path))?);
    }
    Ok(posts)
}

/// The URLs of posts that belong to no site.
struct Nowhere;

impl PageUrls for Nowhere {
    fn publication(&self, _: &Page<'_>, _: Option<i64>) -> Publication {
        Publication::Unknown
    }

    fn post_name(&self, _: &Page<'_>) -> Option<PostName> {
        None
    }
}

/// The posts with their texts and facts, in the same order.
fn read(posts: Vec<Post>, urls: &dyn PageUrls) -> Result<Vec<(Post, Source, PageFacts)>, RunError> {
    let read = |post: Post| {
        let bytes = files::read(&post.path, Limit::POST)
            .map_err(|error| RunError::Unreadable { path: post.path.clone(), error })?;
        let source = Source::from_bytes(bytes);
        let facts = facts_of(Setup { urls: Some(urls), ..post.setup() }, &source).map(|(facts, _)| facts);
        Ok(facts.map(|facts| (post, source, *facts)))
    };
    let read: Vec<Option<_>> = posts.into_par_iter().map(read).collect::<Result<_, RunError>>()?;
    Ok(read.into_iter().flatten().collect())
}

fn of_site(
    located: &Arc<LocatedSite>,
    asked: Vec<Post>,
    arguments: &cli::Links,
    invocation: &Invocation,
    surroundings: &mut Surroundings,
    listed: &mut Vec<LinkLine>,
) -> Result<(), RunError> {
    let urls: Arc<SiteUrls> = surroundings.urls(located);
    let rewritten = urls.rewritten();
    let paths: BTreeSet<PathBuf> = asked.iter().map(|post| post.path.clone()).collect();
    let absolute: BTreeSet<PathBuf> = asked.iter().map(|post| absolute(&post.path)).collect();
    // The other pages of the site are what links may lead to.
    let others = posts(std::slice::from_ref(&located.root), &located.root, surroundings)?;
    let is_here = |post: &Post| post.site.as_ref().is_some_and(|site| site.root == located.root);
    let others = others.into_iter().filter(|post| is_here(post) && !absolute.contains(&post.path));
    let mut all = read(asked.into_iter().chain(others).collect(), &*urls)?;
    all.sort_by(|a, b| a.2.path.cmp(&b.2.path));
    let (mut pages, mut sources) = (Vec::new(), Vec::new());
    for (post, source, facts) in all {
        pages.push(facts);
        sources.push((post, source));
    }
    let site = SiteFacts::new(&located.site, pages, surroundings.folders(&located.root, Some(located)), rewritten);
    let wanted = arguments.to.as_deref().map(|to| Wanted::of(to, &site, &sources, invocation));
    for (facts, (post, source)) in site.pages.iter().zip(&sources).filter(|(_, (post, _))| paths.contains(&post.path)) {
        let places =
            Places { site: Some((&site, &sources, invocation)), printed: invocation.printed(&post.path), source };
        let links = facts.links.iter().filter(|link| wanted.as_ref().is_none_or(|wanted| wanted.is(link, &site)));
        listed.extend(links.map(|link| places.line(link)));
    }
    Ok(())
}

/// What `--to` names.
enum Wanted {
    /// This page of the site.
    Page(usize),
    /// This URL on the site, as a key of the index.
    Path(String),
    /// A URL of another site.
    Url(String),
}

impl Wanted {
    fn of(to: &str, site: &SiteFacts<'_>, sources: &[(Post, Source)], invocation: &Invocation) -> Self {
        let is_file = |post: &Post| invocation.printed(&post.path) == *to.trim_start_matches("./");
        if let Some(page) = sources.iter().position(|(post, _)| is_file(post)) {
            return Wanted::Page(page);
        }
        let host = crate::url::host(to).map(|host| host.trim_start_matches("www.").to_owned());
        let own = site.site.host().map(|host| host.trim_start_matches("www.").to_owned());
        if scheme(to).is_some() && (host.is_none() || host != own) {
            return Wanted::Url(to.trim_end_matches('/').to_owned());
        }
        let key = key(path_and_query(to));
        match site.index().pages_at(&key) {
            [page, ..] => Wanted::Page(*page),
            [] => Wanted::Path(key),
        }
    }

    fn is(&self, link: &Link, site: &SiteFacts<'_>) -> bool {
        match self {
            Wanted::Url(url) => {
                let written = link.href.split('#').next().unwrap_or("");
                link.target == Target::Elsewhere && written.trim_end_matches('/') == url
            }
            Wanted::Path(path) => matches!(&link.target, Target::Url(url) if key(url.as_str()) == *path),
            Wanted::Page(page) => match site.index().find(&link.target) {
                Found::Page(found) | Found::Redirect(found, _) => found == *page,
                _ => false,
            },
        }
    }
}

/// A site with its posts and their texts.
type WithSources<'a> = (&'a SiteFacts<'a>, &'a [(Post, Source)], &'a Invocation);

/// What the line of a link needs.
struct Places<'a> {
    site: Option<WithSources<'a>>,
    printed: String,
    source: &'a Source,
}

impl Places<'_> {
    fn line(&self, link: &Link) -> LinkLine {
        let (kind, target) = match &link.target {
            Target::Here => ("same-page", None),
            Target::Url(url) => ("internal", Some(url.as_str().to_owned())),
            Target::Source(path) | Target::Content(path) | Target::Post(path) | Target::Ref(path) => {
                ("internal", Some(path.clone()))
            }
            Target::Elsewhere if is_on_the_web(&link.href) => ("external", Some(link.href.clone())),
            Target::Elsewhere if scheme(&link.href).is_some() => ("other", Some(link.href.clone())),
            Target::Elsewhere => ("same-host", Some(link.href.clone())),
            Target::Unknown => ("unknown", None),
        };
        let page = self.site.and_then(|(site, sources, invocation)| match site.index().find(&link.target) {
            Found::Page(page) | Found::Redirect(page, _) => {
                sources.get(page).map(|(post, _)| invocation.printed(&post.path))
            }
            _ => None,
        });
        LinkLine {
            path: self.printed.clone(),
            start: self.source.position(link.span.start),
            href: link.href.clone(),
            kind,
            target,
            page,
            fragment: link.fragment.clone(),
            text: link.text.clone(),
            rel: link.rel.clone(),
        }
    }
}

/// Whether it is a URL of another host: `https://…` or `//…`.
fn is_on_the_web(url: &str) -> bool {
    crate::url::host(url).is_some()
}
