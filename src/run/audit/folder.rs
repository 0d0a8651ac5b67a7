//! Which folder has the built pages of a site, and where they are published.

use crate::built::location::Published;
use crate::files::{absolute, collapsed};
use crate::project::LocatedSite;
use crate::run::audit::given::{SitePages, SourcePage};
use crate::url::percent_decoded;
use std::path::{Path, PathBuf};

/// A folder of built pages.
pub struct Taken {
    /// The folder.
    pub folder: PathBuf,
    /// Where its files are published.
    pub published: Published,
}

/// Number of pages that are looked for.
const SAMPLE: usize = 60;

/// The folder with the built pages of a site: the output folder of its generator, if at least a quarter of the pages that are
/// looked for are at their URLs in it.
pub fn find(site: &SitePages) -> Option<Taken> {
    let (taken, found, wanted) = look(None, site)?;
    (found > 0 && found * 4 >= wanted).then_some(taken)
}

/// The site whose pages a named folder has: of several in a repository, the one with the largest share of its pages there.
pub fn site_of<'s>(named: &Path, sites: &'s [SitePages]) -> Option<(&'s SitePages, Taken)> {
    let all = sites.iter().filter_map(|site| Some((site, look(Some(named), site)?)));
    // Of equal ones, the first.
    let share = |(_, (_, found, wanted)): &(&SitePages, (Taken, usize, usize))| found * 1000 / (*wanted).max(1);
    let (site, (taken, ..)) = all.rev().max_by_key(share)?;
    Some((site, taken))
}

/// A folder, and how many of how many pages that are looked for are at their URLs in it.
fn look(named: Option<&Path>, site: &SitePages) -> Option<(Taken, usize, usize)> {
    let located = site.urls.site();
    let folder = match named {
        Some(named) => collapsed(&absolute(named)),
        None => output_folder(located)?,
    };
    let hosts = located.site.host().into_iter();
    let hosts: Vec<String> = hosts.map(|host| host.strip_prefix("www.").unwrap_or(&host).to_owned()).collect();
    let base = located.site.base_path();
    let known: Vec<&SourcePage> = site.pages.iter().filter(|page| !page.urls.is_empty()).collect();
    let step = (known.len() / SAMPLE).max(1);
    let decoded = |page: &&SourcePage| page.urls.iter().map(|url| percent_decoded(url)).collect();
    let sample: Vec<Vec<String>> = known.iter().step_by(step).map(decoded).collect();
    let there = |base: &str| sample.iter().filter(|urls| urls.iter().any(|url| is_there(&folder, base, url))).count();
    // The folder may be that of the host, with the site in one of its folders.
    let (below, whole) = (there(&base), if base.is_empty() { 0 } else { there("") });
    let published = Published { base: if whole > below { String::new() } else { base }, hosts };
    Some((Taken { folder, published }, below.max(whole), sample.len()))
}

/// The output folder of the generator. A config in a folder of its own is read from the folder above.
fn output_folder(located: &LocatedSite) -> Option<PathBuf> {
    let above = located.config_folder.parent().filter(|_| !located.root.starts_with(&located.config_folder));
    let from = [Some(&*located.config_folder), Some(&*located.root), above];
    let folders = from.into_iter().flatten().map(|from| collapsed(&from.join(located.site.built_folder())));
    let is_source = |folder: &PathBuf| *folder == located.config_folder || *folder == located.root;
    folders.into_iter().find(|folder| folder.is_dir() && !is_source(folder))
}

/// Whether the folder has the page with this URL, decoded.
fn is_there(folder: &Path, base: &str, url: &str) -> bool {
    let Some(inside) = url.strip_prefix(base) else { return false };
    let inside = inside.trim_start_matches('/');
    if inside.split('/').any(|part| part == "..") {
        return false;
    }
    let bare = inside.trim_end_matches('/');
    let whole = [format!("{bare}/index.html"), format!("{bare}.html"), bare.to_owned()];
    whole.iter().any(|file| folder.join(file.trim_start_matches('/')).is_file())
}
