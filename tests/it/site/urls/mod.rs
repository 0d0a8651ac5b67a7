//! The URLs of pages. Every expected value is one that the generator itself gives: `tests/oracle/urls` compares whole
//! sites.

mod astro;
mod command;
mod docusaurus;
mod eleventy;
mod hexo;
mod hugo;
mod jekyll;
mod mdbook;
mod mkdocs;
mod page_url;
mod pelican;
mod vitepress;
mod zola;

use crate::site::Files;
use postlint::site::detect::detect;
use postlint::site::urls::{Around, Page, Publication, Urls};
use postlint::source::Source;

/// A day in 2026.
const NOW: i64 = 1_780_000_000;

/// The URL of the file at `path`: `-` if it does not become a page, `?` if it is not known.
fn url(files: &[(&str, &str)], path: &str) -> String {
    let files = Files::new(files);
    let site = detect(&files).expect("a site");
    let text = files.0.get(path).cloned().unwrap_or_default();
    let source = Source::new(text);
    let page = Page::read(path, &source, site.generator);
    let around = Around { site: &site, files: &files, now: Some(NOW) };
    match Urls::read(&files, &files, &site).of(&page, around) {
        Publication::At(url) => url.to_string(),
        Publication::Never => "-".to_owned(),
        Publication::OneOf(_) | Publication::Unknown => "?".to_owned(),
    }
}

/// Compares the URLs of files: path, front matter, URL. `site` has the other files.
fn check(site: &[(&str, &str)], cases: &[(&str, &str, &str)]) {
    for (path, front, expected) in cases {
        let text = format!("---\ntitle: A b\n{front}---\ntext\n");
        let mut files = site.to_vec();
        files.push((path, &text));
        assert_eq!(url(&files, path), *expected, "{path} with {front:?} in {site:?}");
    }
}
