//! An example of built pages: the files below `_site/` are built, and all others are the sources of the site.

use crate::built::location::Published;
use crate::built::picture::pixels;
use crate::built::{BuiltSite, Robots, Sitemap};
use crate::diagnostic::Diagnostic;
use crate::engine::audit::{Pages, across_pages};
use crate::engine::examples::Example;
use crate::engine::examples::site::Files;
use crate::rule::built::BuiltFound;
use crate::ruleset::Ruleset;
use crate::site::Site;
use crate::site::detect::detect;
use crate::source::{Source, Span};
use std::collections::BTreeMap;

/// The folder of the built files.
pub const FOLDER: &str = "_site/";

/// The findings of the rules in the first file of an example.
pub fn lint(example: &Example, rules: &Ruleset) -> Vec<Diagnostic> {
    let own = (&*example.file, &*example.text);
    let others = example.others.iter().map(|(path, text)| (&**path, &**text));
    let files: BTreeMap<&str, &str> = others.chain([own]).collect();
    let site = detect(&Files(&files)).unwrap_or_else(|| Site::new(example.generator));
    let hosts = site.host().into_iter().chain(example.own_hosts.iter().cloned()).collect();
    let published = Published { base: site.base_path(), hosts };
    let rules = rules.for_built();
    let pages = Pages { published: &published, site: Some(&site), rules: &rules };
    let mut built = BuiltSite::new(published.clone());
    let (mut found, mut index) = (Vec::new(), None);
    for (path, text) in &files {
        let Some(inside) = path.strip_prefix(FOLDER) else { continue };
        if inside.ends_with(".html") {
            let read = pages.read(inside, &Source::new(*text));
            if *path == example.file {
                found.extend(read.found.into_iter().map(|(_, diagnostic)| diagnostic));
                index = Some(built.pages.len());
            }
            built.add_page(read.read);
            continue;
        }
        built.add_file(inside, text.len() as u64);
        built.pixels.extend(pixels(text.as_bytes()).map(|pixels| (inside.to_owned(), pixels)));
        if inside.ends_with(".xml") {
            built.sitemaps.extend(Sitemap::read(inside, text));
        } else if inside == "robots.txt" {
            built.robots = Some(Robots::read(inside, text));
        }
    }
    for of_site in across_pages(&built, &rules) {
        match of_site {
            BuiltFound::InPages(spots, _, mut diagnostic) => {
                if let Some(spot) = spots.iter().find(|spot| Some(spot.page) == index) {
                    diagnostic.label.span = tag_at(&example.text, spot.span);
                    found.push(diagnostic);
                }
            }
            BuiltFound::InFile(file, diagnostic) => {
                found.extend((example.file.strip_prefix(FOLDER) == Some(&file)).then_some(diagnostic));
            }
            BuiltFound::NotChecked(_) => {}
        }
    }
    found.sort_by(|a, b| (a.label.span, &a.rule).cmp(&(b.label.span, &b.rule)));
    found
}

/// The tag at a place of which only the start is known.
fn tag_at(text: &str, span: Span) -> Span {
    let length = text.get(span.start as usize..).and_then(|rest| rest.find('>'));
    match length {
        Some(length) if span.is_empty() => Span::new(span.start, span.start + length as u32 + 1),
        _ => span,
    }
}
