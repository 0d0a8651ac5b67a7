//! Finds the line of the sources that writes a line of a built file that is not a page: of a sitemap, of `robots.txt`.

use crate::files::{self, Limit};
use crate::project::{LocatedSite, Surroundings};
use crate::run::audit::folder::Taken;
use crate::source::{Source, Span};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Extensions that are left out in the name of the built file.
const TEMPLATES: [&str; 7] = [".njk", ".liquid", ".j2", ".jinja", ".jinja2", ".hbs", ".ejs"];

/// Files of a site, in which the sources of built files are looked for.
pub struct OtherFiles {
    paths: Vec<PathBuf>,
}

impl OtherFiles {
    /// Those of a site that are not in its built folder.
    pub fn of(located: &Arc<LocatedSite>, taken: &Taken, surroundings: &mut Surroundings) -> Self {
        let all = surroundings.folders(&located.root, Some(located)).all();
        let is_one = |path: &&str| path.contains("sitemap") || path.contains("robots.");
        let mut paths: Vec<PathBuf> = all.paths().filter(is_one).map(|path| located.root.join(path)).collect();
        paths.retain(|path| !path.starts_with(&taken.folder));
        paths.sort_unstable();
        OtherFiles { paths }
    }

    /// The file and the line that write what is at a span of a built file, if only one file may have become it.
    pub fn line(&self, built: &Path, span: Span) -> Option<(PathBuf, u32)> {
        let name = built.file_name()?.to_str()?;
        let becomes = |path: &&PathBuf| {
            let source = path.file_name().and_then(|source| source.to_str()).unwrap_or("");
            let bare = TEMPLATES.iter().find_map(|extension| source.strip_suffix(extension)).unwrap_or(source);
            // `sitemap.njk` says in its front matter which file it becomes.
            bare == name || bare != source && name.strip_suffix(".xml") == Some(bare)
        };
        let path = used(self.paths.iter().filter(becomes).collect())?;
        let (source, built) = (read(path)?, read(built)?);
        let written = built.line_span(built.line_of(span.start)).slice(built.text()).trim();
        let value = span.slice(built.text()).trim();
        Some((path.clone(), line_with(&source, written, value)))
    }
}

/// The only one of several files; of templates of Hugo, the one that it takes: those of the site before those of its theme, and
/// `layouts/sitemap.xml` before `layouts/_default/sitemap.xml`. <https://gohugo.io/templates/sitemap/>
fn used(mut paths: Vec<&PathBuf>) -> Option<&PathBuf> {
    if let [only] = &*paths {
        return Some(only);
    }
    let has = |path: &Path, name: &str| path.components().any(|part| part.as_os_str() == name);
    let order = |path: &Path| (has(path, "themes"), has(path, "_default"));
    paths.sort_by_key(|path| order(path));
    match &*paths {
        [first, second, ..] if paths.iter().all(|it| has(it, "layouts")) && order(first) < order(second) => Some(first),
        _ => None,
    }
}

fn read(path: &Path) -> Option<Source> {
    files::read(path, Limit::SETTINGS).ok().map(Source::from_bytes)
}

/// The line that writes a value or a line as it is, or the first that begins as the line; else the first one.
fn line_with(source: &Source, written: &str, value: &str) -> u32 {
    let lines = || (1u32..).zip(source.text().lines());
    let start = written.find(['>', ':']).and_then(|end| written.get(..=end)).unwrap_or(written);
    let of_value = lines().find(|(_, line)| value.len() > 3 && line.contains(value));
    let of_line = || lines().find(|(_, line)| line.trim() == written);
    let of_start = || lines().find(|(_, line)| !start.is_empty() && line.contains(start));
    of_value.or_else(of_line).or_else(of_start).map_or(1, |(number, _)| number)
}
