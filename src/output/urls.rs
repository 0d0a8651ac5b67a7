//! The URL of each page of a site.

use crate::output::Screen;
use crate::output::visible;
use crate::site::urls::Publication;
use serde_json::{Value, json};
use std::io::{self, Write};

/// The pages of a site.
pub struct SitePages {
    /// The site's root as printed.
    pub root: String,
    /// The name of its generator.
    pub generator: &'static str,
    /// Each file as printed, and its URL.
    pub pages: Vec<(String, Publication)>,
}

/// Writes `path<TAB>url`; the URL is `-` for files without a page of their own and `?` if it is not known.
pub fn write_text(sites: &[SitePages], out: &mut Screen<'_>) -> io::Result<()> {
    for (path, publication) in sites.iter().flat_map(|site| &site.pages) {
        let url = match publication {
            Publication::At(url) => url.as_str(),
            Publication::Never => "-",
            Publication::OneOf(_) | Publication::Unknown => "?",
        };
        writeln!(out, "{}\t{url}", visible::path(path))?;
    }
    Ok(())
}

/// Writes `{"sites": [{root, generator, pages: [{path, url, published}]}]}`. `published` is `null` if it is not known.
pub fn write_json(sites: &[SitePages], out: &mut Screen<'_>) -> io::Result<()> {
    let record = |site: &SitePages| {
        let pages: Vec<Value> = site.pages.iter().map(page).collect();
        json!({ "root": site.root, "generator": site.generator, "pages": pages })
    };
    let sites: Vec<Value> = sites.iter().map(record).collect();
    out.json_indented(&json!({ "sites": sites }))
}

fn page((path, publication): &(String, Publication)) -> Value {
    let published = match publication {
        Publication::At(_) | Publication::OneOf(_) => Some(true),
        Publication::Never => Some(false),
        Publication::Unknown => None,
    };
    json!({ "path": path, "url": publication.url().map(|url| url.as_str()), "published": published })
}
