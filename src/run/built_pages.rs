//! `postlint audit`: reads the built pages of the sites, runs the rules on them, and reports each finding where it is changed.

use crate::built::location::Published;
use crate::built::{BuiltPage, BuiltSite};
use crate::diagnostic::Diagnostic;
use crate::engine::FileReport;
use crate::engine::audit::{Group, Groups, MAX_GROUPS, Pages, across_pages};
use crate::engine::audit_summary::BuiltHead;
use crate::files::{self, Limit, absolute, collapsed};
use crate::output::Screen;
use crate::output::visible::one_line;
use crate::project::{Post, Surroundings};
use crate::rule::built::BuiltFound;
use crate::ruleset::Ruleset;
use crate::run::audit::folder::Taken;
use crate::run::audit::traced::Traced;
use crate::run::audit::tracing::Sources;
use crate::run::audit::{Auditing, Found, SitePages, SourcePage, folder, listing, placing, reading, tracing};
use crate::run::error::RunError;
use crate::run::linted::Linted;
use crate::run::progress::Progress;
use crate::site::Site;
use crate::source::Source;
use crate::url::percent_decoded;
use crate::walk;
use crate::words::counted;
use rustc_hash::FxHashSet;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Audits the built pages of the sites.
pub fn audit(
    sites: &[SitePages],
    auditing: &Auditing<'_>,
    surroundings: &mut Surroundings,
    err: &mut Screen<'_>,
) -> Result<Found, RunError> {
    let mut found = Found::default();
    let named = auditing.audited.built.as_deref();
    if let Some(folder) = named.filter(|folder| !folder.is_dir()) {
        let error = files::look_at(folder, Limit::POST).err().unwrap_or(files::ReadError::Missing);
        let error = if folder.is_file() { files::ReadError::NotAFile("file") } else { error };
        return Err(RunError::Unreadable { path: folder.to_owned(), error });
    }
    match named {
        Some(named) => match folder::site_of(named, sites) {
            Some((site, taken)) => {
                found.folders.push(taken.folder.clone());
                one(site, &taken, auditing, surroundings, (&mut found, err))?;
            }
            None => {
                let rules = auditing.read.first().map(|(post, _)| post.rules.clone());
                let taken = Taken { folder: collapsed(&absolute(named)), published: Published::default() };
                found.folders.push(taken.folder.clone());
                without_site(rules, &taken, auditing, surroundings, (&mut found, err))?;
            }
        },
        None if sites.is_empty() && !auditing.quiet => {
            writeln!(err, "no site was found whose built pages could be audited: name their folder with --built DIR")?;
        }
        None => {
            for site in sites {
                match folder::find(site) {
                    Some(taken) => {
                        found.folders.push(taken.folder.clone());
                        one(site, &taken, auditing, surroundings, (&mut found, &mut *err))?;
                    }
                    None if !auditing.quiet => tell_none(site, auditing.root, err)?,
                    None => {}
                }
            }
        }
    }
    Ok(found)
}

fn tell_none(site: &SitePages, root: &Path, err: &mut Screen<'_>) -> io::Result<()> {
    let located = site.urls.site();
    let folder = located.config_folder.join(located.site.built_folder());
    let printed = one_line(&walk::printed(&folder, root)).into_owned();
    let why = if folder.is_dir() { "does not hold the pages of the site" } else { "is not there" };
    writeln!(err, "no built pages: `{printed}` {why}; build the site, or name the folder with --built DIR")
}

/// Where findings go, and what is said about the run.
type Out<'o, 's, 'w> = (&'o mut Found, &'s mut Screen<'w>);

fn one(
    pages: &SitePages,
    taken: &Taken,
    auditing: &Auditing<'_>,
    surroundings: &mut Surroundings,
    (found, err): Out<'_, '_, '_>,
) -> Result<(), RunError> {
    let located = pages.urls.site().clone();
    let rules = pages.rules.for_built();
    let mut site = BuiltSite::new(taken.published.clone());
    site.rewritten = pages.urls.rewritten();
    let key = |url: &String| taken.published.key(&percent_decoded(url));
    // A section of Hugo or Zola is a list of its pages, which a menu may open and not link.
    let is_section = |post: &SourcePage| post.path.file_stem().is_some_and(|stem| stem == "_index");
    let own = pages.pages.iter().filter(|post| !is_section(post));
    site.of_posts = own.flat_map(|post| &post.urls).filter_map(key).collect();
    let only = |post: &SourcePage| if let [url] = &*post.urls { key(url) } else { None };
    let expected = pages.pages.iter().filter_map(only).collect();
    let reading = Reading { source: Some(&located.site), rules: &rules, taken, auditing };
    let (site, groups) = reading.all(site, expected, &mut found.not_checked, err)?;
    let sources = Sources::of(&site, &pages.pages, located.site.title.as_ref().map(|title| &*title.value));
    if !auditing.quiet {
        sources.tell(&site, &pages.pages, err)?;
    }
    found.pages += site.pages.len();
    found.heads.extend(heads(&site, taken, (pages, &sources), auditing));
    let traced =
        tracing::trace(&tracing::Tracing { site: &site, taken, pages, sources: &sources }, groups, surroundings);
    placing::place(
        traced,
        &placing::Placing {
            site: &site,
            taken,
            auditing,
            config_folder: Some(&located.config_folder),
            generated: pages.pages.iter().filter(|post| post.is_generated).map(|post| &*post.path).collect(),
            said: OnceCell::new(),
        },
        found,
    );
    Ok(())
}

