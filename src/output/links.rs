//! The links of posts.

use crate::output::Screen;
use crate::output::visible;
use crate::source::Position;
use serde_json::{Value, json};
use std::io::{self, Write};

/// A link as it is printed.
pub struct LinkLine {
    /// The path of the post.
    pub path: String,
    /// Where the URL begins.
    pub start: Position,
    /// The URL as it is written.
    pub href: String,
    /// What it refers to.
    pub kind: &'static str,
    /// The URL on the site, or the path of a file of the site; for links to other sites the URL.
    pub target: Option<String>,
    /// The path of the file whose page it leads to.
    pub page: Option<String>,
    /// What is after `#`.
    pub fragment: Option<String>,
    /// The text that readers see.
    pub text: String,
    /// The tokens of `rel`.
    pub rel: Vec<String>,
}

/// Writes `path:line:column<TAB>URL<TAB>target`. The target is the file whose page the link leads to, `-` for another site,
/// and `?` if it is not known.
pub fn write_text(links: &[LinkLine], out: &mut Screen<'_>) -> io::Result<()> {
    for link in links {
        let target = match (&link.page, link.kind) {
            (Some(page), _) => page.as_str(),
            (None, "external") => "-",
            (None, _) => "?",
        };
        let path = visible::path(&link.path);
        let (line, column) = (link.start.line, link.start.column);
        writeln!(out, "{path}:{line}:{column}\t{}\t{}", visible::one_line(&link.href), visible::path(target))?;
    }
    Ok(())
}

/// Writes each URL once, in the order of the links.
pub fn write_urls<'l>(urls: impl Iterator<Item = &'l str>, out: &mut Screen<'_>) -> io::Result<()> {
    let mut seen = rustc_hash::FxHashSet::default();
    for url in urls.filter(|url| seen.insert(*url)) {
        writeln!(out, "{}", visible::one_line(url))?;
    }
    Ok(())
}

/// Writes `{"links": [{path, line, column, url, kind, target, page, fragment, text, rel}]}`.
pub fn write_json(links: &[LinkLine], out: &mut Screen<'_>) -> io::Result<()> {
    let record = |link: &LinkLine| {
        json!({
            "path": link.path, "line": link.start.line, "column": link.start.column, "url": link.href,
            "kind": link.kind, "target": link.target, "page": link.page, "fragment": link.fragment,
            "text": link.text, "rel": link.rel,
        })
    };
    let links: Vec<Value> = links.iter().map(record).collect();
    out.json_indented(&json!({ "links": links }))
}
