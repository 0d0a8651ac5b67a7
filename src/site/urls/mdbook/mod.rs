//! mdBook's URLs: the chapters that `SUMMARY.md` lists. Facts: the crates mdbook-summary and mdbook-html, version 0.5.
//! <https://rust-lang.github.io/mdBook/format/summary.html>

use crate::site::Site;
use crate::site::folder::Seen;
use crate::site::settings::Datum;
use crate::site::urls::around::Around;
use crate::site::urls::page::Page;
use crate::site::urls::page_url::{PageUrl, Publication, cleaned};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::collections::BTreeSet;

/// The settings that URLs depend on.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether the book is not built as HTML, or another program may change its chapters.
    is_unknown: bool,
    /// `output.html.site-url`
    base: String,
    /// Whether a `README.md` becomes the index of its folder.
    names_index: bool,
    /// The files of the chapters, below the folder.
    chapters: BTreeSet<String>,
}

/// Preprocessors that do not rename chapters.
const PREPROCESSORS: [&str; 9] =
    ["index", "links", "katex", "mermaid", "toc", "admonish", "alerts", "trpl-note", "trpl-listing"];

impl Settings {
    /// Reads `book.toml` and `SUMMARY.md`.
    pub fn read(seen: &Seen<'_>, site: &Site) -> Self {
        let config = seen.settings("book.toml");
        let get = |key: &str| config.as_ref().and_then(|config| config.get(key));
        let source = site.source.as_deref().unwrap_or("src");
        let source = cleaned(source).trim_start_matches('/').to_owned();
        let source = if source.is_empty() { source } else { format!("{source}/") };
        let summary = seen.folder().read(&format!("{source}SUMMARY.md"));
        let is_off = |key: &str| get(key).is_some_and(|setting| setting.value == Datum::Bool(false));
        let outputs = get("output").map_or(&[][..], |output| output.entries());
        let preprocessors = get("preprocessor").map_or(&[][..], |all| all.entries());
        let is_own = |name: &str| !PREPROCESSORS.contains(&name);
        let has_html = outputs.is_empty() || outputs.iter().any(|(name, _)| name == "html");
        Settings {
            is_unknown: !has_html || summary.is_none() || preprocessors.iter().any(|(name, _)| is_own(name)),
            base: site.base_path(),
            names_index: !is_off("build.use-default-preprocessors")
                || preprocessors.iter().any(|(it, _)| it == "index"),
            chapters: summary.as_deref().map(chapters).unwrap_or_default(),
        }
    }

    /// The URL of a file. The first chapter is at `/` too.
    pub fn publication(&self, page: &Page<'_>, _: Around<'_>) -> Publication {
        // Paths begin below the folder of the chapters.
        let inside = page.path;
        if self.is_unknown {
            return Publication::Unknown;
        }
        // Other files are copied.
        if inside.ends_with(".html") || inside.ends_with(".htm") {
            return Publication::At(PageUrl::below(&self.base, inside));
        }
        if !self.chapters.contains(inside) {
            return Publication::Never;
        }
        let (folder, name) = inside.rsplit_once('/').map_or(("", inside), |(folder, name)| (folder, name));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let stem = if self.names_index && stem.eq_ignore_ascii_case("readme") { "index" } else { stem };
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        Publication::At(PageUrl::below(&self.base, &format!("{folder}{stem}.html")))
    }
}

/// The files that a summary links to, outside of headings.
fn chapters(summary: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut in_heading = false;
    for event in Parser::new(summary) {
        match event {
            Event::Start(Tag::Heading { .. }) => in_heading = true,
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Start(Tag::Link { dest_url, .. }) if !in_heading && !dest_url.is_empty() => {
                found.insert(cleaned(&dest_url.replace("%20", " ")).trim_start_matches('/').to_owned());
            }
            _ => {}
        }
    }
    found
}
