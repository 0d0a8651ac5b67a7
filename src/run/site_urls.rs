//! `postlint site --urls`: prints the URL of each page.

use crate::cli::SiteFormat;
use crate::files::{self, Limit};
use crate::output::Screen;
use crate::output::urls::{self, SitePages};
use crate::project::{LocatedSite, Post, SiteUrls, Surroundings};
use crate::run::error::RunError;
use crate::run::invocation::Invocation;
use crate::site::urls::Publication;
use crate::source::Source;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Prints the URLs of the pages of all sites.
pub fn write(
    sites: &[(Arc<LocatedSite>, Vec<&Post>)],
    surroundings: &mut Surroundings,
    format: SiteFormat,
    invocation: &Invocation,
    out: &mut Screen<'_>,
) -> Result<(), RunError> {
    let now = now();
    let mut all = Vec::new();
    for (located, posts) in sites {
        let of_site = surroundings.urls(located);
        let pages = posts.iter().map(|post| Ok((invocation.printed(&post.path), url(post, &of_site, now)?)));
        all.push(SitePages {
            root: invocation.printed(&located.root),
            generator: located.site.generator.as_str(),
            pages: pages.collect::<Result<_, RunError>>()?,
        });
    }
    match format {
        SiteFormat::Text => urls::write_text(&all, out)?,
        SiteFormat::Json => urls::write_json(&all, out)?,
    }
    Ok(())
}

/// Seconds since 1970.
pub fn now() -> Option<i64> {
    SystemTime::now().duration_since(UNIX_EPOCH).ok().and_then(|since| i64::try_from(since.as_secs()).ok())
}

/// The URL of a post.
pub fn url(post: &Post, urls: &SiteUrls, now: Option<i64>) -> Result<Publication, RunError> {
    // The config may name another generator than the one that was found.
    if post.site.as_ref().is_some_and(|located| located.site.generator != post.place.generator) {
        return Ok(Publication::Unknown);
    }
    let unreadable = |error| RunError::Unreadable { path: post.path.clone(), error };
    let bytes = files::read(&post.path, Limit::POST).map_err(unreadable)?;
    Ok(urls.of(&post.place.path, &Source::from_bytes(bytes), now))
}
