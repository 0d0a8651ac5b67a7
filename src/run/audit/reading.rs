//! Reads the files of a built folder on all cores. Only a part of the pages is in memory at a time.

use crate::built::picture::{self, BEGINNING};
use crate::built::{BuiltSite, Robots, Sitemap};
use crate::engine::audit::{Groups, Pages, Read};
use crate::files::{self, Limit, ReadError};
use crate::output::Screen;
use crate::output::visible::one_line;
use crate::run::audit::listing::{ListedFile, Listing};
use crate::source::Source;
use rayon::prelude::*;
use std::io::{self, Write};

/// Number of pages that are read at a time.
const BATCH: usize = 256;

/// Files that were not read.
#[derive(Default)]
pub struct Skipped {
    /// The first of them, with the reason.
    first: Option<(String, String)>,
    count: usize,
    not_utf8: usize,
}

impl Skipped {
    fn add(&mut self, file: &str, why: String) {
        self.count += 1;
        self.first.get_or_insert((file.to_owned(), why));
    }

    /// Says which files were not read.
    pub fn tell(&self, err: &mut Screen<'_>) -> io::Result<()> {
        if let Some((file, why)) = &self.first {
            let more = if self.count > 1 { format!(", and {} more", self.count - 1) } else { String::new() };
            writeln!(err, "warning: built file not read: `{}`: {}{more}", one_line(file), one_line(why))?;
        }
        if self.not_utf8 > 0 {
            writeln!(err, "warning: built pages that are not UTF-8, of which only links were read: {}", self.not_utf8)?;
        }
        Ok(())
    }
}

/// Number of pages that are read.
pub fn pages_of(listing: &Listing) -> usize {
    listing.files.iter().filter(|file| is_page(&file.inside)).count()
}

/// Reads all files, and adds them and the findings in pages. Calls `step` after each page.
pub fn read(
    listing: &Listing,
    pages: &Pages<'_>,
    site: &mut BuiltSite,
    groups: &mut Groups,
    step: &(dyn Fn() + Sync),
) -> Skipped {
    let mut skipped = Skipped::default();
    let (found, others): (Vec<&ListedFile>, Vec<&ListedFile>) =
        listing.files.iter().partition(|file| is_page(&file.inside));
    for file in others {
        add_other(file, site, &mut skipped);
    }
    for batch in found.chunks(BATCH) {
        let read = |file: &&ListedFile| {
            let read = read_page(file, pages);
            step();
            read
        };
        let read: Vec<Result<(Read, bool), ReadError>> = batch.par_iter().with_max_len(4).map(read).collect();
        for (file, read) in batch.iter().zip(read) {
            match read {
                Ok((read, is_utf8)) => {
                    skipped.not_utf8 += usize::from(!is_utf8);
                    if let Some(cause) = read.failure {
                        skipped.add(&file.inside, format!("postlint failed on it: {cause}"));
                    }
                    groups.add_page(site.pages.len(), read.found);
                    site.add_page(read.read);
                }
                Err(error) => {
                    skipped.add(&file.inside, error.to_string());
                    site.add_file(&file.inside, 0);
                }
            }
        }
    }
    measure(listing, site);
    skipped
}

/// Reads the sizes of the pictures of previews.
fn measure(listing: &Listing, site: &mut BuiltSite) {
    for inside in site.previews() {
        let at = listing.files.binary_search_by(|file| file.inside.cmp(&inside));
        let file = at.ok().and_then(|at| listing.files.get(at));
        let pixels = file.and_then(|file| picture::pixels(&files::beginning(&file.path, BEGINNING).ok()?));
        site.pixels.extend(pixels.map(|pixels| (inside, pixels)));
    }
}

fn read_page(file: &ListedFile, pages: &Pages<'_>) -> Result<(Read, bool), ReadError> {
    let source = Source::from_bytes(files::read(&file.path, Limit::POST)?);
    Ok((pages.read(&file.inside, &source), source.not_utf8().is_none()))
}

/// Whether the name of a file is that of a page.
fn is_page(path: &str) -> bool {
    let extension = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, it)| it);
    ["html", "htm", "xhtml"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Adds a file that is not a page. Sitemaps and `robots.txt` are read.
fn add_other(file: &ListedFile, site: &mut BuiltSite, skipped: &mut Skipped) {
    let size = files::size_of(&file.path);
    site.add_file(&file.inside, size);
    let name = file.inside.rsplit('/').next().unwrap_or("");
    let is_sitemap = name.starts_with("sitemap") && name.ends_with(".xml");
    if !is_sitemap && file.inside != "robots.txt" {
        return;
    }
    match files::read(&file.path, Limit::LIST).map(Source::from_bytes) {
        Ok(text) if is_sitemap => site.sitemaps.extend(Sitemap::read(&file.inside, text.text())),
        Ok(text) => site.robots = Some(Robots::read(&file.inside, text.text())),
        Err(error) => skipped.add(&file.inside, error.to_string()),
    }
}