/// The heads of the pages that were built of posts.
fn heads(
    site: &BuiltSite,
    taken: &Taken,
    (pages, sources): (&SitePages, &Sources),
    auditing: &Auditing<'_>,
) -> Vec<(PathBuf, BuiltHead)> {
    let head = |(post, page): (&SourcePage, &BuiltPage)| {
        let file = walk::printed(&taken.folder.join(&page.file), auditing.root);
        let (title, head, is_noindex) = (page.title.clone(), page.head.clone(), page.is_noindex);
        (post.path.clone(), BuiltHead { file, title, head, is_noindex })
    };
    sources.pairs(site, &pages.pages).filter(|(_, page)| page.is_whole).map(head).collect()
}

/// Audits a folder of pages that were built from nothing that is known.
fn without_site(
    rules: Option<Arc<Ruleset>>,
    taken: &Taken,
    auditing: &Auditing<'_>,
    surroundings: &mut Surroundings,
    (found, err): Out<'_, '_, '_>,
) -> Result<(), RunError> {
    let rules = match rules {
        Some(rules) => rules,
        None => surroundings.project(&absolute(auditing.root))?.rules("")?,
    };
    let site = BuiltSite::new(taken.published.clone());
    let nothing = FxHashSet::default();
    let reading = Reading { source: None, rules: &rules.for_built(), taken, auditing };
    let (site, groups) = reading.all(site, nothing, &mut found.not_checked, err)?;
    found.pages += site.pages.len();
    let traced = groups.into_iter().map(Traced::unknown).collect();
    placing::place(
        traced,
        &placing::Placing {
            site: &site,
            taken,
            auditing,
            config_folder: None,
            generated: FxHashSet::default(),
            said: OnceCell::new(),
        },
        found,
    );
    Ok(())
}

/// What a built folder is read with.
struct Reading<'r> {
    /// The site that it was built from, if it is known.
    source: Option<&'r Site>,
    rules: &'r Ruleset,
    taken: &'r Taken,
    auditing: &'r Auditing<'r>,
}

impl Reading<'_> {
    /// Reads the folder, which should have the pages with these keys, and runs the rules on it. Adds what could not be checked.
    fn all(
        &self,
        mut site: BuiltSite,
        expected: FxHashSet<String>,
        not_checked: &mut Vec<String>,
        err: &mut Screen<'_>,
    ) -> Result<(BuiltSite, Vec<Group>), RunError> {
        let Reading { source, rules, taken, auditing } = *self;
        let listing = listing::list(&taken.folder);
        let number = reading::pages_of(&listing);
        if let Some(named) = auditing.audited.built.as_ref().filter(|_| number == 0) {
            return Err(RunError::NoBuiltPages { path: named.clone() });
        }
        let pages = Pages { published: &taken.published, site: source, rules };
        let mut groups = Groups::default();
        let progress = Progress::new(number, "built pages", auditing.quiet);
        let skipped = reading::read(&listing, &pages, &mut site, &mut groups, &|| progress.step());
        progress.finish();
        site.expect(expected);
        if !auditing.quiet {
            let folder = walk::printed(&taken.folder, auditing.root);
            let folder = if folder.is_empty() { "." } else { &folder };
            writeln!(err, "built pages: {} in `{}`", counted(site.pages.len(), "page"), one_line(folder))?;
            listing.tell(err)?;
            skipped.tell(err)?;
        }
        let mut in_files = Vec::new();
        for found in across_pages(&site, rules) {
            match found {
                BuiltFound::InPages(spots, pages, diagnostic) => {
                    groups.add(Group { spots, pages, ..Group::of(diagnostic) });
                }
                BuiltFound::InFile(file, diagnostic) => {
                    in_files.push(Group { file: Some(file), ..Group::of(diagnostic) });
                }
                BuiltFound::NotChecked(what) => {
                    if !auditing.quiet {
                        let advice = "build the whole site, or audit the folder that is published";
                        writeln!(err, "warning: not checked: {what}: {advice}")?;
                    }
                    not_checked.push(what);
                }
            }
        }
        if groups.left_out > 0 && !auditing.quiet {
            writeln!(err, "warning: only the first {MAX_GROUPS} different findings in built pages are shown")?;
        }
        let mut groups = groups.into_groups();
        groups.extend(in_files);
        Ok((site, groups))
    }
}

/// The findings in files of built folders, as reports of these files.
pub fn reports(
    found: Vec<(PathBuf, Diagnostic)>,
    surroundings: &mut Surroundings,
    root: &Path,
) -> Result<Vec<Linted>, RunError> {
    let mut by_file: BTreeMap<PathBuf, Vec<Diagnostic>> = BTreeMap::new();
    for (path, diagnostic) in found {
        by_file.entry(path).or_default().push(diagnostic);
    }
    let project = surroundings.project(&absolute(root))?;
    let rules = project.rules("")?;
    let mut linted = Vec::new();
    for (path, mut diagnostics) in by_file {
        let Ok(source) = files::read(&path, Limit::POST).map(Source::from_bytes) else { continue };
        diagnostics.sort_by(|a, b| (a.label.span, &a.rule, &a.message).cmp(&(b.label.span, &b.rule, &b.message)));
        let report = FileReport { path: walk::printed(&path, root), source, diagnostics };
        let post = Post::of_file(&path, rules.clone(), project.root.clone(), project.known_in());
        linted.push(Linted::of_file(post, report));
    }
    Ok(linted)
}
